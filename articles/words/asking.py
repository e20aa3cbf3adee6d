"""What a reader typed → what is looked for.

    harbor strike       stories with both words, in any of their forms
    "harbor strike"     both as written, side by side; "harbor" the word as written
    -strike             no story with it; -"harbor strike" none with the phrase

Anything can be typed: a quote that nobody closes is none, signs say nothing, and what is too much is cut, and said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.words.folding import words
from articles.words.stems import stems
from articles.words.tokens import pairs, stream

MOST_CHARACTERS = 500
MOST_WORDS = 32
QUOTES = '"“”„«»「」『』'
CHUNK = re.compile(rf"([-\u2212]?)(?:[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]|([^\s{QUOTES}]+))")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: of each of `groups` at least one token. `exact` is what the words in order hold besides.

    `written` are its words in order; `stems` those of a word that is sought in all its forms.
    """

    groups: tuple[tuple[str, ...], ...]
    written: tuple[str, ...]
    stems: frozenset[str] = frozenset()
    exact: str = ""


@dataclass(slots=True)
class Asked:
    """What is wanted and what is not; `cut` when more was typed than is looked for."""

    wanted: list[Term] = field(default_factory=list)
    unwanted: list[Term] = field(default_factory=list)
    cut: bool = False


def asked(typed: str) -> Asked:
    """What somebody typed, as terms. Raises nothing, whatever it is."""
    said = Asked(cut=len(typed) > MOST_CHARACTERS)
    room = MOST_WORDS
    for minus, quoted, text in chunks(typed[:MOST_CHARACTERS]):
        found = words(text)
        if len(found) > room:
            said.cut = True
            found = found[:room]
        room -= len(found)
        if found:
            terms = said.unwanted if minus else said.wanted
            new = term(found, quoted)
            if new not in terms:
                terms.append(new)
    return said


def chunks(typed: str) -> Iterator[tuple[bool, bool, str]]:
    """Each part of what was typed: is it unwanted, was it quoted, and its text."""
    for minus, quoted, plain in CHUNK.findall(typed):
        # A dash that stands alone, between words, is punctuation.
        yield bool(minus), bool(quoted), quoted or plain


def term(found: list[str], quoted: bool) -> Term:
    """Words that were written as one (al-Rifai, 東京都) are a phrase without quotes, too."""
    written = tuple(found)
    if len(found) == 1 and not quoted:
        forms = stems(found[0])
        return Term((tuple(forms),), written, frozenset(forms))
    if len(found) == 1:
        return Term(((found[0],),), written)
    # Two words side by side are one pair. With three, the pairs might stand in different places.
    return Term(tuple((pair,) for pair in pairs(found)), written, exact=stream(found) if len(found) > 2 else "")
