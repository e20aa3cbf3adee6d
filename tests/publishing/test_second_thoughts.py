"""Ten seconds to take a publication back, and embargoes that move what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Address, Correction, Errand
from articles.publishing import PublishingError
from articles.publishing.story import GRACE, UNDO
from tests.factories import PRINTED, make_article, make_user
from tests.publishing.conftest import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def seen(article, moment=None):
    return article.editions.seen_at(moment or timezone.now()).first()


def publish_and_wait(article, clock, seconds=4):
    edition = publishing.publish(article)
    clock.shift(seconds)
    return edition


def test_a_first_publication_taken_back_leaves_no_story_and_a_free_address(clock, client):
    article = make_article("Is the Harbor Open?")
    edition = publish_and_wait(article, clock)
    assert client.get(edition.path).status_code == 200
    assert publishing.undo(edition) is None
    assert client.get(edition.path).status_code == 404
    assert (seen(article), edition.cancelled, article.editions.count()) == (None, True, 1)
    assert not Address.objects.filter(path=edition.path).exists()
    article.refresh_from_db()
    assert (article.first_published_at, article.stage) == (None, "draft")
    other = publishing.publish(make_article("Is the Harbor Open?"))
    assert other.path == edition.path
    clock.shift(HOUR)
    again = publishing.publish(article)
    assert (again.number, again.first_published_at) == (2, NOON + timedelta(seconds=4) + HOUR)


def test_a_printed_time_that_was_typed_stays_typed(clock):
    article = make_article()
    publishing.undo(publishing.publish(article, first_published_at=PRINTED))
    article.refresh_from_db()
    assert article.first_published_at == PRINTED


def test_an_update_taken_back_prints_the_edition_before_it_again(clock, client):
    article = make_article("Before", body="<p>Old words.</p>")
    first = publishing.publish(article)
    clock.shift(HOUR)
    article.headline, article.body = "After", "<p>New words.</p>"
    article.save()
    second = publishing.update(article)
    clock.shift(timedelta(seconds=9))
    third = publishing.undo(second, by=make_user("marek", "Editors"))
    assert (third.number, third.kind, third.headline) == (3, "reprint", "Before")
    assert third.reason == "Edition 2 was taken back."
    assert (third.updated_at, third.first_published_at) == (first.updated_at, first.first_published_at)
    assert seen(article) == third
    page = client.get(third.path).content.decode()
    assert "Old words." in page
    assert "New words." not in page
    article.refresh_from_db()
    assert (article.headline, article.stage) == ("After", "draft")


def test_a_correction_taken_back_is_not_printed_by_a_later_edition(clock):
    article = make_article()
    publishing.publish(article)
    clock.shift(HOUR)
    publishing.undo(publishing.correct(article, note="It was never so."))
    assert not Correction.objects.exists()
    clock.shift(HOUR)
    assert publishing.update(article).document["corrections"] == []


def test_a_story_published_again_and_taken_back_is_withdrawn_as_before(clock, client):
    article = make_article()
    first = publishing.publish(article)
    clock.shift(HOUR)
    publishing.withdraw(article, reason="A source was false.")
    clock.shift(HOUR)
    again = publish_and_wait(article, clock)
    assert publishing.undo(again) is None
    answer = client.get(first.path)
    assert answer.status_code == 410
    assert "A source was false." in answer.content.decode()


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (lambda article, clock: clock.shift(16), "is out since 10 seconds"),
        (lambda article, clock: publishing.withdraw(article, reason="Gone."), "nothing to undo"),
        (lambda article, clock: (clock.shift(1), publishing.update(article)), "nothing to undo"),
        (lambda article, clock: publishing.schedule(article, at=timezone.now() + HOUR), "is planned"),
        (lambda article, clock: publishing.redact(article.editions.get(), reason="A court."), "nothing to undo"),
    ],
)
def test_what_is_too_late_or_overtaken_is_not_taken_back(clock, then, why):
    article = make_article()
    edition = publishing.publish(article)
    then(article, clock)
    with pytest.raises(PublishingError, match=why):
        publishing.undo(edition)


def test_word_goes_out_only_when_nothing_can_be_taken_back(clock, settings):
    settings.WEBSUB_HUBS = ["https://hub.example.com/"]
    publishing.publish(make_article())
    assert [errand.due_at for errand in Errand.objects.filter(kind="websub")] == [NOON + UNDO + GRACE]
    purges = Errand.objects.filter(kind="purge")
    assert {errand.due_at for errand in purges if "front" in errand.payload["keys"]} == {NOON}


def test_an_undo_is_not_undone(clock, client):
    article = make_article()
    publishing.publish(article)
    clock.shift(HOUR)
    publishing.undo(publishing.correct(article, note="It was never so."))
    clock.shift(2)
    with pytest.raises(PublishingError, match="nothing to undo"):
        publishing.undo(seen(article))
    assert "never so" not in client.get(seen(article).path).text


def test_what_waits_is_cancelled_and_not_withdrawn(clock):
    article = make_article()
    publishing.schedule(article, at=NOON + HOUR)
    for at in (None, NOON + HOUR / 2, NOON + HOUR):
        with pytest.raises(PublishingError, match="cancel it instead"):
            publishing.withdraw(article, reason="Not ours.", at=at)
    assert seen(article, NOON + HOUR)
    publishing.withdraw(article, reason="Only for an hour.", at=NOON + 2 * HOUR)
    assert article.withdrawals.count() == 1


def test_an_address_that_nobody_saw_is_free_for_another_story(clock):
    first, other = make_article("Is the Harbor Open?"), make_article("Is the Harbor Open?")
    waiting = publishing.schedule(first, at=NOON + HOUR)
    publishing.cancel(first)
    assert publishing.publish(other).path == waiting.path
    assert publishing.publish(first).path == f"{waiting.path.removesuffix('/')}-2/"


def test_an_address_freed_and_taken_by_another_does_not_stop_a_story_of_the_same_printed_time(clock):
    first, other = make_article("Is the Harbor Open?"), make_article("Is the Harbor Open?")
    path = publishing.publish(first, first_published_at=PRINTED).path
    publishing.undo(first.editions.get())
    assert publishing.publish(other, first_published_at=PRINTED).path == path
    assert publishing.publish(first).path == f"{path.removesuffix('/')}-2/"


def test_a_cancelled_change_of_address_leaves_the_old_one_current(clock, client):
    article = make_article("Is the Harbor Open?")
    live = publishing.publish(article)
    clock.shift(HOUR)
    article.slug = "another"
    article.save()
    waiting = publishing.schedule(article, at=NOON + 2 * HOUR)
    publishing.cancel(article)
    assert list(article.addresses.values_list("path", "is_current")) == [(live.path, True)]
    assert (client.get(live.path).status_code, client.get(waiting.path).status_code) == (200, 404)


def test_an_address_that_an_older_site_gave_stays(clock):
    article = make_article()
    Address.objects.create(path="/old/12.html", article=article, is_current=False)
    publishing.schedule(article, at=NOON + HOUR)
    publishing.cancel(article)
    assert list(article.addresses.values_list("path", flat=True)) == ["/old/12.html"]


def test_nothing_is_shown_before_its_embargo_ends(clock):
    article = make_article()
    publishing.embargo(article, NOON + HOUR)
    with pytest.raises(PublishingError, match="under embargo until 2031-03-03, 13:00"):
        publishing.publish(article)
    with pytest.raises(PublishingError, match="under embargo"):
        publishing.schedule(article, at=NOON + HOUR - timedelta(seconds=1))
    publishing.schedule(article, at=NOON + HOUR)
    assert seen(article, NOON + HOUR).number == 1


def test_an_embargo_that_moves_takes_what_waits_with_it(clock):
    article = make_article("As it was frozen", tags=["Ports"])
    waiting = publishing.schedule(article, at=NOON + HOUR)
    article.headline = "Half-written"
    article.save()
    (moved,) = publishing.embargo(article, NOON + 3 * HOUR)
    waiting.refresh_from_db()
    assert waiting.cancelled
    assert moved.headline == "As it was frozen"
    assert moved.live_from == moved.first_published_at == NOON + 3 * HOUR
    assert [seen(article, NOON + hours * HOUR) for hours in (1, 2)] == [None, None]
    assert seen(article, NOON + 3 * HOUR) == moved
    assert {errand.due_at for errand in Errand.objects.filter(kind="purge")} >= {NOON, NOON + 3 * HOUR}


def test_an_embargo_lifted_or_shortened_leaves_what_waits_where_it_is(clock):
    article = make_article()
    publishing.embargo(article, NOON + HOUR)
    waiting = publishing.schedule(article, at=NOON + 2 * HOUR)
    assert publishing.embargo(article, None) == []
    assert article.embargo_until is None
    assert seen(article, NOON + 2 * HOUR) == waiting


def test_what_would_have_ended_within_the_embargo_is_cancelled(clock):
    article = make_article()
    publishing.schedule(article, at=NOON + HOUR)
    publishing.withdraw(article, at=NOON + 2 * HOUR, reason="Only for an hour.")
    assert publishing.embargo(article, NOON + 3 * HOUR) == []
    assert [seen(article, NOON + hours * HOUR) for hours in range(5)] == [None] * 5
    assert not article.withdrawals.exists()


def test_what_is_out_cannot_be_held_back(clock):
    article = make_article()
    publishing.publish(article)
    with pytest.raises(PublishingError, match="too late"):
        publishing.embargo(article, NOON + HOUR)
    publishing.embargo(article, NOON - HOUR)
    publishing.withdraw(article, reason="Gone.")
    publishing.embargo(article, NOON + HOUR)
    with pytest.raises(PublishingError, match="under embargo"):
        publishing.publish(article)
