"""What else there is to read beside a story: its neighbours in its column's river, and others filed under its tags."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, IntegerField, QuerySet, Value
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles.models import Column, Edition, EditionTag, Tag
from articles.pages.ap_style import Moment, listed
from articles.pages.drawing import voice_of
from articles.pages.entries import CARD, sentences
from articles.pages.question import Question, together
from articles.pages.visit import Visit

LATER, EARLIER, TAGGED = 1, 2, 3
# A tag may stand on a fifth of all stories: of the first tags, the newest stories are candidates, and no others.
TAGS = 5
CANDIDATES = 12
RELATED = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A story beside another: its headline, and its time as it is said beside the other's."""

    edition: Edition
    column: Column
    printed: Moment
    when: str
    voice: SafeString
    shares: list[Tag] = field(default_factory=list)

    @property
    def where(self) -> SafeString:
        """The Slatest. Filed under Labor and Ports, too"""
        tags = listed([f'<a href="{tag.path}">{escape(tag.name)}</a>' for tag in self.shares])
        return sentences(f'<a href="{self.column.path}">{escape(self.column.name)}</a>', f"Also under {tags}")


@dataclass(frozen=True, slots=True)
class Nearby:
    """The next later and the next earlier story of the column, and a few that share tags."""

    later: Row | None = None
    earlier: Row | None = None
    related: list[Row] = field(default_factory=list)

    def keys(self) -> list[str]:
        """The cache keys of what is shown. That another comes between is told by those of the column and the tags."""
        return [f"article-{row.edition.article_id}" for row in (self.later, self.earlier, *self.related) if row]


def line(relation: int, rows: QuerySet, edition: str, tag: F | Value) -> QuerySet:
    return rows.values_list(Value(relation, IntegerField()), tag, edition, "first_published_at")


def neighbour(relation: int, column: int, rows: QuerySet) -> QuerySet:
    kept = rows.filter(column=column, redacted_at__isnull=True)
    return line(relation, kept, "id", Value(0, IntegerField()))[:1]


NEXT = Question(
    lambda moment, column, printed, pk: neighbour(
        LATER, column, Edition.objects.seen_at(moment).after(printed, pk).oldest_first()
    )
)
BEFORE = Question(
    lambda moment, column, printed, pk: neighbour(
        EARLIER, column, Edition.objects.seen_at(moment).before(printed, pk).newest_first()
    )
)
UNDER_A_TAG = Question(
    lambda moment, tag: line(
        TAGGED, EditionTag.objects.filter(tag=tag).seen_at(moment).newest_first(), "edition_id", F("tag_id")
    )[:CANDIDATES]
)
EDITIONS = Question(lambda editions: Edition.objects.filter(pk__in=editions).only(*CARD).order_by())


def nearby(visit: Visit, edition: Edition, tags: list[Tag]) -> Nearby:
    """What stands beside a story at the moment of the visit. Two queries: which stories, and what they are called."""
    place = {
        "moment": visit.moment,
        "column": edition.column_id,
        "printed": edition.first_published_at,
        "pk": edition.pk,
    }
    asked = [(NEXT, place), (BEFORE, place)]
    asked += [(UNDER_A_TAG, {"moment": visit.moment, "tag": tag.pk}) for tag in tags[:TAGS]]
    neighbours: dict[int, int] = {}
    printed: dict[int, datetime] = {}
    shared: dict[int, set[int]] = defaultdict(set)
    for relation, tag, pk, when in together(asked):
        if relation == TAGGED:
            shared[pk].add(tag)
            printed[pk] = when
        else:
            neighbours[relation] = pk
    for pk in (edition.pk, *neighbours.values()):
        shared.pop(pk, None)
    related = most_alike(shared, printed, tags)
    rows = rows_of(visit, edition, [*neighbours.values(), *related])
    for pk in related:
        if pk in rows:
            rows[pk].shares.extend(tag for tag in tags if tag.pk in shared[pk])
    later, earlier = (rows.get(neighbours.get(relation, 0)) for relation in (LATER, EARLIER))
    return Nearby(later, earlier, [rows[pk] for pk in related if pk in rows])


def most_alike(shared: dict[int, set[int]], printed: dict[int, datetime], tags: list[Tag]) -> list[int]:
    """The few that share most tags; among equals those with the lead tag, then the newest."""
    lead = tags[0].pk if tags else 0
    return sorted(shared, key=lambda pk: (len(shared[pk]), lead in shared[pk], printed[pk], pk), reverse=True)[:RELATED]


def rows_of(visit: Visit, beside: Edition, editions: list[int]) -> dict[int, Row]:
    """Editions as rows beside a story, by their id; without those redacted since, when somebody looks back."""
    if not editions:
        return {}
    here = Moment(beside.first_published_at)
    rows = {}
    for edition in EDITIONS.instances(Edition, editions=sorted(editions)):
        if not edition.redacted_at:
            printed = Moment(edition.first_published_at)
            voice = voice_of(edition.language, beside.language)
            rows[edition.pk] = Row(edition, visit.columns[edition.column_id], printed, printed.after(here), voice)
    return rows
