"""The page of one story."""

from django.http import HttpResponse

from articles import document
from articles.models import Author, Column, Edition, Tag
from articles.pages.addresses import answer
from articles.pages.ap_style import Moment
from articles.pages.drawing import draw, draw_photo
from articles.pages.entries import NOTES, POST, authors_of, signed, updated
from articles.pages.visit import Visit, public


@public
def story(visit: Visit, **parts: str) -> HttpResponse:
    """The edition seen at this path. Four queries: it, the columns, its names, its tags."""
    seen = Edition.objects.seen_at(visit.moment).filter(path=visit.request.path).only(*POST).order_by()[:1]
    edition = next((edition for edition in seen if not edition.redacted_at), None)
    if edition is None:
        return answer(visit)
    column = visit.columns[edition.column_id]
    authors = authors_of([edition])[edition.pk]
    tags = list(
        Tag.objects.filter(edition_tags__edition=edition).order_by("edition_tags__position", "edition_tags__id")
    )
    context = story_context(edition, column, authors, tags)
    return visit.draw("articles/article.html", story_keys(context["said"], edition, authors, tags), **context)


def story_context(edition: Edition, column: Column, authors: list[Author], tags: list[Tag]) -> dict:
    """What articles/article.html draws. The edition may be one that was never saved: a preview."""
    said = document.from_json(edition.document)
    printed = Moment(edition.first_published_at)
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
        "notes": [note_context(note) for note in said.corrections],
        "retracted": any(note.kind == "retraction" for note in said.corrections),
        "lead": draw_photo(said.lead, eager=True) if said.lead else "",
        "text": draw(said),
    }


def note_context(note: document.Correction) -> dict:
    name, did = NOTES.get(note.kind, NOTES["correction"])
    return {"name": name, "did": did, "text": note.text, "at": Moment.from_iso(note.at)}


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
