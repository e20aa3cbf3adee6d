"""The working body: HTML ↔ typed blocks with ids; parse(render(x)) == x. No Django in here.

    html ──soup──▶ bounded, known tags ──nh3──▶ well-formed ──grammar──▶ blocks ──render──▶ canonical html

A photo or a tweet stands in the body as an empty element that holds the row's id; everything else is a small closed
set of blocks and inline marks. Other tags are taken off and their words kept; scripts, styles and drawings go; what a
reader would miss (a picture or a player from elsewhere, struck-out words) is refused with a sentence for the editor.
"""

from articles.body.blocks import (
    Block,
    BodyError,
    Heading,
    List,
    Paragraph,
    PhotoRef,
    PullQuote,
    Quote,
    Rule,
    TweetRef,
    inlines,
    photo_refs,
    text,
    tweet_refs,
    word_count,
)
from articles.body.grammar import clean, parse
from articles.body.inline import plain
from articles.body.rendering import render

__all__ = [
    "Block",
    "BodyError",
    "Heading",
    "List",
    "Paragraph",
    "PhotoRef",
    "PullQuote",
    "Quote",
    "Rule",
    "TweetRef",
    "clean",
    "inlines",
    "parse",
    "photo_refs",
    "plain",
    "render",
    "text",
    "tweet_refs",
    "word_count",
]
