"""A frozen document → the HTML of a page: one template for each kind of block.

Neighbours that read as one stand together: text in one measure, posts in one record, each photo on its own.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.template import Context, Engine, Template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles import document
from articles.models.article import direction_of
from articles.pages.ap_style import Moment, counted
from articles.pages.notes import Note
from articles.pages.picture import ACROSS, MEASURE, image

logger = logging.getLogger(__name__)

# The kinds that have a template articles/blocks/<kind>.html.
KINDS = frozenset([*document.BLOCKS, document.Unknown.kind])
# On paper a link to another page of the site leads nowhere without its host. In the words of a text "<" is escaped.
OWN_LINK = '<a href="/'
OWN_LINK_ON_PAPER = f'<a data-at="{escape(settings.SITE_URL)}" href="/'
OUR_LANGUAGE = settings.LANGUAGE_CODE.split("-")[0]
# What a credit may begin with that says itself how the picture was made.
SAYS_HOW = re.compile(
    r"(photo|picture|image|illustration|graphic|map|chart|screen ?shot|screen ?grab|video|still)\b"
    r"|(courtesy|handout|by|from|via)\b|©|\(c\)",
    re.IGNORECASE,
)
# How it was made, where the rights say that nobody of that name pressed a shutter.
MADE = {
    "handout": "Courtesy of",
    "screengrab": "Screenshot from",
    "illustration": "Illustration by",
    "composite": "Photo illustration by",
}
GONE = {
    "deleted": "Deleted since",
    "protected": "Protected since",
    "suspended": "Account suspended since",
}


def draw(
    said: document.Document,
    *,
    deeper: int = 0,
    voice: str = "",
    files: str = settings.MEDIA_URL,
    notes: Iterable[Note] = (),
) -> SafeString:
    """The text of a story as HTML, its lead photo not included.

    `deeper` is added to the level of headings (1 where the headline is an h2: there pictures are as wide as the text),
    `voice` are the attributes of `voice_of` for a page in another language, `files` is the address below which photos
    are. `notes` stand under the text: the places that they are about are marked. Unknown blocks are logged, and drawn
    as their words.
    """
    sizes = MEASURE if deeper else ACROSS
    context = Context({"deeper": deeper, "voice": mark_safe(voice)})  # noqa: S308 — made by voice_of
    passages = []
    marks = {note.block: [each for each in notes if each.block == note.block] for note in notes if note.block}
    numbered = enumerate(stepped(said.blocks), 1)
    for kind, run in groupby(numbered, key=lambda each: passage(each[1])):
        numbers, blocks = zip(*run, strict=True)
        if kind is document.Tweet:
            passages.append(draw_record([post for post in blocks if isinstance(post, document.Tweet)], context))
        elif kind is document.Photo:
            photos = (photo for photo in blocks if isinstance(photo, document.Photo))
            passages.extend(draw_photo(photo, voice=voice, sizes=sizes, files=files) for photo in photos)
        else:
            text = "".join(
                draw_block(block, context, marks.get(number, ())) for number, block in zip(numbers, blocks, strict=True)
            )
            passages.append(f'<div class="prose"{voice}>{text.replace(OWN_LINK, OWN_LINK_ON_PAPER)}</div>\n')
    return mark_safe("".join(passages))  # noqa: S308 — every part comes from a template that escapes


def passage(block: document.Block) -> type[document.Block]:
    """What a block belongs with: posts with posts, photos alone, all else is text."""
    return type(block) if isinstance(block, document.Tweet | document.Photo) else document.Block


def is_text(block: document.Block) -> bool:
    return passage(block) is document.Block


def stepped(blocks: Iterable[document.Block]) -> Iterator[document.Block]:
    """The same blocks, with headings that begin one level below the headline and go down by one.

    Editors choose a heading by its looks: a story whose first was an h3 had a step missing in its outline.
    """
    above: list[int] = []
    for block in blocks:
        if isinstance(block, document.Heading):
            above = [level for level in above if level < block.level] + [block.level]
            yield replace(block, level=1 + len(above))
        else:
            yield block


def block_template(kind: str) -> Template:
    return Engine.get_default().get_template(f"articles/blocks/{kind}.html")


def draw_block(block: document.Block, context: Context, marks: Sequence[Note] = ()) -> str:
    """One block of text, with marks that lead to notes.

    A kind that nobody registered is logged and its text is drawn: readers lose nothing.
    """
    kind = block.kind
    if kind not in KINDS:
        logger.error("A page met a block of the unknown kind %r: its words are drawn alone.", kind)
        block = document.Unknown(original_kind=kind, text=getattr(block, "text", "") or getattr(block, "html", ""))
        kind = block.kind
    with context.push(block=block, parts=items_of(block, context), marks=marks):
        return block_template(kind).render(context)


def items_of(block: document.Block, context: Context) -> list[SafeString]:
    """The items of a list, each drawn from its own blocks."""
    if not isinstance(block, document.List):
        return []
    return [mark_safe("".join(draw_block(part, context) for part in item)) for item in block.items]  # noqa: S308


def draw_photo(
    photo: document.Photo,
    *,
    voice: str = "",
    eager: bool = False,
    sizes: str = ACROSS,
    files: str = settings.MEDIA_URL,
) -> SafeString:
    """A figure: the picture, or the picture in words while we have no file; caption and credit apart.

    `sizes` is how wide it stands on the page (articles.pages.picture).
    """
    in_words = "" if photo.file else photo.alt or photo.caption
    return block_template("photo").render(
        Context(
            {
                "block": photo,
                "image": image(photo, sizes, eager=eager, files=files) if photo.file else "",
                "shape": shape(photo),
                "in_words": in_words,
                "caption": "" if in_words == photo.caption else photo.caption,
                "credit": credit_words(photo),
                "voice": mark_safe(voice),  # noqa: S308
            }
        )
    )


def credit_words(photo: document.Photo) -> str:
    """Photo by Zein al-Rifai/AFP/Getty Images; a line that says itself how it was made stands as it is."""
    line = photo.credit_line
    return line if not line or SAYS_HOW.match(line) else f"{MADE.get(photo.rights, 'Photo by')} {line}"


def shape(photo: document.Photo) -> str:
    """Class names: its crop, the focal point in quarters (no inline style may say it exactly); tall when upright."""
    if not photo.file:
        return "words"
    if photo.crop:
        return f"crop {photo.crop} fx{round(photo.focal_x * 4)} fy{round(photo.focal_y * 4)}"
    return "tall" if photo.height > photo.width else ""


def draw_record(tweets: list[document.Tweet], context: Context) -> str:
    """Consecutive posts as one record, with a note that says what they are."""
    captured = [Moment.from_iso(tweet.captured_at) for tweet in tweets if tweet.captured_at]
    days = {moment.date for moment in captured}
    last = max(captured, key=attrgetter("local"), default=None)
    when = f", captured {'by ' if len(days) > 1 else ''}{last.date}" if last else ""
    with context.push(
        note=f"{counted(len(tweets), 'post').capitalize()}{when}.",
        posts=[mark_safe(draw_tweet(tweet)) for tweet in tweets],  # noqa: S308
    ):
        return Engine.get_default().get_template("articles/record.html").render(context)


def draw_tweet(tweet: document.Tweet) -> str:
    """A post from our record alone, in its own language and direction."""
    posted = Moment.from_iso(tweet.posted_at) if tweet.posted_at else None
    captured = Moment.from_iso(tweet.captured_at) if tweet.captured_at else None
    return block_template("tweet").render(
        Context(
            {
                "block": tweet,
                "posted": posted,
                "captured": captured and (captured.after(posted) if posted else captured.full),
                "gone": GONE.get(tweet.availability, ""),
            }
        )
    )


def voice_of(language: str, around: str = OUR_LANGUAGE) -> SafeString:
    """The attributes of a part in another language than the words around it, such as ` lang="ar" dir="rtl"`.

    "" in the same language; `around` is the site's own unless the page is a story in another.
    """
    if language.split("-")[0].lower() == around.split("-")[0].lower() == OUR_LANGUAGE:
        return SafeString("")
    return SafeString(f' lang="{escape(language)}" dir="{direction_of(language)}"')
