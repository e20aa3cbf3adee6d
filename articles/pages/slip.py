"""The slip that a reader fills in: what to search for, and where. What cannot be used is said, and the rest holds."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from articles.body.inline import without_controls
from articles.models import Author, Column, Edition, Tag
from articles.models.index import minute
from articles.models.names import slug_from
from articles.pages.addresses import FIELDS
from articles.pages.ap_style import Moment
from articles.pages.hits import FIRST, LAST
from articles.pages.question import Question
from articles.pages.views import span
from articles.pages.visit import Visit
from articles.words import MOST_CHARACTERS, MOST_WORDS, Asked, asked

# As minutes, and far beyond every printed time.
EVER = (FIRST >> 32, LAST >> 32)


def called(of: type[Tag] | type[Author], index: str) -> Question:
    """A tag or an author by slug or name. One that no reader ever saw on a story is nobody's to find."""

    def ask(moment: datetime, typed: str, slug: str):
        seen = Edition.objects.known(moment).filter(**{index: OuterRef("pk")})
        return of.objects.filter(Q(slug=typed) | Q(slug=slug) | Q(name=typed)).filter(Exists(seen)).order_by("id")[:1]

    return Question(ask)


TAG = called(Tag, "edition_tags__tag")
AUTHOR = called(Author, "edition_bylines__author")


@dataclass
class Slip:
    """`typed` is each field as it came, `narrow` what it means to `hits.search`, `wrong` what could not be used."""

    typed: dict[str, str]
    asked: Asked
    narrow: dict[str, int] = field(default_factory=dict)
    since: int = EVER[0]
    until: int = EVER[1]
    # What each field that holds says in the list of filters: ("column", "in Dispatches").
    filters: list[tuple[str, str]] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)

    def hold(self, name: str, words: str) -> None:
        self.filters.append((name, words))

    def address(self, *without: str, **more: str) -> str:
        """The address of this search without some of its fields."""
        kept = {name: value for name, value in self.typed.items() if value and name not in without}
        query = urlencode(kept | {name: value for name, value in more.items() if value})
        return f"/search/?{query}" if query else "/search/"


def read(visit: Visit) -> Slip:
    """The slip of a visit. Two queries at most. Raises nothing, whatever was typed."""
    get = visit.request.GET
    typed = {name: without_controls(get.get(name, "")[: MOST_CHARACTERS + 1]).strip() for name in FIELDS}
    slip = Slip(typed, asked(typed["q"]))
    if slip.asked.cut:
        slip.wrong["q"] = f"Only the first {MOST_WORDS} words of your search are looked for."
        typed["q"] = typed["q"][:MOST_CHARACTERS]
    read_column(slip, visit)
    read_thing(slip, visit, "tag", TAG, "filed under", "No story is filed under “{}”.")
    read_thing(slip, visit, "author", AUTHOR, "by", "No story is signed by “{}”.")
    read_dates(slip)
    return slip


def read_column(slip: Slip, visit: Visit) -> None:
    typed = slip.typed["column"]
    if not typed:
        return
    name = typed.casefold()
    column = next((each for each in visit.columns.values() if name in (each.slug, each.name.casefold())), None)
    if column is None:
        slip.wrong["column"] = f"No column is called “{shortened(typed)}”. All columns were searched."
        return
    slip.typed["column"] = column.slug
    slip.narrow["column"] = column.pk
    slip.hold("column", f"in {column.name}")


def read_thing(slip: Slip, visit: Visit, name: str, question: Question, says: str, complaint: str) -> None:
    typed = slip.typed[name]
    if not typed:
        return
    model: type[Column] | type[Tag] | type[Author] = Tag if name == "tag" else Author
    slug = slug_from(typed, "") or typed
    thing = next(question.instances(model, moment=visit.moment, typed=typed, slug=slug), None)
    if thing is None:
        slip.wrong[name] = f"{complaint.format(shortened(typed))} All were searched."
        return
    slip.typed[name] = thing.slug
    slip.narrow[name] = thing.pk
    slip.hold(name, f"{says} {thing.name}")


def read_dates(slip: Slip) -> None:
    """From the first moment of the one day to the last of the other; a month or a year stands for all its days."""
    first, last = period(slip, "from"), period(slip, "to")
    if first and last and first[0] >= last[1]:
        slip.wrong["to"] = "This day is before the first one, and was left out."
        last = None
    if first:
        slip.since = minute(first[0])
        slip.hold("from", f"from {Moment(first[0]).date}")
    if last:
        slip.until = minute(last[1])
        slip.hold("to", f"to {slip.typed['to'] if len(slip.typed['to']) < 10 else Moment(last[0]).date}")


def period(slip: Slip, name: str) -> tuple[datetime, datetime] | None:
    typed = slip.typed[name]
    if not typed:
        return None
    parts = typed.split("-")
    try:
        if not 1 <= len(parts) <= 3 or len(parts[0]) != 4 or not all(p.isascii() and p.isdigit() for p in parts):
            raise ValueError("Not a date.")
        year, month, day = [*map(int, parts), None, None][:3]
        return span(year or 0, month, day)
    except (ValueError, Http404):
        slip.wrong[name] = f"“{shortened(typed)}” is no day: write it as 2015-06-01. It was left out."
        return None


def shortened(typed: str) -> str:
    return typed if len(typed) <= 60 else f"{typed[:60]}…"
