"""Who stands where on the front: the slots first, then the newest stories, each story once.

Pure: it is given what the database says, and asks for nothing. The page reads from the top, and what stands higher
takes first: the lead, the log of the fast column, the quieter places, a section for each other column; the river has
all the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.models import Edition, Slot
from articles.models.front import PLACES

LOG = 5
SECTION = 2


@dataclass(frozen=True)
class Stand:
    """A story in a place; `slot` is why it stands there, None for the newest story that had no other place."""

    place: int
    edition: Edition
    slot: Slot | None = None


@dataclass
class Arrangement:
    places: list[Stand] = field(default_factory=list)
    log: list[Edition] = field(default_factory=list)
    sections: dict[int, list[Edition]] = field(default_factory=dict)

    @property
    def lead(self) -> Stand | None:
        return next((stand for stand in self.places if stand.place == 1), None)

    @property
    def quieter(self) -> list[Stand]:
        return [stand for stand in self.places if stand.place > 1]

    def editions(self) -> list[Edition]:
        """Everything shown, from the top."""
        sections = [edition for section in self.sections.values() for edition in section]
        lead = [self.lead.edition] if self.lead else []
        return [*lead, *self.log, *(stand.edition for stand in self.quieter), *sections]

    def articles(self) -> set[int]:
        return {edition.article_id for edition in self.editions()}


def holders(slots: Iterable[Slot], seen: Mapping[int, Edition]) -> dict[int, tuple[Slot, Edition]]:
    """The slot of each place whose story readers see: of several the one in front; no story holds two places."""
    held: dict[int, tuple[Slot, Edition]] = {}
    articles: set[int] = set()
    for slot in slots:
        if slot.article_id in seen and slot.article_id not in articles and slot.place not in held:
            held[slot.place] = slot, seen[slot.article_id]
            articles.add(slot.article_id)
    return held


def arranged(
    slots: Iterable[Slot],
    seen: Mapping[int, Edition],
    newest: Sequence[Edition],
    columns: Mapping[int, Sequence[Edition]],
    fast: int | None,
) -> Arrangement:
    """The front of a moment.

    `slots` stand in order; `seen` are their stories that may be shown, by the article; `newest` those of the whole
    site and `columns` those of each column, newest first; `fast` is the column whose log stands under the lead.
    """
    held = holders(slots, seen)
    taken = {edition.article_id for _, edition in held.values()}
    front = Arrangement()

    def free(flow: Sequence[Edition], most: int) -> list[Edition]:
        return [edition for edition in flow if edition.article_id not in taken][:most]

    def fill(place: int) -> None:
        newer = next(iter(free(newest, 1)), None)
        slot, edition = held.get(place, (None, None))
        if slot and edition and (slot.pinned or newer is None or newer.first_published_at <= slot.since):
            front.places.append(Stand(place, edition, slot))
        elif newer:
            taken.add(newer.article_id)
            front.places.append(Stand(place, newer))

    fill(1)
    if fast is not None:
        front.log = free(columns[fast], LOG)
        taken.update(edition.article_id for edition in front.log)
    for place in range(2, PLACES + 1):
        fill(place)
    for column, flow in columns.items():
        if column != fast:
            section = free(flow, SECTION)
            taken.update(edition.article_id for edition in section)
            if section:
                front.sections[column] = section
    return front
