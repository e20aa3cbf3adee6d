"""A story as plain text: which line is the column, the headline, the caption, the credit. Pure; no database.

The rules stand, for the people who send the files, in docs/import.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from articles.body.inline import one_line
from media.credits import is_credit_line

LONGEST_COLUMN = 60
LONGEST_HEADLINE = 200
LONGEST_HEADLINE_WITH_FULL_STOP = 100
# Text wrapped by hand or by mail has no longer lines; in any other every line is a paragraph.
LONGEST_WRAPPED_LINE = 120

_LINE_END = re.compile("[\n\f\v\x85\u2028]")
_CLOSED = (".", "?", "!", ":", ";", ",", "…", "”", '"', "؟")
_BLANK = " \t\u00a0\u200b\ufeff"
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


class BadText(ValueError):
    """Why a text is no story, as a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typescript:
    """What a text says, each part on one line. `caption` and `credit` are "" without a photo.

    `set_aside` is the text's own column line where another column was asked for.
    """

    column: str
    headline: str
    caption: str
    credit: str
    paragraphs: tuple[str, ...]
    language: str
    set_aside: str = ""

    def later_credits(self) -> list[int]:
        """Paragraphs that look like the credit of a further photo, counted from 1."""
        return [number for number, words in enumerate(self.paragraphs, 1) if is_credit_line(words)]


def read(text: str, *, column: str = "", known: Collection[str] = ()) -> Typescript:
    """Recognise the parts of a story.

    `column` is the column that was asked for ("" for none) and wins over the text's first line; `known` are the
    names of the newsroom's columns. Raises BadText when there is no text, no headline or no column.
    """
    names = {name.casefold() for name in (column, *known) if name}
    parts = paragraphs(text, names)
    if not parts:
        raise BadText("The file is empty.")
    own_column = parts.pop(0) if _opens_with_column(parts, column, names) else ""
    headline = _headline(parts, own_column)
    if not (column or own_column):
        raise BadText(
            f"No headline or no column: “{_begin(headline)}” is the only short line at the beginning. If it is the "
            "headline, name the column with --column; if it is the column, the headline is missing."
        )
    caption, credit, rest = _photo(parts[1:])
    return Typescript(
        column=column or own_column,
        headline=headline,
        caption=caption,
        credit=credit,
        paragraphs=tuple(rest),
        language=language_of(text),
        set_aside=own_column if column and own_column.casefold() != column.casefold() else "",
    )


def paragraphs(text: str, names: Collection[str] = ()) -> list[str]:
    """The paragraphs of a text, each on one line. A line that is a column's name or a credit stands alone.

    Blank lines part paragraphs. Line ends do too in a text that is not wrapped, and in one without blank lines.
    """
    lines = [one_line(line).strip(_BLANK) for line in _LINE_END.split(text.replace("\u2029", "\n\n"))]
    while lines and not lines[-1]:
        lines.pop()
    filled = [line for line in lines if line]
    wrapped = len(filled) < len(lines) and max(map(len, filled)) <= LONGEST_WRAPPED_LINE
    if not wrapped:
        return filled
    parts, alone = [""], True
    for line in lines:
        begins = alone or not line or not parts[-1] or is_credit_line(line)
        if begins:
            parts.append(line)
        else:
            parts[-1] += f" {line}"
        alone = line.casefold() in names or is_credit_line(line)
    return [part for part in parts if part]


def language_of(text: str) -> str:
    """ "ar" when most letters are Arabic, else "en"."""
    sample = text[:20_000]
    return "ar" if len(_ARABIC.findall(sample)) * 2 > len(_LETTER.findall(sample)) else "en"


def _opens_with_column(parts: list[str], column: str, names: Collection[str]) -> bool:
    first, second, third = [*parts, "", ""][:3]
    if first.casefold() in names:
        return True
    if not second or len(first) > LONGEST_COLUMN or first.endswith(_CLOSED) or is_credit_line(first):
        return False
    if column and is_credit_line(third):
        return False  # a headline, a caption without full stop, a credit
    return _is_headline(second) and not second.endswith(".")


def _is_headline(line: str) -> bool:
    longest = LONGEST_HEADLINE_WITH_FULL_STOP if line.endswith(".") else LONGEST_HEADLINE
    return len(line) <= longest and not line.endswith((":", ";", ",")) and not is_credit_line(line)


def _headline(parts: list[str], own_column: str) -> str:
    if not parts:
        raise BadText(f"No headline: there is nothing after the column, “{own_column}”.")
    if not _is_headline(parts[0]):
        where = f"after the column, “{own_column}”," if own_column else "at the beginning"
        raise BadText(
            f"No headline: “{_begin(parts[0])}” {where} reads like a paragraph ({len(parts[0]):,} characters)."
        )
    return parts[0]


def _photo(rest: list[str]) -> tuple[str, str, list[str]]:
    """The lead photo's caption and credit, and what is left: the credit stands first, or behind the caption."""
    if rest and is_credit_line(rest[0]):
        return "", rest[0], rest[1:]
    if len(rest) > 1 and is_credit_line(rest[1]):
        return rest[0], rest[1], rest[2:]
    return "", "", rest


def _begin(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:60].rsplit(' ', 1)[0]}…"
