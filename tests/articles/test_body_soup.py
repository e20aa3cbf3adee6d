"""The working body under anything at all: generated blocks, tag soup, and what the real world sends. No database."""

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import body
from articles.body import (
    BodyError,
    Heading,
    List,
    Paragraph,
    PhotoRef,
    PullQuote,
    Quote,
    Rule,
    TweetRef,
    clean,
    parse,
    render,
)
from tests.articles.test_body import WHOLE

CORPORA = Path(os.environ.get("NEWSROOM_CORPORA", Path(__file__).resolve().parents[3] / "shared" / "corpora"))

# --- Properties --------------------------------------------------------------------------------------------------

texts = st.text(max_size=20)
hrefs = st.sampled_from(["https://example.com/a?b=1&copy=2", "/x", "mailto:a@b.example", "javascript:x"])
marked = st.recursive(
    texts.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")) | st.just("<br>"),
    lambda inner: (
        st.lists(inner, max_size=3).map("".join)
        | st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["em", "strong", "sub", "sup"]), inner)
        | st.builds('<a href="{}">{}</a>'.format, hrefs, inner)
    ),
    max_leaves=6,
)
# The only way to canonical inline text is the product's own: what stands in one paragraph that it read.
inlines = (
    marked.map(lambda html: parse(f"<p>{html}</p>")).filter(lambda blocks: len(blocks) == 1).map(lambda b: b[0].html)
)
captions = texts.map(body.inline.attribute_text).map(body.inline.without_controls).map(body.inline.attribute_text)
lists = st.recursive(
    st.builds(Paragraph, inlines),
    lambda inner: st.builds(
        List,
        st.booleans(),
        st.lists(st.lists(inner, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=4,
).filter(lambda block: depth(block) <= 6)
blocks = st.lists(
    st.one_of(
        lists,
        st.builds(Heading, st.sampled_from([2, 3]), inlines),
        st.builds(Quote, st.lists(inlines, min_size=1, max_size=3).map(tuple)),
        st.builds(PullQuote, inlines),
        st.builds(
            PhotoRef,
            st.integers(1, 10**18 - 1),
            captions,
            st.none() | captions,
            st.sampled_from(["", "wide", "square", "portrait"]),
        ),
        st.builds(TweetRef, st.integers(1, 10**18 - 1)),
        st.just(Rule()),
    ),
    max_size=5,
).map(tuple)
SNIPPETS = [
    *re.findall(r"<[^>]*>", WHOLE),
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<td>",
    "<h1>",
    "<aside>",
    "<svg>",
    "<script>",
]
SNIPPETS += [
    "</script>",
    "<!--",
    "-->",
    "<",
    ">",
    "&",
    "&lt;",
    "&nbsp;",
    " ",
    "\n",
    '"',
    "='",
    "a",
    "b c",
    "</p",
    "<a href=",
]
soup = st.lists(st.sampled_from(SNIPPETS) | texts, max_size=25).map("".join)


def depth(block) -> int:
    return 1 + max(depth(part) for item in block.items for part in item) if isinstance(block, List) else 0


@given(blocks)
def test_parse_reads_back_what_render_wrote(written):
    assert parse(render(written)) == written


def settled(html: str) -> str | None:
    """The cleaned body, having checked that cleaning it again changes nothing; None if it was refused."""
    try:
        once = clean(html)
    except BodyError:
        return None
    assert clean(once) == once
    return once


@given(soup)
def test_cleaning_twice_changes_nothing(html):
    once = settled(html)
    assert once is None or dangers(once) == []


@given(texts)
def test_escaped_text_keeps_every_word(text):
    kept = body.text(parse("<p>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p>"))
    assert kept.split() == body.inline.without_controls(text).split()


# --- What the real world sends -----------------------------------------------------------------------------------

ALLOWED = {
    **{tag: set() for tag in ("p", "h2", "h3", "ul", "ol", "li", "blockquote", "hr")},
    **{tag: set() for tag in ("br", "em", "strong", "sub", "sup")},
    "a": {"href"},
    "aside": {"class"},
    "news-photo": {"data-id", "data-caption", "data-alt", "data-crop"},
    "news-tweet": {"data-id"},
}


class Walker(HTMLParser):
    """The oracle: Python's own parser, which the product does not use, with a list of its own of what is allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes) -> None:
        if tag not in ALLOWED:
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            if name not in ALLOWED.get(tag, ()):
                self.found.append(f"{tag}[{name}]")
            if name == "href" and not self.leads_somewhere_safe(value or ""):
                self.found.append(f"href={value}")

    def leads_somewhere_safe(self, href: str) -> bool:
        href = re.sub("[\t\r\n]", "", href.lstrip("".join(map(chr, range(33)))))
        scheme = re.match(r"([^/?#:]*):", href)
        return (
            scheme[1].lower() in ("http", "https", "mailto") if scheme else re.match(r"/($|[^/\\])", href) is not None
        )

    def handle_comment(self, data) -> None:
        self.found.append("comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def dangers(html: str) -> list[str]:
    walker = Walker()
    walker.feed(html)
    walker.close()
    return walker.found


def corpus(name: str) -> Path:
    if not (CORPORA / name).exists():
        pytest.skip(f"{CORPORA / name} is not on this machine")
    return CORPORA / name


def test_the_oracle_sees_what_is_dangerous():
    bad = [
        "<script>",
        "<p onclick=x>",
        '<a href="java\tscript:x">',
        '<a href=" data:x">',
        '<a href="//x">',
        "<svg>",
        "<!-- -->",
    ]
    assert all(dangers(html) for html in bad)
    assert dangers(WHOLE) == []


def test_no_known_attack_gets_through():
    payloads = [
        json.loads(line)["payload"] for line in corpus("xss/xss.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    kept = [once for once in map(settled, payloads) if once is not None]
    assert len(payloads) > 1000
    assert len(kept) > 500, "most attacks are cleaned, so that a paste is not refused for its markup"
    assert [html for html in kept if dangers(html)] == []


def test_malformed_html_is_cleaned_or_refused():
    folder = corpus("html_parsing/tree-construction")
    fragments = [
        fragment
        for file in sorted(folder.rglob("*.dat"))
        for fragment in re.findall(
            r"^#data\n(.*?)\n#errors", file.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        )
    ]
    assert len(fragments) > 1500
    kept = [once for once in map(settled, fragments) if once is not None]
    assert [html for html in kept if dangers(html)] == []
