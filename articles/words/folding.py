"""Text → words: what reads as the same word is spelt the same, in small letters, without accents and points."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

# A word longer than this is cut: PostgreSQL refuses a lexeme of more than 2,046 bytes.
LONGEST = 64


def ranges(characters: Iterable[int]) -> str:
    """The inside of a regular expression's class of characters."""
    parts: list[list[int]] = []
    for code in characters:
        if parts and parts[-1][1] == code - 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in parts)


BASIC = range(0x10000)
# Vowel signs, accents, points: part of the word, though Python's \w does not think so.
MARKS = ranges(code for code in BASIC if unicodedata.category(chr(code)).startswith("M"))
# Soft hyphens, joiners, marks of direction, byte order marks: nobody sees them, nobody types them.
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# Scripts that put no space between words: each character is a word, and a run of them a phrase.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u309d-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
# Signs that people do look for; skin tones are none.
EMOJI = (
    ranges(code for code in BASIC if code >= 0x2190 and unicodedata.category(chr(code)) == "So")
    + "\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
)
# Most words are plain ones between plain signs: they are tried first, for the rest takes fifteen times as long.
PLAIN = r"[A-Za-z0-9]++(?=[\x00-\x7f’”—–…]|$)"
LETTERS = rf"(?![{SPACELESS}])[^\W_]"
WORD = re.compile(
    rf"({PLAIN}|[{SPACELESS}][{MARKS}\uff9e\uff9f]*|[{EMOJI}]|{LETTERS}(?:{LETTERS}|[{MARKS}{UNSEEN}])*)"
    # The mayor’s office is the mayor's and the mayor's is the mayor.
    r"(?:['’][sS](?![^\W_]))?"
)
# After decomposition. й and ў are letters of their own, and an Indic vowel sign is half of a syllable: those stay.
ACCENTS = re.compile(
    "(?<![иу])\u0306|[\u0300-\u0305\u0307-\u036f\u1ab0-\u1aff\u20d0-\u20ff"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # harakat; hamza above and below
    f"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640{UNSEEN}\ufe00-\ufe0f]"  # Hebrew points; tatweel
)
# Letters that no decomposition takes apart. After casefolding ß is ss already.
LATIN = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ŧ": "t"}
SMALL_LATIN = str.maketrans({**LATIN})
SAME = str.maketrans(
    {
        **{chr(code): str(digit) for code in BASIC if (digit := unicodedata.decimal(chr(code), None)) is not None},
        **LATIN,
        # Arabic: alef wasla, ta marbuta, alef maqsura; kaf, yeh and heh as Persian and Urdu keyboards have them.
        **{"ٱ": "ا", "ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "ے": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه"},
    }
)
PARTS = re.compile(rf"[{SPACELESS}][{MARKS}]*|(?:(?![{SPACELESS}])[^\W_{EMOJI}]|[{MARKS}])+|[{EMOJI}]")


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the text."""

    word: str
    start: int
    end: int


def plain_latin(text: str) -> str:
    """The text in small letters, each Latin one as those of ASCII that one types for it: Große Łódź → grosse lodz.

    What has none stays as it is, accents stand apart from their letters.
    """
    return unicodedata.normalize("NFKD", text.casefold()).translate(SMALL_LATIN)


def words_in(text: str) -> Iterator[Word]:
    """The words of a text in order, each with its place."""
    for found in WORD.finditer(text):
        for word in folded(found[1]):
            yield Word(word, found.start(), found.end())


def words(text: str) -> list[str]:
    """The words of a text in order: “The Mayor’s Café” → the, mayor, cafe."""
    return [word for found in WORD.findall(text) for word in folded(found)]


@lru_cache(maxsize=30_000)
def folded(word: str) -> tuple[str, ...]:
    """A written word as it is compared; now and then it is several (a ligature that stands for a phrase) or none."""
    if word.isascii():
        return (word.lower()[:LONGEST],)
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold())
    plain = unicodedata.normalize("NFC", ACCENTS.sub("", plain)).translate(SAME)
    return tuple(part[:LONGEST] for part in PARTS.findall(plain))
