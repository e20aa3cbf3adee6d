"""The views: the newest of the whole site, of a column, a tag or an author, in the format that the address names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import http_date

from articles.models import Author, Column, Edition, EditionByline, EditionTag, Tag
from articles.pages.addresses import answer, was_seen
from articles.pages.corrections import notes, read_notes
from articles.pages.entries import POST, Page, cards, read, river
from articles.pages.feeds import atom, json_feed, rss
from articles.pages.feeds.item import NAMED, Feed, Item, absolute, item_of, item_of_note, named
from articles.pages.question import Question
from articles.pages.unchanged import revalidated
from articles.pages.visit import Visit, public

ITEMS = 20
FORMS = {"rss": rss, "atom": atom, "json": json_feed}
FIELDS = (*POST, "live_from")
OF_SITE = river(ITEMS, lambda: Edition.objects.only(*FIELDS))
OF_COLUMN = river(ITEMS, lambda column: Edition.objects.filter(column=column).only(*FIELDS))
NEWEST_NOTES = notes(ITEMS)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a feed's stories come from: the page of it, what it is called, and the cache key of its list."""

    path: str
    name: str
    about: str
    key: str


@public
def of_site(visit: Visit, form: str = "rss") -> HttpResponseBase:
    """The newest of every column."""
    page = read(visit, OF_SITE, ITEMS, tags=True)
    return send_stories(visit, form, Source("/", settings.NEWSROOM_NAME, "", "front"), page)


@public
def of_column(visit: Visit, slug: str, form: str = "rss") -> HttpResponseBase:
    column: Column | None = visit.column(slug)
    if column is None:
        return answer(visit)
    page = read(visit, OF_COLUMN, ITEMS, tags=True, column=column.pk)
    return send_stories(visit, form, Source(column.path, column.name, column.tagline, column.cache_key), page)


def gathering(of: type[Tag] | type[Author], lines: Any, name: str, about: str) -> Callable:
    """The view of everything that belongs to one tag, or to one author, as the lists have it."""
    the = Question(lambda slug: of.objects.filter(slug=slug).order_by())
    flow = river(ITEMS, lambda pk: cards(lines.objects.filter(**{name: pk}), FIELDS))

    @public
    def view(visit: Visit, slug: str, form: str = "rss") -> HttpResponseBase:
        thing = next(the.instances(of, slug=slug), None)
        if thing is None:
            return answer(visit)
        page = read(visit, flow, ITEMS, tags=True, pk=thing.pk)
        if not page.entries and not was_seen(lines.objects.filter(**{name: thing}), visit):
            raise Http404("No story ever had this.")
        title = f"{thing.name} | {settings.NEWSROOM_NAME}"
        return send_stories(visit, form, Source(thing.path, title, getattr(thing, about), thing.cache_key), page)

    return view


of_tag = gathering(Tag, EditionTag, "tag", "description")
of_author = gathering(Author, EditionByline, "author", "biography")


@public
def of_corrections(visit: Visit, form: str = "rss") -> HttpResponseBase:
    """What was put right. Three queries."""
    page = read_notes(visit, NEWEST_NOTES, ITEMS)
    source = Source("/corrections/", f"Corrections | {settings.NEWSROOM_NAME}", "What was put right.", "corrections")
    return send(visit, form, source, map(item_of_note, page.told), page.older, page.keys())


def send_stories(visit: Visit, form: str, source: Source, page: Page) -> HttpResponseBase:
    """Whole stories. Two queries beside that of the source: the editions, and the names around them."""
    return send(visit, form, source, map(item_of, page.entries), page.older, page.keys())


def send(
    visit: Visit, form: str, source: Source, items: Iterable[Item], older: str, keys: Iterable[str]
) -> HttpResponseBase:
    """The feed, or 304 for whoever has these bytes. `older` is the cursor of the next page, "" at the end."""
    room, before = FORMS[form], visit.request.GET.get("before")
    first = absolute(source.path) + room.TAIL
    feed = Feed(
        identity=named(NAMED, f"feed-{source.key}"),
        title=source.name,
        about=source.about or source.name,
        home=absolute(source.path),
        address=f"{first}?before={before}" if before else first,
        first=first,
        older=f"{first}?before={older}" if older else "",
        hubs=[] if before else settings.WEBSUB_HUBS,
        items=list(items),
    )
    response = visit.stamped(whole(feed, room.written(feed), room.TYPE), [source.key, *keys])
    return revalidated(visit.request, response)


def whole(feed: Feed, content: str, kind: str) -> HttpResponse:
    """The feed as a response. The date of its last change only informs, and nobody is answered 304 by it.

    It does not move when a story is withdrawn or a tag renamed: who asked by it alone would keep what readers no longer
    see. The tag, of the bytes, does.
    """
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"  # a reader that runs in a browser asks from another site
    if feed.shown:
        response.headers["Last-Modified"] = http_date(feed.shown.timestamp())
    links = [(feed.address, "self"), *((hub, "hub") for hub in feed.hubs)]
    response.headers["Link"] = ", ".join(f'<{address}>; rel="{rel}"' for address, rel in links)
    return response
