"""An old edition printed again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Edition, Errand
from articles.publishing import (
    PublishingError,
    again,
    cancel,
    correct,
    embargo,
    publish,
    redact,
    schedule,
    undo,
    update,
    withdraw,
)
from tests.factories import make_article, make_photo, make_user, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def replaced(clock, **saved) -> tuple[Edition, Edition]:
    """A story that says something else by now."""
    (first,) = published(headline="Before", body="<p>Before.</p>")
    clock.shift(timedelta(hours=1))
    article = first.article
    for name, value in ({"headline": "After", "body": "<p>After.</p>"} | saved).items():
        setattr(article, name, value)
    article.save()
    second = update(article)
    clock.shift(timedelta(hours=1))
    return first, second


def test_it_works(clock):
    marek = make_user("marek", "Editors")
    first, second = replaced(clock)
    article = first.article
    version = article.version
    third = again(first, by=marek, reason="The newer text was a rehearsal.")
    assert (third.number, third.kind, third.made_by) == (3, "reprint", marek)
    assert third.reason == "The newer text was a rehearsal."
    assert (third.headline, third.body) == ("Before", first.body)
    assert article.editions.seen_at(timezone.now()).get() == third
    second.refresh_from_db()
    assert second.live_until == third.live_from
    assert third.updated_at == timezone.now()  # readers are told
    # The desk's text is as it was.
    row = Article.objects.get(pk=article.pk)
    assert (row.headline, row.version, row.stage) == ("After", version, article.stage)


def test_credits_are_todays_and_purges_follow(clock):
    photo = make_photo()
    (first,) = published(lead_photo=photo)
    clock.shift(timedelta(hours=1))
    update(first.article)
    photo.credit.credit_line = "Another Hand"
    photo.credit.save()
    Errand.objects.all().delete()
    clock.shift(timedelta(hours=1))
    third = again(first, reason="x")
    assert third.document["lead"]["credit_line"] == "Another Hand"
    keys = {key for errand in Errand.objects.filter(kind="purge") for key in errand.payload["keys"]}
    assert {f"article-{first.article_id}", f"photo-{photo.pk}"} <= keys


def test_notes_and_the_address_stay(clock):
    (first,) = published()
    article = first.article
    clock.shift(timedelta(hours=1))
    article.slug = "second-name"
    article.save()
    correct(article, note="An earlier version gave the wrong pier.")
    clock.shift(timedelta(hours=1))
    third = again(first, reason="x")
    assert [note["text"] for note in third.document["corrections"]] == ["An earlier version gave the wrong pier."]
    assert third.path.endswith("/second-name/")


def test_what_waits_is_cancelled_and_a_planned_end_stays(clock):
    first, _ = replaced(clock)
    end = timezone.now() + timedelta(days=3)
    withdraw(first.article, at=end, reason="x")
    waiting = schedule(first.article, at=timezone.now() + timedelta(days=1))
    third = again(first, reason="x")
    waiting.refresh_from_db()
    assert waiting.cancelled
    assert third.live_until == end


def test_a_withdrawn_story_comes_back_with_it(clock):
    first, _ = replaced(clock)
    withdraw(first.article, reason="x")
    clock.shift(timedelta(hours=1))
    third = again(first, reason="It was right after all.")
    assert first.article.editions.seen_at(timezone.now()).get() == third
    assert third.live_until is None
    assert third.first_published_at == first.first_published_at


def test_it_is_not_undone_but_gone_back_from(clock):
    first, second = replaced(clock)
    clock.shift(timedelta(hours=1))
    third = again(first, reason="x")
    clock.shift(timedelta(seconds=3))
    with pytest.raises(PublishingError, match="nothing to undo"):
        undo(third)
    assert again(second, reason="y").headline == "After"


def test_what_is_refused(clock):
    first, second = replaced(clock)
    article = first.article
    with pytest.raises(PublishingError, match="Say why"):
        again(first, reason="  ")
    with pytest.raises(PublishingError, match="Readers see edition 2 now"):
        again(second, reason="x")
    waiting = schedule(article, at=timezone.now() + timedelta(days=1))
    with pytest.raises(PublishingError, match="No reader saw edition 3"):
        again(waiting, reason="x")
    cancel(article)
    with pytest.raises(PublishingError, match="No reader saw edition 3"):
        again(waiting, reason="x")
    redact(first, reason="A court said so.")
    with pytest.raises(PublishingError, match="was redacted"):
        again(first, reason="x")
    assert article.editions.count() == 3


def test_a_retracted_story_does_not_come_back_by_this_door(clock):
    first, _ = replaced(clock)
    correct(first.article, kind="retraction", note="Nothing of it was true.")
    clock.shift(timedelta(hours=1))
    with pytest.raises(PublishingError, match="retracted"):
        again(first, reason="x")


def test_nor_one_that_nobody_may_see():
    """By the clock on the wall, as the database has no other."""
    first = publish(make_article())
    update(first.article)
    withdraw(first.article, reason="x")
    embargo(first.article, timezone.now() + timedelta(days=1))
    with pytest.raises(PublishingError, match="embargo"):
        again(first, reason="x")


def test_a_first_publication_that_was_undone_is_not_printed_again(clock):
    edition = publish(make_article())
    undo(edition)
    with pytest.raises(PublishingError, match="No reader saw"):
        again(edition, reason="x")
