"""Blocks → the one canonical HTML that `parse` reads back to the same blocks."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from articles.body.blocks import Block, Heading, List, Paragraph, PhotoRef, PullQuote, Quote, Rule, TweetRef


def render(blocks: Iterable[Block]) -> str:
    """Canonical HTML of a body, without whitespace between blocks."""
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph(html):
            return f"<p>{html}</p>"
        case Heading(level, html):
            return f"<h{level}>{html}</h{level}>"
        case List(ordered, items):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{render(item)}</li>' for item in items)}</{tag}>"
        case Quote(paragraphs):
            return f"<blockquote>{''.join(f'<p>{html}</p>' for html in paragraphs)}</blockquote>"
        case PullQuote(html):
            return f'<aside class="pull-quote"><p>{html}</p></aside>'
        case PhotoRef():
            return f"<news-photo{_attributes(block)}></news-photo>"
        case TweetRef(tweet):
            return f'<news-tweet data-id="{tweet}"></news-tweet>'
        case Rule():
            return "<hr>"
    raise TypeError(f"not a block of a body: {block!r}")


def _attributes(photo: PhotoRef) -> str:
    """Always in the same order; an alt text of None is left out, for "" says that the picture is decorative."""
    said = {"id": photo.photo, "caption": photo.caption or None, "alt": photo.alt, "crop": photo.crop or None}
    return "".join(f' data-{name}="{escape(str(value))}"' for name, value in said.items() if value is not None)
