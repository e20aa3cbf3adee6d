"""Word to a hub that feeds have changed: https://www.w3.org/TR/websub/

How a publisher tells its hub is left open there; hubs take what its forerunner said, a POST of `hub.mode=publish` and
a `hub.url` for each feed (PubSubHubbub 0.4, section 7.1).
"""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from articles.models import Author, Column, Edition, Tag
from articles.pages.addresses import FEEDS
from newsroom.checks import unfit

TIMEOUT = 10  # seconds for each step of the conversation
LISTS = {"front": "/", "corrections": "/corrections/"}
# Each kind of list, and how an edition is found in it.
NAMED: dict[str, tuple[Any, str]] = {
    "column": (Column, "column"),
    "tag": (Tag, "edition_tags__tag"),
    "author": (Author, "edition_bylines__author"),
}


class HubRefused(OSError):
    """A hub that did not take the word; its errand is tried again."""


def ping(payload: dict) -> None:
    """Tell the hub `payload["hub"]` that the feeds of the cache keys `payload["keys"]` changed.

    Without redirects, for a hub is who was named in the settings. Raises OSError, http.client.HTTPException.
    """
    hub = payload["hub"]
    if hub not in settings.WEBSUB_HUBS:
        return  # it was one when the errand was written
    if why := unfit(hub):
        raise HubRefused(why)
    parts = urlsplit(hub)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=TIMEOUT)
    said = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds(payload["keys"]))])
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, said, {"Content-Type": "application/x-www-form-urlencoded"})
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise HubRefused(f"{hub} answered {status}")


def feeds(keys: list[str]) -> Iterator[str]:
    """The absolute addresses, as they are today, of the feeds that show what has these cache keys."""
    for key in keys:
        path = LISTS.get(key) or path_of(*key.partition("-")[::2])
        yield from (f"{settings.SITE_URL}{path}{feed}" for feed in FEEDS if path)


def path_of(kind: str, pk: str) -> str:
    """Where the column, tag or author is; "" for what has no feed.

    And for what no reader saw: a schedule that was cancelled must not betray its tags to a hub.
    """
    model, line = NAMED.get(kind, (None, ""))
    thing = model and model.objects.filter(pk=pk).first()
    if thing is None or not Edition.objects.ever_seen(timezone.now()).filter(**{line: thing}).exists():
        return ""
    return thing.path
