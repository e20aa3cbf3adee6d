"""A frozen document → the plain HTML that feed readers show: no classes, absolute addresses, posts as quotes.

Written as strings, not templates: twenty whole stories are drawn for one request.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.utils.html import escape

from articles import document
from articles.pages.ap_style import Moment
from articles.pages.drawing import GONE, credit_words, stepped, voice_of
from articles.pages.notes import Note, notes_of
from articles.pages.picture import photo_address

logger = logging.getLogger(__name__)


def text(said: document.Document) -> str:
    """The whole story: lead photo, text, dated notes. Marked when it is in another language than the feed's."""
    parts = [photo(said.lead)] if said.lead else []
    parts += map(block, stepped(said.blocks))
    parts += map(note, notes_of(said))
    whole, voice = "\n".join(parts), voice_of(said.language)
    return f"<div{voice}>\n{whole}\n</div>" if voice else whole


def block(part: document.Block) -> str:
    draw = DRAWN.get(part.kind)
    if draw is None:
        logger.error("A feed met a block of the unknown kind %r: its words are drawn alone.", part.kind)
        return f"<p>{escape(getattr(part, 'text', ''))}</p>"
    return draw(part)


def inline(html: str) -> str:
    """Inline HTML whose links hold outside of this site."""
    return html.replace('href="/', f'href="{settings.SITE_URL}/')


def paragraph(part: document.Paragraph) -> str:
    return f"<p>{inline(part.html)}</p>"


def heading(part: document.Heading) -> str:
    return f"<h{part.level}>{inline(part.html)}</h{part.level}>"


def listing(part: document.List) -> str:
    name = "ol" if part.ordered else "ul"
    items = "".join(f"<li>{''.join(map(block, item))}</li>" for item in part.items)
    return f"<{name}>{items}</{name}>"


def quote(part: document.Quote) -> str:
    return f"<blockquote>{''.join(f'<p>{inline(html)}</p>' for html in part.paragraphs)}</blockquote>"


def pull_quote(part: document.PullQuote) -> str:
    return f"<blockquote><p>{inline(part.html)}</p></blockquote>"


def rule(part: document.Rule) -> str:
    return "<hr>"


def unknown(part: document.Unknown) -> str:
    return f"<p>{escape(part.text)}</p>"


def photo(part: document.Photo) -> str:
    """The picture with caption and credit; without a file what it showed, in words."""
    credit = escape(credit_words(part))
    address = photo_address(part)
    if not address:
        words = " ".join(filter(None, (escape(part.caption or part.alt), credit)))
        return f"<p><small>The picture, in words: {words}</small></p>"
    return (
        f'<figure><img src="{settings.SITE_URL}{escape(address)}" width="{part.width}" height="{part.height}"'
        f' alt="{escape(part.alt)}"><figcaption>{escape(part.caption)} <small>{credit}</small></figcaption></figure>'
    )


def tweet(part: document.Tweet) -> str:
    """The post as a quote, in its language and direction, with its author and time."""
    lang = f' lang="{escape(part.language)}"' if part.language else ""
    words = escape(part.text).replace("\n", "<br>")
    when = Moment.from_iso(part.posted_at).full if part.posted_at else "the post"
    link = f'<a href="{escape(part.url)}">{when}</a>' if part.url else when
    who = escape(f"{part.author_name} (@{part.handle})" if part.handle else part.author_name)
    said = f'<p{lang} dir="{part.direction}">{words}</p>' if words else ""
    gloss = f"<p><em>{escape(part.translation)}</em></p>" if part.translation else ""
    gone = f". {GONE[part.availability]}" if part.availability in GONE else ""
    return f"<blockquote>{said}{gloss}<p>— {who}, {link}{gone}</p></blockquote>"


def note(told: Note) -> str:
    return f"<p><strong>{told.name}, {told.at.full}:</strong> {escape(told.text)}</p>"


DRAWN: dict[str, Callable] = {
    "paragraph": paragraph,
    "heading": heading,
    "list": listing,
    "quote": quote,
    "pull_quote": pull_quote,
    "rule": rule,
    "unknown": unknown,
    "photo": photo,
    "tweet": tweet,
}
