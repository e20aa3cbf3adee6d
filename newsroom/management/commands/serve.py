import os

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from newsroom import restarting, serving, worker


class Command(BaseCommand):
    help = "Makes everything ready and serves the site: migrations, static files, the demo, the production server."

    def add_arguments(self, parser):
        parser.add_argument("--reload", action="store_true", help="develop: restart when the code changes")

    def handle(self, *, reload, **options):
        if reload and os.environ.get("RUN_MAIN"):  # the reloader's child: all was made ready by its parent
            worker.start()
            restarting.watch_under_the_reloader()
            return self.develop()
        try:
            serving.check_port()
            serving.make_ready(self.stdout.write)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}".strip()) from error
        except serving.CannotServe as error:
            raise CommandError(str(error)) from error
        self.stdout.flush()  # or a log file shows the greeting only after the last request
        return self.develop() if reload else serving.serve()

    def develop(self):
        call_command("runserver", f"{serving.settings.HOST}:{serving.settings.PORT}")
