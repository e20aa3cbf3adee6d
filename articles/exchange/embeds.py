"""Embeds that a text lost on its way here. Plain text carries no posts and no photos, only the words before them."""

from collections.abc import Sequence

from articles import body
from media.tweets import parse_address

_CLOSING = "”’\"')]» \u00a0"
# A quotation or a list that was typed as paragraphs is what the colon announced.
_ANSWERS = tuple("“\"«„‘'-–—•*·0123456789")


def announced_in_vain(blocks: Sequence[body.Block]) -> list[int]:
    """The paragraphs that end with a colon although nothing announced follows, counted from 1 among paragraphs.

    A photo, a post, a list, a quote, a paragraph that begins with a quotation mark or a list mark, and the bare
    address of a post are all something.
    """
    numbers, count = [], 0
    for place, block in enumerate(blocks, 1):
        if not isinstance(block, body.Paragraph):
            continue
        count += 1
        answered = place < len(blocks) and _is_announced(blocks[place])
        if _ends_with_colon(block) and not answered:
            numbers.append(count)
    return numbers


def addresses_of_posts(blocks: Sequence[body.Block]) -> list[int]:
    """The paragraphs that are nothing but the address of a post, counted from 1 among paragraphs."""
    paragraphs = [block for block in blocks if isinstance(block, body.Paragraph)]
    return [number for number, paragraph in enumerate(paragraphs, 1) if parse_address(body.plain(paragraph.html))]


def _ends_with_colon(paragraph: body.Paragraph) -> bool:
    return body.plain(paragraph.html).rstrip(_CLOSING).endswith((":", "："))


def _is_announced(block: body.Block) -> bool:
    if isinstance(block, body.Paragraph):
        words = body.plain(block.html)
        return words.startswith(_ANSWERS) or parse_address(words) is not None
    return not isinstance(block, body.Heading | body.Rule)
