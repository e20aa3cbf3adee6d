"""What a story is found by: each word as it is written, its stem, and each two words that stand side by side.

harbor      the word itself, for who puts it in quotes
en:harbor   its stem, for all others
harbor+is   two neighbours: a phrase is found by its pairs, and neither database need keep positions
^harbor     each of the three once more for the words of the headline
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.words.folding import words
from articles.words.stems import stem

HEADLINE = "^"
# Between two passages: no phrase goes from the end of one into the next.
CLOSING = "."
# PostgreSQL keeps at most a megabyte of lexemes; a story beyond that is found by its first 100 pages.
ROOM = 700_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some text, and its words in order, written between spaces."""

    tokens: frozenset[str]
    words: str

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(self.tokens | other.tokens, self.words + other.words)


def tokens_of(passages: Iterable[tuple[str, str]], mark: str = "") -> Tokens:
    """The tokens of passages (text, its language), with those of the headline when `mark` is HEADLINE."""
    tokens: set[str] = set()
    flow: list[str] = []
    room = ROOM
    for text, language in passages:
        found = words(text)
        new = {*found, *(stem(word, language) for word in set(found)), *pairs(found)} - tokens
        room -= sum(len(token.encode()) for token in new)
        if room < 0:
            break
        tokens |= new
        flow += [*found, CLOSING]
    if mark:
        tokens |= {mark + token for token in tokens}
    return Tokens(frozenset(tokens), stream(flow))


def pairs(found: Sequence[str]) -> list[str]:
    """Each word with the one after it."""
    return [f"{one}+{other}" for one, other in pairwise(found)]


def stream(found: Iterable[str]) -> str:
    """Words in order, each between spaces: a phrase is a part of it."""
    return f" {' '.join(found)} "
