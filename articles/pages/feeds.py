"""RSS 2.0 with the full text: https://www.rssboard.org/rss-specification

Written by hand: django.contrib.syndication builds an XML tree of a hundred kilobytes of text for every request.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.html import escape

from articles.models import Column, Edition
from articles.pages.addresses import answer
from articles.pages.entries import POST, Entry, entries_of, river
from articles.pages.feed_text import text
from articles.pages.visit import Visit, public

ITEMS = 20
# XML has no place for these, not even escaped: one of them and no reader opens the feed.
# https://www.w3.org/TR/xml/#charsets
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
RSS = "application/rss+xml; charset=utf-8"
OPENING = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
)


FIELDS = (*POST, "live_from")
OF_SITE = river(ITEMS - 1, lambda: Edition.objects.only(*FIELDS))
OF_COLUMN = river(ITEMS - 1, lambda column: Edition.objects.filter(column=column).only(*FIELDS))


@public
def of_site(visit: Visit) -> HttpResponse:
    """The newest of every column."""
    newest = OF_SITE.instances(Edition, moment=visit.moment)
    return draw_feed(visit, newest, settings.NEWSROOM_NAME, "", "/", ["front"])


@public
def of_column(visit: Visit, slug: str) -> HttpResponse:
    column: Column | None = visit.column(slug)
    if column is None:
        return answer(visit)
    newest = OF_COLUMN.instances(Edition, moment=visit.moment, column=column.pk)
    return draw_feed(visit, newest, column.name, column.tagline, column.path, [column.cache_key])


def draw_feed(
    visit: Visit, newest: Iterable[Edition], title: str, about: str, path: str, keys: list[str]
) -> HttpResponse:
    """The newest stories whole. Two queries beside the column's: the editions, and the names around them."""
    entries = entries_of([edition for edition in newest if not edition.redacted_at], visit, tags=True)
    items = "".join(map(item, entries))
    # The newest change that readers can see here, so that two askings get the same bytes.
    changed = max((entry.edition.live_from for entry in entries), default=None)
    head = (
        f"<title>{escape(title)}</title>\n<link>{escape(settings.SITE_URL + path)}</link>\n"
        f"<description>{escape(about or title)}</description>\n<language>{settings.LANGUAGE_CODE}</language>\n"
        f'<atom:link href="{escape(settings.SITE_URL + path)}feed/" rel="self" type="application/rss+xml"/>\n'
        + (f"<lastBuildDate>{format_datetime(changed)}</lastBuildDate>\n" if changed else "")
    )
    xml = NO_XML.sub("", f"{OPENING}{head}{items}</channel>\n</rss>\n")
    keys = keys + [f"article-{entry.edition.article_id}" for entry in entries]
    return visit.stamped(HttpResponse(xml, content_type=RSS), keys)


def item(entry: Entry) -> str:
    edition = entry.edition
    link = escape(settings.SITE_URL + edition.path)
    authors = "".join(f"<dc:creator>{escape(author.name)}</dc:creator>\n" for author in entry.authors)
    categories = "".join(f"<category>{escape(tag.name)}</category>\n" for tag in entry.tags)
    return (
        f"<item>\n<title>{escape(edition.headline)}</title>\n<link>{link}</link>\n"
        f'<guid isPermaLink="false">{identity(edition.article_id, edition.first_published_at)}</guid>\n'
        f"<pubDate>{format_datetime(entry.printed.local)}</pubDate>\n{authors}{categories}"
        f"<description>{escape(entry.summary)}</description>\n"
        f"<content:encoded>{escape(text(entry.said))}</content:encoded>\n</item>\n"
    )


def identity(article: int, printed: datetime) -> str:
    """The name of a story for feed readers: it stays when the address changes. RFC 4151."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{printed:%Y-%m-%d}:article-{article}"
