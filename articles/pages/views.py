"""The lists: the front, a column, its archives, a tag, an author. Each is a river read a page at a time."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.timezone import get_default_timezone

from articles.models import Author, Column, Edition, EditionByline, EditionTag, Tag
from articles.pages.addresses import answer, was_seen
from articles.pages.ap_style import Moment
from articles.pages.entries import CARD, LEAD, POST, Page, by_day, cards, read, river, rows
from articles.pages.question import Question
from articles.pages.visit import Visit, public

CARDS = 25
POSTS = 10
CALM = "Nothing is published here yet."

# What the lists ask of the database.
FRONT = river(CARDS, lambda: Edition.objects.only(*LEAD))
COLUMN_IN_POSTS = river(POSTS, lambda column: Edition.objects.filter(column=column).only(*POST))
COLUMN_IN_CARDS = river(CARDS, lambda column: Edition.objects.filter(column=column).only(*LEAD))
ARCHIVE = river(
    CARDS,
    lambda column, start, end: Edition.objects.filter(
        column=column, first_published_at__gte=start, first_published_at__lt=end
    ).only(*CARD),
)
UNDER_TAG = river(CARDS, lambda tag: cards(EditionTag.objects.filter(tag=tag)))
BY_AUTHOR = river(CARDS, lambda author: cards(EditionByline.objects.filter(author=author)))
THE_TAG = Question(lambda slug: Tag.objects.filter(slug=slug).order_by())
THE_AUTHOR = Question(lambda slug: Author.objects.filter(slug=slug).order_by())


@public
def front(visit: Visit) -> HttpResponse:
    """The newest of every column; the first page opens with the newest story large."""
    page = read(visit, FRONT, CARDS)
    opens = 0 if visit.request.GET.get("before") else 1
    lead, rest = page.entries[:opens], page.entries[opens:]
    return draw_list(visit, "front", page, "/", ["front"], lead=next(iter(lead), None), days=rows(rest, "day"))


@public
def column(visit: Visit, slug: str) -> HttpResponse:
    """Whole posts or cards, as the column chooses, newest first."""
    column = visit.column(slug)
    if column is None:
        return answer(visit)
    whole = column.shows == Column.Shows.POSTS
    flow, size = (COLUMN_IN_POSTS, POSTS) if whole else (COLUMN_IN_CARDS, CARDS)
    page = read(visit, flow, size, column=column.pk)
    # "The" of "The Slatest" hangs in the rail.
    the = column.name.removeprefix("The ") if column.name.startswith("The ") else ""
    days = by_day(page.entries) if whole else rows(page.entries, "month", column=False, picture=True)
    return draw_list(
        visit, "column", page, column.path, [column.cache_key], column=column, the=the, here=True, days=days
    )


@public
def archive(visit: Visit, slug: str, year: str, month: str = "0", day: str = "0") -> HttpResponse:
    """A column's stories of a year, a month or a day of the newsroom's calendar. Raises Http404 for an empty one."""
    column = visit.column(slug)
    if column is None:
        return answer(visit)
    asked = int(year), int(month), int(day)
    start, end = span(*asked)
    page = read(visit, ARCHIVE, CARDS, column=column.pk, start=start, end=end)
    if not page.entries:
        raise Http404("Nothing was printed then.")
    return draw_list(
        visit,
        "listing",
        page,
        visit.request.path,
        [column.cache_key],
        column=column,
        rail=column.name,
        title=title_of(*asked),
        by_day=asked[1] > 0,
        one_day=asked[2] > 0,
        groups=rows(page.entries, "day" if asked[1] else "month", column=False),
    )


@public
def tag(visit: Visit, slug: str) -> HttpResponse:
    """Everything filed under a tag. One that no story ever had does not exist for readers."""
    tag = next(THE_TAG.instances(Tag, slug=slug), None)
    if tag is None:
        return answer(visit)
    page = read(visit, UNDER_TAG, CARDS, tag=tag.pk)
    if not page.entries and not was_seen(EditionTag.objects.filter(tag=tag), visit):
        raise Http404("Nothing was ever filed under this.")
    return draw_list(
        visit,
        "listing",
        page,
        tag.path,
        [tag.cache_key],
        rail="Filed under",
        title=tag.name,
        about=tag.description,
        groups=rows(page.entries, "month"),
    )


@public
def author(visit: Visit, slug: str) -> HttpResponse:
    """Everything that an author signed."""
    author = next(THE_AUTHOR.instances(Author, slug=slug), None)
    if author is None:
        return answer(visit)
    page = read(visit, BY_AUTHOR, CARDS, author=author.pk)
    if not page.entries and not was_seen(EditionByline.objects.filter(author=author), visit):
        raise Http404("Nothing was ever signed with this name.")
    return draw_list(
        visit,
        "listing",
        page,
        author.path,
        [author.cache_key],
        rail="Stories by",
        title=author.name,
        about=author.biography,
        groups=rows(page.entries, "month"),
    )


def draw_list(visit: Visit, template: str, page: Page, path: str, keys: list[str], **context: Any) -> HttpResponse:
    before = visit.request.GET.get("before")
    return visit.draw(
        f"articles/{template}.html",
        keys + page.keys(),
        path=f"{path}?before={before}" if before else path,
        page=page,
        before=before,
        calm=CALM if not before else "Nothing older.",
        **context,
    )


def span(year: int, month: int, day: int) -> tuple[datetime, datetime]:
    """From the first moment of a year, month (0: all) or day (0: all) of the newsroom's calendar to that of the next.

    Raises Http404 for a day that no calendar has.
    """
    zone = get_default_timezone()
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=zone)
        if day:
            # By the calendar, not by 24 hours: two days of the year have 23 and 25.
            end = datetime.fromordinal(start.toordinal() + 1).replace(tzinfo=zone)
        elif month:
            end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        else:
            end = datetime(year + 1, 1, 1, tzinfo=zone)
        if not 1000 <= year < 9999:
            raise ValueError("Out of every calendar that we keep.")
    except ValueError as error:
        raise Http404("No calendar has this day.") from error
    return start, end


def title_of(year: int, month: int, day: int) -> str:
    """Monday, June 1, 2015 · June 2015 · 2015"""
    if not month:
        return str(year)
    start = Moment(datetime(year, month, day or 1, tzinfo=get_default_timezone()))
    return start.day if day else start.month
