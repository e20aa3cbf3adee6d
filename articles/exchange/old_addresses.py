"""The addresses of an older site, kept so that its links lead to our pages. All of a table, or nothing of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.exchange.address_table import BadAddress, BadTable, Line, as_asked, read
from articles.models import Address, Article, Author, Column, Edition, Tag
from articles.models.names import RESERVED
from articles.pages.addresses import BELOW_COLUMN, FILES, FIXED, parted, tidy

KINDS: dict[str, Any] = {"column": Column, "tag": Tag, "author": Author}
WAYS = [{"to"}, {"slug", "date"}, {"slug", "date", "column"}, {"column"}, {"tag"}, {"author"}]
# Where an older tag or author may have stood, too.
SEGMENTS = {"tag": "tag", "author": "by"}
# First segments of the site's own pages, and what https://www.rfc-editor.org/rfc/rfc8615 keeps for machines.
KEPT = RESERVED | {".well-known"}
AT_ONCE = 900  # values in one query; SQLite may take no more than 999
BATCH = 5000

Owner = tuple[str, int]  # ("article", 12)


@dataclass(slots=True)
class AddressesImported:
    """`added` new ones; `known` lines said what was known already. `ignored` columns of the file say nothing to us."""

    added: int
    known: int
    ignored: list[str] = field(default_factory=list)


class AddressesRefused(ValueError):
    """`reasons` has a sentence for each bad line, with its number, in the order of the file."""

    def __init__(self, reasons: list[str]):
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class BadLine(ValueError):
    """Why one line is refused, as a sentence."""


def import_addresses(text: str, *, dry_run: bool = False) -> AddressesImported:
    """Keep the addresses of a CSV table (docs/import.md says which columns) as earlier addresses of what they name.

    Raises AddressesRefused, and then nothing was written. The same table again changes nothing.
    """
    try:
        table = read(text)
    except BadTable as error:
        raise AddressesRefused([str(error)]) from error
    try:
        with transaction.atomic():
            wanted, known = judged(table.lines)
            if not dry_run:
                rows = (
                    Address(path=path, is_current=False, **{f"{kind}_id": pk}) for path, (kind, pk) in wanted.items()
                )
                Address.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as error:
        raise AddressesRefused(["Somebody else took one of the addresses at this moment. Try again."]) from error
    return AddressesImported(len(wanted), known, table.ignored)


def keep(wanted: dict[str, Owner]) -> None:
    rows = [Address(path=path, is_current=False, **{f"{kind}_id": pk}) for path, (kind, pk) in wanted.items()]
    Address.objects.bulk_create(rows, batch_size=BATCH)


def judged(lines: list[Line]) -> tuple[dict[str, Owner], int]:
    """The new addresses with their owners, and how many lines said nothing new. Raises AddressesRefused."""
    here, reasons = Here(lines), []
    wanted: dict[str, Owner] = {}
    first: dict[str, int] = {}
    known = 0
    for line in lines:
        try:
            address, owner = asked(line), here.owner(line)
            if address in wanted and wanted[address] != owner:
                raise BadLine(f"Line {first[address]} says that {address} belongs to something else.")
            if address in wanted or here.has(address, owner):
                known += 1
                continue
            wanted[address], first[address] = owner, line.number
        except (BadLine, BadAddress) as error:
            reasons.append(f"Line {line.number}: {error}")
    if reasons:
        raise AddressesRefused(reasons)
    return wanted, known


def asked(line: Line) -> str:
    if "address" not in line.cells:
        raise BadLine("It has no address.")
    return as_asked(line.cells["address"])


class Here:
    """What the newsroom has, as far as the lines ask for it: read in bulk, a few queries for a thousand lines."""

    def __init__(self, lines: list[Line]):
        self.addresses = addresses_at(paths_in(lines))
        self.columns = set(Address.objects.filter(column__isnull=False).values_list("path", flat=True))
        self.named = {kind: by_name(model) for kind, model in KINDS.items()}
        self.stories = stories_of({line.cells["slug"] for line in lines if "slug" in line.cells})

    def owner(self, line: Line) -> Owner:
        """What a line says that its address belongs to. Raises BadLine."""
        said = set(line.cells) & {"to", "slug", "date", *KINDS}
        if said not in WAYS:
            raise BadLine("Say in one way what it belongs to: to; slug, date (and column); column; tag; or author.")
        if "to" in said:
            return self.at(line.cells["to"])
        if "slug" in said:
            return self.story(line.cells["slug"], line.cells["date"], line.cells.get("column", ""))
        (kind,) = said
        return kind, self.thing(kind, line.cells[kind])

    def at(self, written: str) -> Owner:
        path = path_here(written)
        if path not in self.addresses:
            raise BadLine(f"No story, column, tag or author of ours has or had the address {path}.")
        return self.addresses[path].owner

    def thing(self, kind: str, name: str) -> int:
        if name.casefold() not in self.named[kind]:
            raise BadLine(f"There is no {kind} called “{name}”.")
        return self.named[kind][name.casefold()]

    def story(self, slug: str, day: str, column: str) -> Owner:
        try:
            printed = date.fromisoformat(day)
        except ValueError as error:
            raise BadLine(f"“{day}” is not a date. Write it like 2015-06-01.") from error
        within = self.thing("column", column) if column else None
        found = {pk for pk, place in self.stories[slug, printed] if within in (None, place)}
        if not found:
            raise BadLine(f"No story with the slug “{slug}” was printed on {printed}.")
        if len(found) > 1:
            raise BadLine(f"{len(found)} stories “{slug}” were printed on {printed}: name the column, too.")
        return "article", found.pop()

    def has(self, address: str, owner: Owner) -> bool:
        """Does the address lead to its owner already? Raises BadLine when it cannot, for something else is there."""
        path, _, query = address.partition("?")
        held, page = self.addresses.get(address), self.addresses.get(tidy(path))
        if held is None and page and (page.is_current or not query):
            if query:
                raise BadLine(f"{tidy(path)} is a page of ours, and ?{query} is no other page.")
            held = page
        if held and held.owner != owner:
            raise BadLine(f"{address} is taken: it belongs to {self.words(held)}.")
        if held is None:
            self.refuse_ours(address, tidy(path), query, owner)
        return held is not None

    def refuse_ours(self, address: str, path: str, query: str, owner: Owner) -> None:
        """Raises BadLine for an address at which a page of ours stands, or may stand one day."""
        column, tail = parted(path)
        first = path.split("/")[1]
        if first in KEPT and not (SEGMENTS.get(owner[0]) == first and path.count("/") == 3):
            raise BadLine(f"{address}: what begins with /{first} is kept for pages of ours.")
        if column in self.columns and BELOW_COLUMN.fullmatch(tail):
            raise BadLine(f"{address}: a page of the column at {column} stands there.")
        # The front alone looks for an old address in a query: /?p=12 was one in half of the blogs of the world.
        if (path in FIXED or FILES.fullmatch(path)) and not (path == "/" and query):
            raise BadLine(f"{address}: a page of ours stands there.")

    def words(self, held: "Held") -> str:
        kind, pk = held.owner
        current = Address.objects.filter(**{kind: pk}, is_current=True).values_list("path", flat=True).first()
        return f"{'story' if kind == 'article' else kind} {pk}{f', {current}' if current else ''}"


@dataclass(frozen=True, slots=True)
class Held:
    """An address that somebody has."""

    owner: Owner
    is_current: bool


def paths_in(lines: Iterable[Line]) -> set[str]:
    """Every path that the lines ask about: the old addresses, their tidy twins, and where they lead."""
    paths = set()
    for line in lines:
        for name, written in line.cells.items():
            try:
                if name == "address":
                    address = as_asked(written)
                    paths |= {address, tidy(address.partition("?")[0])}
                elif name == "to":
                    paths.add(path_here(written))
            except (BadAddress, BadLine):
                continue  # said where the line is judged
    return paths


@lru_cache(maxsize=1000)  # a table names the same pages again and again
def path_here(written: str) -> str:
    """The path of an address of this site. Raises BadLine for one of another's, and for more than a path."""
    try:
        asked, host = as_asked(written), urlsplit(written).netloc
    except ValueError as error:
        raise BadLine(f"“{written}” is not an address: {error}") from error
    if host and host.casefold() != urlsplit(settings.SITE_URL).netloc.casefold():
        raise BadLine(f"{written} is not on this site, {settings.SITE_URL}.")
    if "?" in asked:
        raise BadLine(f"{written}: what it belongs to is a path without a query.")
    return tidy(asked)


def addresses_at(paths: set[str]) -> dict[str, Held]:
    found = {}
    for some in portions(paths):
        rows = Address.objects.filter(path__in=some).values_list("path", "is_current", "article", *KINDS)
        for path, is_current, *owners in rows:
            found[path] = Held(
                next((kind, pk) for kind, pk in zip(("article", *KINDS), owners, strict=True) if pk), is_current
            )
    return found


def by_name(model: Any) -> dict[str, int]:
    """Ids by slug and by name, whatever the case; a slug wins over another one's name."""
    rows = list(model.objects.order_by("-pk").values_list("pk", "name", "slug"))
    return {name.casefold(): pk for pk, name, _ in rows} | {slug: pk for pk, _, slug in rows}


def stories_of(slugs: set[str]) -> defaultdict[tuple[str, date], set[tuple[int, int]]]:
    """(id, column) of the stories with each slug and printed date, by any of their editions and by the working copy."""
    found: defaultdict[tuple[str, date], set[tuple[int, int]]] = defaultdict(set)
    for some in portions(slugs):
        names = ("slug", "first_published_at", "column_id")
        copies = Article.objects.filter(slug__in=some, first_published_at__isnull=False).values_list("pk", *names)
        editions = Edition.objects.filter(slug__in=some).values_list("article_id", *names)
        for pk, slug, printed, column in [*copies, *editions]:
            found[slug, timezone.localtime(printed).date()].add((pk, column))
    return found


def portions(values: set[str]) -> Iterator[list[str]]:
    everything = sorted(values)
    yield from (everything[start : start + AT_ONCE] for start in range(0, len(everything), AT_ONCE))
