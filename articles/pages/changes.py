"""What changed between two documents: piece by piece, and in each piece the words that were added and removed.

Without the database, and bounded: what two texts have in common at their ends, and the words that stand once in both,
part a long text into short gaps; difflib, whose cost grows with the square, sees the gaps alone. A gap too wide for it,
in which no word stands once, is removed and added whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString

from articles import body, document
from articles.pages.drawing import GONE, credit_words

# Cells of the table that difflib may walk: 200 words beside 200.
MOST = 40_000
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

SAME, ADDED, REMOVED = "same", "added", "removed"
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
    i = j = 0
    for start, other, length in [*matches(before, after), (len(before), len(after), 0)]:
        told += replaced(before[i:start], after[j:other])
        told += (Change(piece.name, ((SAME, piece.words),)) for piece in after[other : other + length])
        i, j = start + length, other + length
    return told


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
    found = matches([word.rstrip() for word in old], [word.rstrip() for word in new])
    for start, other, length in [*found, (len(old), len(new), 0)]:
        for kind, words in ((REMOVED, old[i:start]), (ADDED, new[j:other]), (SAME, new[other : other + length])):
            if words:
                yield kind, "".join(words)
        i, j = start + length, other + length


def matches(a: Sequence[Hashable], b: Sequence[Hashable], i: int = 0, j: int = 0) -> list[tuple[int, int, int]]:
    """What two sequences have in common: (place in the one, place in the other, length), in order.

    `i` and `j` are where they begin in longer ones.
    """
    head = shared(a, b)
    tail = shared(a[head:][::-1], b[head:][::-1])
    mine, other = a[head : len(a) - tail], b[head : len(b) - tail]
    found = [(i, j, head)] if head else []
    found += between(mine, other, i + head, j + head) if mine and other else []
    return [*found, (i + len(a) - tail, j + len(b) - tail, tail)] if tail else found


def shared(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """How many they have in common from the beginning."""
    return next((n for n, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def between(a: Sequence[Hashable], b: Sequence[Hashable], i: int, j: int) -> list[tuple[int, int, int]]:
    if len(a) * len(b) <= MOST:
        found = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        return [(i + start, j + other, length) for start, other, length in found if length]
    told: list[tuple[int, int, int]] = []
    x = y = 0
    anchors = standing_once(a, b)
    for start, other in [*anchors, (len(a), len(b))] if anchors else []:
        told += matches(a[x:start], b[y:other], i + x, j + y)
        told += [(i + start, j + other, 1)] if start < len(a) else []
        x, y = start + 1, other + 1
    return told


def standing_once(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of what stands once in both, as many as keep their order: the longest increasing row, by patience."""
    mine, theirs = Counter(a), Counter(b)
    where = {each: place for place, each in enumerate(b) if theirs[each] == 1}
    pairs = [(place, where[each]) for place, each in enumerate(a) if mine[each] == 1 and each in where]
    tops: list[int] = []
    piles: list[int] = []
    under: list[int] = []
    for number, (_, other) in enumerate(pairs):
        pile = bisect_left(tops, other)
        under.append(piles[pile - 1] if pile else -1)
        tops[pile:], piles[pile:] = [other, *tops[pile + 1 :]], [number, *piles[pile + 1 :]]
    row: list[tuple[int, int]] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        row.append(pairs[at])
        at = under[at]
    return row[::-1]


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
