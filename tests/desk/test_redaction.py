"""Vera empties an edition for legal reasons; nobody else does."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from articles.models import Edition
from articles.publishing import update
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


def test_what_says_the_same_is_listed_redacted_with_it_and_what_remains_is_told(at_desk, edition):
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        article = edition.article
        article.body += "<p>And more.</p>"
        article.save()
        update(article)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        vera = at_desk("vera", "Managing editors")
        page = " ".join(vera.get(record(edition)).text.split())
        assert "Edition 2: 2 passages of it." in page
        assert "Redacting it takes the story from readers." in page
        asked = vera.post(redaction(edition), {"reason": "A court said so."})
        told = [str(each) for each in get_messages(asked.wsgi_request)]
        assert told == [
            "Edition 1 is redacted.",
            "The working copy still says 2 passages of it: it waits for approval again."
            " Edition 2 still says 2 passages of it: redact it, too, if it must not.",
        ]
        second = article.editions.get(number=2)
        vera.cookies.pop("messages", None)
        asked = vera.post(redaction(second), {"reason": "A court said so."})
        assert "Edition 2 is redacted. Readers do not see the story any more." in str(
            next(iter(get_messages(asked.wsgi_request)))
        )


def test_others_are_chosen_by_their_numbers(at_desk, edition):
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        update(edition.article)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        vera = at_desk("vera", "Managing editors")
        vera.post(redaction(edition), {"reason": "x", "also": ["2", "77", "x", "²", ""]})
        assert set(edition.article.editions.values_list("headline", flat=True)) == {""}
        assert LogEntry.objects.count() == 2


def test_a_story_that_is_closed_to_somebody_is_not_redacted_by_them(client, edition):
    tess = make_user("tess", "Reporters")
    tess.user_permissions.add(Permission.objects.get(codename="redact_article"))
    client.force_login(tess)
    assert client.post(redaction(edition), {"reason": "x"}).status_code == 403
    edition.refresh_from_db()
    assert edition.redacted_at is None


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
