"""The press: makes one edition with all its rows, and writes what must follow. The verbs decide when."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from articles import body, document
from articles.models import (
    Address,
    Article,
    Edition,
    EditionByline,
    EditionPhoto,
    EditionTag,
    EditionTweet,
)
from articles.publishing.freeze import CannotFreeze, Copy, freeze, summary_of
from articles.publishing.indexing import put_in_index


class PublishingError(ValueError):
    """Why a verb was refused, as a sentence for the editor."""


def frozen(copy: Copy) -> document.Document:
    """The document of a copy. Raises PublishingError for what cannot be frozen."""
    if not copy.headline.strip():
        raise PublishingError("A story needs a headline.")
    try:
        return freeze(copy)
    except (CannotFreeze, body.BodyError, document.UnknownBlock) as error:
        raise PublishingError(str(error)) from error


def make_edition(
    article: Article,
    copy: Copy,
    *,
    kind: str,
    live_from: datetime,
    live_until: datetime | None,
    first_published_at: datetime,
    updated_at: datetime | None,
    reason: str = "",
    by=None,
) -> Edition:
    """Freeze a copy into the next edition of a story whose row is locked. Raises PublishingError."""
    said = frozen(copy)
    words = document.to_json(said)
    retraction = said.retraction()
    last = article.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        article=article,
        number=last + 1,
        kind=kind,
        reason=reason,
        document=words,
        body=copy.body,
        headline=copy.headline,
        # What lists show. Of a retracted story that is the notice: the document keeps the whole record.
        dek="" if retraction else copy.dek,
        kicker=copy.kicker,
        summary=retraction.text if retraction else summary_of(said),
        language=copy.language,
        lead={**words["lead"], "version": words["version"]} if words["lead"] and not retraction else None,
        column=copy.column,
        slug=copy.slug,
        path=address(article, copy, first_published_at),
        first_published_at=first_published_at,
        updated_at=updated_at,
        live_from=live_from,
        live_until=live_until,
        made_by=by,
    )
    index(edition, copy, said)
    put_in_index(edition)
    return edition


def index(edition: Edition, copy: Copy, said: document.Document) -> None:
    """The rows with real foreign keys: what the edition shows, and where it belongs."""
    printed = edition.first_published_at
    EditionTag.objects.bulk_create(
        EditionTag(edition=edition, tag=tag, position=n, first_published_at=printed) for n, tag in enumerate(copy.tags)
    )
    EditionByline.objects.bulk_create(
        EditionByline(edition=edition, author=author, position=n, first_published_at=printed)
        for n, author in enumerate(copy.authors)
    )
    blocks = body.parse(copy.body)
    refs = [(0, copy.lead)] if copy.lead else []
    refs += enumerate(body.photo_refs(blocks), 1)
    files = {photo.photo: photo.file for photo in said.photos()}
    EditionPhoto.objects.bulk_create(
        EditionPhoto(
            edition=edition,
            photo_id=ref.photo,
            position=n,
            caption=ref.caption,
            alt=ref.alt,
            crop=ref.crop,
            sha256=files[ref.photo],
        )
        for n, ref in refs
    )
    EditionTweet.objects.bulk_create(
        EditionTweet(edition=edition, tweet_id=ref.tweet, position=n)
        for n, ref in enumerate(body.tweet_refs(blocks), 1)
    )


def address(article: Article, copy: Copy, printed: datetime) -> str:
    """The path of an edition, kept as the story's current address.

    It stays what it was while column and slug stay, whatever the column is called by now. The date is the printed
    one in the newsroom's zone; a taken path gets -2, -3 and so on.
    """
    prior = article.editions.filter(column=copy.column, slug=copy.slug, first_published_at=printed).last()
    # One that nobody saw was freed, and may be another's by now.
    if prior and not Address.objects.filter(path=prior.path).exclude(article=article).exists():
        return Address.objects.assign(prior.path, article=article).path
    day = timezone.localtime(printed)
    stem = f"/{copy.column.slug}/{day:%Y/%m/%d}/{copy.slug}"
    number = 1
    while True:
        path = f"{stem}/" if number == 1 else f"{stem}-{number}/"
        number += 1
        if Address.objects.filter(path=path).exclude(article=article).exists():
            continue
        try:
            with transaction.atomic():
                return Address.objects.assign(path, article=article).path
        except (IntegrityError, ValidationError):
            if not Address.objects.filter(path=path).exists():
                raise
            # Somebody else published under this path a moment ago.


def end(edition: Edition, moment: datetime | None) -> None:
    """Set the end of an edition whose end lies in the future; a waiting one ends where it begins: nobody sees it."""
    edition.live_until = moment if moment is None else max(moment, edition.live_from)
    edition.save(update_fields=["live_until"])
