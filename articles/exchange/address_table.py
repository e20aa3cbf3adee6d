"""A table of the addresses of an older site: a CSV file as spreadsheets and databases write it."""

import csv
import io
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from django.utils.encoding import iri_to_uri, repercent_broken_unicode

from articles.models import Address

COLUMNS = ("address", "to", "slug", "date", "column", "tag", "author")
PARTED_BY = (",", ";", "\t")
HOST = re.compile(r"(https?:)?//[^/?#]*", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
LONGEST: int = Address._meta.get_field("path").max_length or 0


class BadTable(ValueError):
    """Why a file cannot be read as a table of addresses, as a sentence."""


class BadAddress(ValueError):
    """Why nobody can ever ask for an address, as a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: the number of its line in the file, and its cells by their columns, without empty ones."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`ignored` names the columns of the file that say nothing to us."""

    lines: list[Line]
    ignored: list[str]


def read(text: str) -> Table:
    """The lines of a table with a header; blank ones are left out. Raises BadTable with the line."""
    rows = csv.reader(io.StringIO(text), delimiter=delimiter(text), strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        refuse_header(header)
        lines, above = [], rows.line_num
        for row in rows:
            if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
                raise BadTable(f"Line {above + 1} has {len(row)} cells, and the header {len(header)}.")
            cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
            lines += [Line(above + 1, cells)] if cells else []
            above = rows.line_num
    except csv.Error as error:
        raise BadTable(f"Line {rows.line_num} is not CSV: {error}.") from error
    return Table(lines, [name for name in header if name and name not in COLUMNS])


def delimiter(text: str) -> str:
    """What parts the names of the header: no name of ours holds any of them."""
    header = text.partition("\n")[0]
    return max(PARTED_BY, key=header.count)


def refuse_header(header: list[str]) -> None:
    if "address" not in header:
        raise BadTable(f"The first line names the columns, and “address” must be one. Ours are {', '.join(COLUMNS)}.")
    for name in COLUMNS:
        if header.count(name) > 1:
            raise BadTable(f"The first line names “{name}” twice.")


def as_asked(written: str) -> str:
    """An address of the older site as a request for it comes in: without its host, path decoded, query as it stands.

    Browsers send café.html as caf%C3%A9.html, and servers hand on what that means. Raises BadAddress.
    """
    host = HOST.match(written)
    rest = written[host.end() :] if host else written
    if host and not rest.startswith("/"):
        rest = f"/{rest}"
    if not rest.startswith("/"):
        raise BadAddress("An address begins with a slash, or with https:// and a host.")
    if "#" in rest:
        raise BadAddress("What stands after # never reaches a server: leave it out.")
    path, _, query = rest.partition("?")
    path = repercent_broken_unicode(unquote_to_bytes(path)).decode()
    asked = path + (f"?{iri_to_uri(query)}" if query else "")
    if CONTROLS.search(asked):
        raise BadAddress("It has a control character in it.")
    if {".", ".."} & set(path.split("/")):
        raise BadAddress("No browser asks for “.” and “..”: write the address as it is asked for.")
    if len(asked) > LONGEST:
        raise BadAddress(f"It has {len(asked)} characters; there is room for {LONGEST}.")
    return asked
