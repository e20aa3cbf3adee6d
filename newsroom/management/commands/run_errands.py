import threading

from django.core.management.base import BaseCommand

from newsroom import worker


class Command(BaseCommand):
    help = "Runs errands (purges and what else must follow a publication) until interrupted, or once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, once, **options):
        if once:
            self.stdout.write(f"Errands done: {worker.run_due()}")
            return
        try:
            worker.run_until(threading.Event())
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
