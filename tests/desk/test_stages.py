"""The stages as buttons: Ines writes and sends for review, Marek reads and approves, nobody goes round the table."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.utils import timezone

from articles.desk.buttons import BUTTONS
from articles.models import Article
from articles.publishing import embargo, publish, schedule
from tests.desk.forms import ADD, change, typed
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def logged(article: Article) -> list[tuple[str, str]]:
    """Who did what, in words, oldest first; without the saves."""
    entries = LogEntry.objects.filter(object_id=str(article.pk)).order_by("pk").select_related("user")
    return [(each.user.username, each.change_message) for each in entries if not each.change_message.startswith("[")]


def press(client, article: Article, button: str, **fields):
    client.cookies.pop("messages", None)  # what was said before
    article.refresh_from_db()
    return client.post(change(article), typed(article, **{button: "1"}, **fields))


@pytest.fixture
def ines(at_desk):
    return make_user("ines", "Reporters")


@pytest.fixture
def as_(client):
    def sit(user):
        client.force_login(user)
        return client

    return sit


def test_a_story_goes_from_its_writer_to_its_readers(as_, ines):
    marek = make_user("marek", "Editors")
    as_(ines).post(ADD, typed(headline="Pilots Walk Out", _submit="1"))
    article = Article.objects.get()
    assert article.stage == "review"
    response = press(as_(marek), article, "_approve")
    article.refresh_from_db()
    assert (article.stage, article.approved_version, article.approved_by) == ("ready", article.version, marek)
    assert f"Version {article.version} is approved" in said(response)
    assert "Ready, approved by <bdi>marek</bdi>" in as_(marek).get(change(article)).content.decode()
    press(as_(ines), article, "_continue", dek="One word more.")
    article.refresh_from_db()
    assert article.stage == "review"
    press(as_(marek), article, "_publish")
    assert article.editions.get().made_by == marek


def test_a_story_is_sent_back_with_a_word_that_its_writer_reads(as_, ines):
    marek = make_user("marek", "Editors")
    article = make_article(created_by=ines, stage="review")
    press(as_(marek), article, "_send_back", step_note="Who says\nso?")
    article.refresh_from_db()
    assert article.stage == "draft"
    assert logged(article) == [("marek", f"Sent back, version {article.version}: Who says so?")]
    assert "Who says so?" in as_(ines).get(change(article)).content.decode()
    press(as_(ines), article, "_submit")
    assert "Who says so?" not in as_(ines).get(change(article)).content.decode()


def test_a_killed_story_is_not_published_until_it_is_a_draft_again(editor):
    article = make_article()
    press(editor, article, "_kill", step_note="Overtaken.")
    page = editor.get(change(article)).content.decode()
    assert 'name="_publish"' not in page
    assert 'name="_revive"' in page
    assert "not among what can be done" in said(press(editor, article, "_publish"))
    assert not article.editions.exists()
    press(editor, article, "_revive")
    press(editor, article, "_publish")
    assert article.editions.count() == 1
    assert [words.split(",")[0] for _, words in logged(article)] == [
        "Killed",
        "Made a draft again",
        "Edition 1 is live.",
    ]


@pytest.mark.parametrize("button", [*BUTTONS, "_undo"])
def test_what_a_reporter_may_not_do_is_refused_before_anything_is_saved(as_, ines, button):
    article = make_article(headline="Before", created_by=ines)
    fields = {
        "correction_note": "x", "withdrawal_reason": "x", "reprint_reason": "x", "until_reason": "x",
        "schedule_at": "2031-01-02T09:30", "until_at": "2031-01-02T09:30", "embargo_until": "2031-01-02T09:30",
    }  # fmt: skip
    response = as_(ines).post(change(article), typed(article, headline="After", **{button: "1"}, **fields))
    article.refresh_from_db()
    if button in ("_submit", "_embargo"):
        assert (response.status_code, article.headline) == (302, "After")
    else:
        assert (response.status_code, article.headline, article.stage) == (403, "Before", "draft")
    assert not article.editions.exists()


@pytest.mark.parametrize(
    ("state", "fitting"),
    [
        ("draft", {"_publish", "_schedule", "_submit", "_approve", "_kill", "_embargo", "_lift"}),
        ("review", {"_publish", "_schedule", "_approve", "_send_back", "_kill", "_embargo", "_lift"}),
        ("ready", {"_publish", "_schedule", "_approve", "_send_back", "_kill", "_embargo", "_lift"}),
        ("killed", {"_revive", "_embargo", "_lift"}),
        ("live", {"_update", "_schedule", "_until", "_withdraw", "_reprint", "_approve", "_send_back"}),
        ("waiting", {"_publish", "_schedule", "_reschedule", "_cancel", "_until", "_reprint", "_approve",
                     "_send_back", "_embargo", "_lift"}),
    ],
)  # fmt: skip
def test_a_button_out_of_place_does_nothing_and_says_so(editor, state, fitting):
    stages = {"draft", "review", "ready", "killed"} & {state}
    for button in BUTTONS:
        article = make_article(body="<p>Words.</p>")
        if stages:
            Article.objects.filter(pk=article.pk).update(stage=state, approved_version=article.version)
        if state == "live":
            publish(article)
        if state == "waiting":
            schedule(article, at=timezone.now() + HOUR)
        refused = "not among what can be done" in said(press(editor, article, button))
        # Saving asks for approval again, so what was ready can be approved.
        assert refused == (button not in fitting), button


def test_a_new_story_is_sent_for_review_held_and_not_published_by_its_writer(as_, ines):
    client = as_(ines)
    assert client.post(ADD, typed(_approve="1")).status_code == 403
    client.post(ADD, typed(_embargo="1", embargo_until="2031-01-02T09:30"))
    assert Article.objects.get().embargo_until


def test_a_writer_makes_an_embargo_only_longer(as_, ines):
    article = make_article(created_by=ines)
    client = as_(ines)
    assert 'name="_lift"' not in client.get(change(article)).content.decode()
    press(client, article, "_embargo", embargo_until="2031-01-02T09:30")
    first = Article.objects.get(pk=article.pk).embargo_until
    assert "Only somebody who may publish" in said(press(client, article, "_embargo", embargo_until="2031-01-01T09:30"))
    assert Article.objects.get(pk=article.pk).embargo_until == first
    response = press(client, article, "_embargo", embargo_until="2031-01-03T09:30")
    assert "moved from 2031-01-02, 09:30 to 2031-01-03, 09:30" in said(response)
    assert press(client, article, "_lift").status_code == 403


def test_a_writer_does_not_move_what_an_editor_planned(as_, ines):
    article = make_article(created_by=ines)
    schedule(article, at=timezone.now() + HOUR)
    response = press(as_(ines), article, "_embargo", embargo_until="2031-01-02T09:30")
    assert "not among what can be done" in said(response)
    assert article.editions.waiting(timezone.now()).count() == 1


def test_an_embargo_says_what_it_moved_and_refuses_what_comes_before_its_end(editor):
    article = make_article()
    press(editor, article, "_schedule", schedule_at="2031-01-02T09:30")
    response = press(editor, article, "_embargo", embargo_until="2031-01-03T12:00")
    assert "Under embargo until 2031-01-03, 12:00" in said(response)
    assert "Edition 2 waits now for 2031-01-03, 12:00." in said(response)
    assert "was cancelled" not in said(response)
    assert "under embargo until 2031-01-03, 12:00" in said(press(editor, article, "_publish"))
    assert "under embargo" in said(press(editor, article, "_schedule", schedule_at="2031-01-03T11:59"))
    page = editor.get(change(article)).content.decode()
    assert "Under embargo until Jan. 3, 2031, noon" in page
    assert "lifted" in said(press(editor, article, "_lift"))
    press(editor, article, "_publish")
    assert article.editions.seen_at(timezone.now()).exists()


def test_an_embargo_that_outlives_what_is_planned_says_what_it_cancelled(editor):
    article = make_article()
    press(editor, article, "_schedule", schedule_at="2031-01-02T09:30")
    press(editor, article, "_until", until_at="2031-01-02T12:00", until_reason="Only for the morning.")
    response = press(editor, article, "_embargo", embargo_until="2031-01-03T12:00")
    assert "The edition planned for 2031-01-02, 09:30 was cancelled." in said(response)


def test_every_step_is_logged_with_who_and_what(editor):
    article = make_article()
    press(editor, article, "_approve")
    press(editor, article, "_publish")
    press(editor, article, "_update", update_kind="correction", correction_note="It was the wrong pier.")
    press(editor, article, "_withdraw", withdrawal_reason="A source was false.")
    assert [words for _, words in logged(article)] == [
        "Approved, version 2.",
        "Edition 1 is live.",
        "Edition 2 is live with a correction: It was the wrong pier.",
        "Withdrawn: A source was false.",
    ]
    assert {who for who, _ in logged(article)} == {"marek"}


def test_the_picture_desk_reads_under_no_embargo_and_presses_nothing(at_desk):
    article = make_article()
    pia = at_desk("pia", "Picture desk")
    for button in (*BUTTONS, "_undo"):
        assert pia.post(change(article), typed(article, **{button: "1"})).status_code == 403
    embargo(article, timezone.now() + HOUR)
    assert pia.get(change(article)).status_code == 403
