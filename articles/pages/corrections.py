"""What was put right: the notes of all stories that readers see now, newest first.

The table of corrections is the index, the edition that readers see is the truth: a note that it does not carry, or
that a retraction took away, is not listed. An update is new facts and not a correction: it stands on its story alone.
"""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.utils.safestring import SafeString

from articles import document
from articles.models import Column, Correction, Edition
from articles.pages import cursor
from articles.pages.ap_style import Moment
from articles.pages.drawing import voice_of
from articles.pages.entries import POST, place, river
from articles.pages.notes import Note, as_readers_see, notes_of
from articles.pages.question import Question
from articles.pages.visit import Visit, public

NOTES = 25
EDITIONS = Question(lambda editions: Edition.objects.filter(pk__in=editions).only(*POST, "live_from"))


@dataclass(frozen=True, slots=True)
class Told:
    """A note with the story under which it stands; `path` leads to the note itself."""

    pk: int
    note: Note
    edition: Edition
    column: Column

    @property
    def path(self) -> str:
        return f"{self.edition.path}#{self.note.anchor}"

    @property
    def voice(self) -> SafeString:
        return voice_of(self.edition.language)


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Some notes, newest first; `older` is the cursor of what comes below, "" at the end, `last` the place's time."""

    told: list[Told]
    older: str
    last: Moment | None

    def keys(self) -> list[str]:
        things = {f"article-{told.edition.article_id}" for told in self.told}
        return sorted(things | {told.column.cache_key for told in self.told})


def notes(size: int) -> Question:
    """The question for a page of so many notes, asked as that of a river."""
    return river(size, lambda: Correction.objects.put_right())


OF_THE_PAGE = notes(NOTES)


@public
def corrections(visit: Visit) -> HttpResponse:
    """The page of all corrections, by month. Three queries, however many there are."""
    page, before = read_notes(visit, OF_THE_PAGE, NOTES), visit.request.GET.get("before")
    months = [list(month) for _, month in groupby(page.told, key=lambda told: told.note.at.month)]
    return visit.draw(
        "articles/corrections.html",
        ["corrections", *page.keys()],
        path=f"/corrections/?before={before}" if before else "/corrections/",
        page=page,
        before=before,
        months=[(month[0].note.at, month) for month in months],
    )


def read_notes(visit: Visit, flow: Question, size: int) -> NotesPage:
    """The page of notes that the visit asks for: two queries and that of the columns. Raises Http404."""
    found = list(flow.instances(Correction, moment=visit.moment, **place(visit)))
    shown = found[:size]
    seen = {correction.seen for correction in shown}
    editions = EDITIONS.instances(Edition, editions=sorted(seen)) if seen else ()
    said = {edition.pk: (edition, as_readers_see(edition)) for edition in editions}
    told = []
    for correction in shown:
        edition, words = said[correction.seen]
        if note := note_in(words, correction):
            told.append(Told(correction.pk, note, edition, visit.columns[edition.column_id]))
    older = cursor.written(shown[-1].at, shown[-1].pk) if len(found) > size else ""
    return NotesPage(told, older, Moment(shown[-1].at) if shown else None)


def note_in(said: document.Document, correction: Correction) -> Note | None:
    """The correction as the page of its story says it; None when it does not. A document keeps whole seconds."""
    at = correction.at.replace(microsecond=0)
    for kept, note in zip(said.corrections, notes_of(said), strict=True):
        if (kept.kind, kept.text, note.at.local) == (correction.kind, correction.text, at):
            return note
    return None
