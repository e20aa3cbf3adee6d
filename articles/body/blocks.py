"""What a body is made of. Each `html` field is canonical inline HTML (see `inline`): a, br, em, strong, sub, sup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.body.inline import plain

CROPS = ("", "wide", "square", "portrait")


class BodyError(ValueError):
    """Why a body is refused, as a sentence an editor understands.

    `block` is the number of the top-level block where it happened, counted from 1 (0: not known), and `words` are
    its first words.
    """

    def __init__(self, sentence: str, block: int = 0, words: str = ""):
        self.sentence, self.block, self.words = sentence, block, words
        where = f"Block {block}" if block else ""
        if words:
            where = f"{where} (“{words}”)" if where else f"Near “{words}”"
        super().__init__(f"{where}: {sentence}" if where else sentence)


@dataclass(frozen=True, slots=True)
class Paragraph:
    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 2 or 3: the headline is the page's only h1."""

    level: int
    html: str


@dataclass(frozen=True, slots=True)
class List:
    """Each item is a tuple of paragraphs and nested lists, never empty."""

    ordered: bool
    items: tuple[tuple[Paragraph | List, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PullQuote:
    html: str


@dataclass(frozen=True, slots=True)
class PhotoRef:
    """A photo by its id, with what belongs to this use of it. `alt` None: as the photo says; "": decorative."""

    photo: int
    caption: str = ""
    alt: str | None = None
    crop: str = ""


@dataclass(frozen=True, slots=True)
class TweetRef:
    """A captured post by the id of our row (not the status id)."""

    tweet: int


@dataclass(frozen=True, slots=True)
class Rule:
    pass


Block = Paragraph | Heading | List | Quote | PullQuote | PhotoRef | TweetRef | Rule


def photo_refs(blocks: Iterable[Block]) -> list[PhotoRef]:
    """The photos a body shows, in order; a photo shown twice comes twice."""
    return [block for block in blocks if isinstance(block, PhotoRef)]


def tweet_refs(blocks: Iterable[Block]) -> list[TweetRef]:
    """The posts a body shows, in order."""
    return [block for block in blocks if isinstance(block, TweetRef)]


def text(blocks: Iterable[Block]) -> str:
    """The body's own words as plain text: a blank line between blocks, one line for each paragraph of a list or quote.

    Captions and posts are not the body's words; their rows hold them.
    """
    return "\n\n".join(filter(None, ("\n".join(map(plain, inlines(block))) for block in blocks)))


def word_count(blocks: Iterable[Block]) -> int:
    """How many words `text` has, parted by whitespace."""
    return len(text(blocks).split())


def inlines(block: Block) -> Iterator[str]:
    """The inline HTML of a block, one piece for each paragraph; none for what has no words of its own."""
    match block:
        case Paragraph() | Heading() | PullQuote():
            yield block.html
        case Quote():
            yield from block.paragraphs
        case List():
            for item in block.items:
                for part in item:
                    yield from inlines(part)
