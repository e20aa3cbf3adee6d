from pathlib import Path
from subprocess import CalledProcessError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.bench.run import run_here, run_on_own_premises


class Command(BaseCommand):
    help = "Measures the pages through the production server, in a database of its own. Several N show growth."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sizes", type=int, nargs="*", default=[10_000], metavar="N", help="stories; default 10000")
        parser.add_argument("--seconds", type=float, default=4.0, help="how long each page is asked for; default 4")
        parser.add_argument("--here", type=Path, metavar="FILE", help="seed and measure THIS database; used by itself")

    def handle(self, *args, sizes: list[int], seconds: float, here: Path | None, **options) -> None:
        if here:
            return run_here(sizes, seconds, here, self.tell)
        try:
            run_on_own_premises(sizes, seconds, Path(settings.VAR_DIR).resolve() / "bench.json")
        except CalledProcessError as error:
            raise CommandError("The measurement broke off.") from error

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
