"""manage.py import_addresses: the addresses of an older site lead to ours. The columns of the table: docs/import.md."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.exchange.files import BadFile, contents, text_of
from articles.exchange.old_addresses import AddressesRefused, import_addresses

LARGEST = 200_000_000
TOLD = 100  # bad lines; the rest is counted


class Command(BaseCommand):
    help = "Keeps the addresses of an older site, from a CSV table, so that its links lead here. All or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")

    def handle(self, *, file, dry_run, **options):
        try:
            imported = import_addresses(text_of(contents(file, largest=LARGEST)), dry_run=dry_run)
        except BadFile as error:
            raise CommandError(f"{file}: {error}") from error
        except AddressesRefused as error:
            for reason in error.reasons[:TOLD]:
                self.stderr.write(f"{file}: {reason}")
            more = len(error.reasons) - TOLD
            if more > 0:
                self.stderr.write(f"{file}: and {more:,} more")
            raise CommandError(f"{file}: {len(error.reasons):,} refused; nothing was kept.") from error
        if imported.ignored:
            self.stdout.write(f"{file}: columns that say nothing to us: {', '.join(imported.ignored)}")
        done = "would be kept" if dry_run else "kept"
        self.stdout.write(f"{file}: {imported.added:,} {done}, {imported.known:,} known before")
