"""All verbs in any order, with schedules: one edition at a time, and the past never changes."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import publishing
from articles.models import Article, Edition
from articles.publishing import PublishingError
from tests.factories import make_article, make_photo

# In the future: the database guards the record by its own clock.
START = datetime(2031, 3, 8, 12, 0, tzinfo=UTC)
minutes = st.integers(min_value=1, max_value=600)
step = st.one_of(
    st.tuples(st.just("wait"), minutes),
    st.tuples(st.just("edit"), st.just(0)),
    st.tuples(st.just("fix credit"), st.just(0)),
    st.tuples(st.just("publish"), st.just(0)),
    st.tuples(st.just("update"), st.just(0)),
    st.tuples(st.just("correct"), st.just(0)),
    st.tuples(st.just("schedule"), minutes),
    st.tuples(st.just("cancel"), st.just(0)),
    st.tuples(st.just("withdraw"), st.just(0)),
    st.tuples(st.just("plan withdrawal"), minutes),
    st.tuples(st.just("reprint"), st.just(0)),
    st.tuples(st.just("redact"), minutes),
    st.tuples(st.just("publish and think again"), st.just(0)),
    st.tuples(st.just("update and think again"), st.just(0)),
    st.tuples(st.just("embargo"), minutes),
)


def act(article, name: str, number: int, clock) -> None:
    """One step of a story's life; what the state does not allow is refused and changes nothing."""
    later = timezone.now() + timedelta(minutes=number)
    match name:
        case "edit":
            article.headline = f"{article.headline[:40]}."
            article.save()
        case "fix credit":
            credit = article.lead_photo.credit
            credit.credit_line = f"{credit.credit_line[:40]}."
            credit.save()
        case "publish":
            publishing.publish(article)
        case "update":
            publishing.update(article)
        case "correct":
            publishing.correct(article, note="It was wrong.")
        case "schedule":
            publishing.schedule(article, at=later)
        case "cancel":
            publishing.cancel(article)
        case "withdraw":
            publishing.withdraw(article, reason="Gone.")
        case "plan withdrawal":
            publishing.withdraw(article, reason="Later.", at=later)
        case "reprint":
            publishing.reprint(article, reason="Credit.")
        case "publish and think again" | "update and think again":
            edition = publishing.publish(article) if name.startswith("publish") else publishing.update(article)
            clock.shift(timedelta(seconds=5))
            publishing.undo(edition)
        case "embargo":
            publishing.embargo(article, later)
        case "redact":
            publishing.redact(article.editions.get(number=1 + number % max(1, article.editions.count())))


def shown(article, moment) -> dict[int, dict]:
    """What readers see at a moment: the whole document by the edition's number. At most one, or the rule is broken."""
    return dict(article.editions.seen_at(moment).values_list("number", "document"))


def same(article, before: dict[int, dict], now: dict[int, dict]) -> bool:
    """Word for word; of an edition redacted since, only that it is the same one."""
    redacted = set(article.editions.exclude(redacted_at=None).values_list("number", flat=True))
    return before.keys() == now.keys() and all(number in redacted or before[number] == now[number] for number in now)


def ends_without_cause(article) -> list[int]:
    """Editions that readers see end, though nothing follows, nobody withdrew the story and nobody redacted it."""
    seen = [edition for edition in article.editions.all() if not edition.cancelled]
    causes = {edition.live_from for edition in seen} | set(article.withdrawals.values_list("at", flat=True))
    return [edition.number for edition in seen if edition.live_until and edition.live_until not in causes]


class VerbsInAnyOrder(TestCase):
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(step, min_size=3, max_size=18))
    def test_one_edition_at_a_moment_and_a_past_that_never_changes(self, steps):
        with time_machine.travel(START, tick=False) as clock, transaction.atomic():
            article = make_article(lead_photo=make_photo())
            past: dict[datetime, dict[int, dict]] = {}
            for name, number in steps:
                moment = timezone.now()
                try:
                    with transaction.atomic():
                        act(article, name, number, clock)
                except (PublishingError, Article.DoesNotExist, Edition.DoesNotExist):
                    pass
                for then, before in past.items():
                    assert same(article, before, shown(article, then)), (name, then)
                for hours in range(0, 24, 3):
                    assert len(shown(article, moment + timedelta(hours=hours))) <= 1
                assert ends_without_cause(article) == [], name
                embargo = Article.objects.get(pk=article.pk).embargo_until
                if embargo and embargo > moment and not shown(article, moment):
                    assert not article.editions.waiting(moment).filter(live_from__lt=embargo).exists(), name
                planned = article.withdrawals.filter(at__gt=moment).values_list("at", flat=True)
                assert set(planned) <= set(article.editions.values_list("live_until", flat=True)), name
                # Some moments of the time that passes: readers who looked, and must be told the same for ever.
                clock.shift(timedelta(minutes=number if name == "wait" else 1))
                for part in (0.25, 0.5, 0.75):
                    then = moment + (timezone.now() - moment) * part
                    past[then] = shown(article, then)
            transaction.set_rollback(True)
