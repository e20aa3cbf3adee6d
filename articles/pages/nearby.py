"""What else there is to read beside a story: its neighbours in its column's river, and others filed under its tags."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value

from articles.models import Edition, EditionTag, Tag
from articles.pages.ap_style import Moment, listed
from articles.pages.drawing import voice_of
from articles.pages.entries import sentences
from articles.pages.names import linked
from articles.pages.question import Question, made, together
from articles.pages.visit import Visit

LATER, EARLIER, TAGGED = 1, 2, 3
# A tag may stand on a fifth of all stories: of the first tags, the newest stories are candidates, and no others.
TAGS = 5
CANDIDATES = 12
RELATED = 4


# What the page says of a story beside it, as a dict: a template reads it three times as fast as an object.
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Nearby:
    """The next later and the next earlier story of the column, and a few that share tags."""

    later: Row | None = None
    earlier: Row | None = None
    related: list[Row] = field(default_factory=list)

    def keys(self) -> list[str]:
        """The cache keys of what is shown. That another comes between is told by those of the column and the tags."""
        return [row["key"] for row in (self.later, self.earlier, *self.related) if row]


# What a line says: how the story stands to ours, through which tag, and what is shown of it.
SHOWN = ("article_id", "column_id", "path", "headline", "language", "redacted_at")
COLUMNS = ("relation", "tag", "id", "first_published_at", *SHOWN)


def line(relation: int, rows: QuerySet, tag: F | Value, edition: str, of_edition: str = "") -> QuerySet:
    shown = (f"{of_edition}{name}" for name in SHOWN)
    return rows.values_list(Value(relation, IntegerField()), tag, edition, "first_published_at", *shown)


def neighbour(relation: int, column: int, rows: QuerySet) -> QuerySet:
    kept = rows.filter(column=column, redacted_at__isnull=True)
    return line(relation, kept, Value(0, IntegerField()), "id")[:1]


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
        TAGGED,
        EditionTag.objects.filter(tag=tag).seen_at(moment).newest_first(),
        F("tag_id"),
        "edition_id",
        "edition__",
    )[:CANDIDATES]
)


def nearby(visit: Visit, edition: Edition, tags: list[Tag]) -> Nearby:
    """What stands beside a story at the moment of the visit. One query."""
    place = {
        "moment": visit.moment,
        "column": edition.column_id,
        "printed": edition.first_published_at,
        "pk": edition.pk,
    }
    tagged = UNDER_A_TAG.for_each("tag", [tag.pk for tag in tags[:TAGS]], moment=visit.moment)
    neighbours: dict[int, int] = {}
    shared: dict[int, set[int]] = defaultdict(set)
    found: dict[int, tuple] = {}
    for answer in together([NEXT.prepared(place), BEFORE.prepared(place), *tagged]):
        relation, tag, pk, *_ = found[answer[2]] = answer
        if relation == TAGGED:
            shared[pk].add(tag)
        else:
            neighbours[relation] = pk
    for pk in (edition.pk, *neighbours.values()):
        shared.pop(pk, None)
    related = most_alike(shared, {pk: answer[3] for pk, answer in found.items()}, tags)
    chosen = made(Edition, COLUMNS, (found[pk] for pk in (*neighbours.values(), *related)))
    # Redacted since: somebody looks back at a moment when its words were there.
    rows = {
        each.pk: row(visit, each, edition, [tag for tag in tags if tag.pk in shared.get(each.pk, ())])
        for each in chosen
        if not each.redacted_at
    }
    later, earlier = (rows.get(neighbours.get(relation, 0)) for relation in (LATER, EARLIER))
    return Nearby(later, earlier, [rows[pk] for pk in related if pk in rows])


def most_alike(shared: dict[int, set[int]], printed: dict[int, datetime], tags: list[Tag]) -> list[int]:
    """The few that share most tags; among equals those with the lead tag, then the newest."""
    lead = tags[0].pk if tags else 0
    return sorted(shared, key=lambda pk: (len(shared[pk]), lead in shared[pk], printed[pk], pk), reverse=True)[:RELATED]


def row(visit: Visit, edition: Edition, beside: Edition, shares: list[Tag]) -> Row:
    """A story beside another: its headline, its time as it is said beside the other's, and the tags that both have."""
    printed, column = Moment(edition.first_published_at), visit.columns[edition.column_id]
    tags = listed([linked(tag) for tag in shares])
    return {
        "key": f"article-{edition.article_id}",
        "path": edition.path,
        "headline": edition.headline,
        "voice": voice_of(edition.language, beside.language),
        "iso": printed.iso,
        "date": printed.date,
        "clock": printed.clock,
        "when": printed.after(Moment(beside.first_published_at)),
        # The Slatest. Also under Labor and Ports
        "where": sentences(linked(column), tags and f"Also under {tags}"),
    }
