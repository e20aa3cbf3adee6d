"""Tweets as an editor brings them: an address, X's embed code, or the words typed by hand. One row for each post."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from media.admin import language_tag
from media.models import Tweet
from media.tweets import EmbedError, canonical_url, direction_of, parse_address, parse_embed, time_of

TYPED = ("author_name", "handle", "text", "translation", "language")


class CaptureError(ValueError):
    """Why nothing was captured; a sentence for the editor."""


def capture(source: str, said, *, may_add: bool) -> tuple[Tweet | None, dict[str, str]]:
    """The tweet that `source` names, made when we do not have it, and what is known of it.

    `said` holds what was typed (`author_name`, `handle`, `text`, `translation`, `language`). The first value is None
    while the post's words are unknown: they must be typed. A row that exists is used as it is: it is a record.
    Raises CaptureError.
    """
    found = read(source)
    row = Tweet.objects.filter(status_id=found["status_id"]).first()
    if row:
        return row, {}
    typed = {name: said.get(name, "").strip() for name in TYPED}
    typed["handle"] = typed["handle"].lstrip("@")
    known = found | {name: value for name, value in typed.items() if value and not found.get(name)}
    if not known.get("text"):
        return None, {name: known.get(name, "") for name in ("status_id", *TYPED)}
    if not may_add:
        raise CaptureError("You may not add tweets to the archive.")
    return keep(known), {}


def read(source: str) -> dict:
    """What an address or an embed code says of a post, as fields of Tweet."""
    source = source.strip()
    if address := parse_address(source):
        return {
            "status_id": address.status_id,
            "handle": address.handle,
            "posted_at": time_of(address.status_id),
            "url": canonical_url(address.handle, address.status_id),
        }
    if "<" not in source:
        raise CaptureError("This is neither the address of a post on X nor its embed code.")
    try:
        return asdict(parse_embed(source))
    except EmbedError as error:
        raise CaptureError(str(error)) from error


def keep(known: dict) -> Tweet:
    """Save a post that we did not have."""
    tweet = Tweet(**known, captured_at=timezone.now())
    tweet.direction = known.get("direction") or direction_of(tweet.text)
    tweet.url = canonical_url(tweet.handle, tweet.status_id)
    try:
        if tweet.language:
            language_tag(tweet.language)
        tweet.full_clean()
    except ValidationError as error:
        raise CaptureError(" ".join(error.messages)) from error
    tweet.save()
    return tweet


def search(words: str) -> QuerySet[Tweet]:
    """Tweets whose text, name or handle contain every one of the words, newest first."""
    found = Tweet.objects.all()
    for word in words.split():
        word = word.removeprefix("@")
        found = found.filter(Q(text__icontains=word) | Q(author_name__icontains=word) | Q(handle__icontains=word))
    return found
