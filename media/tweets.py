"""Posts on X (tweets): their addresses, their times, and what the embed code that an editor pastes says.

Pure text work: nothing here asks a network, and no markup comes out, only plain text.
Embed code as X gives it: https://developer.x.com/en/docs/x-for-websites/embedded-posts/overview
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

# Snowflake ids began on 4 November 2010; smaller ids were a plain counter and hold no time.
# https://blog.x.com/engineering/en_us/a/2010/announcing-snowflake
FIRST_SNOWFLAKE = 29_700_859_247
SNOWFLAKE_EPOCH_MS = 1_288_834_974_657

# Real embed code stays under 10,000 characters.
LONGEST_EMBED = 2_000_000

_ADDRESS = re.compile(
    r"""(?:https?://)?(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com/(?:\#!/)?
    (?:i/(?:web/)?status(?:es)?|statuses|(?P<handle>[a-z0-9_]{1,20})/status(?:es)?)
    /(?P<status_id>[1-9][0-9]{0,19})
    (?:/(?:photo|video)/[0-9]{1,2})?/?(?:[?\#]\S*)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}", re.ASCII)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_AUTHOR = re.compile(r"(?P<name>.*)\(\s*@(?P<handle>[A-Za-z0-9_]{1,20})\s*\)\s*", re.DOTALL)
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\n\r\t"} | {127: None}

_CLASSES = {"twitter-tweet", "twitter-video"}
_SILENT = {"script", "style", "noscript", "template"}
_DASHES = " \t\r\n\u00a0\u2009\u200a\u2010\u2011\u2012\u2013\u2014\u2015-"
# A line break of the source is a space to a reader, but a space beside <br> is not: kept apart until the end.
_SOURCE_BREAK = "\r"


class EmbedError(ValueError):
    """The pasted code is not one post; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Address:
    """Which post an address names. Ids exceed 2**53, so they are strings; `handle` is "" when there is none."""

    status_id: str
    handle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedTweet:
    """One post as its embed code tells it. What the code does not say is "" (or None for the time)."""

    status_id: str
    handle: str
    author_name: str
    text: str
    language: str
    direction: str
    posted_at: datetime | None
    url: str
    embed_code: str


def parse_address(text: str) -> Address | None:
    """The post that an address names, or None for everything else, other pages of the same host included."""
    found = _ADDRESS.fullmatch(text.strip())
    return Address(found["status_id"], found["handle"] or "") if found else None


def canonical_url(handle: str, status_id: str) -> str:
    """The address we print for a post; `i` stands in for an unknown handle and X redirects it."""
    return f"https://x.com/{handle or 'i'}/status/{status_id}"


def time_of(status_id: str) -> datetime | None:
    """When a post was made (UTC, to the millisecond), by its id; None when the id is older than snowflake."""
    if not (status_id.isascii() and status_id.isdigit() and len(status_id) <= 20):
        return None
    number = int(status_id)
    if number < FIRST_SNOWFLAKE:
        return None
    since_epoch = timedelta(milliseconds=(number >> 22) + SNOWFLAKE_EPOCH_MS)
    return datetime(1970, 1, 1, tzinfo=UTC) + since_epoch


def direction_of(text: str) -> str:
    """ "rtl" or "ltr", by the first strong character (Unicode bidi rule P2); "ltr" when there is none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def parse_embed(html: str) -> CapturedTweet:
    """Read X's embed code (a `blockquote` of class `twitter-tweet`, with or without the script).

    Raises EmbedError when there is no such block, more than one, or it names no post. The shell of a deleted post,
    which holds nothing but its link, gives a tweet with an empty text.
    """
    if len(html) > LONGEST_EMBED:
        raise EmbedError("This is too long to be the embed code of one post.")
    reader = _EmbedReader()
    try:
        reader.feed(_without_traps(html))
        reader.close()
    except (ValueError, AssertionError) as error:
        # html.parser raises these for a character reference of 5,000 digits and for odd declarations.
        raise EmbedError("This embed code is broken and cannot be read.") from error
    if not reader.opened:
        raise EmbedError("This is not X's embed code: it has no blockquote of the class “twitter-tweet”.")
    if reader.opened > 1:
        raise EmbedError("This is the embed code of more than one post: paste them one at a time.")
    return _captured(reader, html)


def _captured(reader: _EmbedReader, html: str) -> CapturedTweet:
    signature, paragraphs = _signature_and_text(reader)
    address = _status_address(reader)
    if address is None:
        raise EmbedError("This embed code does not say which post it is: the link to the post is missing.")
    author_name, printed_handle = _author(signature)
    handle = address.handle or printed_handle
    text = "\n\n".join(filter(None, (_tidy(paragraph.text) for paragraph in paragraphs)))
    said = paragraphs[0].attrs if paragraphs else {}
    language, direction = (said.get("lang") or "").strip(), (said.get("dir") or "").strip().lower()
    return CapturedTweet(
        status_id=address.status_id,
        handle=handle,
        author_name=author_name,
        text=text,
        language=language if _LANGUAGE.fullmatch(language) else "",
        direction=direction if direction in ("ltr", "rtl") else direction_of(text),
        posted_at=time_of(address.status_id),
        url=canonical_url(handle, address.status_id),
        embed_code=html,
    )


class _Run:
    """A stretch of text inside the blockquote: a paragraph, or what stands between paragraphs."""

    def __init__(self, attrs: dict[str, str | None] | None):
        self.is_paragraph = attrs is not None
        self.attrs = attrs or {}
        self.pieces: list[str] = []
        self.links: list[Address] = []
        self._before_link: int | None = None

    def link(self, address: Address) -> None:
        self.links.append(address)
        if self._before_link is None:
            self._before_link = len(self.pieces)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def text_before_link(self) -> str:
        """A signature ends where its link begins: the link's text is the printed date."""
        return "".join(self.pieces[: self._before_link])


class _EmbedReader(HTMLParser):
    """Collects the embed's runs of text, and the addresses of posts that each links to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened = 0
        self.runs: list[_Run] = []
        self._depth = 0  # of blockquotes; 0 is outside
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "blockquote" and (self._depth or self._opens(said)):
            self._depth += 1
        elif not self._depth:
            return
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "p":
            self.runs.append(_Run(said))
        elif tag == "br":
            self._add("\n")
        elif tag == "img":
            # Publishing systems turn an emoji into a picture of it, with the emoji as its alternative text.
            self._add(said.get("alt") or "")
        elif tag == "a":
            self._link(said.get("href") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img", "a"):
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._depth:
            return
        if tag == "blockquote":
            self._depth -= 1
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "p":
            self.runs.append(_Run(None))

    def handle_data(self, data: str) -> None:
        self._add(_BLANKS.sub(_source_blank, data))

    def _opens(self, said: dict[str, str | None]) -> bool:
        if not _CLASSES & set((said.get("class") or "").split()):
            return False
        self.opened += 1
        self.runs.append(_Run(None))
        return True

    def _link(self, href: str) -> None:
        address = parse_address(href)
        if address:
            self.runs[-1].link(address)

    def _add(self, text: str) -> None:
        if self._depth and not self._silent:
            self.runs[-1].pieces.append(text)


def _without_traps(html: str) -> str:
    """The code without what makes html.parser quadratic or raise: comments, declarations, an unclosed tag."""
    html = _COMMENT.sub("", html).replace("<!", "").replace("<?", "")
    last_tag_end = html.rfind(">") + 1
    return html[:last_tag_end] + html[last_tag_end:].replace("<", "")


def _source_blank(blank: re.Match[str]) -> str:
    return _SOURCE_BREAK if "\n" in blank[0] or "\r" in blank[0] else blank[0]


def _signature_and_text(reader: _EmbedReader) -> tuple[str, list[_Run]]:
    """The line "— Name (@handle)" and the paragraphs of the post.

    X puts the signature after the paragraph; WordPress and others wrap it in a paragraph of its own.
    """
    paragraphs = [run for run in reader.runs if run.is_paragraph]
    loose = "".join(run.text_before_link for run in reader.runs if not run.is_paragraph).strip()
    if _AUTHOR.fullmatch(loose) or not paragraphs:
        return loose, paragraphs
    last = paragraphs[-1]
    if last.links and last.text.lstrip()[:1] in tuple(_DASHES):
        return last.text_before_link, paragraphs[:-1]
    return loose, paragraphs


def _status_address(reader: _EmbedReader) -> Address | None:
    """The post's own link is the last one: links inside the text are to other posts."""
    links = [address for run in reader.runs for address in run.links]
    return links[-1] if links else None


def _author(signature: str) -> tuple[str, str]:
    found = _AUTHOR.fullmatch(signature)
    if not found:
        return "", ""
    # Only blanks of the source are joined: an ideographic space between two names is part of the name.
    return _BLANKS.sub(" ", _tidy(found["name"])).strip(_DASHES), found["handle"]


def _tidy(text: str) -> str:
    """Plain text with only real line breaks left: X's double spaces stay, indentation of the source goes."""
    lines = text.translate(_CONTROLS).split("\n")
    return "\n".join(line.strip(_SOURCE_BREAK).replace(_SOURCE_BREAK, " ") for line in lines).strip()
