"""Two texts side by side: what stayed, what went, what came. No Django in here.

The standard library's matcher takes minutes for two thousand words that repeat themselves. So: what both begin and
end with is cut off, words that stand once in both are anchors, and only what lies between two anchors is compared
word by word, with a bound on all of it together.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TypeVar

SAME, GONE, NEW = "same", "gone", "new"
_BETWEEN_ANCHORS = 40_000  # items of one text times items of the other: 200 words beside 200
_ALTOGETHER = 2_500_000  # under a second; what is left then is told as a whole

T = TypeVar("T", bound=Hashable)
Span = tuple[str, Sequence[T]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `what` is "same", "gone" (in the first text alone) or "new" (in the second alone)."""

    what: str
    text: str


def words_changed(before: str, after: str) -> list[Piece]:
    """The words of both texts in one line of pieces; any spacing counts as one space."""
    return [Piece(what, " ".join(words)) for what, words in spans(before.split(), after.split())]


def names_changed(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """Whole names, such as tags and bylines, each a piece of its own."""
    return [Piece(what, name) for what, names in spans(before, after) for name in names]


def spans(before: Sequence[T], after: Sequence[T]) -> Iterator[tuple[str, list[T]]]:
    """Runs of items in the order of reading; what went stands before what came in its place.

    Items are whatever can be told apart and hashed: words, names, blocks.
    """
    for what, run in groupby(_Comparison().spans(before, after), key=lambda span: span[0]):
        yield what, [item for _, items in run for item in items]


class _Comparison:
    def __init__(self) -> None:
        self.left = _ALTOGETHER

    def spans(self, before: Sequence[T], after: Sequence[T]) -> Iterator[Span[T]]:
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        if head:
            yield SAME, before[:head]
        yield from self.middle(before[head : len(before) - tail], after[head : len(after) - tail])
        if tail:
            yield SAME, before[len(before) - tail :]

    def middle(self, before: Sequence[T], after: Sequence[T]) -> Iterator[Span[T]]:
        cost = len(before) * len(after)
        if not cost or set(before).isdisjoint(after):
            yield from _replaced(before, after)
        elif cost <= min(_BETWEEN_ANCHORS, self.left):
            self.left -= cost
            yield from _word_by_word(before, after)
        else:
            yield from self.between(_anchors(before, after), before, after)

    def between(self, anchors: list[tuple[int, int]], before: Sequence[T], after: Sequence[T]) -> Iterator[Span[T]]:
        if not anchors:
            yield from _replaced(before, after)
            return
        for (b1, a1), (b2, a2) in pairwise([(-1, -1), *anchors, (len(before), len(after))]):
            yield from self.spans(before[b1 + 1 : b2], after[a1 + 1 : a2])
            if b2 < len(before):
                yield SAME, before[b2 : b2 + 1]


def _replaced(before: Sequence[T], after: Sequence[T]) -> Iterator[Span[T]]:
    if before:
        yield GONE, before
    if after:
        yield NEW, after


def _common(one: Sequence[T], other: Sequence[T]) -> int:
    """How many items both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _anchors(before: Sequence[T], after: Sequence[T]) -> list[tuple[int, int]]:
    """Where items stand that each text has once, as many as keep their order in both (patience sorting)."""
    once = {word for word, n in Counter(before).items() if n == 1} & {w for w, n in Counter(after).items() if n == 1}
    place = {word: n for n, word in enumerate(after) if word in once}
    tops: list[int] = []  # the smallest place in `after` at which a row of each length ends
    rows: list[tuple[int, int]] = []
    links: list[int] = []
    ends: list[int] = []
    for b, word in enumerate(before):
        if word not in place:
            continue
        a = place[word]
        length = bisect_left(tops, a)
        tops[length : length + 1] = [a]
        ends[length : length + 1] = [len(rows)]
        rows.append((b, a))
        links.append(ends[length - 1] if length else -1)
    found: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(rows[at])
        at = links[at]
    return found[::-1]


def _word_by_word(before: Sequence[T], after: Sequence[T]) -> Iterator[Span[T]]:
    """The longest row of items that both have in order, by the table of its lengths."""
    table = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for b in range(len(before) - 1, -1, -1):
        row, below = table[b], table[b + 1]
        for a in range(len(after) - 1, -1, -1):
            row[a] = below[a + 1] + 1 if before[b] == after[a] else max(below[a], row[a + 1])
    b = a = 0
    gone: list[T] = []
    new: list[T] = []
    while b < len(before) and a < len(after):
        if before[b] == after[a]:
            yield from _replaced(gone, new)
            gone, new = [], []
            yield SAME, before[b : b + 1]
            b, a = b + 1, a + 1
        elif table[b + 1][a] >= table[b][a + 1]:
            gone.append(before[b])
            b += 1
        else:
            new.append(after[a])
            a += 1
    yield from _replaced([*gone, *before[b:]], [*new, *after[a:]])
