"""What a column is: who writes in it, since when, how to follow it and how to tell it of a mistake."""

from collections import Counter

from django.conf import settings
from django.http import HttpResponse

from articles.models import Author, Edition, EditionByline
from articles.pages import head
from articles.pages.addresses import answer
from articles.pages.ap_style import Moment
from articles.pages.question import Question
from articles.pages.visit import Visit, public

# Who writes in a column: those who signed its newest stories.
RECENT = 100


def stories(moment, column):
    return Edition.objects.filter(column=column).seen_at(moment)


NEWEST = Question(lambda moment, column: stories(moment, column).newest_first().only("first_published_at")[:1])
OLDEST = Question(lambda moment, column: stories(moment, column).oldest_first().only("first_published_at")[:1])
SIGNED = Question(
    lambda moment, column: (
        EditionByline.objects.filter(edition__in=stories(moment, column).newest_first().values("pk")[:RECENT])
        .order_by()
        .values_list("author_id", "author__name", "author__slug")
    )
)


@public
def about(visit: Visit, slug: str) -> HttpResponse:
    """The page about a column. Four queries."""
    column = visit.column(slug)
    if column is None:
        return answer(visit)
    asked = {"moment": visit.moment, "column": column.pk}
    first, last = (next(question.instances(Edition, None, **asked), None) for question in (OLDEST, NEWEST))
    authors = writers(SIGNED.rows(**asked))
    return visit.draw(
        "articles/about.html",
        [column.cache_key, *(author.cache_key for author in authors)],
        path=f"{column.path}about/",
        column=column,
        head=head.of_about(column),
        authors=authors,
        first=Moment(first.first_published_at) if first else None,
        last=Moment(last.first_published_at) if last else None,
        contact=settings.CONTACT_EMAIL,
    )


def writers(signed: list[tuple]) -> list[Author]:
    """The authors of rows of bylines, those first who signed most, then by name."""
    counted = Counter(signed)
    rows = sorted(counted, key=lambda row: (-counted[row], row[1]))
    return [Author(pk=pk, name=name, slug=slug) for pk, name, slug in rows]
