"""Arranging the front: what stands ahead is ended or begun anew, what readers saw stays as it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Errand, Front, Slot
from articles.models.front import PLACES
from articles.publishing.press import PublishingError

KEY = "front"


class FrontChanged(PublishingError):
    """Somebody else arranged the front meanwhile: nothing was saved."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A story that is to stand in a place. Without `live_from` from now on, or on as it stands there."""

    article: int
    place: int
    pinned: bool = False
    live_from: datetime | None = None
    live_until: datetime | None = None
    headline: str = ""
    kicker: str = ""

    def begins(self, now: datetime) -> datetime:
        return max(self.live_from, now) if self.live_from else now

    def meets(self, other: "Wish", now: datetime) -> bool:
        """Whether there is a moment to come that belongs to the hours of both."""
        last = max(self.begins(now), other.begins(now))
        return all(each.live_until is None or each.live_until > last for each in (self, other))

    def takes_up(self, slot: Slot, now: datetime) -> bool:
        """Whether it is about the same story in the same place from the same moment, perhaps in other words."""
        same = (slot.article_id, slot.place) == (self.article, self.place)
        return same and max(slot.live_from, now) == self.begins(now)

    def is_as(self, slot: Slot, now: datetime) -> bool:
        """Whether it asks for nothing but what the slot is, save its end."""
        words = (slot.pinned, slot.headline, slot.kicker) == (self.pinned, self.headline, self.kicker)
        return words and self.takes_up(slot, now)


@dataclass(frozen=True)
class Complaint:
    """What is wrong with the wish of this number: the field, and a sentence for the editor."""

    number: int
    field: str
    said: str


@dataclass
class Changes:
    """The slots that a save leaves, ends and begins."""

    kept: list[tuple[Slot, Wish]] = field(default_factory=list)
    ended: list[Slot] = field(default_factory=list)
    begun: list[Slot] = field(default_factory=list)


def complaints(wishes: Sequence[Wish], ahead: Sequence[Slot], now: datetime) -> Iterator[Complaint]:
    """Everything wrong with an arrangement, beside the slots that stand or wait."""
    for number, wish in enumerate(wishes):
        if not 1 <= wish.place <= PLACES:
            yield Complaint(number, "place", f"The front has the places 1 to {PLACES}.")
        if wish.live_from and wish.live_from <= now and not any(wish.live_from == slot.live_from for slot in ahead):
            yield Complaint(number, "live_from", "This moment has passed: leave it empty to begin now.")
        if wish.live_until and wish.live_until <= now:
            yield Complaint(number, "live_until", "This moment has passed.")
        elif wish.live_until and wish.live_until <= wish.begins(now):
            yield Complaint(number, "live_until", "It would end before it begins.")
    for (_, one), (number, other) in combinations(enumerate(wishes), 2):
        if one.article == other.article and one.meets(other, now):
            said = f"This story has place {one.place} in these hours already. Give one of the two an end."
            yield Complaint(number, "story", said)
        elif one.place == other.place and collide(one, other, ahead, now):
            yield Complaint(number, "place", f"Two stories cannot take place {one.place} at one moment.")


def collide(one: Wish, other: Wish, ahead: Sequence[Slot], now: datetime) -> bool:
    """Whether two wishes take one place at one moment.

    One that only stays where it is does not: a story may stand before it for some hours, if these have an end.
    """
    if one.begins(now) != other.begins(now):
        return False
    comes = [wish for wish in (one, other) if not any(wish.takes_up(slot, now) for slot in ahead)]
    return len(comes) == 2 or any(wish.live_until is None for wish in comes)


def arrange(wishes: Sequence[Wish], *, version: int, by=None) -> int:
    """Make the front from now on what the wishes say, all of them together. Returns its new version.

    `version` is that of the arrangement that the editor saw. Raises FrontChanged when it is not the newest, and
    PublishingError for an arrangement that cannot be.
    """
    with transaction.atomic():
        Front.current()
        mine = Front.objects.filter(pk=1, version=version)
        # The UPDATE that changed one row is the whole lock.
        if not mine.update(version=F("version") + 1, changed_by=by, changed_at=timezone.now()):
            raise FrontChanged("The front was arranged anew meanwhile.")
        now = timezone.now()
        ahead = list(Slot.objects.ahead(now).select_for_update())
        for complaint in complaints(wishes, ahead, now):
            raise PublishingError(complaint.said)
        changes = compared(wishes, ahead, now, by)
        moments = carried_out(changes, now)
        if moments:
            Errand.objects.purge([KEY], now, *moments)
    return version + 1


def compared(wishes: Sequence[Wish], ahead: Sequence[Slot], now: datetime, by) -> Changes:
    """Which slots stay, which end and which begin."""
    changes, left = Changes(), list(ahead)
    fresh = []
    for wish in wishes:
        slot = next((slot for slot in left if wish.is_as(slot, now)), None)
        if slot:
            left.remove(slot)
            changes.kept.append((slot, wish))
        else:
            fresh.append(wish)
    changes.ended = left
    changes.begun = [begun(wish, left, now, by) for wish in fresh]
    return changes


def planned(wishes: Sequence[Wish], ahead: Sequence[Slot], now: datetime, moment: datetime) -> list[Slot]:
    """The slots that would stand at a moment to come if the front were arranged so, in order; nothing is written."""
    changes = compared(wishes, ahead, now, None)
    for slot, wish in changes.kept:
        slot.live_until = wish.live_until
    slots = [*sorted((slot for slot, _ in changes.kept), key=lambda slot: slot.pk), *changes.begun]
    # As `in_order` does: of several in one place, the one put there last is in front; the unsaved came last of all.
    last_first = sorted(enumerate(slots), key=lambda each: (each[1].since, each[0]), reverse=True)
    standing = [slot for _, slot in last_first if stands(slot, moment)]
    return sorted(standing, key=lambda slot: slot.place)


def stands(slot: Slot, moment: datetime) -> bool:
    return slot.live_from <= moment and (slot.live_until is None or slot.live_until > moment)


def begun(wish: Wish, ended: Sequence[Slot], now: datetime, by) -> Slot:
    """The slot of a wish; it keeps the time at which the story took the place when only its words are new."""
    start = wish.begins(now)
    since = next((slot.since for slot in ended if wish.takes_up(slot, now)), start)
    return Slot(
        article_id=wish.article,
        place=wish.place,
        pinned=wish.pinned,
        headline=wish.headline,
        kicker=wish.kicker,
        since=min(since, start),
        live_from=start,
        live_until=wish.live_until,
        made_by=by,
    )


def carried_out(changes: Changes, now: datetime) -> set[datetime]:
    """Write the changes; the moments at which the front now looks otherwise than it would have, empty for none."""
    moments: set[datetime] = set()
    for slot in changes.ended:
        slot.live_until = max(now, slot.live_from)
        slot.save(update_fields=["live_until"])
        moments.add(now)
    for slot, wish in changes.kept:
        if slot.live_until != wish.live_until:
            slot.live_until = wish.live_until
            slot.save(update_fields=["live_until"])
            moments.update({now, slot.live_until or now})
    for slot in changes.begun:
        slot.save(force_insert=True)
        moments.update({slot.live_from, slot.live_until or now})
    return moments
