"""Inline text: marked runs ↔ canonical inline HTML. One spelling for what reads the same, so cleaning is stable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from html.entities import html5
from itertools import groupby
from operator import itemgetter

MARKS = ("strong", "em", "sub", "sup")  # outermost first; a link stands outside all of them

# A run is text and the opening tags around it, outermost first; "\n" in the text is a line break, for
# a line break in the source is a space by then.
Run = tuple[str, tuple[str, ...]]

# VT is Word's soft break, NEL and U+2028/9 are line ends elsewhere: dropping them glued words together.
_SPACES = re.compile("[ \t\r\n\f\v\x85\u2028\u2029]+")
# NUL breaks PostgreSQL, lone surrogates break UTF-8, a byte order mark is left over from joined files.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]+")
_REFERENCE = re.compile(r"&(#x?[0-9a-f]++;?|[a-z][a-z0-9]*+(?:;|(?!=)))", re.IGNORECASE)
# The standard library's unescape raises on more than 4,300 digits; no character has more than seven.
_NO_CHARACTER = re.compile(r"&#(?:x0*+[1-9a-f][0-9a-f]{6,}|0*+[1-9][0-9]{7,});?", re.IGNORECASE)
_MANY_SPACES = re.compile("  +")
_AROUND_BREAK = re.compile(" ?\n ?")
_TAG = re.compile("<[^>]*>")
_BLANK = " \n\u00a0"

# A browser drops tab and line end from an address and reads "\" as "/": "/\evil.example" leaves the site.
_IGNORED_IN_ADDRESS = re.compile("[\t\r\n]+")
_ADDRESS = re.compile(r"https?://[^/?#\\\s]|mailto:[^\s]|/(?![/\\])", re.IGNORECASE)


def without_controls(text: str) -> str:
    """The text without the characters that no newsroom types on purpose."""
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    """Text with each run of whitespace as one space (a no-break space stays)."""
    return _SPACES.sub(" ", text)


def attribute_text(value: str) -> str:
    """What an attribute says to readers, such as a caption, on one line and trimmed."""
    return one_line(value).strip(_BLANK)


def decoded(text: str) -> str:
    """Text with its character references decoded, without controls."""
    return without_controls(unescape(_NO_CHARACTER.sub("\ufffd", text))) if "&" in text else text


def attribute_decoded(value: str) -> str:
    """The same for an attribute: there "&copy=2" is a part of an address, not a copyright sign.

    https://html.spec.whatwg.org/#named-character-reference-state
    """
    return without_controls(_REFERENCE.sub(_referred, _NO_CHARACTER.sub("\ufffd", value))) if "&" in value else value


def _referred(reference: re.Match[str]) -> str:
    name = reference[1]
    return unescape(reference[0]) if name.startswith("#") else html5.get(name, reference[0])


def opening_link(href: str) -> str:
    """The opening tag of a link that readers may follow (http, https, mailto or a path on this site), else ""."""
    href = _IGNORED_IN_ADDRESS.sub("", href).strip().replace(" ", "%20")
    return f'<a href="{escape(href)}">' if _ADDRESS.match(href) else ""


def plain(html: str) -> str:
    """Inline HTML without its markup, entities decoded; a line break is a space."""
    return unescape(_TAG.sub("", html.replace("<br>", " ")))


def inline(runs: Iterable[Run]) -> str:
    """Canonical inline HTML: whitespace collapsed, ends trimmed, equal neighbours joined; "" when nothing is left."""
    settled = _trimmed(_squeezed(_joined(runs)))
    # A link or an emphasis around nothing but a space cannot be seen, but a screen reader stops at it.
    settled = [(text, marks if text.strip(_BLANK) else ()) for text, marks in settled]
    return _written(_joined(settled))


def _joined(runs: Iterable[Run]) -> list[Run]:
    return [("".join(text for text, _ in group), marks) for marks, group in groupby(runs, key=itemgetter(1))]


def _squeezed(runs: list[Run]) -> list[Run]:
    """One space at most between words, none beside a line break, across the borders of the runs too."""
    out: list[Run] = []
    last = "\n"
    for source, marks in runs:
        text = _AROUND_BREAK.sub("\n", _MANY_SPACES.sub(" ", source))
        if last in _BLANK[:2]:
            text = text.lstrip(" ")
        if text.startswith("\n") and last == " ":
            before, its_marks = out.pop()
            out.append((before[:-1], its_marks))
        if text:
            out.append((text, marks))
            last = text[-1]
    return [run for run in out if run[0]]


def _trimmed(runs: list[Run]) -> list[Run]:
    start, end = 0, len(runs)
    while start < end and not runs[start][0].strip(_BLANK):
        start += 1
    while end > start and not runs[end - 1][0].strip(_BLANK):
        end -= 1
    kept = runs[start:end]
    if kept:
        kept[0] = (kept[0][0].lstrip(_BLANK), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(_BLANK), kept[-1][1])
    return kept


def _written(runs: list[Run]) -> str:
    out: list[str] = []
    open_tags: tuple[str, ...] = ()
    for text, marks in [*runs, ("", ())]:
        shared = 0
        while shared < min(len(open_tags), len(marks)) and open_tags[shared] == marks[shared]:
            shared += 1
        out += [f"</{tag[1:-1].partition(' ')[0]}>" for tag in reversed(open_tags[shared:])]
        out += marks[shared:]
        out.append(escape(text, quote=False).replace("\n", "<br>"))
        open_tags = marks
    return "".join(out)
