"""From a body with ids to a document with words: what an edition will say for ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from articles import body, document
from articles.body import PhotoRef
from articles.models import Article, Author, Column, Correction, Edition, Tag
from media.models import Photo, Tweet

SUMMARY_LENGTH = 280


class CannotFreeze(ValueError):
    """Something in the body has no frozen form; the message is for the editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is to be frozen: of the working copy when publishing, of an old edition when reprinting."""

    headline: str
    dek: str
    kicker: str
    seo_title: str
    language: str
    direction: str
    slug: str
    column: Column
    authors: tuple[Author, ...]
    tags: tuple[Tag, ...]
    body: str
    lead: PhotoRef | None
    corrections: tuple[document.Correction, ...]
    # Photos that may be printed before anybody knows whose they are.
    uncredited: frozenset[int] = frozenset()


def working_copy(article: Article, corrections: Iterable[Correction], uncredited: Iterable[int] = ()) -> Copy:
    """The desk's copy as it stands."""
    authors = [line.author for line in article.bylines.select_related("author")]
    made = copy_with(article, authors, article.ordered_tags(), corrections)
    return replace(made, uncredited=frozenset(uncredited))


def copy_with(
    article: Article, authors: Iterable[Author], tags: Iterable[Tag], corrections: Iterable[Correction]
) -> Copy:
    """The copy of an article that need not be saved, with the names that somebody gave it."""
    return Copy(
        headline=article.headline,
        dek=article.dek,
        kicker=article.kicker,
        seo_title=article.seo_title,
        language=article.language,
        direction=article.direction,
        slug=article.slug,
        column=article.column,
        authors=tuple(authors),
        tags=tuple(tags),
        body=article.body,
        lead=article.lead_ref,
        corrections=frozen_corrections(corrections, article.body),
    )


def copy_of(edition: Edition) -> Copy:
    """An edition's own copy: its body and words, with the tags, authors and column that the index gives it now."""
    said = document.from_json(edition.document)
    shown = next((row for row in edition.photos.all() if row.position == 0), None)
    lead = PhotoRef(shown.photo_id, shown.caption, shown.alt, shown.crop) if shown else None
    return Copy(
        headline=said.headline,
        dek=said.dek,
        kicker=said.kicker,
        seo_title=said.seo_title,
        language=said.language,
        direction=said.direction,
        slug=edition.slug,
        column=edition.column,
        authors=tuple(row.author for row in edition.edition_bylines.select_related("author")),
        tags=tuple(row.tag for row in edition.edition_tags.select_related("tag")),
        body=edition.body,
        lead=lead,
        corrections=said.corrections,
        # What was printed without a credit may be printed so again; a credit that is known by now is used.
        uncredited=frozenset(photo.photo for photo in said.photos() if photo.credit_line == document.UNCREDITED),
    )


def frozen_corrections(corrections: Iterable[Correction], text: str) -> tuple[document.Correction, ...]:
    """The notes to readers, each with its place in a text where it has one."""
    notes = list(corrections)
    blocks = body.parse(text) if any(note.passage for note in notes) else []
    return tuple(frozen_correction(note, blocks) for note in notes)


def frozen_correction(correction: Correction, blocks: Sequence[body.Block] = ()) -> document.Correction:
    at = timezone.localtime(correction.at).isoformat(timespec="seconds")
    place = place_of(correction.passage, blocks)
    return document.Correction(kind=correction.kind, text=correction.text, at=at, block=place)


def place_of(passage: str, blocks: Sequence[body.Block]) -> int:
    """The number, from 1, of the first paragraph or quote with these words; 0 when none has them, or there are none.

    By its words and not by its number: a later edition may have more paragraphs before it.
    """
    wanted = one_line(passage)
    readable = (body.Paragraph, body.Quote, body.PullQuote)
    numbered = ((n, block) for n, block in enumerate(blocks, 1) if wanted and isinstance(block, readable))
    return next((n for n, block in numbered if wanted in one_line(body.text([block]))), 0)


def one_line(words: str) -> str:
    return " ".join(words.split()).casefold()


def freeze(copy: Copy, complaints: list[str] | None = None) -> document.Document:
    """The document of a copy, with today's credits and posts. Three queries, whatever the length.

    Raises CannotFreeze for a photo without a credit that is not among `copy.uncredited`, for one that is gone, and
    body.BodyError for a broken body. With a list of `complaints` what cannot be frozen is named there and in its
    place: for pages that are only looked at.
    """

    def set_in_place(block: body.Block) -> document.Block:
        try:
            return frozen_block(block, photos, tweets, copy.uncredited)
        except CannotFreeze as why:
            if complaints is None:
                raise
            complaints.append(str(why))
            return document.Unknown(original_kind="unfrozen", text=str(why))

    blocks = body.parse(copy.body)
    photo_ids = {ref.photo for ref in body.photo_refs(blocks)} | ({copy.lead.photo} if copy.lead else set())
    tweet_ids = {ref.tweet for ref in body.tweet_refs(blocks)}
    photos = Photo.objects.with_credit().in_bulk(photo_ids) if photo_ids else {}
    tweets = Tweet.objects.in_bulk(tweet_ids) if tweet_ids else {}
    lead = set_in_place(copy.lead) if copy.lead else None
    return document.Document(
        headline=copy.headline,
        dek=copy.dek,
        kicker=copy.kicker,
        seo_title=copy.seo_title,
        language=copy.language,
        direction=copy.direction,
        column=copy.column.name,
        bylines=tuple(author.name for author in copy.authors),
        tags=tuple(tag.name for tag in copy.tags),
        lead=lead if isinstance(lead, document.Photo) else None,
        blocks=tuple(map(set_in_place, blocks)),
        corrections=copy.corrections,
    )


def frozen_block(
    block: body.Block, photos: dict[int, Photo], tweets: dict[int, Tweet], uncredited: frozenset[int] = frozenset()
) -> document.Block:
    match block:
        case body.Paragraph(html=html):
            return document.Paragraph(html=html)
        case body.Heading(level=level, html=html):
            return document.Heading(level=level, html=html)
        case body.Quote(paragraphs=paragraphs):
            return document.Quote(paragraphs=paragraphs)
        case body.PullQuote(html=html):
            return document.PullQuote(html=html)
        case body.List(ordered=ordered, items=items):
            frozen = tuple(tuple(frozen_block(part, photos, tweets) for part in item) for item in items)
            return document.List(ordered=ordered, items=frozen)
        case body.Rule():
            return document.Rule()
        case PhotoRef():
            return frozen_photo(block, photos, uncredited)
        case body.TweetRef(tweet=pk):
            return frozen_tweet(pk, tweets)
    raise document.UnknownBlock(f"Nobody froze a {type(block).__name__} before.")


def frozen_photo(ref: PhotoRef, photos: dict[int, Photo], uncredited: frozenset[int]) -> document.Photo:
    photo = photos.get(ref.photo)
    if photo is None:
        raise CannotFreeze(f"The text shows photo {ref.photo}, which does not exist.")
    credit = frozen_credit(photo, uncredited)
    return document.Photo(
        photo=photo.pk,
        file=photo.sha256,
        path=photo.file.name or "",
        width=photo.width,
        height=photo.height,
        focal_x=photo.focal_x,
        focal_y=photo.focal_y,
        crop=ref.crop,
        alt=alt_of(ref, photo, credit["credit_line"]),
        caption=ref.caption,
        **credit,
    )


def frozen_credit(photo: Photo, uncredited: frozenset[int]) -> dict[str, Any]:
    """Whose a photo is, as fields of document.Photo. Raises CannotFreeze when nobody knows, unless allowed."""
    if hasattr(photo, "credit"):
        credit = photo.credit
        return {
            "credit_line": credit.credit_line,
            "printed_credit": credit.printed_credit,
            "photographer": credit.photographer,
            "agencies": credit.agency_names(),
            "copyright_notice": credit.copyright_notice,
            "usage_terms": credit.usage_terms,
            "rights": credit.rights,
        }
    if photo.pk not in uncredited:
        raise CannotFreeze(f"The photo “{photo}” has no credit: say who made it before publishing.")
    nothing = dict.fromkeys(["printed_credit", "photographer", "copyright_notice", "usage_terms"], "")
    return {**nothing, "credit_line": document.UNCREDITED, "agencies": (), "rights": "unknown"}


def alt_of(ref: PhotoRef, photo: Photo, credit_line: str) -> str:
    """What stands for the picture where it is not seen: the words of this use, else the photo's own.

    "" says that a picture means nothing (WCAG 2.2, 1.1.1), so it stands only where somebody decided that. Where nobody
    wrote an alt text, the caption of this use says at least what is there, or the credit whose it is: a picture that
    is passed over in silence is worse than one whose caption is heard twice. The photo's caption as it came is not
    used: nobody chose those words for readers.
    """
    if ref.alt is not None or photo.alt_text or not photo.file:
        return photo.alt_text if ref.alt is None else ref.alt
    if credit_line == document.UNCREDITED:
        return ref.caption or "A picture of which nobody has said what it shows"
    return ref.caption or f"A picture credited to {credit_line}"


def frozen_tweet(pk: int, tweets: dict[int, Tweet]) -> document.Tweet:
    tweet = tweets.get(pk)
    if tweet is None:
        raise CannotFreeze(f"The text shows tweet {pk}, which does not exist.")
    return document.Tweet(
        tweet=tweet.pk,
        status_id=tweet.status_id,
        author_name=tweet.author_name,
        handle=tweet.handle,
        text=tweet.text,
        translation=tweet.translation,
        language=tweet.language,
        direction=tweet.direction,
        posted_at=tweet.posted_at.isoformat() if tweet.posted_at else "",
        captured_at=tweet.captured_at.isoformat() if tweet.captured_at else "",
        url=tweet.url,
        availability=tweet.availability,
    )


def summary_of(said: document.Document) -> str:
    """The dek, else the first paragraph in plain words, cut at a word's end."""
    first = next((block.html for block in said.blocks if isinstance(block, document.Paragraph)), "")
    words = said.dek or body.plain(first)
    if len(words) <= SUMMARY_LENGTH:
        return words
    return words[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:– ") + "…"
