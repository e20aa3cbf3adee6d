"""Our stories on other sites: the oEmbed provider, and the small page that their frames show. https://oembed.com"""

from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.encoding import repercent_broken_unicode
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt

from articles.models import Author, Column, Edition
from articles.pages.addresses import Gone, answer, whereabouts
from articles.pages.ap_style import Moment
from articles.pages.article import seen_there, story_keys
from articles.pages.entries import signed
from articles.pages.feeds.item import NO_XML
from articles.pages.names import names_of
from articles.pages.notes import as_readers_see, summary_of
from articles.pages.picture import image
from articles.pages.pictures import first_picture, pictures_of
from articles.pages.structured import absolute
from articles.pages.unchanged import revalidated
from articles.pages.visit import Visit, public

# The frame in CSS pixels, where the site that shows it has room; style.css keeps what stands in it so high.
WIDTH, HEIGHT = 600, 260
AN_HOUR = 3600
LONGEST = 2048
PICTURE = "9rem"
XML_TYPE = "text/xml; charset=utf-8"


@public
def provider(visit: Visit) -> HttpResponseBase:
    """What another site needs to show the story at ?url=, as JSON or XML. Three queries, and one for an old address.

    404 for what is no story that readers see, 501 for another format, as the specification says. `maxwidth` and
    `maxheight` are pixels; what is no number asks for nothing.
    """
    asked = visit.request.GET
    form = asked.get("format") or "json"
    if form not in ("json", "xml"):
        return visit.stamped(HttpResponse("json or xml\n", status=501, content_type="text/plain"), ["site"])
    edition = story_at(asked.get("url", ""), visit)
    column, authors = people_of(edition, visit)
    said = described(edition, column, authors, limit(asked.get("maxwidth")), limit(asked.get("maxheight")))
    answer = JsonResponse(said) if form == "json" else HttpResponse(xml(said), content_type=XML_TYPE)
    answer.headers["Access-Control-Allow-Origin"] = "*"  # a writing page on another site asks from its browser
    return revalidated(visit.request, visit.stamped(answer, story_keys(as_readers_see(edition), edition, authors, [])))


@public
def embed(visit: Visit, **parts: str) -> HttpResponseBase:
    """The story as a card for a frame on another site."""
    edition = seen_there(visit, visit.request.path.removesuffix("embed/"))

    def drawn(request: HttpRequest) -> HttpResponseBase:
        return card(visit, edition) if edition else answer(visit)

    # The one page that others may frame, and what is said of it once the story is withdrawn: nothing can be done on
    # either, so nobody can be led to do it.
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(drawn))(visit.request)


def card(visit: Visit, edition: Edition) -> HttpResponse:
    said = as_readers_see(edition)
    column, authors = people_of(edition, visit)
    photo = first_picture(said)
    return visit.draw(
        "articles/embed.html",
        story_keys(said, edition, authors, []),
        path=edition.path,
        said=said,
        column=column,
        language=said.language,
        direction=said.direction,
        printed=Moment(edition.first_published_at),
        signed=signed(authors),
        summary=summary_of(said, edition),
        picture=image(photo, PICTURE) if photo else "",
    )


def people_of(edition: Edition, visit: Visit) -> tuple[Column, list[Author]]:
    names = names_of(visit, [edition])
    return visit.columns[edition.column_id], names.authors[edition.pk]


def story_at(address: str, visit: Visit) -> Edition:
    """The edition seen at an address of ours, or at the one to which it leads today. Raises Http404."""
    path, query = within(address)
    edition = seen_there(visit, path)
    if edition is None:
        try:
            moved, *_ = whereabouts(path, query, visit)
        except Gone as gone:
            raise Http404("No story stands there any more.") from gone
        edition = seen_there(visit, moved)
    if edition is None:
        raise Http404("No story stands there.")
    return edition


def within(address: str) -> tuple[str, str]:
    """Path and query of an address of this site as a request for it would bring them. Raises Http404 for any other."""
    try:
        parts = urlsplit(address[:LONGEST])
    except ValueError as error:
        raise Http404("This is no address.") from error
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != urlsplit(settings.SITE_URL).netloc.lower():
        raise Http404("This is no address of ours.")
    return repercent_broken_unicode(unquote_to_bytes(parts.path)).decode(), parts.query


def limit(asked: str | None) -> int | None:
    """Pixels; None where nothing, or nothing that makes sense, was asked for."""
    return int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked) else None


def described(
    edition: Edition, column: Column, authors: list[Author], widest: int | None, highest: int | None
) -> dict[str, Any]:
    """The answer in the specification's words."""
    width, height = min(WIDTH, widest or WIDTH), min(HEIGHT, highest or HEIGHT)
    who = authors[0] if len(authors) == 1 else column
    said = {
        "type": "rich",
        "version": "1.0",
        "title": edition.headline,
        "author_name": ", ".join(author.name for author in authors) or column.name,
        "author_url": absolute(who.path),
        "provider_name": settings.NEWSROOM_NAME,
        "provider_url": absolute("/"),
        "cache_age": AN_HOUR,
        "width": width,
        "height": height,
        "html": frame(edition, width, height),
    }
    return said | thumbnail(edition, widest, highest)


def frame(edition: Edition, width: int, height: int) -> str:
    return (
        f'<iframe src="{absolute(edition.path)}embed/" title="{escape(edition.headline)}" width="{width}"'
        f' height="{height}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


def thumbnail(edition: Edition, widest: int | None, highest: int | None) -> dict[str, Any]:
    """The first shape of the story's photo that keeps within what was asked for; nothing when none does."""
    pictures = pictures_of(first_picture(as_readers_see(edition)))
    fitting = (each for each in pictures if fits(each.width, widest) and fits(each.height, highest))
    for each in fitting:
        return {
            "thumbnail_url": absolute(each.path),
            "thumbnail_width": each.width,
            "thumbnail_height": each.height,
        }
    return {}


def fits(pixels: int, most: int | None) -> bool:
    return most is None or pixels <= most


def xml(said: dict[str, Any]) -> str:
    fields = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in said.items())
    return NO_XML.sub("", f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{fields}</oembed>\n')
