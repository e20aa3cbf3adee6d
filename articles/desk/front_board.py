"""The front's screen as its template draws it: the seven places with their rows, and below them what is planned."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from articles.desk.front_form import FrontFormSet, SlotForm
from articles.desk.front_stories import Story, as_told_to, stories_of
from articles.models import Slot
from articles.models.front import PLACES
from articles.pages.ap_style import Moment
from articles.pages.arrangement import Stand
from articles.pages.front import Reading

SPARE = 2  # rows for plans, where no script makes more
UNTIL = re.compile(r"([0-9]{1,18})-([0-9]{1,12})")


@dataclass
class Row:
    form: SlotForm
    story: Story | None = None
    slot: Slot | None = None
    note: str = ""

    @property
    def since(self) -> Moment | None:
        return Moment(self.slot.since) if self.slot else None

    @property
    def opened(self) -> bool:
        """Whether its hours and words are shown at once: some are set, or wrong."""
        return any(each.value() or each.errors for each in self.form.more())


@dataclass
class Place:
    number: int
    rows: list[Row] = field(default_factory=list)


@dataclass
class Board:
    places: list[Place]
    later: list[Row]


def initial(ahead: Sequence[Slot], now: datetime) -> list[dict[str, Any]]:
    """A row for each slot, one for each empty place, and some to plan with."""
    held = {slot.place for slot in ahead if slot.live_from <= now}
    empty = [{"place": place} for place in range(1, PLACES + 1) if place not in held]
    return [*(SlotForm.of(slot, now) for slot in ahead), *empty, *({} for _ in range(SPARE))]


def board(formset: FrontFormSet, reading: Reading, user) -> Board:
    """The rows in their places, each with what is to be said of it to somebody.

    One that nothing places stands with the plans.
    """
    numbers = [number_in(form) for form in formset.forms]
    stories = formset.stories or stories_of(list(filter(None, numbers)), formset.now)
    stories = as_told_to(user, stories, formset.now)
    showing = {stand.place: stand for stand in reading.arrangement.places}
    drawn = Board([Place(number) for number in range(1, PLACES + 1)], [])
    for form, number in zip(formset.forms, numbers, strict=True):
        row = Row(form, stories.get(number) if number else None)
        place = place_of(form)
        if place is None or form["live_from"].value():
            drawn.later.append(row)
            continue
        row.slot = standing(formset, number)
        row.note = note(row, showing.get(place), reading.retracted)
        drawn.places[place - 1].rows.append(row)
    return drawn


def number_in(form: Any) -> int | None:
    """The story of a row, as it came from the database or was understood from what somebody typed."""
    if form.is_bound:
        return getattr(form, "cleaned_data", {}).get("story")
    return form.initial.get("story")


def place_of(form: Any) -> int | None:
    written = str(form["place"].value() or "")
    return int(written) if re.fullmatch(r"[1-9]", written) and int(written) <= PLACES else None


def standing(formset: FrontFormSet, number: int | None) -> Slot | None:
    """The slot in which the story stands now, wherever its row wants it."""
    return next((s for s in formset.ahead if s.article_id == number and s.live_from <= formset.now), None)


def note(row: Row, stand: Stand | None, retracted: Collection[int]) -> str:
    """Why readers see something else in the place of the row's slot, or what they see where it has none."""
    if not row.slot and not row.story:
        return (
            f"Empty: the newest stands here, now “{stand.edition.headline}”."
            if stand
            else "Empty, and no story is left for it."
        )
    if not row.slot or (stand and stand.slot and stand.slot.pk == row.slot.pk):
        return ""
    instead = f" Here stands now “{stand.edition.headline}”." if stand else ""
    if row.slot.article_id in retracted:
        return f"Retracted.{instead}"
    if not row.story or not row.story.edition or row.story.waits:
        return f"Readers do not see it.{instead}"
    return f"It has made way.{instead}" if stand and not stand.slot else f"Another stands before it.{instead}"


def seen(ahead: Sequence[Slot]) -> str:
    """The slots that a form was drawn from, with their ends, so that a later save can tell what changed since."""
    return " ".join(f"{slot.pk}-{int(slot.live_until.timestamp()) if slot.live_until else 0}" for slot in ahead)


def changed(before: str, ahead: Sequence[Slot], now: datetime) -> list[str]:
    """What others changed since a form was drawn, a sentence each."""
    known = {int(pk): int(until) for pk, until in UNTIL.findall(before[:4000])}
    ends = {slot.pk: int(slot.live_until.timestamp()) if slot.live_until else 0 for slot in ahead}
    gone = Slot.objects.filter(pk__in=known.keys() - ends.keys())
    fresh = [slot for slot in ahead if slot.pk not in known]
    stories = stories_of([slot.article_id for slot in [*ahead, *gone]], now)

    def named(slot: Slot) -> str:
        return f"“{stories[slot.article_id].headline}”"

    # A row that changes is ended and begun anew: the same story in the same place has not gone and come.
    before_it = {(slot.article_id, slot.place): slot for slot in gone}
    anew = {(slot.article_id, slot.place): slot for slot in fresh}
    told = [f"{named(slot)} is in place {slot.place} no more" for key, slot in before_it.items() if key not in anew]
    for key, slot in anew.items():
        keeps = f"keeps place {slot.place}{otherwise(before_it[key], slot)}" if key in before_it else ""
        told.append(f"{named(slot)} {keeps or f'has place {slot.place}'}{hours(slot, now)}")
    for slot in ahead:
        if slot.pk in known and known[slot.pk] != ends[slot.pk]:
            told.append(f"{named(slot)} keeps place {slot.place}{hours(slot, now) or ' without end'}")
    return [sentence.rstrip(".") + "." for sentence in told]  # a time ends with p.m.


def otherwise(old: Slot, slot: Slot) -> str:
    """How a story stands in its place now: ", with other words, now pinned"."""
    words = ", with other words" if (old.headline, old.kicker) != (slot.headline, slot.kicker) else ""
    return words + ("" if old.pinned == slot.pinned else ", now pinned" if slot.pinned else ", pinned no more")


def hours(slot: Slot, now: datetime) -> str:
    """from Nov. 24, 2026, 5 p.m. until Nov. 25, 2026, noon; "" for a slot that stands without end."""
    start = f" from {Moment(slot.live_from).full}" if slot.live_from > now else ""
    return start + (f" until {Moment(slot.live_until).full}" if slot.live_until else "")
