"""JSON Feed 1.1 with the full text: https://www.jsonfeed.org/version/1.1/

A picture is an attachment; its `_photo` holds what the format has no word for: credit, caption, alt, copyright, width
and height.
"""

import json
from typing import Any

from django.conf import settings

from articles.models import Author
from articles.pages.feeds.item import NO_XML, Feed, Item, Picture, absolute

TAIL = "feed/json/"
TYPE = "application/feed+json"


def written(feed: Feed) -> str:
    """The feed as JSON."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.about,
        "next_url": feed.older,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": settings.NEWSROOM_NAME, "url": absolute("/")}],
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
    }
    whole = given(told) | {"items": [item(each) for each in feed.items]}
    return NO_XML.sub("", json.dumps(whole, ensure_ascii=False, separators=(",", ":")))


def item(told: Item) -> dict[str, Any]:
    said = {
        "id": told.identity,
        "url": told.link,
        "title": told.title,
        "summary": told.summary,
        "image": next((picture.address for picture in told.pictures), ""),
        "date_published": told.printed.iso,
        "date_modified": told.updated.iso if told.updated is not told.printed else "",
        "authors": [author(person) for person in told.authors],
        "tags": [tag.name for tag in told.tags],
        "language": told.language,
        "attachments": [attachment(picture) for picture in told.pictures],
    }
    # The one that may not be missing, also of a headline alone.
    return given(said) | {"content_html": told.text}


def author(person: Author) -> dict[str, str]:
    return {"name": person.name, "url": absolute(person.path)}


def attachment(shown: Picture) -> dict[str, Any]:
    photo = {
        "credit": shown.credit,
        "caption": shown.caption,
        "alt": shown.alt,
        "copyright": shown.rights,
        "width": shown.width,
        "height": shown.height,
    }
    return {"url": shown.address, "mime_type": shown.type} | given({"title": shown.words, "_photo": given(photo)})


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Without what there is not."""
    return {name: value for name, value in values.items() if value not in ("", [], None)}
