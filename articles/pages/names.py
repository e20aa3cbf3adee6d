"""What stands around stories, as it is called today: their columns, authors and tags, in one question."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from django.utils.html import escape

from articles.models import Author, Column, Edition, EditionByline, EditionTag, Tag
from articles.pages.question import Question
from articles.pages.visit import Visit

COLUMN, AUTHOR, TAG = 1, 2, 3


class Names:
    """Authors and tags of each edition by its id, in editorial order."""

    def __init__(self) -> None:
        self.authors: dict[int, list[Author]] = defaultdict(list)
        self.tags: dict[int, list[Tag]] = defaultdict(list)


def linked(thing: Column | Author | Tag, *, rel: str = "") -> str:
    """The name as a link to its page, as HTML: isolated, for it may run the other way than what stands around it."""
    kind = f' rel="{rel}"' if rel else ""
    return f'<a href="{thing.path}"{kind}><bdi>{escape(thing.name)}</bdi></a>'


def columns() -> QuerySet:
    return Column.objects.order_by().values_list(
        Value(COLUMN, IntegerField()), Value(0, IntegerField()), "position", "id", "id", "name", "slug"
    )


def authors(editions: list[int]) -> QuerySet:
    kind = Value(AUTHOR, IntegerField())
    lines = EditionByline.objects.filter(edition__in=editions).order_by()
    return lines.values_list(kind, "edition_id", "position", "id", "author_id", "author__name", "author__slug")


def tags(editions: list[int]) -> QuerySet:
    kind = Value(TAG, IntegerField())
    lines = EditionTag.objects.filter(edition__in=editions).order_by()
    return lines.values_list(kind, "edition_id", "position", "id", "tag_id", "tag__name", "tag__slug")


AUTHORS = Question(lambda editions: authors(editions))
AUTHORS_AND_TAGS = Question(lambda editions: authors(editions).union(tags(editions), all=True))
ALL = Question(lambda editions: authors(editions).union(tags(editions), columns(), all=True))
AUTHORS_AND_COLUMNS = Question(lambda editions: authors(editions).union(columns(), all=True))


def names_of(visit: Visit, editions: Iterable[Edition], *, tags: bool = False) -> Names:
    """The names around some editions. One query, and with it the columns of the visit if nobody asked for them yet."""
    names, wanted = Names(), [edition.pk for edition in editions]
    if not wanted:
        return names
    if "columns" in visit.__dict__:
        rows = (AUTHORS_AND_TAGS if tags else AUTHORS).rows(editions=wanted)
    else:
        rows = (ALL if tags else AUTHORS_AND_COLUMNS).rows(editions=wanted)
        found = sorted((row for row in rows if row[0] == COLUMN), key=lambda row: (row[2], row[5]))
        visit.columns = {pk: Column(pk=pk, name=name, slug=slug) for *_, pk, name, slug in found}
    # The same few stand around many stories.
    author, tag = cache(partial(of, Author)), cache(partial(of, Tag))
    for kind, edition, _, _, *thing in sorted(rows):
        if kind == AUTHOR:
            names.authors[edition].append(author(*thing))
        elif kind == TAG:
            names.tags[edition].append(tag(*thing))
    return names


def of(model: type[Author] | type[Tag], pk: int, name: str, slug: str) -> Any:
    return model(pk=pk, name=name, slug=slug)
