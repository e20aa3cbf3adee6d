"""What is decided by dice for each story, before any row is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from articles.exchange.seeding import words
from articles.exchange.seeding.cast import Cast
from articles.exchange.seeding.texts import Text
from articles.models import Author, Column, Tag

YEARS = timedelta(days=3652)
POPULAR = 0.2  # the share of stories that carry the most used tag


@dataclass(frozen=True, slots=True)
class Draw:
    """One story: `first` is the text of its superseded edition, None for the half that has one edition alone."""

    headline: str
    column: Column
    authors: list[Author]
    tags: list[Tag]
    text: Text
    first: Text | None
    printed: datetime
    changed: datetime
    corrected: bool


def draw(count: int, dice: Random, cast: Cast, pool: list[Text], until: datetime) -> Iterator[Draw]:
    """`count` stories, evenly spread over the ten years that end at `until`, the oldest first."""
    popular, *others = cast.tags
    # Zipf, flattened at the head so that the popular tag stays the most used: one in ten stories has the next one.
    weights = list(accumulate(1 / (rank + 10) for rank in range(1, len(others) + 1)))
    for number in range(count):
        tags = dict.fromkeys(dice.choices(others, cum_weights=weights, k=dice.randint(1, 5)))
        printed = until - YEARS * ((count - number - dice.random()) / count)
        superseded = dice.random() < 0.5
        yield Draw(
            headline=words.headline(dice),
            column=dice.choice(cast.columns),
            authors=dice.sample(cast.authors, 1 if dice.random() < 0.8 else 2),
            tags=[popular, *tags] if dice.random() < POPULAR else list(tags),
            text=dice.choice(pool),
            first=dice.choice(pool) if superseded else None,
            printed=printed.replace(microsecond=0),
            changed=printed.replace(microsecond=0) + timedelta(minutes=dice.randint(5, 300)),
            corrected=superseded and dice.random() < 0.2,
        )
