"""manage.py import_articles: stories from files. How the lines of a file are recognised: docs/import.md."""

from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.exchange.files import BadFile, contents
from articles.exchange.importing import Imported, ImportRefused, Order, import_text
from articles.exchange.times import BadTime, moment

SOURCES = {"text": import_text}


class Command(BaseCommand):
    help = "Imports stories from files. What looks lost is reported; the same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--from", dest="source", choices=SOURCES, default="text")
        parser.add_argument("--column", default="", help="wins over the file's first line")
        parser.add_argument("--byline", action="append", default=[], metavar="NAME", help="may be repeated")
        parser.add_argument("--published", default="", help="2015-06-01T17:43, in the newsroom's zone; default: now")
        parser.add_argument("--publish", action="store_true", help="show it to readers at once")

    def handle(self, *, files, source, column, byline, published, publish, **options):
        order = Order(" ".join(column.split()), tuple(byline), printed(published), publish)
        refused = 0
        for path in files:
            try:
                self.tell(path, SOURCES[source](contents(path), path.name, order))
            except (BadFile, ImportRefused) as error:
                if len(files) == 1:
                    raise CommandError(f"{path}: {error}") from error
                refused += 1
                self.stderr.write(f"{path}: {error}")
        if refused:
            raise CommandError(f"{refused} of {len(files)} files not imported; nothing of them was kept.")

    def tell(self, path: Path, imported: Imported) -> None:
        article = imported.article
        what = "unchanged, imported before" if imported.unchanged else "imported"
        self.stdout.write(f"{path}: {what}: “{article.headline}” in {article.column}")
        for note in imported.notes:
            self.stdout.write(f"  {note}")
        self.stdout.write(f"  {imported.path or 'a draft: publish it at the desk'}")


def printed(typed: str) -> datetime | None:
    """The moment typed as --published, None when nothing was. Raises CommandError for one that cannot be."""
    if not typed:
        return None
    try:
        when = moment(typed, timezone.get_default_timezone())
    except BadTime as error:
        raise CommandError(f"--published: {error}") from error
    if when > timezone.now():
        raise CommandError(f"--published: {typed} lies in the future. Import a draft and schedule it at the desk.")
    return when
