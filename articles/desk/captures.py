"""Tweets as an editor brings them: an address, X's embed code, or the words typed by hand. One row for each post."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from media.admin import language_tag
from media.models import Tweet
from media.tweets import EmbedError, canonical_url, direction_of, parse_address, parse_embed, time_of

TYPED = ("author_name", "handle", "text", "translation", "language")


class CaptureError(ValueError):
    """Why nothing was captured; a sentence for the editor."""


def capture(source: str, said, *, may_add: bool) -> Tweet:
    """The tweet that `source` names, made when we do not have it.

    `said` holds what was typed (`author_name`, `handle`, `text`, `translation`, `language`). While only the address is
    known the row has no words yet: they are typed in its card, or come with a later embed code. Words that we have are
    a record, and nothing writes over them. Raises CaptureError.
    """
    found = read(source)
    row = Tweet.objects.filter(status_id=found["status_id"]).first()
    if row and row.text:
        return row
    if not may_add:
        if row:
            return row
        raise CaptureError("You may not add tweets to the archive.")
    known = found | {name: words for name, words in typed_fields(said).items() if words and not found.get(name)}
    return fill(row, known) if row else keep(known)


def typed_fields(said) -> dict[str, str]:
    """What somebody typed of a post, tidied."""
    fields = {name: said.get(name, "").strip() for name in TYPED}
    return fields | {"handle": fields["handle"].lstrip("@")}


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
    """Save a post that we did not have; when somebody else was quicker, theirs."""
    tweet = Tweet(**known, captured_at=timezone.now())
    # Where the words are not known yet, nobody knows their direction either.
    tweet.direction = known.get("direction") or direction_of(tweet.text)
    tweet.url = canonical_url(tweet.handle, tweet.status_id)
    check(tweet)
    try:
        with transaction.atomic():
            tweet.save()
    except IntegrityError:
        return Tweet.objects.get(status_id=tweet.status_id)
    return tweet


def fill(tweet: Tweet, said: dict) -> Tweet:
    """Write what `said` knows of a post into its empty fields, and nowhere else. Raises CaptureError."""
    with transaction.atomic():
        row = Tweet.objects.select_for_update().get(pk=tweet.pk)
        fresh = {name: said[name] for name in (*TYPED, "embed_code") if said.get(name) and not getattr(row, name)}
        if not fresh:
            return row
        for name, words in fresh.items():
            setattr(row, name, words)
        if "text" in fresh:
            row.direction = said.get("direction") or direction_of(row.text)
            row.captured_at = timezone.now()
        row.url = canonical_url(row.handle, row.status_id)
        check(row)
        row.save()
    return row


def check(tweet: Tweet) -> None:
    try:
        if tweet.language:
            language_tag(tweet.language)
        tweet.full_clean()
    except ValidationError as error:
        raise CaptureError(" ".join(error.messages)) from error


def search(words: str) -> QuerySet[Tweet]:
    """Tweets whose text, name or handle contain every one of the words, newest first."""
    found = Tweet.objects.all()
    for word in words.split():
        word = word.removeprefix("@")
        found = found.filter(Q(text__icontains=word) | Q(author_name__icontains=word) | Q(handle__icontains=word))
    return found
