"""What an editor looks for in a story before it is published. Pure: a list of blocks in, a list of findings out.

A finding leads to its place: the field, and in the body the number of the block. It stops nobody, save where harm is
certain: a photo without a credit is printed only by somebody with the right to, for a reason.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from urllib.parse import urlsplit

from articles.body import Block, List, Paragraph, PhotoRef, PullQuote, Quote, TweetRef, inlines, plain
from articles.desk.spelling import two_spellings

SEARCH_SHOWS = 70  # characters of a title, about: search engines measure pixels
EXCERPT = 50
NAMES_SHOWN = 5
# The mark of what is to come. With digits after it, it is a flight of Turkish Airlines.
TK = re.compile(r"(?<![^\W_])(?:TK)+(?![^\W_])(?! ?\d{2,4}(?!\d))")
LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')
# A paragraph that opens so is what the colon before it announces.
OPENS_A_QUOTE = tuple("“\"‘'«‹„「『–—-•*")
NUMBERED = re.compile(r"\(?[\d٠-٩]{1,3}[.)]|[a-z][.)]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Script:
    """A story as it is read over, with what the database knows of its photos, posts and addresses."""

    headline: str
    dek: str = ""
    seo_title: str = ""
    language: str = "en"
    lead: PhotoRef | None = None
    blocks: tuple[Block, ...] = ()
    # Photos that nobody is credited for, and those with a file and no alt text of their own; by id.
    uncredited: Mapping[int, str] = field(default_factory=dict)
    undescribed: frozenset[int] = frozenset()
    # Posts that are gone, by id: "deleted since".
    gone: Mapping[int, str] = field(default_factory=dict)
    # Posts of which no words are kept: readers get a name and an address.
    wordless: Mapping[int, str] = field(default_factory=dict)
    # Addresses on this site at which nothing is.
    nowhere: frozenset[str] = frozenset()

    def photos(self) -> Iterator[tuple[PhotoRef, str, int | None]]:
        """Each photo with its place: the field, and the block's number in the body, from 0."""
        if self.lead:
            yield self.lead, "lead_photo", None
        yield from ((ref, "body", n) for n, ref in enumerate(self.blocks) if isinstance(ref, PhotoRef))

    def texts(self) -> Iterator[tuple[str, str, int | None]]:
        """Everything that somebody wrote for readers, as plain text, with its place."""
        yield self.headline, "headline", None
        yield self.dek, "dek", None
        if self.lead:
            yield self.lead.caption, "lead_caption", None
        for number, block in enumerate(self.blocks):
            yield from ((words, "body", number) for words in words_of(block))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found: a sentence for the editor, and where. `hard` stops publishing; `photo` is the one it is about."""

    check: str
    words: str
    field: str = "body"
    block: int | None = None
    hard: bool = False
    photo: int | None = None


def words_of(block: Block) -> Iterator[str]:
    """The words of a block in plain text, one piece for each paragraph."""
    if isinstance(block, PhotoRef):
        yield from filter(None, (block.caption, block.alt))
    else:
        yield from map(plain, inlines(block))


def excerpt(words: str) -> str:
    """The end of a text, where a finding is often seen."""
    return words if len(words) <= EXCERPT else "…" + words[-EXCERPT:].partition(" ")[2]


def no_credit(script: Script) -> Iterator[Finding]:
    for ref, place, block in script.photos():
        if ref.photo in script.uncredited:
            words = f"Nobody is credited for the photo “{script.uncredited[ref.photo]}”."
            yield Finding(check="credit", words=words, field=place, block=block, hard=True, photo=ref.photo)


def no_alt_text(script: Script) -> Iterator[Finding]:
    for ref, place, block in script.photos():
        if ref.alt is None and ref.photo in script.undescribed:
            place = "lead_alt" if place == "lead_photo" else place
            words = "A photo has no alt text: who cannot see it hears its caption, or its credit."
            yield Finding(check="alt", words=words, field=place, block=block, photo=ref.photo)


def to_come(script: Script) -> Iterator[Finding]:
    for words, place, block in script.texts():
        if found := TK.search(words):
            before, after = words[: found.start()].split()[-3:], words[found.end() :].split()[:3]
            around = " ".join([*before, found[0], *after])
            yield Finding(check="tk", words=f"TK is left: “{around[:80]}”", field=place, block=block)


def gone_posts(script: Script) -> Iterator[Finding]:
    for number, block in enumerate(script.blocks):
        if isinstance(block, TweetRef) and block.tweet in script.gone:
            yield Finding(check="tweet", words=f"The post by {script.gone[block.tweet]}.", block=number)


def wordless_posts(script: Script) -> Iterator[Finding]:
    for number, block in enumerate(script.blocks):
        if isinstance(block, TweetRef) and block.tweet in script.wordless:
            words = f"No words are kept of the post by {script.wordless[block.tweet]}: type them in its card."
            yield Finding(check="words", words=words, block=number)


def links(script: Script) -> Iterator[Finding]:
    for number, block in enumerate(script.blocks):
        for html in inlines(block):
            for address, said in LINK.findall(html):
                words = plain(said)
                if not any(letter.isalnum() for letter in words):
                    yield Finding(check="link", words=f"A link to {address} has no words.", block=number)
                elif address in script.nowhere or leads_nowhere(plain(address)):
                    yield Finding(check="link", words=f"The link “{excerpt(words)}” leads nowhere.", block=number)


def leads_nowhere(address: str) -> bool:
    """Whether an address cannot lead anywhere, as far as its form tells."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return True
    if parts.scheme.lower() == "mailto":
        return "@" not in parts.path
    return parts.scheme.lower() in ("http", "https") and "." not in host.strip(".") and ":" not in host


def long_headline(script: Script) -> Iterator[Finding]:
    title = script.seo_title or script.headline
    if len(title) > SEARCH_SHOWS:
        words = f"Search engines cut a title of {len(title)} characters: they show about {SEARCH_SHOWS}."
        yield Finding(check="headline", words=words, field="seo_title")


def names(script: Script) -> Iterator[Finding]:
    texts = list(script.texts())
    for often, rare, at in two_spellings([words for words, _, _ in texts], script.language)[:NAMES_SHOWN]:
        _, place, block = texts[at]
        yield Finding(check="name", words=f"One name, two spellings? “{often}” and “{rare}”.", field=place, block=block)


def open_colons(script: Script) -> Iterator[Finding]:
    for number, (block, after) in enumerate(zip_longest(script.blocks, script.blocks[1:])):
        if isinstance(block, Paragraph) and ends_open(plain(block.html)) and not answers(after):
            words = f"A paragraph ends with a colon, and nothing follows: “{excerpt(plain(block.html))}”"
            yield Finding(check="colon", words=words, block=number)


def ends_open(words: str) -> bool:
    return words.rstrip().endswith((":", "：", "︰"))


def answers(block: Block | None) -> bool:
    """Whether a block is what a colon before it announces."""
    if isinstance(block, Paragraph):
        words = plain(block.html).lstrip()
        return words.startswith(OPENS_A_QUOTE) or bool(NUMBERED.match(words))
    return isinstance(block, (PhotoRef, TweetRef, Quote, PullQuote, List))


CHECKS: tuple[Callable[[Script], Iterator[Finding]], ...] = (
    no_credit,
    to_come,
    open_colons,
    gone_posts,
    wordless_posts,
    links,
    no_alt_text,
    names,
    long_headline,
)


def read_over(script: Script) -> list[Finding]:
    """Everything found, what stops first."""
    found = [finding for check in CHECKS for finding in check(script)]
    return sorted(found, key=lambda finding: not finding.hard)
