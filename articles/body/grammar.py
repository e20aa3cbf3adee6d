"""Well-formed HTML → blocks. What does not fit is refused, never dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NoReturn

from articles.body.blocks import (
    CROPS,
    Block,
    BodyError,
    Heading,
    List,
    Paragraph,
    PhotoRef,
    PullQuote,
    Quote,
    Rule,
    TweetRef,
)
from articles.body.inline import MARKS, Run, attribute_text, inline, one_line, opening_link, plain
from articles.body.rendering import render
from articles.body.soup import refuse_size, well_formed

_MAX_LISTS = 6  # lists within lists

# nh3 writes every attribute in double quotes and escapes what stands in them.
_TOKEN = re.compile(r'<(/?)([a-z0-9-]+)((?: [a-z-]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)  # fits a 64-bit key

_NAMES = {
    "news-photo": "A photo",
    "news-tweet": "A tweet",
    "hr": "A rule",
    "h2": "A heading",
    "h3": "A heading",
    "blockquote": "A quote",
    "aside": "A pull quote",
    "ul": "A list",
    "ol": "A list",
    "li": "A list",
    "p": "A paragraph",
}


def parse(html: str) -> tuple[Block, ...]:
    """The blocks of a body in any HTML that an editor, a paste or an importer may hand in.

    Dangerous markup goes, wrappers are unwrapped, empty blocks are left out. Raises BodyError, with the block's
    number and first words, for structure outside the grammar.
    """
    return _Reader().read(well_formed(html))


def clean(html: str) -> str:
    """The canonical HTML of a body. Cleaning it again changes nothing. Raises BodyError as `parse` does."""
    cleaned = render(parse(html))
    refuse_size(cleaned)
    return cleaned


@dataclass(slots=True)
class _Frame:
    """An open container: "" (the body itself), ul, ol, li, blockquote or aside, and what it holds so far."""

    tag: str = ""
    parts: list[Any] = field(default_factory=list)


class _Reader:
    """Reads tags and text in order; `runs` is the inline text of the block being read, `leaf` its tag."""

    def __init__(self) -> None:
        self.frames = [_Frame()]
        self.runs: list[Run] = []
        self.leaf = ""
        self.atom = ""
        self.held: PhotoRef | TweetRef | None = None
        self.link = ""
        self.marks: set[str] = set()
        self.around: tuple[str, ...] = ()

    def read(self, html: str) -> tuple[Block, ...]:
        for slash, tag, attributes, text in _TOKEN.findall(html):
            if text:
                self._text(one_line(unescape(text)))
            elif self.atom:
                self._leave_atom(slash, tag)
            elif tag == "br":
                self.runs.append(("\n", self.around))
            elif tag == "a" or tag in MARKS:
                self._mark(slash, tag, attributes)
            elif slash:
                self._end(tag)
            else:
                self._start(tag, attributes)
        self._flush()
        return tuple(self.frames[0].parts)

    def _text(self, text: str) -> None:
        if not self.atom:
            self.runs.append((text, self.around))
        elif text.strip():
            self._refuse(f"{_NAMES[self.atom]} cannot hold text.")

    def _leave_atom(self, slash: str, tag: str) -> None:
        if not slash or tag != self.atom:
            self._refuse(f"{_NAMES[self.atom]} cannot hold anything.")
        if self.held:
            self._add(self.held)
        self.atom, self.held = "", None

    def _mark(self, slash: str, tag: str, attributes: str) -> None:
        if tag == "a":
            self.link = "" if slash else opening_link(_read_attributes(attributes).get("href", ""))
        elif slash:
            self.marks.discard(tag)
        else:
            self.marks.add(tag)
        link = (self.link,) if self.link else ()
        self.around = link + tuple(f"<{mark}>" for mark in MARKS if mark in self.marks)

    def _start(self, tag: str, attributes: str) -> None:
        if tag in ("news-photo", "news-tweet"):
            self._start_atom(tag, _read_attributes(attributes))
            return
        self._flush()
        if tag in ("p", "h2", "h3"):
            if tag != "p":
                self._refuse_inside(tag)
            self.leaf = tag
        elif tag == "hr":
            self._refuse_inside(tag)
            self._add(Rule())
        elif tag in ("ul", "ol"):
            self._start_list(tag)
        elif tag in ("blockquote", "aside"):
            self._refuse_inside(tag)
            self.frames.append(_Frame(tag))
        elif tag == "li" and self.frames[-1].tag in ("ul", "ol"):
            self.frames.append(_Frame(tag))

    def _start_list(self, tag: str) -> None:
        if self.frames[-1].tag not in ("", "ul", "ol", "li"):
            self._refuse_inside(tag)
        if sum(frame.tag in ("ul", "ol") for frame in self.frames) == _MAX_LISTS:
            self._refuse(f"Lists are nested more than {_MAX_LISTS} deep.")
        self.frames.append(_Frame(tag))

    def _start_atom(self, tag: str, attributes: dict[str, str]) -> None:
        if self.leaf:
            self._refuse(f"{_NAMES[tag]} cannot stand inside {_NAMES[self.leaf].lower()}.")
        if self.link:
            self._refuse(f"{_NAMES[tag]} cannot stand inside a link.")
        self._flush()
        self._refuse_inside(tag)
        self.held = self._photo(attributes) if tag == "news-photo" else TweetRef(self._id(tag, attributes))
        self.atom = tag

    def _photo(self, attributes: dict[str, str]) -> PhotoRef:
        alt = attributes.get("data-alt")
        crop = attributes.get("data-crop", "")
        if crop not in CROPS:
            self._refuse(f"“{crop[:20]}” is not a crop. Choose {', '.join(filter(None, CROPS))} or none.")
        return PhotoRef(
            photo=self._id("news-photo", attributes),
            caption=attribute_text(attributes.get("data-caption", "")),
            alt=None if alt is None else attribute_text(alt),
            crop=crop,
        )

    def _id(self, tag: str, attributes: dict[str, str]) -> int:
        number = attributes.get("data-id", "")
        if not _ID.fullmatch(number):
            self._refuse(f"{_NAMES[tag]} needs the number of a row as its data-id, not “{number[:20]}”.")
        return int(number)

    def _end(self, tag: str) -> None:
        self._flush()
        if tag == self.frames[-1].tag:
            self._close(self.frames.pop())

    def _close(self, frame: _Frame) -> None:
        """Hand a finished container to the one around it; an empty one is not content."""
        if not frame.parts:
            return
        match frame.tag:
            case "ul" | "ol":
                self._add(List(frame.tag == "ol", tuple(frame.parts)))
            case "li":
                self.frames[-1].parts.append(tuple(frame.parts))
            case "blockquote":
                self._add(Quote(tuple(frame.parts)))
            case "aside":
                self._add(PullQuote("<br>".join(frame.parts)))

    def _flush(self) -> None:
        """End the inline text that was being read: it is a block if anything is left of it."""
        html = inline(self.runs) if self.runs else ""
        leaf, self.leaf, self.runs = self.leaf, "", []
        if not html:
            return
        if leaf in ("h2", "h3"):
            self._add(Heading(int(leaf[1]), html))
        elif self.frames[-1].tag in ("blockquote", "aside"):
            self.frames[-1].parts.append(html)
        else:
            self._add(Paragraph(html))

    def _add(self, block: Block) -> None:
        """Old editors put text and lists straight into a list: text is an item, a list belongs to the last item."""
        frame = self.frames[-1]
        if frame.tag not in ("ul", "ol"):
            frame.parts.append(block)
        elif isinstance(block, List) and frame.parts:
            frame.parts[-1] = (*frame.parts[-1], block)
        else:
            frame.parts.append((block,))

    def _refuse_inside(self, tag: str) -> None:
        outer = self.frames[-1].tag
        if outer:
            self._refuse(f"{_NAMES[tag]} cannot stand inside {_NAMES[outer].lower()}.")

    def _refuse(self, sentence: str) -> NoReturn:
        words = plain(inline(self.runs)).split()[:6]
        raise BodyError(sentence, block=len(self.frames[0].parts) + 1, words=" ".join(words)[:60])


def _read_attributes(source: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(source)}
