"""What the head of a page says to machines beside title and address: https://ogp.me and JSON-LD."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.safestring import SafeString

from articles import document
from articles.models import Author, Column, Edition, Tag
from articles.pages import structured
from articles.pages.ap_style import Moment
from articles.pages.notes import NAMES, RETRACTION
from articles.pages.pictures import Picture, pictures_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`kind` is an og:type; `image` an absolute address, "" without one; `data` is the text of a JSON-LD script."""

    kind: str = "website"
    title: str
    description: str
    locale: str = ""
    image: str = ""
    image_width: int = 0
    image_height: int = 0
    image_alt: str = ""
    published: str = ""
    modified: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    # Where other sites ask how to show the story, "" for a page that is none.
    oembed: str = ""
    data: SafeString


def of_story(
    edition: Edition, said: document.Document, column: Column, authors: Sequence[Author], tags: Sequence[Tag],
    summary: str,
) -> Head:  # fmt: skip
    pictures = pictures_for(edition, said)
    first = pictures[0]
    return Head(
        kind="article",
        title=said.headline,
        description=summary,
        locale=locale_of(said.language),
        image=structured.absolute(first.path),
        image_width=first.width,
        image_height=first.height,
        image_alt=alt_of(first, said),
        published=Moment(edition.first_published_at).iso,
        modified=Moment(edition.updated_at).iso if edition.updated_at else "",
        section=column.name,
        authors=tuple(structured.absolute(author.path) for author in authors),
        tags=tuple(tag.name for tag in tags),
        oembed=structured.absolute("/oembed?url=") + quote(structured.absolute(edition.path), safe=""),
        data=structured.script(*structured.story(edition, said, column, authors, tags, summary, pictures)),
    )


def alt_of(picture: Picture, said: document.Document) -> str:
    """What the picture shows, in words; a card shows the headline, or that the story was retracted."""
    if picture.photo:
        return picture.photo.alt or picture.photo.caption
    return NAMES[RETRACTION][1] if said.retraction() else said.headline


def of_front() -> Head:
    about = f"{settings.NEWSROOM_NAME}: the newest of every column."
    return Head(title=settings.NEWSROOM_NAME, description=about, data=structured.script(*structured.website()))


def of_column(column: Column) -> Head:
    data = structured.script(*structured.collection(column.name, column.tagline, column.path))
    return Head(title=column.name, description=column.tagline, data=data)


def of_about(column: Column) -> Head:
    """The page about a column; where the column says nothing of itself, what the page tells."""
    about = column.tagline or f"What {column.name} is, who writes in it, and how to follow it."
    title = f"About {column.name}"
    data = structured.script(*structured.about(title, about, column))
    return Head(title=title, description=about, data=data)


def of_gathering(thing: Tag | Author) -> Head:
    """The page of a tag or of an author."""
    if isinstance(thing, Author):
        data = structured.script(*structured.profile(thing))
        return Head(kind="profile", title=thing.name, description=thing.biography, data=data)
    data = structured.script(*structured.collection(thing.name, thing.description, thing.path))
    return Head(title=thing.name, description=thing.description, data=data)


def locale_of(language: str) -> str:
    """en_US, pt_BR; "" for a language without its country, which the format cannot say."""
    if language.lower() == settings.LANGUAGE_CODE.split("-")[0]:
        language = settings.LANGUAGE_CODE
    code, _, country = language.partition("-")
    return f"{code.lower()}_{country.upper()}" if len(country) == 2 else ""
