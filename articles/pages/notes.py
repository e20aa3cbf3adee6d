"""The dated notes of a story, and what one kind of them does to it: a retraction stands in the place of the text."""

from dataclasses import dataclass, replace

from articles import document
from articles.models import Edition
from articles.pages.ap_style import Moment

RETRACTION = "retraction"
# What a note is called, and what it did. A kind that nobody named reads as a correction.
NAMES = {
    "correction": ("Correction", "Corrected"),
    "clarification": ("Clarification", "Clarified"),
    "update": ("Update", "Updated"),
    RETRACTION: ("Retraction", "Retracted"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A note as pages say it; `anchor` is its place on the page of its story."""

    name: str
    did: str
    text: str
    at: Moment
    anchor: str
    block: int = 0  # the number of the block that it is about, 0 when it is about none

    @property
    def mark(self) -> str:
        """The place in the text that it is about, "" without one."""
        return f"{self.anchor}-here" if self.block else ""

    @property
    def starred(self) -> bool:
        """Does an asterisk stand before it, as readers know it of a correction?"""
        return self.name == NAMES["correction"][0]


def as_readers_see(edition: Edition) -> document.Document:
    """What an edition says to readers: of a retracted story the headline and the notice.

    The record keeps the rest, and none of it may reach a page, a feed or a description. The earlier notes go with
    it: they repeat what they put right.
    """
    return without_retracted(document.from_json(edition.document))


def without_retracted(said: document.Document) -> document.Document:
    if not said.retraction():
        return said
    # The place of which they speak is not shown any more.
    notices = tuple(replace(each, block=0) for each in said.corrections if each.kind == RETRACTION)
    return replace(said, dek="", seo_title="", lead=None, blocks=(), corrections=notices)


def summary_of(said: document.Document, edition: Edition) -> str:
    """The story in a sentence or two; the newest notice when it was retracted."""
    return said.corrections[-1].text if said.retraction() else edition.summary


def notes_of(said: document.Document) -> list[Note]:
    """Every note in the order of the document."""
    return [
        Note(
            *NAMES.get(each.kind, NAMES["correction"]),
            each.text,
            Moment.from_iso(each.at),
            f"note-{number}",
            each.block,
        )
        for number, each in enumerate(said.corrections, 1)
    ]


def corrects(note: document.Correction) -> bool:
    """Whether it says that something was wrong, misled or is taken back. An update is new facts, and nothing was."""
    return note.kind in NAMES and note.kind != "update"


def newest_note(said: document.Document) -> Note | None:
    return max(reversed(notes_of(said)), key=lambda note: note.at.local, default=None)
