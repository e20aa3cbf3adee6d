"""What pages say to search engines: schema.org as plain dicts, written into the page as JSON-LD.

https://schema.org/NewsArticle and, for what Google reads of it,
https://developers.google.com/search/docs/appearance/structured-data/article
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString

from articles import body, document
from articles.models import Author, Column, Edition, Tag
from articles.pages.ap_style import Moment
from articles.pages.notes import NAMES, corrects
from articles.pages.pictures import Picture

Thing = dict[str, Any]

# Google cuts a longer one; the whole then stands beside it.
HEADLINE = 110
# Inside of a script element these end it, open a comment, or end a line of JavaScript.
UNSAFE = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def script(*things: Thing) -> SafeString:
    """The things as the text of a `<script type="application/ld+json">` that nothing in them can end."""
    graph = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for mark, written in UNSAFE.items():  # str.translate takes forty times as long
        text = text.replace(mark, written)
    return SafeString(text)


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def said_of(**properties: Any) -> Thing:
    """A thing without the properties of which nothing is known; `type` and `id` are those of JSON-LD."""
    known = {name: value for name, value in properties.items() if value or value is True}
    return {f"@{name}" if name in ("type", "id") else name: value for name, value in known.items()}


def newsroom() -> Thing:
    """The publisher, as every page names it."""
    logo = said_of(type="ImageObject", url=absolute(static("articles/apple-touch-icon.png")), width=180, height=180)
    return said_of(type="NewsMediaOrganization", name=settings.NEWSROOM_NAME, url=absolute("/"), logo=logo)


def website() -> list[Thing]:
    """The front: the site with its search, and who answers for it."""
    search = said_of(
        type="SearchAction",
        target=said_of(type="EntryPoint", urlTemplate=absolute("/search/?q={search_term_string}")),
        **{"query-input": "required name=search_term_string"},
    )
    site = said_of(type="WebSite", name=settings.NEWSROOM_NAME, url=absolute("/"), potentialAction=search)
    contact = {"email": settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {}
    return [site, newsroom() | {"correctionsPolicy": absolute("/corrections/")} | contact]


def collection(name: str, about: str, path: str) -> list[Thing]:
    """A column or a tag: a page of stories that belong together."""
    site = said_of(type="WebSite", name=settings.NEWSROOM_NAME, url=absolute("/"))
    page = said_of(type="CollectionPage", name=name, description=about, url=absolute(path), isPartOf=site)
    return [page, trail((name, path))]


def about(title: str, words: str, column: Column) -> list[Thing]:
    """https://schema.org/AboutPage"""
    path = f"{column.path}about/"
    subject = said_of(type="CollectionPage", name=column.name, url=absolute(column.path))
    page = said_of(type="AboutPage", name=title, description=words, url=absolute(path), about=subject)
    return [page, trail((column.name, column.path), (title, path))]


def profile(author: Author) -> list[Thing]:
    """https://developers.google.com/search/docs/appearance/structured-data/profile-page"""
    works_for = said_of(type="NewsMediaOrganization", name=settings.NEWSROOM_NAME, url=absolute("/"))
    who = person(author) | said_of(description=author.biography, worksFor=works_for)
    return [said_of(type="ProfilePage", url=absolute(author.path), mainEntity=who)]


def person(author: Author) -> Thing:
    return said_of(type="Person", name=author.name, url=absolute(author.path))


def trail(*steps: tuple[str, str]) -> Thing:
    """The newsroom, and below it (name, path) for each step down to the page.

    https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
    """
    whole = [(settings.NEWSROOM_NAME, "/"), *steps]
    items = [
        said_of(type="ListItem", position=number, name=name, item=absolute(path))
        for number, (name, path) in enumerate(whole, 1)
    ]
    return said_of(type="BreadcrumbList", itemListElement=items)


def story(
    edition: Edition,
    said: document.Document,
    column: Column,
    authors: Sequence[Author],
    tags: Iterable[Tag],
    summary: str,
    pictures: Iterable[Picture],
) -> list[Thing]:
    """The page of a story. One that was retracted says its headline and its notice, as its readers see it."""
    printed, changed = Moment(edition.first_published_at), Moment(edition.updated_at or edition.first_published_at)
    publisher = newsroom()
    article = said_of(
        type="NewsArticle",
        mainEntityOfPage=absolute(edition.path),
        headline=shortened(said.headline),
        alternativeHeadline=said.headline if len(said.headline) > HEADLINE else "",
        description=summary,
        image=list(map(image, pictures)),
        datePublished=printed.iso,
        dateModified=changed.iso,
        author=list(map(person, authors)) or [publisher],
        publisher=publisher,
        articleSection=column.name,
        keywords=[tag.name for tag in tags],
        inLanguage=said.language,
        isAccessibleForFree=True,
        wordCount=sum(len(words.split()) for words in texts(said.blocks)),
        correction=list(map(correction, filter(corrects, said.corrections))),
    )
    return [article, trail((column.name, column.path), (said.headline, edition.path))]


def shortened(headline: str) -> str:
    """At most 110 characters, cut at a word's end where one is near."""
    if len(headline) <= HEADLINE:
        return headline
    return headline[: HEADLINE - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"


def image(picture: Picture) -> Thing:
    """https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata"""
    photo, address = picture.photo, absolute(picture.path)
    file = said_of(type="ImageObject", url=address, contentUrl=address, width=picture.width, height=picture.height)
    if photo is None:
        return file | said_of(creator=said_of(type="Organization", name=settings.NEWSROOM_NAME))
    return file | said_of(
        caption=photo.caption or photo.alt,
        creditText=photo.credit_line,
        creator=maker(photo),
        copyrightNotice=photo.copyright_notice,
    )


def maker(photo: document.Photo) -> Thing | None:
    """Who pressed the shutter, else who handed the picture on; None when nobody is named."""
    if photo.photographer:
        return said_of(type="Person", name=photo.photographer)
    return said_of(type="Organization", name=photo.agencies[0]) if photo.agencies else None


def correction(note: document.Correction) -> Thing:
    at = Moment.from_iso(note.at).iso
    return said_of(type="CorrectionComment", name=NAMES[note.kind][0], text=note.text, datePublished=at)


def texts(blocks: Iterable[document.Block]) -> Iterator[str]:
    """The newsroom's own words in the text, piece by piece; those of others (posts) are not counted as ours."""
    for block in blocks:
        if isinstance(block, document.Paragraph | document.Heading):
            yield body.plain(block.html)
        elif isinstance(block, document.Quote):
            yield from map(body.plain, block.paragraphs)
        elif isinstance(block, document.List):
            for item in block.items:
                yield from texts(item)
