"""The front whatever stands in its slots: properties that hold of every arrangement, and of what the database says.

The pure part is asked often, with stories made of nothing; the page's own reading is asked less often, with stories in
every state.
"""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import document
from articles.models import Edition, Slot
from articles.models.front import PLACES
from articles.pages.arrangement import Arrangement, arranged
from articles.pages.front import read
from articles.pages.visit import Visit
from articles.publishing import correct, redact, schedule, update, withdraw
from tests.factories import PRINTED, make_article, make_column, make_user, published

NOW = datetime(2031, 3, 10, 13, 0, tzinfo=UTC)
COLUMNS = (1, 2, 3)
FAST = 1
hours = st.integers(-6, 6).map(lambda n: timedelta(hours=n))


def slots_of(articles: list[int], now: datetime):
    """Slots as the database keeps them: by number; none ends before it begins, nor was taken after it shows.

    Few stories and few places are taken by many of them: it is there that they meet.
    """
    one = st.builds(
        lambda article, place, pinned, start, lasts, before: Slot(
            article_id=article,
            place=place,
            pinned=pinned,
            since=now + start - abs(before),
            live_from=now + start,
            live_until=None if lasts is None else now + start + abs(lasts),
        ),
        st.sampled_from(articles[:3]) | st.sampled_from(articles),
        st.integers(1, 2) | st.integers(1, PLACES),
        st.booleans(),
        hours,
        st.none() | hours,
        hours,
    )
    return st.lists(one, max_size=12).map(numbered)


def numbered(slots: list[Slot]) -> list[Slot]:
    """Without those that a constraint of the table refuses beside an earlier one."""
    kept: list[Slot] = []
    for slot in slots:
        begins = [other for other in kept if (other.place, other.live_from) == (slot.place, slot.live_from)]
        endless = [other for other in kept if other.article_id == slot.article_id and other.live_until is None]
        if not begins and not (slot.live_until is None and endless):
            kept.append(slot)
    for number, slot in enumerate(kept, 1):
        slot.pk = number
    return kept


def newest_first(editions) -> list[Edition]:
    return sorted(editions, key=lambda edition: (edition.first_published_at, edition.pk), reverse=True)


def standing(slots: list[Slot], moment: datetime) -> list[Slot]:
    return [
        slot for slot in slots if slot.live_from <= moment and (slot.live_until is None or moment < slot.live_until)
    ]


def in_front(slots: list[Slot], showable: set[int]) -> dict[int, Slot]:
    """The slot that has each place: put there last, of a story that may be shown and has no place above."""
    held: dict[int, Slot] = {}
    for place in range(1, PLACES + 1):
        others = {slot.article_id for slot in held.values()}
        may = [slot for slot in slots if slot.place == place and slot.article_id in showable - others]
        if may:
            held[place] = max(may, key=lambda slot: (slot.since, slot.pk))
    return held


def hold(front: Arrangement, slots: list[Slot], seen: list[Edition], showable: set[int], fast: int | None) -> None:
    """`slots` stand at the moment, `seen` is every edition that readers see, `showable` the stories for a slot."""
    places = [stand.place for stand in front.places]
    assert places == sorted(set(places)), "a place is filled twice, or stands out of order"
    assert set(places) <= set(range(1, PLACES + 1))
    shown = [edition.article_id for edition in front.editions()]
    assert len(shown) == len(set(shown)), "a story stands twice"
    assert {edition.pk for edition in front.editions()} <= {edition.pk for edition in seen}, "not to be seen"

    held = in_front(slots, showable)
    stands = {stand.place: stand for stand in front.places}
    for place, slot in held.items():
        if slot.pinned:
            assert stands[place].edition.article_id == slot.article_id, "a pinned story lost its place"
    for place, stand in stands.items():
        assert stand.slot is None or stand.slot == held[place], "another slot is in front"

    # From the top: in a place that no slot fills stands the newest that has no other, and none is left empty.
    taken = {slot.article_id for slot in held.values()}
    for place in range(1, PLACES + 1):
        if place == 2:
            taken |= {edition.article_id for edition in front.log}
        left = [edition for edition in newest_first(seen) if edition.article_id not in taken]
        stand = stands.get(place)
        if stand is None:
            assert not left, "a place is empty, and a story was there"
            assert place not in held
        elif stand.slot is None:
            assert stand.edition.pk == left[0].pk, "not the newest"
            if slot := held.get(place):
                assert left[0].first_published_at > slot.since, "it made way for nothing newer"
            taken.add(stand.edition.article_id)
        elif not stand.slot.pinned and left:
            assert left[0].first_published_at <= stand.slot.since, "it did not make way"
    assert all(edition.column_id == fast for edition in front.log)
    assert all(edition.column_id == pk for pk, section in front.sections.items() for edition in section)


def told(front: Arrangement) -> tuple:
    """What stands where, to compare."""
    places = [(stand.place, stand.edition.pk, stand.slot and stand.slot.pk) for stand in front.places]
    sections = [(pk, [edition.pk for edition in section]) for pk, section in front.sections.items()]
    return places, [edition.pk for edition in front.log], sections


@st.composite
def newsrooms(draw):
    """(editions that readers see, stories that a slot may show, slots)."""
    articles = list(range(1, draw(st.integers(0, 25)) + 1))
    seen = [
        Edition(
            pk=draw(st.integers(1, 9)) * 100 + article,
            article_id=article,
            column_id=draw(st.sampled_from(COLUMNS)),
            first_published_at=NOW + draw(hours),
        )
        for article in articles
    ]
    showable = {article for article in articles if draw(st.integers(0, 4))}
    # And of stories that nobody sees.
    return seen, showable, draw(slots_of([*articles, 98, 99], NOW))


@given(newsroom=newsrooms(), fast=st.sampled_from([FAST, None]), dice=st.randoms(use_true_random=False))
def test_every_arrangement_keeps_the_rules_in_whatever_order_the_rows_come(newsroom, fast, dice: random.Random):
    seen, showable, slots = newsroom
    answers = []
    for _ in range(2):
        dice.shuffle(seen)
        dice.shuffle(slots)
        flow = newest_first(seen)
        front = arranged(
            sorted(standing(slots, NOW), key=lambda slot: (slot.place, -slot.since.timestamp(), -slot.pk)),
            {edition.article_id: edition for edition in seen if edition.article_id in showable},
            flow,
            {column: [edition for edition in flow if edition.column_id == column] for column in COLUMNS},
            fast,
        )
        hold(front, standing(slots, NOW), seen, showable, fast)
        answers.append(told(front))
    assert answers[0] == answers[1]


class TestThePage(TestCase):
    """The same of what the page reads from the database, at any moment."""

    @classmethod
    def setUpTestData(cls):
        now = cls.now = timezone.now()
        fast, slow = make_column(), make_column("World", shows="cards")
        live = published(9, column=fast) + published(4, column=slow)
        live += published(2, column=slow, printed=now - timedelta(hours=3))
        update(live[2].article)
        withdraw(live[3].article, reason="It was wrong.")
        withdraw(live[4].article, at=now + timedelta(hours=2), reason="It was wrong.")
        redact(live[5], reason="court order")
        correct(live[6].article, kind="retraction", note="It was made up.")
        correct(live[7].article, kind="retraction", note="It was made up.")
        correct(live[7].article, note="It was not.")
        waiting = [make_article(column=slow), make_article()]
        for number, article in enumerate(waiting, 1):
            schedule(article, at=now + timedelta(hours=number))
        cls.articles = [edition.article_id for edition in live] + [each.pk for each in waiting] + [make_article().pk]
        cls.marek = make_user("marek", "Editors")
        assert now > PRINTED

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(data=st.data(), later=st.integers(-1, 5), dice=st.randoms(use_true_random=False))
    def test_keeps_the_rules_at_any_moment(self, data, later, dice):
        moment = self.now + timedelta(hours=later, minutes=5)
        slots = data.draw(slots_of(self.articles, self.now))
        answers = []
        for _ in range(2):
            dice.shuffle(slots)
            Slot.objects.all().delete()
            Slot.objects.bulk_create(slots)
            answers.append(told(self.look(slots, moment)))
        assert answers[0] == answers[1]

    def look(self, slots: list[Slot], moment: datetime) -> Arrangement:
        visit = Visit.__new__(Visit)
        visit.moment = moment
        rows = list(Slot.objects.standing_at(moment).in_order())
        reading = read(visit, rows)
        seen = [
            edition
            for edition in Edition.objects.filter(redacted_at=None)
            if edition.live_from <= moment and (edition.live_until is None or moment < edition.live_until)
        ]
        retracted = {each.article_id for each in seen if document.from_json(each.document).retraction()}
        showable = {edition.article_id for edition in seen} - retracted
        fast = make_column().pk
        hold(reading.arrangement, standing(slots, moment), seen, showable, fast)
        river = {edition.article_id for edition in reading.river}
        assert river | reading.arrangement.articles() == {edition.article_id for edition in seen}
        assert not river & reading.arrangement.articles()
        return reading.arrangement


def test_the_rules_can_be_broken():
    """Each of these arrangements is wrong, and is found out."""
    one, two = (Edition(pk=n, article_id=n, column_id=1, first_published_at=NOW + timedelta(hours=n)) for n in (1, 2))
    slot = Slot(pk=1, article_id=1, place=1, pinned=True, since=NOW, live_from=NOW)
    right = arranged([slot], {1: one}, [two, one], {1: [two, one]}, None)
    hold(right, [slot], [one, two], {1}, None)
    for front, slots, seen in (
        (arranged([], {}, [two, one], {1: []}, None), [slot], [one, two]),  # the pinned one is not there
        (arranged([], {}, [one, two], {1: []}, None), [], [one, two]),  # not the newest
        (right, [slot], [one]),  # one that nobody sees
        (Arrangement(places=right.places * 2), [slot], [one, two]),
        (Arrangement(), [], [one]),
    ):
        with pytest.raises((AssertionError, KeyError)):
            hold(front, slots, seen, {1}, None)
