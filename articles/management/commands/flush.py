from django.core.management.commands import flush
from django.db import connections

from articles.models.guard import guard, unguard


class Command(flush.Command):
    """Django's own: only that a whole database may be emptied of editions too, which nobody deletes one by one."""

    def handle(self, *, database: str, **options) -> None:
        connection = connections[database]
        unguard(connection)
        try:
            super().handle(database=database, **options)
        finally:
            guard(connection)
