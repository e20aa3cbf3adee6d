import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.utils import timezone

from articles.desk.buttons import BUTTONS
from articles.models import Article, Correction, Edition, Errand
from articles.publishing import publish, reprint, schedule
from media.models import Credit
from tests.desk.forms import ADD, change, typed
from tests.factories import make_article, make_photo, make_user

pytestmark = pytest.mark.django_db
LATER = "<span>Later changes do not enter it.</span>"
FROZEN = datetime(2026, 11, 1, 19, 5, tzinfo=UTC)
PLANNED = datetime(2031, 1, 2, 14, 30, tzinfo=UTC)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def live(article: Article) -> Edition | None:
    return article.editions.seen_at(timezone.now()).first()


def test_a_new_story_is_published_in_one_press(editor):
    response = editor.post(ADD, typed(headline="Is the Harbor Open?", _publish="1"))
    edition = live(Article.objects.get())
    assert edition.number == 1
    assert edition.made_by.username == "marek"
    told = said(response)
    assert f'Edition 1 is live: <a href="{edition.path}"><bdi>article</bdi></a>, <a href="/the-slatest/">' in told
    assert re.search(r"feeds</bdi></a>: [\d.]+ s\.$", told)


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
    editor.post(change(article), typed(article, _update="1", update_kind="clarification", correction_note=sentence))
    correction = Correction.objects.get()
    assert (correction.kind, correction.text) == ("clarification", sentence)
    assert live(article).kind == "correct"


def test_a_correction_without_a_sentence_is_refused_and_the_text_is_kept(editor):
    article = make_article(headline="Before")
    publish(article)
    response = editor.post(change(article), typed(article, headline="After", _update="1", update_kind="correction"))
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
        ("2031-03-09T02:30", "02:30 does not exist"),  # skipped when clocks go forward
        ("2031-11-02T01:30", "01:30 comes twice. Choose the first (EDT) or the second (EST)"),  # when they go back
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


@pytest.mark.parametrize(("which", "utc"), [("first", 5), ("second", 6)])
def test_an_hour_that_comes_twice_is_the_one_that_was_chosen(editor, which, utc):
    article = make_article()
    said_so = {"schedule_at": "2031-11-02T01:30", "schedule_at_which": which}
    editor.post(change(article), typed(article, _schedule="1", **said_so))
    assert article.editions.get().live_from == datetime(2031, 11, 2, utc, 30, tzinfo=UTC)


def test_an_hour_that_comes_once_is_itself_whatever_was_chosen(editor):
    article = make_article()
    editor.post(
        change(article), typed(article, _schedule="1", schedule_at="2031-11-02T09:30", schedule_at_which="second")
    )
    assert article.editions.get().live_from == datetime(2031, 11, 2, 14, 30, tzinfo=UTC)


def test_what_is_published_with_something_to_look_at_says_so(editor):
    plain, unfinished = make_article("All Is Said"), make_article(body="<p>More is TK.</p>")
    assert "Still to look at" not in said(editor.post(change(plain), typed(plain, _publish="1")))
    assert "Still to look at: TK is left" in said(editor.post(change(unfinished), typed(unfinished, _publish="1")))


VERBS = {
    "_publish": {},
    "_schedule": {"schedule_at": "2032-01-02T09:30"},
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_cancels_what_waits_says_so(editor, verb):
    article = make_article()
    editor.post(change(article), typed(article, _schedule="1", schedule_at="2031-01-02T09:30"))
    response = editor.post(change(article), typed(article, **{verb: "1"}, **VERBS[verb]))
    assert "The edition planned for 2031-01-02, 09:30 was cancelled." in said(response)


def test_an_undo_says_that_the_plan_of_before_stays_cancelled(editor):
    article = make_article()
    editor.post(change(article), typed(article, _schedule="1", schedule_at="2031-01-02T09:30"))
    editor.post(change(article), typed(article, _publish="1"))
    editor.cookies.pop("messages", None)
    edition = article.editions.get(number=2)
    response = editor.post(change(article), typed(article, _undo=str(edition.pk)))
    assert "What was planned for 2031-01-02, 09:30 stays cancelled: schedule it anew." in said(response)
    assert not article.editions.waiting(timezone.now()).exists()


@pytest.mark.parametrize("kind", ["update", "correction"])
def test_a_change_of_a_live_article_says_which_plan_it_cancelled(editor, kind):
    article = make_article()
    publish(article)
    editor.post(change(article), typed(article, _schedule="1", schedule_at="2031-01-02T09:30"))
    note = {"update_kind": kind, "correction_note": "An earlier version gave the wrong pier."}
    response = editor.post(change(article), typed(article, _update="1", **note))
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
    assert "updating now replaces it with the text on this page." in page


def test_a_cancelled_edition_leads_to_its_record_and_to_no_page_of_another(editor):
    article = make_article()
    early = typed(article, body="<p>Written too early.</p>", _schedule="1", schedule_at="2031-01-02T09:30")
    editor.post(change(article), early)
    editor.post(change(article), typed(article, body="<p>In time.</p>", _publish="1"))
    page = editor.get(change(article)).content.decode()
    cancelled = article.editions.get(number=1)
    assert "Never seen: cancelled" in page
    assert "?at=" not in page
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
    link = re.search(r'href="([^"]+)">1</a>', page)[1]
    assert first.headline in editor.get(link).content.decode()
    assert "Second thoughts" not in editor.get(link).content.decode()


@pytest.mark.parametrize("verb", [*BUTTONS, "_undo"])
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


def undone(client, article: Article, edition: Edition, **fields):
    client.cookies.pop("messages", None)
    return client.post(change(article), typed(article, _undo=str(edition.pk), **fields))


def test_what_was_published_is_listed_with_links_and_the_time_it_took(editor):
    article = make_article(tags=["Ports", "Strikes"])
    fields = {"tag_names": "Ports\nStrikes", "author_names": "Ines Corvald"}
    told = said(editor.post(change(article), typed(article, _publish="1", **fields)))
    page = live(article)
    for link in (page.path, "/the-slatest/", "/tag/ports/", "/tag/strikes/", "/by/ines-corvald/", "/the-slatest/feed/"):
        assert f'href="{link}"' in told
        assert editor.get(link).status_code == 200
    assert "2 tag pages (" in told


def test_a_publication_is_taken_back_and_what_was_typed_since_is_saved(editor):
    article = make_article(headline="Before")
    first = publish(article)
    page = editor.get(change(article)).content.decode()
    assert re.search(rf'name="_undo" value="{first.pk}"[^>]*data-desk-undo="\d', page)
    response = undone(editor, article, first, headline="Typed since")
    assert "Edition 1 is taken back: nobody sees the article, and its address is free." in said(response)
    article.refresh_from_db()
    assert (live(article), article.headline, article.stage) == (None, "Typed since", "draft")
    assert editor.get(first.path).status_code == 404


def test_an_undo_does_not_wait_for_a_form_that_is_not_right(editor):
    article = make_article()
    first = publish(article)
    response = undone(editor, article, first, headline="")
    assert response.status_code == 200
    assert "This field is required" in response.content.decode()
    assert live(article) is None


def test_an_update_taken_back_says_what_readers_see(editor):
    article = make_article(headline="Before")
    publish(article, first_published_at=timezone.now() - timedelta(days=1))
    editor.post(change(article), typed(article, headline="After", _update="1"))
    response = undone(editor, Article.objects.get(), live(article))
    assert "readers see the text of before again, as" in said(response)
    assert (live(article).number, live(article).headline) == (3, "Before")
    page = editor.get(change(article)).content.decode()
    assert 'name="_undo"' not in page
    assert "Saved changes wait for Update" in page


def test_a_story_published_again_and_taken_back_says_that_it_is_withdrawn(editor):
    article = make_article()
    publish(article)
    editor.post(change(article), typed(article, _withdraw="1", withdrawal_reason="A source was false."))
    article.refresh_from_db()
    editor.post(change(article), typed(article, _publish="1"))
    article.refresh_from_db()
    assert "withdrawn as before" in said(undone(editor, article, live(article)))


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 40, "-1", "١"])
def test_an_edition_that_is_not_there_is_not_taken_back(editor, number):
    article = make_article()
    publish(article)
    editor.post(change(article), typed(article, _undo=number))
    assert live(article)


def test_an_edition_of_another_story_is_not_taken_back(editor):
    article, other = make_article(), make_article()
    publish(article)
    foreign = publish(other)
    assert "no such edition" in said(undone(editor, article, foreign))
    assert live(other)


def test_what_is_late_is_refused_with_what_to_do(editor):
    article = make_article()
    with time_machine.travel(timezone.now() - timedelta(seconds=16)):
        edition = publish(article)
    assert 'name="_undo"' not in editor.get(change(article)).content.decode()
    assert "correct or withdraw it" in said(undone(editor, article, edition))
    assert live(article)


@pytest.mark.parametrize(
    ("kind", "note", "edition_kind", "notes"),
    [
        ("minor", "not used", "update", []),
        ("update", "", "update", []),
        ("update", "New figures came.", "correct", ["update"]),
        ("clarification", "It was the old pier.", "correct", ["clarification"]),
        ("correction", "It was the old pier.", "correct", ["correction"]),
        ("retraction", "Nothing of it was so.", "correct", ["retraction"]),
    ],
)
def test_an_update_asks_one_question(editor, kind, note, edition_kind, notes):
    article = make_article()
    publish(article, first_published_at=timezone.now() - timedelta(days=1))
    editor.post(change(article), typed(article, _update="1", update_kind=kind, correction_note=note))
    edition = live(article)
    assert (edition.number, edition.kind) == (2, edition_kind)
    assert bool(edition.updated_at) == (kind != "minor")
    assert list(Correction.objects.values_list("kind", flat=True)) == notes


@pytest.mark.parametrize("kind", ["clarification", "correction", "retraction", "nonsense"])
def test_a_note_without_words_or_of_no_kind_is_refused(editor, kind):
    article = make_article()
    publish(article)
    note = "Words." if kind == "nonsense" else "  "
    response = editor.post(change(article), typed(article, _update="1", update_kind=kind, correction_note=note))
    assert "The article is saved, but not more." in said(response)
    assert live(article).number == 1


def test_a_withdrawal_takes_the_corrections_along(editor, client):
    article = make_article(headline="Pilots Walk Out")
    publish(article)
    note = "An earlier version gave the wrong pier."
    editor.post(change(article), typed(article, _update="1", update_kind="correction", correction_note=note))
    pages = ("/corrections/", "/corrections/feed/", "/corrections/feed/atom/", "/corrections/feed/json/")
    assert all(note in client.get(page).content.decode() for page in pages)
    article.refresh_from_db()
    editor.post(change(article), typed(article, _withdraw="1", withdrawal_reason="A source was false."))
    assert not any(note in client.get(page).content.decode() for page in pages)
    assert not any("Pilots Walk Out" in client.get(page).content.decode() for page in ("/", "/feed/"))


def test_an_end_is_planned_with_a_reason_moved_and_taken_back(editor):
    article = make_article()
    publish(article)
    editor.post(change(article), typed(article, _until="1", until_at="2031-01-02T09:30"))
    assert not article.withdrawals.exists()
    plan = {"_until": "1", "until_at": "2031-01-02T09:30", "until_reason": "The rights end."}
    article.refresh_from_db()
    editor.post(change(article), typed(article, **plan))
    assert live(article).live_until == datetime(2031, 1, 2, 9, 30, tzinfo=ZoneInfo("America/New_York"))
    page = editor.get(change(article)).content.decode()
    assert "until Jan. 2, 2031, 9:30 a.m." in page
    assert 'value="2031-01-02T09:30"' in page
    article.refresh_from_db()
    response = editor.post(change(article), typed(article, _keep="1"))
    assert "until further notice" in said(response)
    assert live(article).live_until is None
    assert not article.withdrawals.exists()


def test_the_bar_says_of_when_the_waiting_text_is_and_takes_a_newer_one(editor):
    article = make_article(body="<p>Early words.</p>")
    with time_machine.travel(FROZEN):
        schedule(article, at=PLANNED)
    page = editor.get(change(article)).content.decode()
    assert "as of Nov. 1, 2:05 p.m." in page
    assert LATER not in page
    article.refresh_from_db()
    editor.post(change(article), typed(article, body="<p>Later words.</p>", _continue="1"))
    page = editor.get(change(article)).content.decode()
    assert LATER in page
    assert "Update schedule" in page
    article.refresh_from_db()
    response = editor.post(change(article), typed(article, _reschedule="1"))
    assert "was cancelled" not in said(response)
    waiting = article.editions.waiting(timezone.now()).get()
    assert "Later words." in waiting.body
    assert f"{timezone.localtime(waiting.live_from):%Y-%m-%d %H:%M}" == "2031-01-02 09:30"
    assert LATER not in editor.get(change(article)).content.decode()


def test_a_text_that_an_embargo_moved_is_still_of_when_it_was_frozen(editor):
    article = make_article()
    with time_machine.travel(FROZEN):
        schedule(article, at=PLANNED)
    editor.post(change(article), typed(article, _embargo="1", embargo_until="2031-01-03T09:30"))
    assert "waits for Jan. 3, 2031, 9:30 a.m., as of Nov. 1, 2:05 p.m." in editor.get(change(article)).content.decode()


# A photo that nobody is credited for.


@pytest.fixture
def uncredited():
    photo = make_photo(credited=False, title="A quay")
    return make_article(body=f'<p>A</p><news-photo data-id="{photo.pk}"></news-photo>'), photo


@pytest.mark.parametrize("button", [{"_publish": "1"}, {"_schedule": "1", "schedule_at": "2031-01-02T09:30"}])
def test_a_photo_without_a_credit_stops_and_the_page_says_where(editor, uncredited, button):
    article, _ = uncredited
    response = editor.post(change(article), typed(article, **button))
    assert "Nobody is credited for the photo “A quay”." in said(response)
    assert not article.editions.exists()
    page = editor.get(change(article)).content.decode()
    assert 'data-desk-field="body" data-desk-block="1"' in page
    assert 'name="override_reason"' not in page


def test_an_editor_without_the_right_does_not_override_by_posting(editor, uncredited):
    article, _ = uncredited
    form = typed(article, headline="After", _publish="1", override_reason="Hurry.")
    assert editor.post(change(article), form).status_code == 403
    assert Article.objects.get().headline != "After"


def test_an_override_prints_credit_unknown_is_logged_and_mended_by_a_reprint(at_desk, uncredited):
    article, photo = uncredited
    mona = at_desk("mona", "Managing editors")
    assert 'name="override_reason"' in mona.get(change(article)).content.decode()
    mona.post(change(article), typed(article, _publish="1", override_reason=" "))
    assert not live(article)
    article.refresh_from_db()
    mona.post(change(article), typed(article, _publish="1", override_reason="The wire is down."))
    page = mona.get(live(article).path).content.decode()
    assert "Credit unknown" in page
    (entry,) = LogEntry.objects.filter(change_message__contains="hard stop")
    assert entry.user.username == "mona"
    assert "A quay" in entry.change_message
    assert entry.change_message.endswith("The wire is down.")
    # The right to print it so is this edition's: a reprint keeps it, and takes the credit when there is one.
    assert reprint(article, reason="Nothing new") == []
    Credit.objects.create(photo=photo, credit_line="Zein al-Rifai/AFP")
    (again,) = reprint(article, reason="The credit came")
    page = mona.get(again.path).content.decode()
    assert "Zein al-Rifai/AFP" in page
    assert "Credit unknown" not in page


def test_an_update_of_a_story_printed_over_a_stop_is_stopped_anew(at_desk, uncredited):
    article, _ = uncredited
    mona = at_desk("mona", "Managing editors")
    mona.post(change(article), typed(article, _publish="1", override_reason="The wire is down."))
    article.refresh_from_db()
    response = mona.post(change(article), typed(article, headline="More", _update="1"))
    assert "Nobody is credited" in said(response)
    assert live(article).number == 1


# The checks of the unsaved form.


def checks_of(client, article: Article | None, **fields):
    address = f"/admin/articles/article/{article.pk}/checks/" if article else "/admin/articles/article/checks/"
    return client.post(address, typed(article, **fields))


def test_the_unsaved_form_is_checked(editor):
    article = make_article()
    version = article.version
    answer = checks_of(editor, article, body="<p>About TK boats.</p>").json()
    assert (answer["count"], answer["stops"]) == (1, 0)
    assert 'data-desk-block="0"' in answer["html"]
    assert "TK is left" in answer["html"]
    assert checks_of(editor, None, body="<p>All is well.</p>").json()["count"] == 0
    article.refresh_from_db()
    assert article.version == version


def test_what_is_found_is_said_and_not_run(editor):
    answer = checks_of(editor, None, headline="TK <script>alert(1)</script>").json()
    assert "<script>" not in answer["html"]
    assert "&lt;script&gt;" in answer["html"]


def test_the_checks_are_for_who_writes_the_story(at_desk):
    article = make_article()
    for name, group in (("ines", "Reporters"), ("pia", "Picture desk"), ("tom", "Tag staff")):
        client = at_desk(name, group)
        assert checks_of(client, article).status_code == 403
        assert checks_of(client, None).status_code == (200 if group == "Reporters" else 403)
    assert at_desk("marek", "Editors").get(f"/admin/articles/article/{article.pk}/checks/").status_code == 405


def test_a_megabyte_is_checked_or_refused_without_a_crash(editor):
    assert checks_of(editor, None, body="<p>" + "Abcdef ghi. " * 90_000 + "</p>").status_code in (200, 400)
    assert checks_of(editor, None, body="<b>" * 60_000 + "x\0").status_code == 200


# What must follow, and has not.


def test_what_is_more_than_a_minute_late_shouts_at_who_publishes(editor, at_desk):
    article = make_article(created_by=make_user("ines", "Reporters"))
    now = timezone.now()
    Errand.objects.create(kind="purge", due_at=now, wanted_at=now - timedelta(seconds=50))
    assert "Late:" not in editor.get(change(article)).content.decode()
    failed = Errand.objects.create(
        kind="websub",
        due_at=now + timedelta(hours=1),
        wanted_at=now - timedelta(minutes=3),
        attempts=8,
        last_error="OSError: <away>",
    )
    page = editor.get(change(article)).content.decode()
    assert "hubs have not been told" in page
    assert "1 given up" in page
    assert "OSError: &lt;away&gt;" in page
    Errand.objects.filter(pk=failed.pk).update(done_at=now)
    assert "Late:" not in editor.get(change(article)).content.decode()


def test_what_a_publication_leaves_undone_is_late_after_a_minute():
    publish(make_article())
    now = timezone.now()
    assert not Errand.objects.late(now).exists()
    assert Errand.objects.late(now + timedelta(seconds=62)).exists()
    # A try that failed moves the next one, and not what was wanted.
    Errand.objects.update(due_at=now + timedelta(hours=6), attempts=4)
    assert Errand.objects.late(now + timedelta(seconds=62)).exists()
