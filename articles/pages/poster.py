"""The drawing of a card: the masthead hung on the spine, the time in the rail, the headline on the same line.

One picture of 1,200 by 630 pixels in the slate of the masthead. A card that is read from the right is its mirror.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

from articles.pages.lettering import (
    SERIF,
    Face,
    balanced,
    can_shape,
    cut,
    face_of,
    label_face,
    legible,
    measured,
    runs_from_right,
    wrapped,
)
from articles.pages.pictures import CARD_SIZE

# Goes up when the drawing changes, so that nobody keeps the older one.
DESIGN = 1
# The card is drawn in shades, from slate (0) to chalk, and one colour beside them: letters are smooth in a palette, and
# that takes a third of the time and of the bytes of full colour.
SLATE, CHALK, VERDIGRIS = (0x1F, 0x29, 0x2C), (0xEE, 0xF2, 0xEE), (0x84, 0xCD, 0xB9)
LINE, SOFT, BRIGHT, GREEN = 48, 172, 254, 255
BETWEEN = tuple(zip(SLATE, CHALK, strict=True))
SHADES = [round(dark + (light - dark) * shade / BRIGHT) for shade in range(GREEN) for dark, light in BETWEEN]
WIDTH, HEIGHT = CARD_SIZE
MARGIN, RAIL, GAP = 72, 208, 48
SPINE = MARGIN + RAIL + GAP
TEXT = WIDTH - MARGIN - SPINE
# Baselines of masthead and foot, and the room of the headline between them.
MASTHEAD, RULE, TOP, BOTTOM, FOOT = 100, 132, 172, 504, 562
NAME, CLOCK, LABEL = 50, 52, 27
# The headline's type, the first that holds it; what does not fit in the smallest is cut.
SIZES = (112, 92, 80, 70, 60, 52)
LEADING, LEADING_OF_ARABIC = 1.06, 1.32


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that one card says. `direction` is "ltr" or "rtl"; `clock` and `half` are 5:43 and p.m."""

    headline: str
    direction: str
    column: str
    kicker: str
    clock: str
    half: str
    date: str
    credit: str
    newsroom: str

    @property
    def etag(self) -> str:
        said = repr((DESIGN, can_shape(), self)).encode("utf-8", "surrogatepass")
        return f'"{sha256(said).hexdigest()[:32]}"'


@lru_cache(maxsize=64)
def drawn(words: Words) -> bytes:
    """The card as a PNG. A headline that our faces cannot set is left out, and the column's name stands there."""
    image = Image.new("L", CARD_SIZE)
    card = Card(ImageDraw.Draw(image), words.direction == "rtl")
    headline, column, newsroom = legible(words.headline), legible(words.column), legible(words.newsroom)
    if headline and column:
        card.masthead(column)
    card.rule()
    baseline = card.headline(headline or column or newsroom)
    card.rail(words, baseline)
    card.foot(newsroom, legible(words.credit))
    image.putpalette([*SHADES, *VERDIGRIS])
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


class Card:
    """Places are measured from where reading begins: the left, or the right of a card that is a mirror."""

    def __init__(self, pen: ImageDraw.ImageDraw, mirror: bool):
        self.pen, self.mirror = pen, mirror

    def write(self, start: float, baseline: float, text: str, face: Face, shade: int, rtl: bool | None = None) -> None:
        """One line that begins there. It runs as its own letters do, unless it is told."""
        place, anchor = ((WIDTH - start, baseline), "rs") if self.mirror else ((start, baseline), "ls")
        rtl = runs_from_right(text) if rtl is None else rtl
        # Without the engine that shapes, Pillow takes no direction; then there is no text that would need one.
        direction = ("rtl" if rtl else "ltr") if can_shape() else None
        self.pen.text(place, text, fill=shade, font=face, anchor=anchor, direction=direction)

    def bar(self, start: int, end: int, top: int, thick: int, shade: int) -> None:
        left, right = (WIDTH - end, WIDTH - start) if self.mirror else (start, end)
        self.pen.rectangle((left, top, right - 1, top + thick - 1), fill=shade)

    def rule(self) -> None:
        self.bar(MARGIN, WIDTH - MARGIN, RULE, 1, LINE)
        self.bar(MARGIN, MARGIN + RAIL, RULE, 5, GREEN)

    def masthead(self, column: str) -> None:
        """The last word on the spine, those before it in the rail; where that does not fit, the name in one."""
        face = face_of(SERIF, NAME)
        first, _, last = column.rpartition(" ")
        hangs = first and face.getlength(first) <= RAIL + GAP / 2 and face.getlength(last) <= TEXT
        if hangs and runs_from_right(column) == self.mirror:
            self.write(MARGIN, MASTHEAD, first, face, BRIGHT)
            self.write(SPINE, MASTHEAD, last, face, BRIGHT)
        else:
            self.write(MARGIN, MASTHEAD, cut(column, face, WIDTH - 2 * MARGIN), face, BRIGHT)

    def headline(self, text: str) -> int:
        """Draws it in the largest type that holds it, and says where its first line stands."""
        face, lines, step = set_type(text)
        first = TOP + round(face.size * 0.72) + (step - round(face.size)) // 2
        for number, line in enumerate(lines):
            self.write(SPINE, first + number * step, line, face, BRIGHT, rtl=self.mirror)
        return first

    def rail(self, words: Words, baseline: int) -> None:
        """The time at the line of the headline, the day and the kicker under it."""
        clock, small = face_of(SERIF, CLOCK), face_of(SERIF, LABEL)
        parts = [(words.clock, clock, BRIGHT), (words.half, small, SOFT)]
        start = MARGIN
        for text, face, shade in reversed(parts) if self.mirror else parts:
            if text:
                self.write(start, baseline, text, face, shade)
                start += round(face.getlength(text)) + 8
        self.label(MARGIN, baseline + 40, words.date, RAIL, SOFT)
        kicker = legible(words.kicker)
        face = label_face(kicker, LABEL)
        lines = wrapped(measured(kicker, face, RAIL), face.getlength(" "), RAIL)
        for number, line in enumerate(lines[:3]):
            self.write(MARGIN, baseline + 92 + number * 33, line, face, BRIGHT)

    def foot(self, newsroom: str, credit: str) -> None:
        face = face_of(SERIF, 32)
        self.write(MARGIN, FOOT, cut(newsroom, face, RAIL), face, BRIGHT)
        self.label(SPINE, FOOT, credit, TEXT, SOFT)

    def label(self, start: int, baseline: int, text: str, width: int, shade: int) -> None:
        face = label_face(text, LABEL)
        self.write(start, baseline, cut(text, face, width), face, shade)


def set_type(text: str) -> tuple[Face, list[str], int]:
    """The type in which a headline fits, its lines, and the pixels from one to the next."""
    leading = LEADING_OF_ARABIC if any("\u0590" <= letter <= "\u06ff" for letter in text) else LEADING
    for size in SIZES:
        face, step = face_of(SERIF, size), round(size * leading)
        room = (BOTTOM - TOP) // step
        if size != SIZES[-1] and face.getlength(text) > TEXT * room:
            continue
        words, space = measured(text, face, TEXT), face.getlength(" ")
        lines = wrapped(words, space, TEXT)
        if len(lines) <= room:
            return face, balanced(words, space, TEXT), step
    return face, [*lines[: room - 1], cut(" ".join(lines[room - 1 :]), face, TEXT)], step
