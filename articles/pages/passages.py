"""The passages of a story as readers see them: what it is found by, and what is shown around a word that was found."""

from collections.abc import Iterator

from articles import body, document


def passages(said: document.Document) -> Iterator[tuple[str, str]]:
    """Each passage below the headline in reading order, with its language. Headline, names and notes not included."""
    ours = said.language
    yield said.dek, ours
    yield said.kicker, ours
    if said.lead:
        yield from of_block(said.lead, ours)
    for block in said.blocks:
        yield from of_block(block, ours)


def of_block(block: document.Block, ours: str) -> Iterator[tuple[str, str]]:
    match block:
        case document.Paragraph(html=html) | document.Heading(html=html) | document.PullQuote(html=html):
            yield body.plain(html), ours
        case document.Quote(paragraphs=paragraphs):
            yield from ((body.plain(html), ours) for html in paragraphs)
        case document.List(items=items):
            for item in items:
                for part in item:
                    yield from of_block(part, ours)
        case document.Photo():
            # A picture in words shows its alt text; credits are searched for by name, too.
            yield from ((text, ours) for text in (block.caption, block.alt, block.credit_line))
        case document.Tweet():
            yield from ((block.author_name, ours), (block.handle, ours))
            yield block.text, block.language or ours
            yield block.translation, ours
        case document.Unknown(text=text):
            yield text, ours
