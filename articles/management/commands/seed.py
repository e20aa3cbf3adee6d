import time

from django.core.management.base import BaseCommand, CommandParser

from articles.exchange.seeding import seed


class Command(BaseCommand):
    help = "Add N published stories in bulk, for measuring and for trying out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, metavar="N")

    def handle(self, *args, count: int, **options) -> None:
        start = time.monotonic()
        for done in seed(count):
            if done % 10_000 == 0 and done < count:
                self.stdout.write(f"{done:,} stories after {time.monotonic() - start:.0f} s")
        self.stdout.write(f"{count:,} stories in {time.monotonic() - start:.1f} s")
