"""What a feed tells, before it is written in one of the formats."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from urllib.parse import urlsplit

from django.conf import settings

from articles import document
from articles.models import Author, Tag
from articles.pages.ap_style import Moment
from articles.pages.corrections import Told
from articles.pages.drawing import OUR_LANGUAGE
from articles.pages.entries import Entry
from articles.pages.feeds.text import text
from articles.pages.picture import photo_address

# XML has no place for these, not even escaped: one of them and no reader opens the feed. A surrogate alone cannot be
# written in UTF-8, so JSON does without it, too. https://www.w3.org/TR/xml/#charsets
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The day from which the names of feeds are ours to give (RFC 4151), and when one without stories changed last.
NAMED = date(2026, 11, 1)
NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif", "gif": "image/gif"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph of a story: an absolute address and its type; the credit is never part of the caption."""

    address: str
    type: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    rights: str

    @property
    def words(self) -> str:
        """What it shows."""
        return self.caption or self.alt


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story, or one note to readers. `link` is absolute, `text` is HTML whose links are, all else plain words.

    `language` is "" when it is the feed's; `updated` is the last significant change, else the printed time; `shown`
    is when the site began to say it so.
    """

    identity: str
    link: str
    title: str
    summary: str
    text: str
    language: str
    printed: Moment
    updated: Moment
    shown: datetime
    authors: list[Author]
    tags: list[Tag]
    pictures: list[Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of a source. Addresses are absolute; `older` is "" at the end, `hubs` are those of its newest page."""

    identity: str
    title: str
    about: str
    home: str
    address: str
    first: str
    older: str
    hubs: list[str]
    items: list[Item]

    @property
    def updated(self) -> Moment:
        """The last significant change of what it tells."""
        return max((item.updated for item in self.items), key=lambda moment: moment.local, default=Moment(NEVER))

    @property
    def shown(self) -> datetime | None:
        """Since when readers can see all of it so; two askings in between get the same bytes."""
        return max((item.shown for item in self.items), default=None)


def item_of(entry: Entry) -> Item:
    """A whole story as readers see it. No query."""
    edition, said = entry.edition, entry.said
    return Item(
        identity=named(edition.first_published_at, f"article-{edition.article_id}"),
        link=absolute(edition.path),
        title=edition.headline,
        summary=entry.summary,
        text=text(said),
        language=other_language(said.language),
        printed=entry.printed,
        updated=Moment(edition.updated_at) if edition.updated_at else entry.printed,
        shown=edition.live_from,
        authors=entry.authors,
        tags=entry.tags,
        pictures=[picture(photo) for photo in said.photos() if photo.file],
    )


def item_of_note(told: Told) -> Item:
    """A note to readers, with the story that it puts right. No query."""
    note, link = told.note, absolute(told.path)
    words = f'<p>{escape(note.text)}</p>\n<p><a href="{escape(link)}">{escape(told.edition.headline)}</a></p>'
    return Item(
        identity=named(note.at.local.astimezone(UTC), f"correction-{told.pk}"),
        link=link,
        title=f"{note.name}: {told.edition.headline}",
        summary=note.text,
        text=f"<div{told.voice}>{words}</div>" if told.voice else words,
        language=other_language(told.edition.language),
        printed=note.at,
        updated=note.at,
        shown=told.edition.live_from,
        authors=[],
        tags=[],
        pictures=[],
    )


def picture(photo: document.Photo) -> Picture:
    return Picture(
        absolute(photo_address(photo)),
        TYPES[photo.path.rpartition(".")[2]],
        photo.width,
        photo.height,
        photo.alt,
        photo.caption,
        photo.credit_line,
        photo.copyright_notice,
    )


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def other_language(language: str) -> str:
    """The language of a part, "" when it is the site's."""
    return "" if language.split("-")[0].lower() == OUR_LANGUAGE else language


def named(since: date, what: str) -> str:
    """A name that stays when the address changes: tag:news.example.com,2015-06-01:article-12. RFC 4151."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{since:%Y-%m-%d}:{what}"
