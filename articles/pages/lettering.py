"""Words as our faces can draw them: which letters they have, and how many fit in a line.

Every function bounds what it does by `LONGEST` letters, whatever it is given.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features

Face = ImageFont.FreeTypeFont

FACES = Path(__file__).parent / "faces"
# Newsreader at its largest optical size with Arabic, Persian and Hebrew; and Archivo. `faces/OFL.txt` says of what.
SERIF, SANS = FACES / "card.woff2", FACES / "label.woff2"
LONGEST = 300
# More signs above one letter would climb into the line before.
MARKS = 3
JOINERS = "\u200c\u200d"
# Letters that do not decompose, as wire services write them.
PLAIN = str.maketrans(
    {"‐": "-", "‑": "-", "―": "—", "‒": "–", "‚": "’", "„": "“", "‹": "«", "›": "»", "′": "’", "″": "”"}
)


def legible(text: str, *, shaped: bool | None = None) -> str:
    """The text in letters that our faces have: without its accent or its ligature where they lack it, without symbols.

    "" where a letter would be missing all the same, and where letters join or run from the right and this machine
    cannot set them: half a headline misleads, and boxes are none. `shaped` is for a machine that can or cannot.
    """
    text = " ".join(unicodedata.normalize("NFC", text[:LONGEST]).split())
    drawn = [spelled(letter) for letter in text]
    if None in drawn:
        return ""
    # One letter may be written with many: a whole blessing is one.
    words = " ".join(piled("".join(part for part in drawn if part)[:LONGEST]).split())
    can = can_shape() if shaped is None else shaped
    return words if can or not any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in words) else ""


@lru_cache(maxsize=4096)
def spelled(letter: str) -> str | None:
    """One letter as we can draw it; "" for what may be left out, None for what may not."""
    if letter == " " or letter in JOINERS or has(SERIF, letter):
        return letter
    composed = unicodedata.normalize("NFKC", letter.translate(PLAIN))
    bare = "".join(each for each in unicodedata.normalize("NFKD", composed) if unicodedata.category(each) != "Mn")
    for other in (composed, bare):
        if other and all(each == " " or has(SERIF, each) for each in other):
            return other
    return None if unicodedata.category(letter)[0] in "LN" else ""


def piled(letters: str) -> str:
    """The letters, each with no more than a few marks, and no mark without its letter."""
    kept, marks = "", MARKS
    for letter in letters:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MARKS:
            kept += letter
    return kept


@lru_cache(maxsize=1)
def can_shape() -> bool:
    """Can Arabic letters join here, and lines run from the right? Pillow brings the one, the system FriBiDi."""
    return bool(features.check("raqm") and features.check("fribidi"))


@lru_cache(maxsize=8192)
def has(path: Path, letter: str) -> bool:
    """Our faces draw nothing for a letter that they lack."""
    if unicodedata.category(letter)[0] in "CZ":
        return False
    return plain_face(path).getmask(letter).getbbox() is not None


@lru_cache(maxsize=2)
def plain_face(path: Path) -> Face:
    """To ask for single letters: they need no layout, and this engine refuses none."""
    return ImageFont.truetype(str(path), 24, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=32)
def face_of(path: Path, size: int) -> Face:
    return ImageFont.truetype(str(path), size)


def runs_from_right(text: str) -> bool:
    """By its first letter, as a browser tells where nobody says."""
    sides = (unicodedata.bidirectional(letter) for letter in text)
    return next((side != "L" for side in sides if side in ("L", "R", "AL")), False)


def label_face(text: str, size: int) -> Face:
    """The grotesque of the record, if it has every letter."""
    return face_of(SANS if all(each == " " or has(SANS, each) for each in text) else SERIF, size)


def measured(text: str, face: Face, width: int) -> list[tuple[str, float]]:
    """The words with what each takes in pixels; one that is wider than `width` is broken where it must be."""
    parts = [part for word in text.split(" ") for part in broken(word, face, width)]
    return [(part, face.getlength(part)) for part in parts]


def broken(word: str, face: Face, width: int) -> Iterator[str]:
    """The parts of a word, each no wider than `width` pixels."""
    while face.getlength(word) > width:
        part = beginning(word, face, width)
        yield word[:part]
        word = word[part:]
    yield word


def beginning(text: str, face: Face, width: float) -> int:
    """How many letters fit: one at least, and none parted from its marks."""
    fits = largest(len(text), lambda count: face.getlength(text[:count]) <= width)
    while fits > 1 and unicodedata.combining(text[fits : fits + 1] or " "):
        fits -= 1
    return max(1, fits)


def wrapped(words: list[tuple[str, float]], space: float, width: float) -> list[str]:
    """Lines no wider than `width`, of words that were measured with the space between them."""
    lines: list[str] = []
    left = -1.0
    for word, wide in words:
        if lines and space + wide <= left:
            lines[-1] += f" {word}"
            left -= space + wide
        else:
            lines.append(word)
            left = width - wide
    return lines


def balanced(words: list[tuple[str, float]], space: float, width: float) -> list[str]:
    """As few lines as fill `width`, as even as they can be."""
    count, step = len(wrapped(words, space, width)), width / 64
    narrower = largest(32, lambda steps: len(wrapped(words, space, width - steps * step)) == count)
    return wrapped(words, space, width - narrower * step)


def cut(text: str, face: Face, width: int) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    if face.getlength(text) <= width:
        return text
    return text[: beginning(text, face, width - face.getlength("…"))].rstrip(" ,;:–—") + "…"


def largest(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to the limit for which something holds, when it holds for all smaller ones; 0 for none."""
    return bisect_left(range(1, limit + 1), True, key=lambda number: not holds(number))
