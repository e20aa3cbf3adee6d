import time

from django.core.management.base import BaseCommand, CommandParser

from articles.publishing.indexing import reindex


class Command(BaseCommand):
    help = "Put into the index for search what is not in it; with --anew everything, after the rules for words changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="empty the index first")

    def handle(self, *args, anew: bool, **options) -> None:
        start, done = time.monotonic(), 0
        for done in reindex(anew=anew):
            if done % 10_000 == 0:
                self.stdout.write(f"{done:,} editions after {time.monotonic() - start:.0f} s")
        self.stdout.write(f"{done:,} editions filed in {time.monotonic() - start:.1f} s")
