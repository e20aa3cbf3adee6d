"""The record at the desk: editions first, two side by side, one as readers saw it, and back to it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.utils import timezone
from lxml import html

from articles.models import Article
from articles.publishing import cancel, correct, redact, schedule, update, withdraw
from tests.desk.forms import change, typed
from tests.factories import make_article, make_photo, make_user, published

pytestmark = pytest.mark.django_db


def below(article: Article, rest: str) -> str:
    return f"/admin/articles/article/{article.pk}/{rest}"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def story(clock) -> Article:
    """Two editions that readers saw, an hour apart."""
    (first,) = published(headline="Is the Harbor Open?", body="<p>At pier four.</p><p>Same.</p>", tags=["Ports"])
    clock.shift(timedelta(hours=1))
    article = first.article
    article.body = "<p>At pier five.</p><p>Same.</p>"
    article.save()
    correct(article, by=make_user("nora", "Editors"), note="An earlier version gave the wrong pier.")
    clock.shift(timedelta(hours=1))
    return Article.objects.get(pk=article.pk)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_it_works(editor, story):
    page = html.fromstring(editor.get(below(story, "history/")).text)
    lines = [" ".join(line.text_content().split()) for line in page.xpath("//ol/li")]
    assert lines[0].startswith("Edition 2, corrected by nora: readers see it now Readers saw it")
    assert "An earlier version gave the wrong pier." in lines[0]
    assert lines[1].startswith("Edition 1, published")
    assert page.xpath("string(//h2[@class='desk-log'])") == "At the desk"
    assert below(story, "history/") in editor.get(change(story)).text


def test_two_editions_stand_side_by_side(editor, story):
    page = html.fromstring(editor.get(below(story, "history/compare/?from=1&to=2")).text)
    assert page.xpath("//section//del/text()") == ["four."]
    assert page.xpath("//section//ins/text()")[0] == "five."
    text = page.text_content()
    assert "Correction. An earlier version gave the wrong pier." in text
    assert "3 places differ" not in text
    assert "2 places differ" in text
    back = html.fromstring(editor.get(below(story, "history/compare/?from=2&to=1")).text)
    assert back.xpath("//section//ins/text()") == ["four."]
    assert "They say the same." in editor.get(below(story, "history/compare/?from=2&to=2")).text


def test_tags_bylines_photos_and_addresses_are_compared(editor, story):
    photo = make_photo()
    story.lead_photo, story.lead_caption, story.slug = photo, "The quay", "another-name"
    story.save()
    update(story)
    text = html.fromstring(editor.get(below(story, "history/compare/?from=2&to=3")).text).text_content()
    for words in ("Lead photo", "The quay", "Zein al-Rifai", "Address", "another-name"):
        assert words in text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "from=1",
        "from=1&to=9",
        "from=x&to=1",
        "from=1&to=-1",
        "from=%00&to=1",
        "from=٣&to=1",
        f"from={'9' * 5000}&to=1",
    ],
)
def test_editions_that_are_not_there_are_not_found(editor, story, query):
    assert editor.get(below(story, f"history/compare/?{query}")).status_code == 404


def test_an_old_edition_is_seen_as_readers_saw_it(editor, story):
    answer = editor.get(below(story, "editions/1/"))
    page = html.fromstring(answer.text)
    assert "At pier four." in page.text_content()
    assert "Edition 1. Readers saw it" in page.xpath("string(//div[contains(@class, 'looking')])")
    assert page.xpath('//meta[@name="robots"]/@content') == ["noindex,nofollow"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_cancelled_and_waiting_ones_are_seen_too(editor, story):
    story.headline = "Tomorrow"
    story.save()
    schedule(story, at=timezone.now() + timedelta(days=1))
    assert "It waits: readers will see it from" in editor.get(below(story, "editions/3/")).text
    cancel(story)
    text = editor.get(below(story, "editions/3/")).text
    assert "No reader saw it" in text
    assert "Tomorrow" in text


def test_a_redacted_edition_is_number_times_and_reason(at_desk, story):
    editor = at_desk("vera", "Managing editors")
    redact(story.editions.get(number=1), reason="A court said so.")
    for rest in ("history/", "editions/1/", "history/compare/?from=1&to=2", "history/compare/?from=2&to=1"):
        text = editor.get(below(story, rest)).text
        assert "A court said so." in text, rest
        assert "four" not in text, rest
    editor.post(below(story, "editions/1/again/"), {"reason": "x"})
    editor.post(below(story, "editions/1/take-up/"), {"version": story.version})
    assert story.editions.count() == 2
    assert "five" in Article.objects.get(pk=story.pk).body


def test_an_old_edition_is_printed_again(editor, story):
    answer = editor.post(below(story, "editions/1/again/"), {"reason": "The newer text was a rehearsal."})
    assert "Edition 3 is live with the words of edition 1" in said(answer)
    live = story.editions.seen_at(timezone.now()).get()
    assert "four" in live.body
    assert "five" in Article.objects.get(pk=story.pk).body
    assert "Printed edition 1 again, as edition 3: The newer text" in editor.get(below(story, "history/")).text


def test_without_a_reason_nothing_is_printed(editor, story):
    assert "Say why" in said(editor.post(below(story, "editions/1/again/"), {"reason": "\0 "}))
    assert story.editions.count() == 2


def test_an_old_edition_goes_into_the_working_copy_as_a_version(editor, story):
    photo = make_photo()
    story.lead_photo, story.lead_caption, story.seo_title, story.slug = photo, "x", "y", "another-name"
    story.save()
    answer = editor.post(below(story, "editions/1/take-up/"), {"version": story.version})
    assert answer.headers["Location"] == change(story)
    row = Article.objects.get(pk=story.pk)
    assert (row.version, row.body) == (story.version + 1, story.editions.get(number=1).body)
    assert row.saved_by.username == "marek"
    assert (row.lead_photo, row.lead_caption, row.seo_title, row.slug) == (None, "", "", "another-name")
    assert [tag.name for tag in row.ordered_tags()] == ["Ports"]
    assert story.editions.count() == 2


@pytest.mark.parametrize("version", ["1", "", "x", "\0", "9" * 400])
def test_not_over_what_somebody_saved_since(editor, story, version):
    answer = editor.post(below(story, "editions/1/take-up/"), {"version": version})
    assert "meanwhile" in said(answer) or "which version" in said(answer)
    assert "five" in Article.objects.get(pk=story.pk).body


def test_whose_story_it_is_not_gets_403_on_every_road(at_desk, story):
    for name, group in (("ines", "Reporters"), ("tom", "Tag staff")):
        who = at_desk(name, group)
        reading = 403 if group == "Reporters" else 200
        for rest in ("history/", "history/compare/?from=1&to=2", "editions/1/"):
            assert who.get(below(story, rest)).status_code == reading, rest
        for rest in ("editions/1/again/", "editions/1/take-up/"):
            assert who.post(below(story, rest), {"reason": "x", "version": story.version}).status_code == 403, rest
    assert story.editions.count() == 2


def test_a_reporter_takes_up_an_edition_of_their_own_and_prints_none(at_desk, story):
    ines = at_desk("nadia", "Reporters")
    Article.objects.filter(pk=story.pk).update(created_by=ines.get("/admin/").wsgi_request.user.pk)
    assert ines.post(below(story, "editions/1/again/"), {"reason": "x"}).status_code == 403
    page = ines.get(below(story, "history/")).text
    assert "Print edition 1 again" not in page
    assert "Put edition 1 into the working copy" in page
    assert ines.post(below(story, "editions/1/take-up/"), {"version": story.version}).status_code == 302
    assert "four" in Article.objects.get(pk=story.pk).body


def test_a_story_that_was_never_printed_has_a_history_of_the_desk(editor):
    assert "Nothing was printed yet." in editor.get(below(make_article(), "history/")).text


def test_nothing_is_done_by_looking(editor, story):
    for rest in ("editions/1/again/", "editions/1/take-up/"):
        assert editor.get(below(story, rest)).status_code == 405
    assert editor.get(below(story, "editions/7/")).status_code == 404


def test_a_withdrawn_story_is_printed_again(editor, story, clock):
    withdraw(story, reason="x")
    clock.shift(timedelta(hours=1))
    assert "Print edition 1 again" in editor.get(below(story, "history/")).text
    editor.post(below(story, "editions/1/again/"), {"reason": "x"})
    assert story.editions.seen_at(timezone.now()).exists()


def test_an_editor_says_in_the_form_about_which_paragraph_a_correction_is(editor, story):
    form = typed(story, _update="1", update_kind="correction", correction_note="Wrong.", version=str(story.version))
    assert "No paragraph of the text has" in said(editor.post(change(story), form | {"correction_passage": "pier six"}))
    story.refresh_from_db()
    form |= {"version": str(story.version), "correction_passage": " at PIER five "}
    editor.post(change(story), form)
    live = story.editions.seen_at(timezone.now()).get()
    assert [note["block"] for note in live.document["corrections"]] == [0, 1]
