"""The frozen article as plain typed data, credits and posts included. No Django in here.

An edition keeps one `Document` as JSON. It is what readers were shown, so it is never rewritten: when the shape
changes, `VERSION` goes up and a pure step in `UPGRADES` lifts older documents while they are read.

Inline text (`html` fields) is the small closed set that `articles.body` lets through: a, br, em, strong, sub, sup.
"""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, ClassVar

logger = logging.getLogger(__name__)

VERSION = 2

# The credit line of a photo that was printed before anybody knew whose it is, by a person with the right to.
UNCREDITED = "Credit unknown"

# {from_version: step}; each step takes and returns a plain dict and raises nothing for documents we once wrote.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    # A note may be about one block of the text, which pages mark.
    1: lambda old: {**old, "corrections": [{**note, "block": 0} for note in old["corrections"]]},
}


class UnknownBlock(ValueError):
    """A block kind that nobody registered: refused when an edition is frozen, logged when a page is drawn."""


class DocumentError(ValueError):
    """Stored JSON that lacks what its version promises: an error, for a lost paragraph must not be a silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    kind: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    kind: ClassVar[str] = "paragraph"
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    kind: ClassVar[str] = "heading"
    level: int
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Block):
    """Each item is a tuple of paragraphs and nested lists."""

    kind: ClassVar[str] = "list"
    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Block):
    kind: ClassVar[str] = "quote"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote(Block):
    kind: ClassVar[str] = "pull_quote"
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Block):
    kind: ClassVar[str] = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Block):
    """A photograph as it was shown: the file by content hash, the credit by its words.

    `file` is the SHA-256 of the stored file, "" while only the credit is known (a picture in words). `width` and
    `height` are pixels, 0 without a file. `alt` is "" when the picture is decorative.
    """

    kind: ClassVar[str] = "photo"
    photo: int
    file: str
    path: str
    width: int
    height: int
    focal_x: float
    focal_y: float
    crop: str
    alt: str
    caption: str
    credit_line: str
    printed_credit: str
    photographer: str
    agencies: tuple[str, ...]
    copyright_notice: str
    usage_terms: str
    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tweet(Block):
    """A post as it was captured. Times are ISO 8601 with offset, "" when not known."""

    kind: ClassVar[str] = "tweet"
    tweet: int
    status_id: str
    author_name: str
    handle: str
    text: str
    translation: str
    language: str
    direction: str
    posted_at: str
    captured_at: str
    url: str
    availability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Block):
    """Stands on a public page for a block written by a newer version of this program: its words, nothing else."""

    kind: ClassVar[str] = "unknown"
    original_kind: str
    text: str


BLOCKS: dict[str, type[Block]] = {
    cls.kind: cls for cls in (Paragraph, Heading, List, Quote, PullQuote, Rule, Photo, Tweet)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A note to readers. `kind` is correction, clarification, update or retraction; `at` is ISO 8601 with offset.

    `block` is the number of the block that it is about, from 1; 0 when it is about none, or nobody said about which.
    """

    kind: str
    text: str
    at: str
    block: int = 0

    def is_same(self, other: Correction) -> bool:
        """Whether both are one note; the block that it is about may move from edition to edition."""
        return (self.kind, self.text, self.at) == (other.kind, other.text, other.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one edition says. `language` is a BCP 47 tag, `direction` "ltr" or "rtl"."""

    headline: str
    dek: str
    kicker: str
    seo_title: str
    language: str
    direction: str
    column: str
    bylines: tuple[str, ...]
    tags: tuple[str, ...]
    lead: Photo | None
    blocks: tuple[Block, ...]
    corrections: tuple[Correction, ...]
    version: int = VERSION

    def photos(self) -> Iterator[Photo]:
        """The photographs shown, lead first, then in the order of the text."""
        if self.lead:
            yield self.lead
        yield from (block for block in self.blocks if isinstance(block, Photo))

    def retraction(self) -> Correction | None:
        """The notice that takes the text back, when it is the last note: pages show it in the place of the text.

        A later note (the retraction was wrong) brings the text back, and stands under it beside the retraction.
        """
        last = self.corrections[-1] if self.corrections else None
        return last if last and last.kind == "retraction" else None

    def tweets(self) -> Iterator[Tweet]:
        """The posts shown, in the order of the text."""
        return (block for block in self.blocks if isinstance(block, Tweet))


# Asked for once: dataclasses.fields() is slower than reading a whole block.
_STORED = (*BLOCKS.values(), Correction, Document)
_FIELDS = {cls: tuple(field.name for field in dataclasses.fields(cls)) for cls in _STORED}
_MARKUP = re.compile("<[^>]*>")
# Where a block that we do not know may keep words; the first two hold inline HTML.
_WORDS = ("html", "paragraphs", "text", "title", "caption", "translation", "items", "blocks")


def to_json(document: Document) -> dict[str, Any]:
    """The document as plain JSON types; each block carries its "kind". Raises UnknownBlock for one that we lack."""
    data = {**_written(document), "lead": document.lead and _block_to_json(document.lead)}
    data["blocks"] = [_block_to_json(block) for block in document.blocks]
    data["corrections"] = [_written(note) for note in document.corrections]
    return data


def from_json(data: dict[str, Any]) -> Document:
    """The document of a stored edition, lifted to today's version. Raises DocumentError when a field is missing.

    A block of an unknown kind becomes `Unknown` with its words, and is logged.
    """
    try:
        for version in range(data["version"], VERSION):
            data = {**UPGRADES[version](data), "version": version + 1}
        read = _read(Document, data)
        lead = read["lead"] and block_from_json(read["lead"])
        read["lead"] = lead if isinstance(lead, Photo) else None
        read["blocks"] = tuple(map(block_from_json, read["blocks"]))
        read["corrections"] = tuple(Correction(**_read(Correction, note)) for note in read["corrections"])
    except KeyError as missing:
        raise DocumentError(f"The stored document has no {missing}.") from missing
    return Document(**read)


def _read(cls: type, data: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if type(value := data[name]) is list else value for name in _FIELDS[cls]}


def _written(part: Any) -> dict[str, Any]:
    values = ((name, getattr(part, name)) for name in _FIELDS[type(part)])
    return {name: list(value) if type(value) is tuple else value for name, value in values}


def _block_to_json(block: Block) -> dict[str, Any]:
    if BLOCKS.get(block.kind) is not type(block):
        kind = getattr(block, "original_kind", block.kind)
        raise UnknownBlock(f"An edition cannot keep a block of the kind “{kind}”.")
    data = {"kind": block.kind, **_written(block)}
    if isinstance(block, List):
        data["items"] = [[_block_to_json(part) for part in item] for item in block.items]
    return data


def block_from_json(data: dict[str, Any]) -> Any:
    """One block from its JSON, of this version. An unknown kind is logged and becomes `Unknown` with its words."""
    if (cls := BLOCKS.get(kind := data["kind"])) is None:
        logger.error("A stored document holds a block of the unknown kind %r: its words are shown alone.", kind)
        return Unknown(original_kind=kind, text="\n".join(filter(None, map(str.strip, _words_of(data)))))
    read = _read(cls, data)
    if cls is List:
        read["items"] = tuple(tuple(map(block_from_json, item)) for item in read["items"])
    return cls(**read)


def _words_of(value: Any, markup: bool = False) -> Iterator[str]:
    """The words in a block that we do not know, without their markup, in the order of `_WORDS`."""
    if isinstance(value, str):
        yield unescape(_MARKUP.sub("", value.replace("<br>", " "))) if markup else value
    elif isinstance(value, list):
        for part in value:
            yield from _words_of(part, markup)
    elif isinstance(value, dict):
        for name in _WORDS:
            yield from _words_of(value.get(name), name in _WORDS[:2])
