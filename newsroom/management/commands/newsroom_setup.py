import getpass
import os

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.exchange.importing import sentences
from articles.models.names import slug_from
from newsroom import founding, upkeep

# option, question, what is offered
QUESTIONS = [
    ("name", "Name of the newsroom", settings.NEWSROOM_NAME),
    ("zone", "Its time zone", settings.TIME_ZONE),
    ("column", "First column", "News"),
    ("username", "Your account", "editor"),
    ("email", "Your e-mail address", ""),
]


class Command(BaseCommand):
    help = "Sets up an empty newsroom: its name, its zone, the first column and the first account."

    def add_arguments(self, parser):
        for option, question, offered in QUESTIONS:
            parser.add_argument(f"--{option}", help=f"{question} (offered: {offered or 'none'})")
        parser.add_argument("--column-slug", default="", help="its part of the address; left out, made of its name")
        parser.add_argument("--password", help="better left out: it is asked, or read from NEWSROOM_PASSWORD")
        parser.add_argument("--no-input", action="store_false", dest="interactive", help="ask nothing")

    def handle(self, *, interactive, **options):
        if interactive:
            self.prepare()  # before a person has answered seven questions in vain
        answers = {option: options[option] for option, _question, _offered in QUESTIONS}
        for option, question, offered in QUESTIONS:
            if answers[option] is None:
                answers[option] = self.ask(question, offered) if interactive else offered
        slug = options["column_slug"]
        if interactive and not slug and not slug_from(answers["column"], ""):
            slug = self.ask("The column's part of the address, in Latin letters", "news")
        password = options["password"] or os.environ.get("NEWSROOM_PASSWORD")
        if not password and interactive:
            password = self.ask_password()
        if not password:
            raise CommandError("There is no password: give --password or NEWSROOM_PASSWORD.")
        self.prepare()
        try:
            column, account = founding.found(
                zone_name=answers.pop("zone"), password=password, column_slug=slug, **answers
            )
        except ValidationError as error:
            raise CommandError("Nothing was changed. " + sentences(error)) from error
        except (DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was changed: {error}".strip()) from error
        self.stdout.write(f"Made the column {column.name} and the account {account.username}.")
        self.stdout.write(f"Name and zone are in {settings.ENV_FILE}. `make run` serves the site;")
        self.stdout.write("a server that runs already begins again with them.")

    def prepare(self) -> None:
        """Folders and tables, and the certainty that nobody's stories are here."""
        try:
            upkeep.make_folders()
            upkeep.migrate_when_needed(self.stdout.write)
            founding.check_empty()
        except ValidationError as error:
            raise CommandError("Nothing was changed. " + sentences(error)) from error
        except (DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was changed: {error}".strip()) from error

    def ask(self, question: str, offered: str) -> str:
        return input(f"{question}{f' [{offered}]' if offered else ''}: ").strip() or offered

    def ask_password(self) -> str:
        password = getpass.getpass("Its password: ")
        if getpass.getpass("The same again: ") != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
        return password
