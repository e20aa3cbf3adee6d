"""Which stories a search finds, and in which order.

Newer counts more, and so does the headline: a story that says all of it in its headline stands among those that are
two years newer, one that says a part of it among those one year newer. So the order is three rivers merged, each read
from its newest: no story's rank depends on others or on today, pages do not shift, and both databases agree.
"""

# ruff: noqa: S608 — every name in the SQL is written here, every value is passed beside it

import re
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from articles.models import Edition, EditionByline, EditionTag, IndexCard
from articles.models.index import BITS, EDITION_FOUND, FOUND, Sought
from articles.pages.question import Question
from articles.words import Asked

SIZE = 20
# Counted up to here; beyond, “more than 100” is all that a reader can use, and costs the same in any archive.
COUNTED = 100
YEAR = 365 * 24 * 60  # minutes, as places are
WHOLE, PART = 2 * YEAR, YEAR
FIRST, LAST = -(2**62), 2**62  # beyond every place; the databases count to 2**63
CARD = IndexCard._meta.db_table
HOLDS = {"sqlite": "instr", "postgresql": "strpos"}
PLACE = re.compile(r"(-?\d{1,10})\.(-?\d{1,19})", re.ASCII)


class Hit(NamedTuple):
    """An edition in the order of a search: its printed minute with what the headline adds, and its place."""

    rank: int
    place: int

    @property
    def pk(self) -> int:
        return self.place & (2**BITS - 1)

    def written(self) -> str:
        """As it stands in ?before="""
        return f"{self.rank}.{self.place}"

    @classmethod
    def read(cls, cursor: str) -> "Hit":
        """Raises ValueError for anything that `written` does not write."""
        form = PLACE.fullmatch(cursor)
        hit = cls(int(form[1]), int(form[2])) if form else cls(0, LAST)
        if not (FIRST < hit.place < LAST and FIRST < hit.rank << BITS < LAST):
            raise ValueError("This is not a place in a search.")
        return hit


class Hits(NamedTuple):
    """A page of hits. `total` is of all from here on, None beyond COUNTED; `older` is where the next page begins."""

    page: list[Hit]
    total: int | None
    older: str


# What readers see of a story that the index found, and what narrows a search, each by itself: the database stops at
# the first that does not hold.
SEEN = Question(lambda moment: Edition.objects.seen_at(moment).filter(pk=EDITION_FOUND).order_by().values("pk"))
CONDITIONS = {
    "tag": Question(lambda tag: EditionTag.objects.filter(edition=EDITION_FOUND, tag=tag).order_by().values("pk")),
    "author": Question(
        lambda author: EditionByline.objects.filter(edition=EDITION_FOUND, author=author).order_by().values("pk")
    ),
    "column": Question(lambda column: Edition.objects.filter(pk=EDITION_FOUND, column=column).order_by().values("pk")),
}


def river(
    sought: Sought, above: int, below: int, asked: Asked, moment: datetime, narrow: dict[str, int]
) -> tuple[str, list[Any]]:
    """SQL and values of the newest places between two that the index finds and readers see."""
    where, exactly = worded(asked)
    values: list[Any] = [sought.text, above, below, *exactly]
    for name, value in narrow.items():
        add(where, values, *CONDITIONS[name].prepared({name: value}))
    add(where, values, *SEEN.prepared({"moment": moment}))
    sql = f"SELECT found.place FROM {FOUND[connection.vendor]} WHERE {' AND '.join(where)}"
    return f"{sql} ORDER BY found.place DESC LIMIT {COUNTED + 1}", values


def worded(asked: Asked) -> tuple[list[str], list[Any]]:
    """The conditions of phrases that their pairs alone do not tell, with their values."""
    where: list[str] = []
    values: list[Any] = []
    for terms, sign in ((asked.wanted, "> 0"), (asked.unwanted, "= 0")):
        for term in terms:
            if term.exact:
                words = f"SELECT {HOLDS[connection.vendor]}(words, %s) FROM {CARD} WHERE place = found.place"
                where.append(f"({words}) {sign}")
                values.append(term.exact)
    return where, values


def add(where: list[str], values: list[Any], sql: str, parameters: list[Any]) -> None:
    where.append(f"EXISTS ({sql})")
    values += parameters


def search(asked: Asked, before: Hit | None, since: int, until: int, *, moment: datetime, **narrow: int) -> Hits:
    """The hits below a place, printed in the minutes since ≤ m < until, of a column, a tag, an author. One query."""
    parts: list[str] = []
    values: list[Any] = []
    rivers = rivers_of(asked)
    for number, (bonus, sought) in enumerate(rivers):
        below = until if before is None else min(until, before.rank - bonus + 1)
        sql, parameters = river(sought, since << BITS, below << BITS, asked, moment, narrow)
        parts.append(f"SELECT {number}, river.place FROM ({sql}) AS river")
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    flows: list[list[Hit]] = [[] for _ in rivers]
    for number, place in rows:
        flows[number].append(Hit((place >> BITS) + rivers[number][0], place))
    merged = merge(*(sorted(flow, reverse=True) for flow in flows), reverse=True)
    left = list(islice((hit for hit in merged if before is None or hit < before), COUNTED + 1))
    page = left[:SIZE]
    return Hits(page, len(left) if len(left) <= COUNTED else None, page[-1].written() if len(left) > SIZE else "")


def rivers_of(asked: Asked) -> list[tuple[int, Sought]]:
    """Three that share no story, each with what its headlines add: the whole of it, a part of it, nothing of it."""
    everywhere = Sought.all_of([Sought.term(term) for term in asked.wanted])
    titles = [Sought.in_headline(term) for term in asked.wanted]
    # A phrase of three words is not known by its pairs alone: such a story is refused by its words in order.
    refused = [Sought.term(term) for term in asked.unwanted if not term.exact]
    whole, some = Sought.all_of(titles), Sought.any_of(titles)
    rivers = [(WHOLE, whole.without(refused)), (0, everywhere.without([some, *refused]))]
    if len(titles) > 1:
        part = Sought.all_of([everywhere, some]).without([whole, *refused])
        rivers.insert(1, (PART, part))
    return rivers
