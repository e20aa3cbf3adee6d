"""RSS 2.0 with the full text: https://www.rssboard.org/rss-specification

Pictures are Media RSS (https://www.rssboard.org/media-rss), pages are linked as RFC 5005 says. Written by hand:
django.contrib.syndication builds an XML tree of a hundred kilobytes of text for every request.
"""

import re
from email.utils import format_datetime
from html import escape

from django.conf import settings

from articles.pages.feeds.item import NO_XML, Feed, Item, Picture

TAIL = "feed/"
TYPE = "application/rss+xml"
AS_WORDS = {"&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;"}
# What readers take for HTML where RSS does not say which of the two a title is.
READS_AS_HTML = re.compile(r"</\w+>|&#?\w+;")
OPENING = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
)


def written(feed: Feed) -> str:
    """The feed as XML."""
    links = [("self", feed.address), ("first", feed.first), ("next", feed.older), *(("hub", hub) for hub in feed.hubs)]
    head = (
        f"<title>{title(feed.title)}</title>\n<link>{escape(feed.home)}</link>\n"
        f"<description>{markup(feed.about)}</description>\n<language>{settings.LANGUAGE_CODE}</language>\n"
        + "".join(link(rel, address) for rel, address in links if address)
        + (f"<lastBuildDate>{format_datetime(feed.shown)}</lastBuildDate>\n" if feed.shown else "")
    )
    return NO_XML.sub("", f"{OPENING}{head}{''.join(map(item, feed.items))}</channel>\n</rss>\n")


def link(rel: str, address: str) -> str:
    kind = "" if rel == "hub" else f' type="{TYPE}"'
    return f'<atom:link href="{escape(address)}" rel="{rel}"{kind}/>\n'


def item(told: Item) -> str:
    authors = "".join(f"<dc:creator>{plain(author.name)}</dc:creator>\n" for author in told.authors)
    taxonomy = escape(f"{settings.SITE_URL}/tag/")
    tags = "".join(f'<category domain="{taxonomy}">{plain(tag.name)}</category>\n' for tag in told.tags)
    language = f"<dc:language>{escape(told.language)}</dc:language>\n" if told.language else ""
    changed = told.updated is not told.printed
    return (
        f"<item>\n<title>{title(told.title)}</title>\n<link>{escape(told.link)}</link>\n"
        f'<guid isPermaLink="false">{told.identity}</guid>\n'
        f"<pubDate>{format_datetime(told.printed.local)}</pubDate>\n"
        + (f"<atom:updated>{told.updated.iso}</atom:updated>\n" if changed else "")
        + f"{authors}{tags}{language}"
        + (f"<description>{markup(told.summary)}</description>\n" if told.summary else "")
        + (f"<content:encoded>{escape(told.text)}</content:encoded>\n" if told.text else "")
        + f"{''.join(map(picture, told.pictures))}</item>\n"
    )


def plain(words: str) -> str:
    """Plain words, in the way that says so: https://www.rssboard.org/rss-profile#data-types-characterdata"""
    for mark, written in AS_WORDS.items():
        words = words.replace(mark, written)
    return words


def title(words: str) -> str:
    """Plain words, and HTML of them where readers would guess HTML: either way they show what was printed."""
    return plain(escape(words, quote=False) if READS_AS_HTML.search(words) else words)


def markup(words: str) -> str:
    """Plain words where a description is HTML: escaped once for it and once for XML."""
    return escape(escape(words, quote=False))


def picture(shown: Picture) -> str:
    """The picture, what it shows, and whose it is, each in its own element."""
    words = f'<media:description type="plain">{plain(shown.words)}</media:description>' if shown.words else ""
    credit = f"<media:credit>{plain(shown.credit)}</media:credit>" if shown.credit else ""
    rights = f"<media:copyright>{plain(shown.rights)}</media:copyright>" if shown.rights else ""
    return (
        f'<media:content url="{escape(shown.address)}" type="{shown.type}" medium="image" width="{shown.width}"'
        f' height="{shown.height}">{words}{credit}{rights}</media:content>\n'
    )
