"""The lists: a column, its archives, a tag, an author. Each is a river read a page at a time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.utils.timezone import get_default_timezone

from articles.models import Author, Column, Edition, EditionByline, EditionTag, Tag
from articles.pages.addresses import answer, was_seen
from articles.pages.ap_style import Moment, listed
from articles.pages.entries import CARD, LEAD, POST, THROUGH_AN_INDEX, Page, by_day, cards, read, river, rows
from articles.pages.head import Head, of_column, of_gathering
from articles.pages.names import linked
from articles.pages.question import Question
from articles.pages.visit import Visit, public

CARDS = 25
POSTS = 10
CALM = "Nothing is published here yet."

# What the lists ask of the database.
COLUMN_IN_POSTS = river(POSTS, lambda column: Edition.objects.filter(column=column).only(*POST))
COLUMN_IN_CARDS = river(CARDS, lambda column: Edition.objects.filter(column=column).only(*LEAD))
ARCHIVE = river(
    CARDS,
    lambda column, start, end: Edition.objects.filter(
        column=column, first_published_at__gte=start, first_published_at__lt=end
    ).only(*CARD),
)
FIRST_SIGNED = Question(
    lambda moment, author: cards(EditionByline.objects.filter(author=author).seen_at(moment).oldest_first())[:1]
)


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
        visit,
        "column",
        page,
        column.path,
        [column.cache_key],
        column=column,
        the=the,
        here=True,
        days=days,
        head=of_column(column),
    )


@public
def archive(visit: Visit, slug: str, year: str, month: str | None = None, day: str | None = None) -> HttpResponse:
    """A column's stories of a year, a month or a day of the newsroom's calendar. Raises Http404 for an empty one."""
    column = visit.column(slug)
    if column is None:
        return answer(visit)
    start, end = span(int(year), int(month) if month else None, int(day) if day else None)
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
        rail=Moment(start).weekday if day else "Archive",
        title=f"{column.name}, {period(Moment(start), month, day)}",
        by_day=month is not None,
        one_day=day is not None,
        groups=rows(page.entries, "day" if month else "month", column=False),
    )


def gathering(
    of: type[Tag] | type[Author],
    lines: Any,
    name: str,
    *,
    rail: str,
    about: str,
    template: str = "listing",
    more: Callable[[Visit, Any, Page], dict] = lambda visit, thing, page: {},
) -> Callable:
    """The view of everything that belongs to one tag, or to one author.

    `lines` is the index that says what belongs, `name` its field, `about` the field that describes the thing, `more`
    gives what else the template shows. One that no story ever had does not exist for readers.
    """
    the = Question(lambda slug: of.objects.filter(slug=slug).order_by())
    flow = river(CARDS, lambda pk: cards(lines.objects.filter(**{name: pk})))

    @public
    def view(visit: Visit, slug: str) -> HttpResponse:
        thing = next(the.instances(of, slug=slug), None)
        if thing is None:
            return answer(visit)
        page = read(visit, flow, CARDS, pk=thing.pk)
        if not page.entries and not was_seen(lines.objects.filter(**{name: thing}), visit):
            raise Http404("No story ever had this.")
        context = {
            "rail": rail,
            "title": thing.name,
            "about": getattr(thing, about),
            "head": of_gathering(thing),
            "fed": thing.path,
            **more(visit, thing, page),
        }
        return draw_list(
            visit, template, page, thing.path, [thing.cache_key], groups=rows(page.entries, "month"), **context
        )

    return view


def career(visit: Visit, author: Author, page: Page) -> dict:
    """Since when an author writes here, and in which columns lately: of the newest page, older ones say nothing of it.

    One query.
    """
    if "before" in visit.request.GET:
        return {}
    first = next(FIRST_SIGNED.instances(Edition, THROUGH_AN_INDEX, moment=visit.moment, author=author.pk), None)
    lately = {entry.column.pk for entry in page.entries}
    links = [linked(each) for each in visit.columns.values() if each.pk in lately]
    return {"first": Moment(first.first_published_at) if first else None, "lately": SafeString(listed(links))}


tag = gathering(Tag, EditionTag, "tag", rail="Filed under", about="description")
author = gathering(
    Author, EditionByline, "author", rail="Stories by", about="biography", template="author", more=career
)


def draw_list(
    visit: Visit, template: str, page: Page, path: str, keys: list[str], *, head: Head | None = None, **context: Any
) -> HttpResponse:
    """`head` speaks of the whole list: pages below its first do without."""
    before = visit.request.GET.get("before")
    return visit.draw(
        f"articles/{template}.html",
        [*keys, *page.keys()],
        path=f"{path}?before={before}" if before else path,
        page=page,
        before=before,
        calm=CALM if not before else "Nothing older.",
        head=None if before else head,
        **context,
    )


def span(year: int, month: int | None, day: int | None) -> tuple[datetime, datetime]:
    """From the first moment of a year, of its month or of its day, by the newsroom's calendar, to that of the next.

    Raises Http404 for a day that no calendar has.
    """
    zone = get_default_timezone()
    try:
        start = datetime(year, 1 if month is None else month, 1 if day is None else day, tzinfo=zone)
        if day:
            # By the calendar, not by 24 hours: two days of the year have 23 and 25.
            end = datetime.fromordinal(start.toordinal() + 1).replace(tzinfo=zone)
        elif month:
            end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        else:
            end = datetime(year + 1, 1, 1, tzinfo=zone)
        if not 1000 <= year < 9999:
            raise ValueError("Out of every calendar that we keep.")
    except (ValueError, OverflowError) as error:
        raise Http404("No calendar has this day.") from error
    return start, end


def period(start: Moment, month: str | None, day: str | None) -> str:
    """June 1, 2015 · June 2015 · 2015"""
    if day:
        return start.date
    return start.month if month else str(start.local.year)
