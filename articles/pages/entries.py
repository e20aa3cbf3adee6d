"""A river as pages show it: editions with their column, names and times, one page of them at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.http import Http404
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles import document
from articles.models import Author, Column, Edition, Tag
from articles.pages import cursor
from articles.pages.ap_style import Moment, counted, lasted, listed
from articles.pages.drawing import credit_words, draw, draw_photo, voice_of
from articles.pages.names import linked, names_of
from articles.pages.notes import Note, as_readers_see, newest_note, notes_of, summary_of
from articles.pages.picture import ACROSS, FEATURE, MEASURE, image
from articles.pages.question import Question
from articles.pages.visit import Visit

# What a page reads of an edition: each column more costs time in every row.
CARD = ("article_id", "column_id", "path", "headline", "summary", "language", "first_published_at", "redacted_at")
LEAD = (*CARD, "lead")
POST = (*LEAD, "dek", "document", "number", "updated_at")
# A log shows when nothing came in: a longer pause than this between two entries of a day is said.
SILENCE = timedelta(hours=2)
# What these are called in a query of the tags' or the authors' index.
THROUGH_AN_INDEX = {"edition_id": "id"} | {f"edition__{name}": name for name in (*POST, "live_from")}


class Entry:
    """One story in a list, or one whole post."""

    def __init__(self, edition: Edition, column: Column, authors: list[Author], tags: list[Tag]):
        self.edition = edition
        self.column = column
        self.authors = authors
        self.tags = tags
        self.printed = Moment(edition.first_published_at)
        self.signed = signed(authors)
        self.voice = voice_of(edition.language)
        self.silence = ""  # how long nothing was printed between this entry and the later one above it

    def row(self, *, column: bool, picture: bool, eager: bool = False) -> dict[str, str]:
        """What a card says, as a dict: a template reads it three times as fast as an object, and a page has 25.

        `column` is whether the card names its column, `picture` whether it shows its lead photo, if that has a file,
        `eager` whether that is asked for at once.
        """
        printed, edition = self.printed, self.edition
        where = linked(self.column) if column else ""
        photo = lead_of(edition) if picture else None
        shown = photo if photo and photo.file else None
        credit = escape(credit_words(shown)) if shown else ""
        return {
            "path": edition.path,
            "headline": edition.headline,
            "summary": edition.summary,
            "voice": self.voice,
            "iso": printed.iso,
            "large": printed.large,
            "date": printed.date,
            "clock": printed.clock,
            "picture": image(shown, FEATURE, eager=eager) if shown else "",
            "by": sentences(where, self.signed, credit),
        }

    def front_picture(self) -> SafeString:
        """The lead photo large on the front, where only the columns of the edition are read."""
        return self.figure(lead_of(self.edition), eager=True)

    # What follows is of whole posts alone: it reads the document.

    @cached_property
    def said(self) -> document.Document:
        """What the story says to readers."""
        return as_readers_see(self.edition)

    @property
    def summary(self) -> str:
        return summary_of(self.said, self.edition)

    @property
    def signature(self) -> SafeString:
        """By Teodora Vail. Edition 3, updated 6:40 p.m. Corrected June 2, 2015. An entry ends as in a logbook."""
        note, dated = newest_note(self.said), ""
        if note:
            starred = " star" if note.starred else ""
            dated = f'<a class="dated{starred}" href="{self.edition.path}#{note.anchor}">{note.did} {note.at.date}</a>'
        return sentences(self.signed, updated(self.edition, self.printed), dated)

    @property
    def notices(self) -> list[Note]:
        """What stands in the place of a text that was retracted; empty for all others."""
        return notes_of(self.said) if self.said.retraction() else []

    def text(self) -> SafeString:
        """The whole post, for a page on which its headline is an h2."""
        return draw(self.said, deeper=1, voice=self.voice)

    def picture(self) -> SafeString:
        """The lead photo, "" without one."""
        return self.figure(self.said.lead, eager=False)

    def first_picture(self) -> SafeString:
        """The same at the top of a page, where it is loaded at once."""
        return self.figure(self.said.lead, eager=True)

    def figure(self, photo: document.Photo | None, *, eager: bool) -> SafeString:
        sizes = ACROSS if eager else MEASURE
        return draw_photo(photo, voice=self.voice, eager=eager, sizes=sizes) if photo else SafeString("")


@dataclass(frozen=True)
class Page:
    """Some entries of a river, newest first; `older` is the cursor of what comes below, "" at the end."""

    entries: list[Entry]
    older: str

    def keys(self) -> set[str]:
        """The cache keys of its stories, and of the authors and tags that it names as they are called today."""
        names = {thing.cache_key for entry in self.entries for thing in (*entry.authors, *entry.tags)}
        return names | {f"article-{entry.edition.article_id}" for entry in self.entries}

    @property
    def last(self) -> Moment:
        return self.entries[-1].printed

    @property
    def tally(self) -> str:
        """Six entries, the last at 6:02 p.m.: of the newest day, "" when the page does not show all of it."""
        days = grouped(self.entries, "printed.day")
        if not days or (len(days) == 1 and self.older):
            return ""
        newest, entries = days[0]
        count = counted(len(entries), "entry", "entries").capitalize()
        words = f"{count}{', the last' if len(entries) > 1 else ''} at {newest.clock}"
        return words if words.endswith(".") else f"{words}."


def river(size: int, build: Callable[..., Any]) -> Question:
    """The question for a page of a river: the newest `size` of what `build` gives, and one more.

    `build` gives a QuerySet of editions, or of rows that stand for one each (`cards`). Asked with `moment`, with
    `printed` and `below` for what stands under a place in the river, and with what `build` asks for.
    """

    def ask(moment: datetime, printed: datetime | None = None, below: int = 0, **asked):
        flow = build(**asked).seen_at(moment).newest_first()
        return (flow.before(printed, below) if printed else flow)[: size + 1]

    return Question(ask)


def cards(lines, shown: tuple[str, ...] = CARD):
    """Rows of an index of editions, as what cards show of the editions themselves."""
    return lines.values_list("edition_id", *(f"edition__{name}" for name in shown))


def place(visit: Visit) -> dict[str, Any]:
    """The place in a river that the visit asks for with ?before=. Raises Http404 for a cursor we did not write."""
    before = visit.request.GET.get("before")
    if before is None:
        return {}
    try:
        printed, below = cursor.read(before)
    except ValueError as error:
        raise Http404(str(error)) from error
    return {"printed": printed, "below": below}


def read(visit: Visit, flow: Question, size: int, *, tags: bool = False, **asked: Any) -> Page:
    """The page of a river that the visit asks for with ?before=. Two queries, whatever the depth.

    Raises Http404 for a cursor we did not write.
    """
    editions = list(flow.instances(Edition, THROUGH_AN_INDEX, moment=visit.moment, **asked, **place(visit)))
    shown = editions[:size]
    older = cursor.written(shown[-1].first_published_at, shown[-1].pk) if len(editions) > size else ""
    # Redacted since: somebody looks back at a moment when its words were there.
    return Page(entries_of([edition for edition in shown if not edition.redacted_at], visit, tags=tags), older)


def entries_of(editions: list[Edition], visit: Visit, *, tags: bool = False) -> list[Entry]:
    names = names_of(visit, editions, tags=tags)
    return [
        Entry(edition, visit.columns[edition.column_id], names.authors[edition.pk], names.tags[edition.pk])
        for edition in editions
    ]


def lead_of(edition: Edition) -> document.Photo | None:
    return document.block_from_json(edition.lead) if edition.lead else None


def by_day(entries: list[Entry]) -> list[tuple[Moment, list[Entry]]]:
    """The entries by the day on which they were printed: (a moment of the day, its entries), with their silences."""
    days = grouped(entries, "printed.day")
    for _, day in days:
        for later, earlier in pairwise(day):
            pause = later.edition.first_published_at - earlier.edition.first_published_at
            earlier.silence = lasted(pause) if pause > SILENCE else ""
    return days


def grouped(entries: list[Entry], name: str) -> list[tuple[Moment, list[Entry]]]:
    groups = [list(group) for _, group in groupby(entries, key=attrgetter(name))]
    return [(group[0].printed, group) for group in groups]


def rows(
    entries: list[Entry], period: str, *, column: bool = True, picture: bool = False
) -> list[tuple[Moment, list[dict[str, str]]]]:
    """Cards by "day" or "month": (a moment of it, its rows). The first stands on the first screen."""
    return [
        (moment, [entry.row(column=column, picture=picture, eager=entry is entries[0]) for entry in group])
        for moment, group in grouped(entries, f"printed.{period}")
    ]


def signed(authors: list[Author]) -> SafeString:
    """By A, B and C, each a link to their page; "" without a byline."""
    names = [linked(author, rel="author") for author in authors]
    return SafeString(f"By {listed(names)}" if names else "")


def sentences(*parts: str) -> SafeString:
    """The parts that say something, parted by full stops; one that ends with a.m. or p.m. has its own."""
    return SafeString(". ".join(filter(None, parts)).replace(".. ", ". "))


def updated(edition: Edition, printed: Moment) -> str:
    """Edition 3, updated 6:40 p.m.; "" while readers were told of no change."""
    if not edition.updated_at:
        return ""
    return f"Edition {edition.number}, updated {Moment(edition.updated_at).after(printed)}"
