"""The editions of a story that was put right: which ones readers saw, when, why, and what changed in words.

Only what readers were told is told again. An edition that was redacted is a number and a time; of a retracted story no
text stands here; a note is shown while the edition that readers see now carries it. What somebody took back at once was
never news, and is not here either.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.http import Http404, HttpResponse

from articles import document
from articles.models import Edition
from articles.pages.addresses import answer, was_put_right
from articles.pages.ap_style import Moment
from articles.pages.article import seen_there
from articles.pages.changes import Change, Piece, changes, pieces
from articles.pages.entries import POST
from articles.pages.names import Names, names_of
from articles.pages.notes import Note, as_readers_see, notes_of
from articles.pages.question import Question
from articles.pages.visit import Visit, public

# The newest so many: comparing costs a millisecond each.
MOST = 100
# What was printed over within these seconds was taken back (`publishing.UNDO`, and the way there).
STOOD = timedelta(seconds=15)
SEEN = Question(
    lambda moment, article: (
        Edition.objects.ever_seen(moment)
        .filter(article=article)
        .only(*POST, "kind", "live_from", "live_until")
        .order_by("-live_from", "-number")[: MOST + 1]
    )
)
DID = {"publish": "published", "update": "updated", "correct": "corrected", "reprint": "printed anew"}


@dataclass(slots=True)
class Told:
    """An edition as the page tells of it; `since` is the number of the one with which it is compared."""

    number: int
    did: str
    at: Moment
    redacted: bool
    notes: list[Note] = field(default_factory=list)
    since: int = 0
    changed: list[Change] = field(default_factory=list)


@public
def history(visit: Visit, **parts: str) -> HttpResponse:
    """Three queries, however many editions there are. Raises Http404 for a story that nothing was wrong with."""
    edition = seen_there(visit, visit.request.path.removesuffix("history/"))
    if edition is None:
        return answer(visit)
    if not was_put_right(edition):
        raise Http404("Nothing was put right in this story.")
    said = as_readers_see(edition)
    found = list(SEEN.instances(Edition, moment=visit.moment, article=edition.article_id))
    names = names_of(visit, found, tags=True)
    seen = [each for each, after in zip(found, [None, *found], strict=False) if not taken_back(each, after)][:MOST]
    column = visit.columns[edition.column_id]
    return visit.draw(
        "articles/history.html",
        [f"article-{edition.article_id}", column.cache_key, *name_keys(names)],
        path=f"{edition.path}history/",
        edition=edition,
        said=said,
        column=column,
        language=said.language,
        direction=said.direction,
        retracted=said.retraction() is not None,
        told=tell(seen[::-1], said, names)[::-1],
        more=len(found) > MOST,
    )


def taken_back(edition: Edition, after: Edition | None) -> bool:
    """Whether the next edition undid it. An import prints many in one second, and undoes none."""
    if after is None or after.kind != Edition.Kind.REPRINT or edition.live_until != after.live_from:
        return False
    return edition.live_until - edition.live_from <= STOOD


def name_keys(names: Names) -> set[str]:
    return {thing.cache_key for kept in (names.authors, names.tags) for things in kept.values() for thing in things}


def tell(editions: list[Edition], now: document.Document, names: Names) -> list[Told]:
    """The editions in the order in which readers saw them; `now` is what they are told of the story today."""
    told: list[Told] = []
    untold = list(zip(now.corrections, notes_of(now), strict=True))
    before: tuple[int, list[Piece]] | None = None
    changed_at = None
    for edition in editions:
        at = edition.live_from if told else edition.first_published_at
        if told and edition.updated_at and edition.updated_at != changed_at:
            at = edition.updated_at  # as readers were told: an import came later than the change
        changed_at = edition.updated_at
        entry = Told(edition.number, DID[edition.kind], Moment(at), bool(edition.redacted_at))
        told.append(entry)
        if edition.redacted_at:
            continue
        kept = document.from_json(edition.document)
        entry.notes = [note for each, note in untold if any(map(each.is_same, kept.corrections))]
        untold = [(each, note) for each, note in untold if note not in entry.notes]
        if entry.notes and edition.kind == Edition.Kind.CORRECT:
            entry.did = entry.notes[-1].did.lower()
        if now.retraction() or kept.retraction():
            continue
        words = pieces_of(edition, kept, names)
        if before:
            entry.since, earlier = before
            entry.changed = [change for change in changes(earlier, words) if change.is_one]
        before = edition.number, words
    return told


def pieces_of(edition: Edition, said: document.Document, names: Names) -> list[Piece]:
    """The story as its edition said it; what authors and tags are called is read live."""
    authors, tags = names.authors[edition.pk], names.tags[edition.pk]
    return pieces(said, (author.name for author in authors), (tag.name for tag in tags))
