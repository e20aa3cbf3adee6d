"""An article to be read at the desk: the text as readers get it, the desk's own small pictures, nothing to edit."""

from collections.abc import Iterable

from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles import body, document
from articles.desk.cards import thumbnail_address
from articles.models import Article, Edition
from articles.pages.drawing import draw_block, draw_tweet
from articles.publishing.freeze import CannotFreeze, frozen_block, working_copy
from media.models import Photo, Tweet


def draft_to_read(article: Article) -> SafeString:
    """The lead photo and the body of the working copy, with today's photos and posts."""
    copy = working_copy(article, ())
    blocks = [*([copy.lead] if copy.lead else []), *body.parse(copy.body)]
    photos = Photo.objects.with_credit().in_bulk({ref.photo for ref in body.photo_refs(blocks)})
    tweets = Tweet.objects.in_bulk({ref.tweet for ref in body.tweet_refs(blocks)})
    return drawn(frozen_or_named(block, photos, tweets) for block in blocks)


def edition_to_read(edition: Edition) -> SafeString:
    """What an edition says, cancelled, waiting or old; the reason when it says nothing any more."""
    if edition.redacted_at:
        return format_html("<p>Redacted. {}</p>", edition.reason)
    said = document.from_json(edition.document)
    notes = format_html_join("", "<p>{}: {}</p>", ((note.kind.capitalize(), note.text) for note in said.corrections))
    return drawn([*([said.lead] if said.lead else []), *said.blocks]) + notes


def frozen_or_named(block: body.Block, photos: dict[int, Photo], tweets: dict[int, Tweet]) -> document.Block:
    """A block as it would be printed; a photo that nobody may print yet, for want of a credit, by its name."""
    try:
        return frozen_block(block, photos, tweets)
    except CannotFreeze as why:
        return document.Unknown(original_kind="photo", text=str(why))


def drawn(blocks: Iterable[document.Block]) -> SafeString:
    blocks = list(blocks)
    pictures = Photo.objects.in_bulk({block.photo for block in blocks if isinstance(block, document.Photo)})
    text = format_html_join("", "{}", ((drawn_block(block, pictures),) for block in blocks))
    return format_html('<div class="desk-reading">{}</div>', text)


def drawn_block(block: document.Block, pictures: dict[int, Photo]) -> SafeString:
    if isinstance(block, document.Photo):
        return drawn_photo(block, pictures.get(block.photo))
    if isinstance(block, document.Tweet):
        post = mark_safe(draw_tweet(block))  # noqa: S308 — a template that escapes, as for the block below
        return format_html("<ul>{}</ul>", post)
    return mark_safe(draw_block(block, Context({"deeper": 1, "voice": ""})))  # noqa: S308


def drawn_photo(photo: document.Photo, row: Photo | None) -> SafeString:
    """The picture while the file is the one that was shown, else in words; caption and credit."""
    picture = format_html("<p>Photo: {}</p>", photo.alt or photo.caption or photo.photo)
    if row and row.file and row.sha256 == photo.file:
        picture = format_html('<img class="desk-picture" src="{}" alt="{}">', thumbnail_address(row), photo.alt)
    return format_html(
        "<figure>{}<figcaption>{} <small>{}</small></figcaption></figure>", picture, photo.caption, photo.credit_line
    )
