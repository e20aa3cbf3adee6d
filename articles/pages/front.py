"""The front: what editors put there and the newest stories in their places, over the river of all columns."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import IntegerField, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.http import HttpResponse

from articles.models import Column, Edition, Slot
from articles.models.edition import EditionQuerySet
from articles.models.front import PLACES
from articles.pages import cursor
from articles.pages.addresses import by_query
from articles.pages.ap_style import Moment
from articles.pages.arrangement import LOG, SECTION, Arrangement, Stand, arranged
from articles.pages.entries import LEAD, Entry, entries_of, place, rows
from articles.pages.head import of_front
from articles.pages.notes import RETRACTION
from articles.pages.question import Question, made, together
from articles.pages.visit import Visit, public

CARDS = 25
SECTIONS = 5  # as many columns as the navigation names
CALM = "Nothing is published here yet."
# What stands above the river at most, and what a column can lack below because its newest stand higher.
ABOVE = PLACES + LOG + SECTIONS * SECTION
OF_A_COLUMN = LOG + PLACES
RIVER, NEWEST, COLUMN, SLOT = range(4)


def line(part: int, flow: QuerySet, notes: Any = None) -> QuerySet:
    """What the front shows of editions, marked with the part of the answer that they belong to."""
    return flow.values_list(Value(part, IntegerField()), notes or Value("", TextField()), *COLUMNS)


def newest(part: int, most: int, build: Callable[..., EditionQuerySet]) -> Question:
    """The newest that readers see of what `build` makes of all."""
    return Question(
        lambda moment, **asked: line(part, build(Edition.objects.seen_at(moment), **asked).newest_first())[:most]
    )


# All that may stand on the front, or on one of its older pages, is asked for at once.
COLUMNS = ("id", *LEAD)
NEWEST_STORIES = newest(NEWEST, ABOVE + PLACES + CARDS + 1, lambda seen: seen)
NEWEST_ABOVE = newest(NEWEST, ABOVE + PLACES, lambda seen: seen)
OLDER_STORIES = newest(RIVER, ABOVE + CARDS + 1, lambda seen, printed, below: seen.before(printed, below))
OF_COLUMN = newest(COLUMN, OF_A_COLUMN, lambda seen, column: seen.filter(column=column))
# The document of a slot's story alone is looked into: is it retracted?
IN_SLOTS = Question(
    lambda moment, slots: line(
        SLOT, Edition.objects.seen_at(moment).filter(article__in=slots).order_by(), KT("document__corrections")
    )
)
SLOTS = Question(lambda moment: Slot.objects.standing_at(moment).in_order())


@dataclass
class Reading:
    """The front of a moment, and the stories of its river."""

    arrangement: Arrangement
    river: list[Edition]
    retracted: set[int]
    latest: Edition | None


@public
def front(visit: Visit) -> HttpResponse:
    return by_query(visit) or draw_front(visit, list(SLOTS.instances(Slot, moment=visit.moment)))


def draw_front(visit: Visit, slots: Sequence[Slot], *, preview: bool = False) -> HttpResponse:
    """The front with these slots, saved or not, for the visit's moment. Raises Http404 for a cursor we did not write.

    Four questions: the columns, the slots, every story that may stand here, and the names around those that do.
    """
    before = visit.request.GET.get("before")
    reading = read(visit, slots, before)
    above = [] if before is not None else reading.arrangement.editions()
    cards = reading.river[:CARDS]
    older = cursor.written(cards[-1].first_published_at, cards[-1].pk) if len(reading.river) > CARDS else ""
    entries = {entry.edition.pk: entry for entry in entries_of([*above, *cards], visit)}
    river = [entries[edition.pk] for edition in cards]
    return visit.draw(
        "articles/front.html",
        ["front", *keys(entries.values())],
        path=f"/?before={before}" if before is not None else "/",
        page={"entries": river, "older": older, "last": river[-1].printed if river else None},
        before=before,
        calm=CALM if before is None else "Nothing older.",
        preview=preview,
        latest=Moment(reading.latest.first_published_at) if reading.latest else None,
        days=rows(river, "day"),
        head=None if preview else of_front(),
        **(upper_part(visit, reading, entries) if before is None else {}),
    )


def read(visit: Visit, slots: Sequence[Slot], before: str | None = None) -> Reading:
    columns = [column.pk for column in visit.columns.values()][:SECTIONS]
    answers = together(list(asked(visit, columns, sorted({slot.article_id for slot in slots}), before)))
    once = {pk: (pk, *shown) for _, _, pk, *shown in answers}
    # Redacted since: somebody looks back at a moment when its words were there.
    seen = {edition.pk: edition for edition in made(Edition, COLUMNS, once.values()) if not edition.redacted_at}
    found: dict[int, list[Edition]] = {number: [] for number in (RIVER, NEWEST, COLUMN, SLOT)}
    retracted = set()
    for number, notes, pk, *_ in answers:
        if pk in seen:
            found[number].append(seen[pk])
            if number == SLOT and is_retracted(notes):
                retracted.add(seen[pk].article_id)
    for flow in found.values():
        flow.sort(key=lambda edition: (edition.first_published_at, edition.pk), reverse=True)
    arrangement = arranged(
        slots,
        {edition.article_id: edition for edition in found[SLOT] if edition.article_id not in retracted},
        found[NEWEST],
        {column: [each for each in found[COLUMN] if each.column_id == column] for column in columns},
        fast_column(visit),
    )
    shown = arrangement.articles()
    river = [edition for edition in found[NEWEST if before is None else RIVER] if edition.article_id not in shown]
    return Reading(arrangement, river, retracted, next(iter(found[NEWEST]), None))


def asked(visit: Visit, columns: list[int], slots: list[int], before: str | None) -> Iterator[tuple[str, list]]:
    """The questions for a page of the front. Raises Http404 for a cursor we did not write."""
    now = {"moment": visit.moment}
    if before is None:
        yield NEWEST_STORIES.prepared(now)
    else:
        yield NEWEST_ABOVE.prepared(now)
        yield OLDER_STORIES.prepared(now | place(visit))
    yield from OF_COLUMN.for_each("column", columns, **now)
    if slots:
        yield IN_SLOTS.prepared(now | {"slots": slots})


def is_retracted(notes: str) -> bool:
    """Whether the last of a story's notes takes it back: the front shows the newest story in its place."""
    said = json.loads(notes or "[]")
    return bool(said) and said[-1]["kind"] == RETRACTION


def fast_column(visit: Visit) -> int | None:
    """The first of the columns that are read post by post: its newest times stand under the lead."""
    columns = list(visit.columns.values())[:SECTIONS]
    return next((column.pk for column in columns if column.shows == Column.Shows.POSTS), None)


def upper_part(visit: Visit, reading: Reading, entries: dict[int, Entry]) -> dict[str, Any]:
    """What stands over the river, for articles/front.html."""
    arrangement = reading.arrangement
    lead = arrangement.lead
    groups = [(pk, list(group)) for pk, group in groupby(arrangement.quieter, lambda each: each.edition.column_id)]
    sections = [(pk, [Stand(0, edition) for edition in section]) for pk, section in arrangement.sections.items()]
    fast = fast_column(visit)
    return {
        "lead": entries[lead.edition.pk] if lead else None,
        "lead_headline": lead and ((lead.slot and lead.slot.headline) or lead.edition.headline),
        "lead_kicker": lead and lead.slot and lead.slot.kicker,
        "log": [entries[edition.pk] for edition in arrangement.log],
        "log_column": visit.columns[fast] if fast else None,
        "blocks": [block(visit.columns[pk], stands, entries) for pk, stands in [*groups, *sections]],
    }


def block(column: Column, stands: list[Stand], entries: dict[int, Entry]) -> dict[str, Any]:
    """Stories of one column beside its name: a single one with its picture, several in pairs without."""
    cards = [card(stand, entries[stand.edition.pk], picture=len(stands) == 1) for stand in stands]
    return {"column": column, "cards": cards, "feature": len(cards) == 1 and cards[0]["picture"]}


def card(stand: Stand, entry: Entry, *, picture: bool) -> dict[str, str]:
    """The front's own words in the place of the story's, where somebody wrote some."""
    said = entry.row(column=False, picture=picture)
    slot = stand.slot
    return said | {"headline": (slot and slot.headline) or said["headline"], "kicker": slot.kicker if slot else ""}


def keys(entries: Collection[Entry]) -> list[str]:
    """The cache keys of everything that the page shows, beside the front's own."""
    return [
        *(f"article-{entry.edition.article_id}" for entry in entries),
        *(entry.column.cache_key for entry in entries),
        *(author.cache_key for entry in entries for author in entry.authors),
        *(f"photo-{entry.edition.lead['photo']}" for entry in entries if entry.edition.lead),
    ]
