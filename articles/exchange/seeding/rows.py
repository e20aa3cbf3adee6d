"""The rows of many stories at once, as the publishing verbs would have left them one by one."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from articles.exchange.seeding.draws import Draw
from articles.exchange.seeding.texts import Text
from articles.models import (
    Address,
    Article,
    ArticleTag,
    Byline,
    Correction,
    Edition,
    EditionPhoto,
    EditionTweet,
    PhotoPlacement,
    TweetPlacement,
)
from articles.models.article import Stage
from articles.models.index import file_cards
from articles.models.names import SLUG_LENGTH, slug_from
from articles.publishing.freeze import frozen_correction
from articles.publishing.indexing import tokens_of_frame
from articles.words import Tokens

# A third of all rows, and the working copies have said it all: the database copies them, as objects they took a third
# of the time.
INDEX = (
    """INSERT INTO articles_editiontag (edition_id, tag_id, position, first_published_at)
       SELECT edition.id, link.tag_id, link.position, edition.first_published_at
       FROM articles_edition edition JOIN articles_articletag link ON link.content_object_id = edition.article_id
       WHERE edition.article_id BETWEEN %s AND %s ORDER BY edition.id, link.position""",
    """INSERT INTO articles_editionbyline (edition_id, author_id, position, first_published_at)
       SELECT edition.id, line.author_id, line.position, edition.first_published_at
       FROM articles_edition edition JOIN articles_byline line ON line.article_id = edition.article_id
       WHERE edition.article_id BETWEEN %s AND %s ORDER BY edition.id, line.position""",
)
NOTE = "An earlier version of this story gave the wrong day of the vote."


@transaction.atomic
def publish_all(draws: Sequence[Draw], serial: int) -> int:
    """Articles, editions, addresses and index rows of the draws, all or nothing. Returns the number of editions.

    `serial` numbers the slugs, so that no address is taken twice.
    """
    articles = Article.objects.bulk_create(working_copy(each, serial + n) for n, each in enumerate(draws))
    stories = list(zip(articles, draws, strict=True))
    desk_rows(stories)
    Address.objects.bulk_create(Address(path=path(article, each), article=article) for article, each in stories)
    made = [(edition, each, text) for article, each in stories for edition, text in editions(article, each)]
    Edition.objects.bulk_create(edition for edition, _, _ in made)
    index_rows(made)
    file_cards((edition, tokens(edition, text)) for edition, _, text in made)
    Correction.objects.bulk_create(
        correction(edition.article_id, each, edition)
        for edition, each, _ in made
        if edition.kind == Edition.Kind.CORRECT
    )
    return len(made)


def working_copy(each: Draw, serial: int) -> Article:
    number = f"-{serial}"
    slug = slug_from(each.headline, "story")[: SLUG_LENGTH - len(number)].rstrip("-")
    lead = each.text.lead
    return Article(
        headline=each.headline,
        dek=each.text.dek,
        slug=f"{slug}{number}",
        column=each.column,
        body=each.text.body,
        lead_photo_id=lead.photo if lead else None,
        lead_caption=lead.caption if lead else "",
        stage=Stage.READY,
        approved_version=1,
        first_published_at=each.printed,
    )


def path(article: Article, each: Draw) -> str:
    return f"/{each.column.slug}/{timezone.localtime(each.printed):%Y/%m/%d}/{article.slug}/"


def desk_rows(stories: Sequence[tuple[Article, Draw]]) -> None:
    """What the working copies show and where they belong."""
    Byline.objects.bulk_create(
        Byline(article_id=article.pk, author_id=author.pk, position=n)
        for article, each in stories
        for n, author in enumerate(each.authors)
    )
    ArticleTag.objects.bulk_create(
        ArticleTag(content_object_id=article.pk, tag_id=tag.pk, position=n)
        for article, each in stories
        for n, tag in enumerate(each.tags)
    )
    PhotoPlacement.objects.bulk_create(
        PhotoPlacement(article_id=article.pk, photo_id=ref.photo, position=n, caption=ref.caption, alt=ref.alt)
        for article, each in stories
        for n, ref in each.text.photos
    )
    TweetPlacement.objects.bulk_create(
        TweetPlacement(article_id=article.pk, tweet_id=tweet, position=n)
        for article, each in stories
        for n, tweet in each.text.tweets
    )


def editions(article: Article, each: Draw) -> Iterable[tuple[Edition, Text]]:
    """The live edition, after the superseded one where there is one."""
    if each.first is None:
        return [(edition(article, each, each.text, live_from=each.printed), each.text)]
    kind = Edition.Kind.CORRECT if each.corrected else Edition.Kind.UPDATE
    before = edition(article, each, each.first, live_from=each.printed, live_until=each.changed)
    after = edition(
        article,
        each,
        each.text,
        number=2,
        kind=kind,
        reason=NOTE if each.corrected else "",
        live_from=each.changed,
        updated_at=each.changed,
    )
    return [(before, each.first), (after, each.text)]


def edition(article: Article, each: Draw, text: Text, *, kind=Edition.Kind.PUBLISH, number=1, **times: Any) -> Edition:
    corrected = kind == Edition.Kind.CORRECT
    return Edition(
        article_id=article.pk,
        number=number,
        kind=kind,
        document={
            **text.said,
            "headline": each.headline,
            "column": each.column.name,
            "bylines": [author.name for author in each.authors],
            "tags": [tag.name for tag in each.tags],
            "corrections": [frozen_note(each)] if corrected else [],
        },
        body=text.body,
        headline=each.headline,
        dek=text.dek,
        summary=text.summary,
        lead=text.said["lead"] and {**text.said["lead"], "version": text.said["version"]},
        column=each.column,
        slug=article.slug,
        path=path(article, each),
        first_published_at=each.printed,
        **times,
    )


def correction(article_id: int, each: Draw, edition: Edition | None = None) -> Correction:
    return Correction(
        article_id=article_id, edition=edition, kind=Correction.Kind.CORRECTION, text=NOTE, at=each.changed
    )


def frozen_note(each: Draw) -> dict[str, str | int]:
    note = frozen_correction(correction(0, each))
    return {"kind": note.kind, "text": note.text, "at": note.at, "block": note.block}


def index_rows(made: Sequence[tuple[Edition, Draw, Text]]) -> None:
    """The rows of the editions with real foreign keys."""
    first, last = made[0][0].article_id, made[-1][0].article_id
    with connection.cursor() as cursor:
        for statement in INDEX:
            cursor.execute(statement, [first, last])
    EditionPhoto.objects.bulk_create(chain.from_iterable(edition_photos(edition, text) for edition, _, text in made))
    EditionTweet.objects.bulk_create(
        EditionTweet(edition_id=edition.pk, tweet_id=tweet, position=n)
        for edition, _, text in made
        for n, tweet in text.tweets
    )


def edition_photos(edition: Edition, text: Text) -> Iterable[EditionPhoto]:
    shown = [text.said["lead"], *text.said["blocks"]]
    files = {block["photo"]: block["file"] for block in shown if block and block["kind"] == "photo"}
    return (
        EditionPhoto(
            edition_id=edition.pk,
            photo_id=ref.photo,
            position=n,
            caption=ref.caption,
            alt=ref.alt,
            sha256=files[ref.photo],
        )
        for n, ref in text.photos
    )


def tokens(edition: Edition, text: Text) -> Tokens:
    """What an edition is found by; its text, which many share, was read once."""
    said = edition.document
    notes = [note["text"] for note in said["corrections"]]
    return tokens_of_frame(said["headline"], said["bylines"], notes, edition.language) + text.tokens
