import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from articles.models import Article, Correction, Edition
from articles.publishing import publish
from tests.desk.forms import ADD, change, typed
from tests.factories import make_article, make_photo

pytestmark = pytest.mark.django_db


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def live(article: Article) -> Edition | None:
    return article.editions.seen_at(timezone.now()).first()


def test_a_new_story_is_published_in_one_press(editor):
    response = editor.post(ADD, typed(headline="Is the Harbor Open?", _publish="1"))
    edition = live(Article.objects.get())
    assert edition.number == 1
    assert edition.made_by.username == "marek"
    assert f'Edition 1 is live: <a href="{edition.path}">Is the Harbor Open?</a>' in said(response)


def test_what_was_typed_is_in_the_edition_that_update_makes(editor):
    article = make_article()
    publish(article)
    editor.post(change(article), typed(article, headline="Now It Is", _update="1"))
    assert live(article).headline == "Now It Is"
    assert live(article).number == 2


def test_a_save_changes_nothing_that_readers_see(editor):
    article = make_article(headline="Before")
    publish(article)
    editor.post(change(article), typed(article, headline="After", _continue="1"))
    assert live(article).headline == "Before"
    assert "Saved changes wait for Update" in editor.get(change(article)).content.decode()


def test_a_correction_takes_a_kind_and_a_sentence(editor):
    article = make_article()
    publish(article)
    sentence = "An earlier version gave the wrong pier."
    editor.post(
        change(article), typed(article, _correct="1", correction_kind="clarification", correction_note=sentence)
    )
    correction = Correction.objects.get()
    assert (correction.kind, correction.text) == ("clarification", sentence)
    assert live(article).kind == "correct"


def test_a_correction_without_a_sentence_is_refused_and_the_text_is_kept(editor):
    article = make_article(headline="Before")
    publish(article)
    response = editor.post(
        change(article), typed(article, headline="After", _correct="1", correction_kind="correction")
    )
    article.refresh_from_db()
    assert "Tell readers in a sentence" in said(response)
    assert article.headline == "After"
    assert live(article).headline == "Before"


def test_a_story_is_scheduled_in_the_newsrooms_zone_and_cancelled(editor):
    article = make_article()
    editor.post(change(article), typed(article, _schedule="1", schedule_at="2031-01-02T09:30"))
    edition = article.editions.get()
    assert edition.live_from == datetime(2031, 1, 2, 9, 30, tzinfo=ZoneInfo("America/New_York"))
    editor.post(change(article), typed(article, _cancel="1"))
    edition.refresh_from_db()
    assert edition.cancelled


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2031-03-09T02:30", "does not exist, or exists twice"),  # skipped when clocks go forward
        ("2031-11-02T01:30", "does not exist, or exists twice"),  # twice, when they go back
        ("tomorrow", "valid date/time"),
        ("", "“Readers see it from”: This field is required"),
        ("9999-12-31T23:59", "“Readers see it from”: Choose a moment before the end of 2099"),
        ("2100-01-01T00:00", "before the end of 2099"),
        ("0001-01-01T00:00", ""),
        ("2001-01-01T10:00", "has passed"),
    ],
)
def test_a_moment_that_cannot_be_is_asked_back(editor, moment, why):
    article = make_article()
    response = editor.post(change(article), typed(article, _schedule="1", schedule_at=moment))
    assert why in said(response)
    assert not article.editions.exists()


VERBS = {
    "_publish": {},
    "_schedule": {"schedule_at": "2032-01-02T09:30"},
    "_withdraw": {"withdrawal_reason": "The source was false."},
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_cancels_what_waits_says_so(editor, verb):
    article = make_article()
    editor.post(change(article), typed(article, _schedule="1", schedule_at="2031-01-02T09:30"))
    response = editor.post(change(article), typed(article, **{verb: "1"}, **VERBS[verb]))
    assert "The edition planned for 2031-01-02, 09:30 was cancelled." in said(response)


@pytest.mark.parametrize("verb", ["_update", "_correct"])
def test_a_change_of_a_live_article_says_which_plan_it_cancelled(editor, verb):
    article = make_article()
    publish(article)
    editor.post(change(article), typed(article, _schedule="1", schedule_at="2031-01-02T09:30"))
    note = {"correction_kind": "correction", "correction_note": "An earlier version gave the wrong pier."}
    response = editor.post(change(article), typed(article, **{verb: "1"}, **note))
    assert "The edition planned for 2031-01-02, 09:30 was cancelled." in said(response)


def test_a_reprint_keeps_the_plan_and_does_not_say_otherwise(editor):
    photo = make_photo()
    article = make_article(lead_photo=photo)
    publish(article)
    plan = {"_schedule": "1", "schedule_at": "2031-01-02T09:30"}
    editor.post(change(article), typed(article, lead_photo=str(photo.pk), **plan))
    photo.credit.credit_line = "Jane Doe/AFP"
    photo.credit.save()
    form = typed(article, lead_photo=str(photo.pk), _reprint="1", reprint_reason="Wrong name")
    assert "was cancelled" not in said(editor.post(change(article), form))
    assert article.editions.waiting(timezone.now()).count() == 1


def test_the_page_warns_while_an_edition_waits(editor):
    article = make_article()
    publish(article)
    assert "replaces it with the text on this page" not in editor.get(change(article)).content.decode()
    editor.post(change(article), typed(article, _schedule="1", schedule_at="2031-01-02T09:30"))
    page = editor.get(change(article)).content.decode()
    assert "Edition 2 waits for Jan. 2, 2031, 9:30 a.m." in page
    assert "Updating now replaces it with the text on this page." in page
    assert "correcting now replaces it with the text on this page." in page


def test_a_cancelled_edition_leads_to_its_record_and_to_no_page_of_another(editor):
    article = make_article()
    early = typed(article, body="<p>Written too early.</p>", _schedule="1", schedule_at="2031-01-02T09:30")
    editor.post(change(article), early)
    editor.post(change(article), typed(article, body="<p>In time.</p>", _publish="1"))
    page = editor.get(change(article)).content.decode()
    cancelled = article.editions.get(number=1)
    assert "Never seen: cancelled" in page
    assert page.count("?at=") == 1
    record = f"/admin/articles/edition/{cancelled.pk}/change/"
    assert record in page
    assert "Written too early." in editor.get(record).content.decode()


def test_a_withdrawal_says_why(editor):
    article = make_article()
    publish(article)
    response = editor.post(change(article), typed(article, _withdraw="1"))
    assert "Say why" in said(response)
    assert live(article)
    editor.post(change(article), typed(article, _withdraw="1", withdrawal_reason="The source was false."))
    assert live(article) is None
    assert article.withdrawals.get().reason == "The source was false."
    assert "Withdrawn." in editor.get(change(article)).content.decode()


def test_a_reprint_takes_todays_credit_and_no_draft(editor):
    photo = make_photo()
    article = make_article(headline="Before", body=f'<p>A</p><news-photo data-id="{photo.pk}"></news-photo>')
    publish(article)
    photo.credit.credit_line = "Jane Doe/AFP"
    photo.credit.save()
    editor.post(change(article), typed(article, headline="Half written", _reprint="1", reprint_reason="Wrong name"))
    edition = live(article)
    assert (edition.kind, edition.headline, edition.reason) == ("reprint", "Before", "Wrong name")
    assert "Jane Doe/AFP" in str(edition.document)


def test_the_editions_are_listed_with_their_links(editor):
    article = make_article()
    first = publish(article)
    editor.post(change(article), typed(article, headline="Second thoughts", _update="1"))
    page = editor.get(change(article)).content.decode()
    assert page.index(">2</a>") < page.index(">1</a>")
    link = re.search(rf'href="({first.path}\?at=[^"]+)">1</a>', page)[1]
    assert first.headline in editor.get(link).content.decode()
    assert "Second thoughts" not in editor.get(link).content.decode()


@pytest.mark.parametrize("verb", ["_publish", "_update", "_correct", "_schedule", "_cancel", "_withdraw", "_reprint"])
def test_a_reporter_cannot_publish_by_posting(reporter, verb):
    article = make_article(headline="Before")
    publish(article)
    said = {"correction_note": "x", "withdrawal_reason": "x", "reprint_reason": "x", "schedule_at": "2031-01-02T09:30"}
    response = reporter.post(change(article), typed(article, headline="After", **{verb: "1"}, **said))
    article.refresh_from_db()
    assert response.status_code == 403
    assert article.headline == "Before"
    assert article.editions.count() == 1
    assert live(article)


def test_a_reporter_sees_no_verbs(reporter, django_user_model):
    own = make_article(created_by=django_user_model.objects.get(username="ines"))
    page = reporter.get(change(own)).content.decode()
    assert 'name="_continue"' in page
    assert 'name="_publish"' not in page
    assert 'name="_schedule"' not in page


def test_a_new_story_of_a_reporter_is_not_published_either(reporter):
    assert reporter.post(ADD, typed(_publish="1")).status_code == 403
    assert not Article.objects.exists()


def test_the_printed_order_of_buttons_makes_enter_save(editor):
    article = make_article()
    publish(article, first_published_at=timezone.now() - timedelta(days=1))
    page = editor.get(change(article)).content.decode()
    form = page[page.index('id="article_form"') :]
    assert form.index('type="submit"') < form.index('name="_continue"') < form.index('name="_update"')
    assert form.count('type="submit"', 0, form.index('name="_continue"')) == 1
