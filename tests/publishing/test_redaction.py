"""Redacting: what goes with an edition, what is printed without its note, and what remains is told."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone

from articles import publishing
from articles.models import Edition
from articles.publishing import PublishingError
from tests.factories import make_article, make_user
from tests.publishing.conftest import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def seen(article) -> Edition | None:
    return article.editions.seen_at(timezone.now()).first()


def rewrite(article, headline: str, text: str) -> None:
    article.headline, article.body = headline, text
    article.save()


@pytest.fixture
def taken_back(clock):
    """Published, updated and undone: edition 3 prints edition 1 again."""
    article = make_article("Undertone", body="<p>Her name was Undertone Vale.</p>")
    publishing.publish(article)
    clock.shift(HOUR)
    rewrite(article, "Quiet", "<p>Her name is not told.</p>")
    publishing.undo(publishing.update(article))
    clock.shift(HOUR)
    return article


def test_a_reprint_says_the_same_and_goes_with_it(taken_back, client):
    first, _, third = taken_back.editions.order_by("number")
    assert "Undertone Vale" in client.get(third.path).text
    told = publishing.redact(first, reason="A court said so.")
    assert [each.number for each in told.emptied] == [1, 3]
    assert (told.withdrawn, told.remaining, told.in_working_copy) == (True, [], 0)
    assert "Undertone" not in str(list(taken_back.editions.values()))
    assert client.get(third.path).status_code == 410
    assert seen(taken_back) is None


def test_what_a_reprint_was_made_from_goes_with_it_too(taken_back):
    third = taken_back.editions.get(number=3)
    assert [each.number for each in publishing.redact(third, reason="x").emptied] == [1, 3]


def test_an_edition_in_other_words_stays_where_it_is(taken_back):
    second = taken_back.editions.get(number=2)
    assert [each.number for each in publishing.redact(second, reason="x").emptied] == [2]
    assert seen(taken_back).number == 3


@pytest.fixture
def corrected(clock):
    """Edition 2 came with a note, which edition 3 carries and readers see."""
    article = make_article("As it was", body="<p>One.</p><p>Two.</p>")
    publishing.publish(article)
    clock.shift(HOUR)
    publishing.correct(article, note="Undertone was named.")
    clock.shift(HOUR)
    rewrite(article, "As it is", "<p>Two.</p><p>Three.</p>")
    publishing.update(article)
    clock.shift(HOUR)
    return article


def test_a_redacted_note_leaves_what_readers_see(corrected, client):
    path = seen(corrected).path
    pages = (path, f"{path}history/", "/corrections/", "/search/?q=undertone")
    assert "Undertone" in client.get(path).text
    told = publishing.redact(corrected.editions.get(number=2), reason="x")
    assert [each.number for each in told.anew] == [4]
    assert (seen(corrected).number, seen(corrected).headline) == (4, "As it is")
    for page in pages:
        assert "Undertone" not in client.get(page).content.decode().replace("q=undertone", "")
    assert seen(corrected).document["corrections"] == []


def test_a_waiting_edition_loses_the_note_too_and_keeps_its_hour(corrected):
    waiting = publishing.schedule(corrected, at=NOON + timedelta(days=1))
    publishing.redact(corrected.editions.get(number=2), reason="x")
    (later,) = corrected.editions.waiting(timezone.now())
    assert (later.live_from, later.document["corrections"]) == (waiting.live_from, [])
    assert seen(corrected).document["corrections"] == []
    assert seen(corrected).live_until == later.live_from


def test_what_remains_is_told_before_and_after(corrected):
    second = corrected.editions.get(number=2)
    expected = [(1, 3, False), (3, 1, True)]
    assert [(each.edition.number, each.passages, each.note) for each in publishing.repeats(second)] == expected
    told = publishing.redact(second, reason="x")
    assert [(each.edition.number, each.passages, each.note) for each in told.remaining] == expected
    assert told.in_working_copy == 1


def test_others_are_redacted_with_it_when_asked(corrected):
    first, second, third = corrected.editions.order_by("number")
    told = publishing.redact(second, reason="x", also=[first, third])
    assert [each.number for each in told.emptied] == [1, 2, 3]
    assert (told.remaining, told.withdrawn, told.anew) == ([], True, [])
    assert seen(corrected) is None
    assert "Undertone" not in str(list(corrected.editions.values()))


def test_a_retraction_is_not_lifted_by_losing_its_notice(clock):
    article = make_article("It happened")
    publishing.publish(article)
    clock.shift(HOUR)
    notice = publishing.correct(article, kind="retraction", note="It did not.")
    clock.shift(HOUR)
    publishing.update(article)
    with pytest.raises(PublishingError, match="notice of this retraction"):
        publishing.redact(notice, reason="x")
    assert seen(article).number == 3
    publishing.redact(notice, reason="x", also=[seen(article)])
    assert seen(article) is None


def test_redacting_what_was_retracted_leaves_the_notice(clock):
    article = make_article("It happened")
    first = publishing.publish(article)
    clock.shift(HOUR)
    publishing.correct(article, kind="retraction", note="It did not.")
    clock.shift(HOUR)
    publishing.redact(first, reason="x")
    assert seen(article).number == 2


def test_the_working_copy_keeps_its_words_and_loses_its_approval(clock):
    article = make_article(body="<p>Undertone.</p>")
    edition = publishing.publish(article, by=make_user("marek", "Editors"))
    told = publishing.redact(edition, reason="x")
    article.refresh_from_db()
    assert (article.stage, article.approved_version, article.approved_by) == ("review", None, None)
    assert told.in_working_copy == 2


def test_the_log_forgets_the_headline_and_the_note(corrected):
    vera, second = make_user("vera", "Managing editors"), corrected.editions.get(number=2)
    LogEntry.objects.log_actions(vera.pk, [second], CHANGE, "Looked at.")
    LogEntry.objects.log_actions(
        vera.pk, [corrected], CHANGE, "Edition 2 is live with a correction: Undertone was named."
    )
    LogEntry.objects.filter(object_id=str(corrected.pk)).update(object_repr="As it was")
    other = make_article("As it was")
    LogEntry.objects.log_actions(vera.pk, [other], CHANGE, "Saved.")
    publishing.redact(second, reason="x")
    kept = [(each.object_repr, each.change_message) for each in LogEntry.objects.order_by("pk")]
    assert kept == [
        ("redacted", "Looked at."),
        ("redacted", "Edition 2 is live with a correction: redacted"),
        ("As it was", "Saved."),
    ]
