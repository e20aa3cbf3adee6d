"""The page of one story."""

from itertools import takewhile
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse

from articles import body, document
from articles.models import Author, Column, Edition, Tag
from articles.pages import head
from articles.pages.addresses import answer
from articles.pages.ap_style import Moment
from articles.pages.drawing import draw, draw_photo, is_text
from articles.pages.entries import POST, signed, updated
from articles.pages.names import names_of
from articles.pages.nearby import Nearby, nearby
from articles.pages.notes import as_readers_see, corrects, notes_of, summary_of
from articles.pages.question import Question
from articles.pages.visit import Visit, public

# The rail beside the first words has about as many lines: byline, date, edition, corrections.
RAIL_LINES = 6
MEASURE = 66  # characters in a line

SEEN_THERE = Question(lambda moment, path: Edition.objects.seen_at(moment).filter(path=path).only(*POST).order_by()[:1])


@public
def story(visit: Visit, **parts: str) -> HttpResponse:
    """The edition seen at this path. Three queries: it, the names around it, and what is read beside it."""
    edition = seen_there(visit, visit.request.path)
    if edition is None:
        return answer(visit)
    names = names_of(visit, [edition], tags=True)
    column, authors, tags = visit.columns[edition.column_id], names.authors[edition.pk], names.tags[edition.pk]
    beside = nearby(visit, edition, tags)
    context = story_context(edition, column, authors, tags, beside)
    keys = story_keys(context["said"], edition, authors, tags) + beside.keys()
    return visit.draw("articles/article.html", keys, **context)


def seen_there(visit: Visit, path: str) -> Edition | None:
    """The edition that readers see at a path, None where they see none."""
    if "\0" in path:  # PostgreSQL refuses to be asked
        return None
    seen = SEEN_THERE.instances(Edition, moment=visit.moment, path=path)
    return next((edition for edition in seen if not edition.redacted_at), None)


def story_context(
    edition: Edition,
    column: Column,
    authors: list[Author],
    tags: list[Tag],
    beside: Nearby | None = None,
    *,
    said: document.Document | None = None,
    files: str = settings.MEDIA_URL,
) -> dict:
    """What articles/article.html draws. The edition may be one that was never saved: a preview, beside nothing.

    `said` is what it says, when that is not what it keeps; `files` is the address below which its photos are.
    """
    said = said or as_readers_see(edition)
    notes = notes_of(said)
    printed, summary = Moment(edition.first_published_at), summary_of(said, edition)
    return {
        "path": edition.path,
        "edition": edition,
        "said": said,
        "column": column,
        "tags": tags,
        "language": said.language,
        "direction": said.direction,
        "printed": printed,
        "signed": signed(authors),
        "updated": updated(edition, printed),
        "summary": summary,
        "head": head.of_story(edition, said, column, authors, tags, summary),
        "notes": notes,
        "retracted": said.retraction() is not None,
        "history": f"{edition.path}history/" if any(map(corrects, said.corrections)) else "",
        "brief": opens_briefly(said),
        "lead": draw_photo(said.lead, eager=True, files=files) if said.lead else "",
        "text": draw(said, files=files, notes=notes),
        "beside": beside,
        "report": report_of(edition),
    }


def report_of(edition: Edition) -> str:
    """The mailto: address with which readers report a mistake in this edition; "" where nobody would read it."""
    if not settings.CONTACT_EMAIL:
        return ""
    # Lines end as in mail (RFC 6068). The number says which words the reader saw, whatever the page says by then.
    body = f"{settings.SITE_URL}{edition.path}\r\nedition {edition.number}\r\n\r\n"
    return f"mailto:{quote(settings.CONTACT_EMAIL, safe='@')}?subject={quote(edition.headline)}&body={quote(body)}"


def opens_briefly(said: document.Document) -> bool:
    """Are the words before the first picture or post shorter than the rail beside them?

    What follows then does without a rail of its own: it would begin below ours, under a white hole.
    """
    opening = takewhile(is_text, said.blocks)
    return sum(lines(block) for block in opening) < RAIL_LINES


def lines(block: document.Block) -> int:
    """How many lines a block of text takes at least, and the space after it."""
    return 2 + len(body.plain(block.html)) // MEASURE if isinstance(block, document.Paragraph) else 2


def story_keys(said: document.Document, edition: Edition, authors: list[Author], tags: list[Tag]) -> list[str]:
    """The cache keys of everything that the page shows."""
    return [
        f"article-{edition.article_id}",
        f"column-{edition.column_id}",
        *(author.cache_key for author in authors),
        *(tag.cache_key for tag in tags),
        *(f"photo-{photo.photo}" for photo in said.photos()),
        *(f"tweet-{tweet.tweet}" for tweet in said.tweets()),
    ]
