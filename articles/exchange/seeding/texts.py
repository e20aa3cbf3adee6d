"""The texts of the seeded stories: a few hundred, cleaned and frozen by the product's own code, each used often."""

from dataclasses import dataclass
from html import escape
from random import Random
from typing import Any

from articles import body, document
from articles.body import PhotoRef
from articles.exchange.seeding import words
from articles.exchange.seeding.cast import Cast
from articles.publishing.freeze import Copy, freeze, summary_of
from articles.publishing.indexing import tokens_of_text
from articles.words import Tokens

TEXTS = 300


@dataclass(frozen=True, slots=True)
class Text:
    """A body with what it becomes: `said` is the JSON of its document, in which headline, names and tags are a story's
    own. `photos` and `tweets` stand in their places, the lead photo at 0; `tokens` are what the text is found by."""

    body: str
    dek: str
    said: dict[str, Any]
    summary: str
    lead: PhotoRef | None
    photos: tuple[tuple[int, PhotoRef], ...]
    tweets: tuple[tuple[int, int], ...]
    tokens: Tokens


def write(count: int, dice: Random, cast: Cast) -> list[Text]:
    """The pool for `count` stories. Freezing each of 100,000 by itself would take longer than all the rest."""
    return [text(dice, cast) for _ in range(min(count, TEXTS))]


def text(dice: Random, cast: Cast) -> Text:
    """Three to eight paragraphs; a lead photo for seven in ten, a second photo for some, a post for a fourth."""
    blocks = [f"<p>{words.paragraph(dice)}</p>" for _ in range(dice.randint(3, 8))]
    if dice.random() < 0.2:
        blocks.insert(2, f"<h2>{words.headline(dice)}</h2>")
    if dice.random() < 0.15:
        caption = escape(words.sentence(dice))
        blocks.insert(2, f'<news-photo data-id="{dice.choice(cast.photos).pk}" data-caption="{caption}"></news-photo>')
    if dice.random() < 0.25:
        blocks.append(f'<news-tweet data-id="{dice.choice(cast.tweets).pk}"></news-tweet>')
    lead = None
    if dice.random() < 0.7:
        lead = PhotoRef(photo=dice.choice(cast.photos).pk, caption=words.sentence(dice))
    return frozen("".join(blocks), words.sentence(dice) if dice.random() < 0.6 else "", lead, cast)


def frozen(html: str, dek: str, lead: PhotoRef | None, cast: Cast) -> Text:
    html = body.clean(html)
    said = freeze(
        Copy(
            headline="Seed",
            dek=dek,
            kicker="",
            seo_title="",
            language="en",
            direction="ltr",
            slug="seed",
            column=cast.columns[0],
            authors=(),
            tags=(),
            body=html,
            lead=lead,
            corrections=(),
        )
    )
    blocks = body.parse(html)
    photos = [(0, lead)] if lead else []
    photos += enumerate(body.photo_refs(blocks), 1)
    return Text(
        body=html,
        dek=dek,
        said=document.to_json(said),
        summary=summary_of(said),
        lead=lead,
        photos=tuple(photos),
        tweets=tuple((n, ref.tweet) for n, ref in enumerate(body.tweet_refs(blocks), 1)),
        tokens=tokens_of_text(said),
    )
