"""What changed between two documents: piece by piece, and in each piece the words that were added and removed.

Without the database, and bounded as `articles.words.changes` is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from articles import body, document
from articles.pages.drawing import GONE, credit_words
from articles.words.changes import GONE as REMOVED
from articles.words.changes import NEW as ADDED
from articles.words.changes import SAME, spans

# Pieces that have this share of their words in common are one piece, changed.
ALIKE = 1 / 3
# Of these a story has one: however it changes, it is the same piece.
ONE_OF_A_KIND = frozenset(
    [
        "Headline",
        "Dek",
        "Kicker",
        "Column",
        "Byline",
        "Filed under",
        "Lead photo",
        "Search title",
        "Language",
        "Address",
    ]
)
# Words end with a space; Chinese and Japanese do without, so each of their signs is a word.
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{SIGNS}]\s*|[^\s{SIGNS}]+\s*")

Run = tuple[str, str]
MARKS = {SAME: ("", ""), ADDED: ("<ins>", "</ins>"), REMOVED: ("<del>", "</del>")}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a story that is compared as one. `form` is what may differ while the words stay: links, the picture."""

    name: str
    words: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A piece before and after, as runs of (same, added or removed; words)."""

    name: str
    runs: tuple[Run, ...]
    reformed: bool = False  # the words stayed, and what they lead to or stand under did not

    @property
    def is_one(self) -> bool:
        return self.reformed or any(kind != SAME for kind, _ in self.runs)

    @property
    def marked(self) -> SafeString:
        """Both texts in one."""
        return marked(self.runs)

    @property
    def before(self) -> SafeString:
        return marked(run for run in self.runs if run[0] != ADDED)

    @property
    def after(self) -> SafeString:
        return marked(run for run in self.runs if run[0] != REMOVED)


def marked(runs: Iterable[Run]) -> SafeString:
    """The words with <ins> and <del> around what was added and removed."""
    parts = []
    for kind, words in runs:
        before, after = MARKS[kind]
        kept = words.rstrip()
        parts.append(f"{before}{escape(kept)}{after}{' ' if kept != words else ''}")
    # Of two runs that meet at a gap only one may have kept its space.
    return SafeString("".join(parts).replace("</del><ins>", "</del> <ins>").strip())


def changes(before: Sequence[Piece], after: Sequence[Piece]) -> list[Change]:
    """Every piece of both, in order; those that continue each other are one."""
    told: list[Change] = []
    gone: Sequence[Piece] = ()
    for what, found in spans(before, after):
        if what == REMOVED:
            gone = found
            continue
        told += replaced(gone, found if what == ADDED else ())
        gone = ()
        if what == SAME:
            told += (Change(piece.name, ((SAME, piece.words),)) for piece in found)
    return [*told, *replaced(gone, ())]


def replaced(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Change]:
    """Pieces of which none stayed as it was. A new one continues the first old one that is like it."""
    at = 0
    for piece in after:
        like = next((n for n in range(at, len(before)) if alike(before[n], piece)), None)
        if like is None:
            yield Change(piece.name, ((ADDED, piece.words),))
            continue
        yield from (Change(old.name, ((REMOVED, old.words),)) for old in before[at:like])
        old, at = before[like], like + 1
        yield Change(piece.name, tuple(word_runs(old.words, piece.words)), reformed=old.words == piece.words)
    yield from (Change(old.name, ((REMOVED, old.words),)) for old in before[at:])


def alike(old: Piece, new: Piece) -> bool:
    if old.name != new.name or old.name in ONE_OF_A_KIND:
        return old.name == new.name
    one, other = Counter(old.words.split()), Counter(new.words.split())
    return (one & other).total() >= ALIKE * max(one.total(), other.total(), 1) or one.total() == other.total() == 1


def word_runs(before: str, after: str) -> Iterator[Run]:
    """The words of two texts as runs; the spaces between them are of no account."""
    old, new = WORD.findall(before), WORD.findall(after)
    i = j = 0
    for what, found in spans([word.rstrip() for word in old], [word.rstrip() for word in new]):
        i, j = i + len(found) * (what != ADDED), j + len(found) * (what != REMOVED)
        yield what, "".join(old[i - len(found) : i] if what == REMOVED else new[j - len(found) : j])


# A story as pieces.


def pieces(said: document.Document, authors: Iterable[str], tags: Iterable[str]) -> list[Piece]:
    """What a story says but for its notes; its authors and tags under the names that they have where it is shown."""
    about = {
        "Headline": said.headline,
        "Dek": said.dek,
        "Kicker": said.kicker,
        "Column": said.column,
        "Byline": ", ".join(authors),
        "Filed under": ", ".join(tags),
    }
    told = [Piece(name, words) for name, words in about.items() if words]
    told += pieces_of(said.lead, "Lead photo") if said.lead else ()
    for block in said.blocks:
        told += pieces_of(block)
    return told


def pieces_of(block: document.Block, name: str = "") -> Iterator[Piece]:
    match block:
        case document.Photo():
            words = " ".join(filter(None, (block.caption, credit_words(block), block.alt)))
            yield Piece(name or "Photo", words, f"{block.photo} {block.file} {block.crop}")
        case document.Tweet():
            who = f"{block.author_name} @{block.handle}:"
            words = " ".join(filter(None, (who, block.text, block.translation, GONE.get(block.availability))))
            yield Piece("Post", words, block.status_id)
        case document.List():
            for part in (part for item in block.items for part in item):
                yield from pieces_of(part, "List")
        case document.Quote():
            yield from (Piece("Quote", body.plain(html), html) for html in block.paragraphs)
        case document.PullQuote():
            yield Piece("Pull quote", body.plain(block.html), block.html)
        case document.Heading():
            yield Piece("Heading", body.plain(block.html), block.html)
        case document.Paragraph():
            yield Piece(name, body.plain(block.html), block.html)
        case document.Unknown():
            yield Piece(name, block.text)
