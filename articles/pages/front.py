"""The front: what editors put there and the newest stories in their places, over the river of all columns."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import IntegerField, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.http import Http404, HttpResponse

from articles.models import Column, Edition, Slot
from articles.models.edition import EditionQuerySet
from articles.models.front import PLACES
from articles.pages import cursor
from articles.pages.addresses import by_query
from articles.pages.ap_style import Moment
from articles.pages.arrangement import LOG, SECTION, Arrangement, Stand, arranged
from articles.pages.entries import LEAD, Entry, entries_of, lead_of, rows
from articles.pages.head import of_front
from articles.pages.notes import RETRACTION
from articles.pages.question import Question
from articles.pages.visit import Visit, public

CARDS = 25
SECTIONS = 5  # as many columns as the navigation names
CALM = "Nothing is published here yet."
# What stands above the river at most, and what a column can lack below because its newest stand higher.
ABOVE = PLACES + LOG + SECTIONS * SECTION
OF_A_COLUMN = LOG + PLACES
RIVER, NEWEST, COLUMN, SLOT = range(4)


def part(flow: QuerySet, number: int, *, notes: Any = None) -> QuerySet:
    """Editions marked with the part of the answer that they belong to."""
    marks = {"part": Value(number, IntegerField()), "notes": notes or Value("", TextField())}
    return flow.only(*LEAD).annotate(**marks).order_by()


def newest(flow: EditionQuerySet, number: int, most: int) -> QuerySet:
    """The newest of a flow. Their ids are found first: a part of a union can have no LIMIT on SQLite."""
    return part(Edition.objects.filter(pk__in=flow.newest_first().values("pk")[:most]), number)


def everything(moment, slots: list[int], columns: list[int], printed=None, below: int = 0) -> QuerySet:
    """All that may stand on the front, or on one of its older pages, in one question."""
    flow = Edition.objects.seen_at(moment)
    parts = [newest(flow.filter(column=column), COLUMN, OF_A_COLUMN) for column in columns]
    # The document of a slot's story alone is looked into: is it retracted?
    parts.append(part(flow.filter(article__in=slots), SLOT, notes=KT("document__corrections")))
    if printed:
        parts.append(newest(flow.before(printed, below), RIVER, ABOVE + CARDS + 1))
    return newest(flow, NEWEST, ABOVE + PLACES + (0 if printed else CARDS + 1)).union(*parts, all=True)


# Django numbers the columns of a union.
NUMBERED = {
    f"col{number}": name
    for number, name in enumerate(
        (field.attname for field in Edition._meta.concrete_fields if field.attname in {"id", *LEAD}), 1
    )
}
EVERYTHING = Question(everything)
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
    asked: dict[str, Any] = {}
    if before is not None:
        try:
            asked["printed"], asked["below"] = cursor.read(before)
        except ValueError as error:
            raise Http404(str(error)) from error
    columns = [column.pk for column in visit.columns.values()][:SECTIONS]
    articles = sorted({slot.article_id for slot in slots})
    found: dict[int, list[Edition]] = {number: [] for number in (RIVER, NEWEST, COLUMN, SLOT)}
    asked |= {"moment": visit.moment, "slots": articles, "columns": columns}
    for edition in EVERYTHING.instances(Edition, NUMBERED, **asked):
        # Redacted since: somebody looks back at a moment when its words were there.
        if not edition.redacted_at:
            found[edition.part].append(edition)
    for flow in found.values():
        flow.sort(key=lambda edition: (edition.first_published_at, edition.pk), reverse=True)
    retracted = {edition.article_id for edition in found[SLOT] if is_retracted(edition)}
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


def is_retracted(edition: Any) -> bool:
    """Whether its last note takes the story back: the front shows the newest story in its place."""
    notes = json.loads(edition.notes or "[]")
    return bool(notes) and notes[-1]["kind"] == RETRACTION


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


def keys(entries) -> list[str]:
    """The cache keys of everything that the page shows, beside the front's own."""
    photos = [(entry, lead_of(entry.edition)) for entry in entries]
    return [
        *(f"article-{entry.edition.article_id}" for entry in entries),
        *(entry.column.cache_key for entry in entries),
        *(author.cache_key for entry in entries for author in entry.authors),
        *(f"photo-{photo.photo}" for _, photo in photos if photo),
    ]
