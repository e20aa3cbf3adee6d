"""Vera empties an edition for legal reasons; nobody else does."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.test import Client

from articles.models import Edition
from tests.factories import make_photo, make_tweet, make_user, published

pytestmark = pytest.mark.django_db


def record(edition: Edition) -> str:
    return f"/admin/articles/edition/{edition.pk}/change/"


def redaction(edition: Edition) -> str:
    return f"/admin/articles/edition/{edition.pk}/redact/"


@pytest.fixture
def edition(db) -> Edition:
    return published(headline="The Name of a Witness", body="<p>Her name was printed.</p>")[0]


def test_it_works(at_desk, edition):
    vera = at_desk("vera", "Managing editors")
    assert redaction(edition) in vera.get(record(edition)).content.decode()
    vera.post(redaction(edition), {"reason": "A court said so."})
    edition.refresh_from_db()
    assert edition.redacted_at
    assert (edition.headline, edition.body, edition.document) == ("", "", {})
    page = vera.get(record(edition)).content.decode()
    assert "Redacted. A court said so." in page
    assert "Her name" not in page
    assert redaction(edition) not in page


def test_a_redaction_is_in_the_log_without_what_it_took_away(at_desk, edition):
    at_desk("vera", "Managing editors").post(redaction(edition), {"reason": "A court said so."})
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_id) == ("vera", str(edition.pk))
    assert "A court said so." in entry.change_message
    assert "Witness" not in entry.object_repr


def test_a_redaction_says_why(at_desk, edition):
    response = at_desk("vera", "Managing editors").post(redaction(edition), {"reason": "  "})
    assert "Say why" in str(next(iter(get_messages(response.wsgi_request))))
    edition.refresh_from_db()
    assert edition.redacted_at is None


@pytest.mark.parametrize("group", ["Editors", "Reporters", "Picture desk", "Tag staff"])
def test_nobody_else_redacts(at_desk, edition, group):
    desk = at_desk("marek", group)
    assert redaction(edition) not in desk.get(record(edition)).content.decode()
    assert desk.post(redaction(edition), {"reason": "x"}).status_code == 403
    edition.refresh_from_db()
    assert edition.redacted_at is None


def test_a_redaction_is_asked_by_post_and_with_the_token(at_desk, edition):
    assert at_desk("vera", "Managing editors").get(redaction(edition)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("mona", "Managing editors"))
    assert strict.post(redaction(edition), {"reason": "x"}).status_code == 403
    edition.refresh_from_db()
    assert edition.redacted_at is None


def test_a_second_redaction_is_refused_in_words(at_desk, edition):
    vera = at_desk("vera", "Managing editors")
    for _ in range(2):
        response = vera.post(redaction(edition), {"reason": "A court said so."})
    assert "redacted before" in " ".join(map(str, get_messages(response.wsgi_request)))
    assert LogEntry.objects.count() == 1


def test_an_edition_is_read_as_it_was_frozen(at_desk):
    photo, tweet = make_photo(file=True), make_tweet(text="All berths closed.")
    body = f'<p>Kept words.</p><news-tweet data-id="{tweet.pk}"></news-tweet>'
    (edition,) = published(body=body, lead_photo=photo, lead_caption="At dusk")
    tweet.text = "Open again."
    tweet.save()
    page = at_desk("pia", "Picture desk").get(record(edition)).content.decode()
    for words in ["Kept words.", "All berths closed.", "At dusk", f"{photo.sha256}.jpg"]:
        assert words in page
    assert "Open again." not in page
