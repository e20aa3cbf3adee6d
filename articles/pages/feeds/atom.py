"""Atom with the full text: RFC 4287. Pictures and pages are told as in RSS."""

from html import escape

from django.conf import settings

from articles.models import Author, Tag
from articles.pages.feeds.item import NO_XML, Feed, Item, absolute
from articles.pages.feeds.rss import picture

TAIL = "feed/atom/"
TYPE = "application/atom+xml"


def written(feed: Feed) -> str:
    """The feed as XML."""
    links = [
        ("alternate", feed.home),
        ("self", feed.address),
        ("first", feed.first),
        ("next", feed.older),
        *(("hub", hub) for hub in feed.hubs),
    ]
    return NO_XML.sub(
        "",
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        f' xmlns:media="http://search.yahoo.com/mrss/" xml:lang="{settings.LANGUAGE_CODE}">\n'
        f"<id>{feed.identity}</id>\n<title>{escape(feed.title)}</title>\n<subtitle>{escape(feed.about)}</subtitle>\n"
        f"<updated>{feed.updated.iso}</updated>\n{''.join(link(rel, to) for rel, to in links if to)}"
        # Whose it is where a story has no byline: the format asks for one.
        f"<author><name>{escape(settings.NEWSROOM_NAME)}</name><uri>{escape(absolute('/'))}</uri></author>\n"
        f"{''.join(map(entry, feed.items))}</feed>\n",
    )


def link(rel: str, address: str) -> str:
    kind = {"hub": "", "alternate": ' type="text/html"'}.get(rel, f' type="{TYPE}"')
    return f'<link rel="{rel}"{kind} href="{escape(address)}"/>\n'


def entry(told: Item) -> str:
    language = f' xml:lang="{escape(told.language)}"' if told.language else ""
    return (
        f"<entry{language}>\n<id>{told.identity}</id>\n<title>{escape(told.title)}</title>\n"
        f"{link('alternate', told.link)}<published>{told.printed.iso}</published>\n"
        f"<updated>{told.updated.iso}</updated>\n"
        f"{''.join(map(author, told.authors))}{''.join(map(category, told.tags))}"
        + (f"<summary>{escape(told.summary)}</summary>\n" if told.summary else "")
        + (f'<content type="html">{escape(told.text)}</content>\n' if told.text else "")
        + f"{''.join(map(picture, told.pictures))}</entry>\n"
    )


def author(person: Author) -> str:
    return f"<author><name>{escape(person.name)}</name><uri>{escape(absolute(person.path))}</uri></author>\n"


def category(tag: Tag) -> str:
    """The scheme and the term are together the address of the tag's page, but for the last slash."""
    return f'<category term="{escape(tag.slug)}" scheme="{escape(absolute("/tag/"))}" label="{escape(tag.name)}"/>\n'
