"""Any HTML → well-formed HTML of the few elements that the grammar knows, in linear time.

nh3 is the allow-list. It stands behind one pass of our own because its tree builder is quadratic on hostile input
(measured with nh3 0.3.8, one megabyte or less): 60,000 nested `<div>` 5 s, 150,000 attributes 13 s, a million `&` 9 s.
The pass keeps known tags, flattens wrappers, counts marks instead of nesting them, and bounds the depth.
"""

from __future__ import annotations

import re
from html import escape

import nh3

from articles.body.blocks import BodyError
from articles.body.inline import attribute_decoded, decoded, plain, without_controls

_MAX_CHARACTERS = 1_000_000
_MAX_TAGS = 200_000
_MAX_DEPTH = 40  # of what the grammar knows
# Of anything at all: as deep as a browser builds its tree.
_MAX_NESTED = 512
# A browser opens an unclosed mark anew in each paragraph; five of them before 200,000 paragraphs took 3 s.
_MAX_CARRIED = 20_000

_RAW = ("script", "style", "iframe", "noembed", "noframes", "noscript", "title", "xmp")
_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+ (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+ ) )?+"""

# https://html.spec.whatwg.org/#tokenization, but what a browser would swallow up to the end is refused below.
# Possessive, and every alternative reaches an end or refuses: no backtracking.
_TOKEN = re.compile(
    rf"""
      (?P<text> [^<]++ )
    | (?P<skipped>
        <!-- (?: -?> | .*? --!?> )
      | < (?P<raw> {"|".join(_RAW)} ) (?= [\s/>] ) .*? </(?P=raw) [^>]*+ >
      | < (?: !(?!--) | \? | /(?![a-z]) ) [^>]*+ > )
    | (?P<tag> < (?P<slash> /?) (?P<name> [a-z][^\s/>]*+ )
        (?P<attributes> (?: [\s/]++ | {_ATTRIBUTE} )*+ ) (?P<end> >? ) )
    | (?P<less_than> < )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.ASCII,
)
_PAIR = re.compile(
    r"""(?P<name> [^\s/>][^\s/>=]*+ )
        (?: \s*+ = \s*+ (?: "(?P<double> [^"]*+)" | '(?P<single> [^']*+)' | (?P<bare> [^\s>"'][^\s>]*+) ) )?+""",
    re.VERBOSE | re.ASCII,
)

_KNOWN = {
    **{name: name for name in ("p", "ul", "ol", "li", "blockquote", "aside", "hr", "br", "h2", "h3")},
    **{name: name for name in ("a", "em", "strong", "sub", "sup", "news-photo", "news-tweet")},
    **dict.fromkeys(("h4", "h5", "h6"), "h3"),
    **dict.fromkeys(("menu", "dir"), "ul"),
    **{"h1": "h2", "b": "strong", "i": "em"},
}
_MARKS = ("a", "em", "strong", "sub", "sup")
_HEADINGS = ("h2", "h3")
_ATOMS = ("news-photo", "news-tweet")
_ATTRIBUTES = {
    "a": {"href"},
    "aside": {"class"},
    "news-photo": {"data-id", "data-caption", "data-alt", "data-crop"},
    "news-tweet": {"data-id"},
}
# They part paragraphs and are otherwise nothing to us: the text of a table stays, cell by cell.
_PAGE = ("address", "article", "body", "footer", "form", "head", "header", "html", "main", "nav", "section")
_BOXES = ("center", "details", "dialog", "div", "fieldset", "figcaption", "figure", "hgroup", "legend", "summary")
_LINES = ("dd", "dl", "dt", "listing", "optgroup", "option", "pre")
_TABLES = ("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
_WRAPPERS = {*_PAGE, *_BOXES, *_LINES, *_TABLES}
_BOUNDARY = "<div></div>"
# What a reader would miss: refused, so that the editor puts it in as what it is here.
_MISSED = {
    **dict.fromkeys(("img", "picture"), "There is a picture from elsewhere: put it in as a photo, with its credit."),
    **dict.fromkeys(
        ("iframe", "video", "audio", "embed", "object"),
        "There is something embedded from elsewhere: put it in as a tweet or a photo, or link to it.",
    ),
    **dict.fromkeys(
        ("s", "del", "strike"), "There are struck-out words: without the stroke they would read as if they stood."
    ),
}
_ELEMENT = re.compile("[a-z][a-z0-9-]*")
_BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*){2,}")
# They hold nothing, or a browser ends them by itself where the next one begins: old pages leave them open.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_UNNESTED = {*_VOID, *_LINES, *_TABLES, "a", "li", "p", "rp", "rt"} - {"dl", "listing", "pre", "table"}
# Their content is not the reporter's text.
_DROPPED = frozenset(("applet", "canvas", "math", "svg", "template"))

_cleaner = nh3.Cleaner(
    tags={*_KNOWN.values(), "div"},
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def well_formed(html: str) -> str:
    """Sanitised, well-formed HTML with the elements of the grammar, and an empty div where a wrapper began or ended.

    Raises BodyError when the text is too long, nested too deeply or has an unclosed tag or comment.
    """
    refuse_size(html)
    if "<" not in html:  # typed where no editor was: a blank line parts paragraphs
        html = "".join(f"<p>{part}</p>" for part in _BLANK_LINES.split(html))
    tidy = _Tidy().read(without_controls(html))
    refuse_size(tidy)
    return _cleaner.clean(tidy)


def refuse_size(html: str) -> None:
    """Raise BodyError for more than anyone reads: it would take more than a second to clean."""
    if len(html) > _MAX_CHARACTERS:
        raise BodyError(f"The text is longer than {_MAX_CHARACTERS:,} characters. Please make two stories of it.")
    if html.count("<") > _MAX_TAGS:
        raise BodyError(f"The text has more than {_MAX_TAGS:,} tags. Please make two stories of it.")


class _Tidy:
    """One pass over the tokens. `open` holds the open containers as a browser would; marks are counted."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[str] = []
        self.marks = dict.fromkeys(_MARKS, 0)
        self.carried = 0
        self.nested = 0
        self.dropping: list[str] = []

    def read(self, html: str) -> str:
        out = self.out
        for token in _TOKEN.finditer(html):
            kind = token.lastgroup
            if kind == "tag":
                self._tag(token)
            elif kind == "text" and not self.dropping:
                out.append(escape(decoded(token[0]), quote=False))
            elif token["raw"] and token["raw"].lower() in _MISSED and not self.dropping:
                self._refuse(_MISSED[token["raw"].lower()])
            elif kind == "less_than":
                if html.startswith(("<!", "<?", "</"), token.start()):
                    self._refuse("There is a “<” that is never closed by “>”.")
                if not self.dropping:
                    out.append("&lt;")
        if self.dropping:
            self._refuse(f"“<{self.dropping[0]}>” is never closed.")
        return "".join(out)

    def _tag(self, token: re.Match[str]) -> None:
        name = token["name"].lower()
        if not token["end"]:
            self._refuse(f"The tag “<{name[:20]}” is never closed by “>”.")
        self._count_nested(name, token)
        if self.dropping:
            self._drop(name, token)
        elif self.open and self.open[-1] in _ATOMS:
            self._inside_atom(name, token)
        elif name in _KNOWN:
            (self._end if token["slash"] else self._start)(_KNOWN[name], token)
        elif name in _WRAPPERS:
            self._boundary()
        elif name == "q":
            self.out.append("”" if token["slash"] else "“")
        elif not _ELEMENT.fullmatch(name):
            self.out.append(escape(token[0]))  # no element at all: <ines@example.org>
        elif token["slash"]:
            return
        elif name in _MISSED:
            self._refuse(_MISSED[name])
        elif name in _RAW:
            self._refuse(f"“<{name}>” is never closed.")
        elif name in _DROPPED and not token["attributes"].endswith("/"):
            self.dropping.append(name)

    def _count_nested(self, name: str, token: re.Match[str]) -> None:
        if name in _UNNESTED or token["attributes"].endswith("/"):
            return
        self.nested = max(0, self.nested + (-1 if token["slash"] else 1))
        if self.nested > _MAX_NESTED:
            self._refuse("The text is nested too deeply.")

    def _drop(self, name: str, token: re.Match[str]) -> None:
        if name == self.dropping[0]:
            self.dropping.pop() if token["slash"] else self.dropping.append(name)

    def _inside_atom(self, name: str, token: re.Match[str]) -> None:
        """Nothing belongs in there: an empty div stands for whatever it was, and the grammar refuses it."""
        if token["slash"] and name == self.open[-1]:
            self.out.append(f"</{self.open.pop()}>")
        else:
            self.out.append(_BOUNDARY)

    def _boundary(self) -> None:
        if self.open and self.open[-1] in _HEADINGS:
            self.out.append(" ")
        elif not self.out or self.out[-1] != _BOUNDARY:
            self._carry_marks()
            self.out.append(_BOUNDARY)

    def _start(self, name: str, token: re.Match[str]) -> None:
        if name in _MARKS:
            self._start_mark(name, token)
        elif name == "br":
            self.out.append("<br>")
        elif name == "p":
            self._carry_marks()
            self._boundary() if self.open and self.open[-1] in _HEADINGS else self.out.append("<p>")
        elif name == "aside" and "pull-quote" not in self._attributes(name, token).get("class", "").split():
            self._boundary()
        else:
            self._start_block(name, token)

    def _start_mark(self, name: str, token: re.Match[str]) -> None:
        if name == "a" and self.marks["a"]:
            self._end_mark("a")
        self.marks[name] += 1
        if self.marks[name] == 1:
            self.out.append(self._written(name, token))

    def _carry_marks(self) -> None:
        self.carried += sum(map(bool, self.marks.values()))
        if self.carried > _MAX_CARRIED:
            self._refuse("Bold, italic or a link is opened and never closed.")

    def _start_block(self, name: str, token: re.Match[str]) -> None:
        self._carry_marks()
        if self.open and self.open[-1] in _HEADINGS and name not in _ATOMS:
            self.out.append(f"</{self.open.pop()}>")
        if name == "li" and self.open and self.open[-1] == "li":
            self.out.append(f"</{self.open.pop()}>")
        self.out.append(self._written(name, token))
        if name == "hr":
            return
        self.open.append(name)
        if len(self.open) > _MAX_DEPTH:
            self._refuse("The text is nested too deeply.")

    def _end(self, name: str, token: re.Match[str]) -> None:
        if name in _MARKS:
            self._end_mark(name)
        elif name == "p":
            self._boundary() if self.open and self.open[-1] in _HEADINGS else self.out.append("</p>")
        elif name in _HEADINGS:
            if self.open and self.open[-1] in _HEADINGS:
                self.out.append(f"</{self.open.pop()}>")
        elif name in self._reach(name):
            while self.open.pop() != name:
                pass
            self.out.append(f"</{name}>")
        elif name == "aside":
            self._boundary()

    def _end_mark(self, name: str) -> None:
        if self.marks[name]:
            self.marks[name] -= 1
            if not self.marks[name]:
                self.out.append(f"</{name}>")

    def _reach(self, name: str) -> list[str]:
        """The open containers that an end tag can close: `</li>` never closes an item of an outer list."""
        if name != "li":
            return self.open
        depth = max((n for n, tag in enumerate(self.open, 1) if tag in ("ul", "ol")), default=0)
        return self.open[depth:]

    def _written(self, name: str, token: re.Match[str]) -> str:
        if name not in _ATTRIBUTES:
            return f"<{name}>"
        pairs = self._attributes(name, token).items()
        return "".join([f"<{name}", *(f' {key}="{escape(value)}"' for key, value in pairs), ">"])

    def _attributes(self, name: str, token: re.Match[str]) -> dict[str, str]:
        """The attributes that the grammar knows, entities decoded; of two with one name the first counts."""
        found: dict[str, str] = {}
        for pair in _PAIR.finditer(token["attributes"]):
            key = pair["name"].lower()
            if key in _ATTRIBUTES[name]:
                found.setdefault(key, attribute_decoded(pair["double"] or pair["single"] or pair["bare"] or ""))
        return found

    def _refuse(self, sentence: str) -> None:
        words = plain("".join(self.out[-20:])).split()[-6:]
        raise BodyError(sentence, words=" ".join(words)[-60:])
