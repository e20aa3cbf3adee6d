"""What is typed and not saved: kept apart from the story, for its writer alone, and offered again."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import recovery
from articles.models import Article, Recovery
from tests.desk.forms import ADD, change, typed
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

PAGE = "0b7a4d2e-6d3f-4a53-9b43-0d9b1a2c3d4e"
DISCARD = "/admin/articles/article/recovery/discard/"
NEW = "/admin/articles/article/add/recovery/"


def at(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/recovery/"


def keep(client, article: Article | None = None, page: str = PAGE, **fields):
    return client.post(at(article) if article else NEW, typed(article, page=page, **fields))


def initial(response) -> dict:
    form = response.context["adminform"].form
    return {name: form[name].value() for name in form.fields}


def test_it_works(editor):
    article = make_article("As It Is Saved")
    assert keep(editor, article, headline="Typed").json()["at"]
    row = Recovery.objects.get()
    assert (row.article, row.user.username, row.base_version) == (article, "marek", 1)
    assert row.fields["headline"] == "Typed"
    article.refresh_from_db()
    assert (article.headline, article.version) == ("As It Is Saved", 1)


def test_a_page_keeps_one_text_and_another_page_its_own(editor):
    article, other = make_article(), str(uuid.uuid4())
    for words in ["One", "One two"]:
        keep(editor, article, headline=words)
    keep(editor, article, page=other, headline="In a second window")
    assert {row.page: row.fields["headline"] for row in Recovery.objects.all()} == {
        PAGE: "One two",
        other: "In a second window",
    }


def test_it_is_offered_restored_into_the_page_and_gone_when_it_is_saved(editor):
    article = make_article("As It Is Saved", body="<p>Saved.</p>")
    keep(editor, article, headline="Typed", body="<p>Typed.</p>", tag_names="Harbor", lead_decorative="on")
    page = editor.get(change(article))
    assert "You have unsaved text from" in page.text
    assert initial(page)["headline"] == "As It Is Saved"
    restored = editor.get(f"{change(article)}?recovery={PAGE}")
    said = initial(restored)
    assert (said["headline"], said["body"], said["tag_names"]) == ("Typed", "<p>Typed.</p>", "Harbor")
    assert said["lead_decorative"] is True
    assert 'data-unsaved="1"' in restored.text
    assert "You have unsaved text" not in restored.text, "it is offered on other pages than this one"
    article.refresh_from_db()
    assert article.headline == "As It Is Saved", "looking at it saves nothing"
    editor.post(change(article), typed(article, headline=said["headline"], page=str(said["page"]), _continue="1"))
    assert not Recovery.objects.exists()


def test_a_story_that_was_never_saved_is_offered_where_one_begins(editor):
    keep(editor, headline="Never Saved")
    assert "“<bdi>Never Saved</bdi>”" in editor.get(ADD).text
    restored = editor.get(f"{ADD}?recovery={PAGE}")
    assert initial(restored)["headline"] == "Never Saved"
    editor.post(ADD, typed(headline="Saved Now", page=PAGE, _continue="1"))
    assert not Recovery.objects.exists()
    assert Article.objects.get().headline == "Saved Now"


def test_all_that_somebody_has_not_saved_is_listed_for_them(editor):
    soon = timezone.now() + timedelta(minutes=1)
    assert recovery.all_offers(make_user("mona", "Editors"), soon) == []
    article = make_article("A Story")
    keep(editor, article, headline="Typed")
    keep(editor, page=str(uuid.uuid4()), headline="Never Saved")
    found = recovery.all_offers(Recovery.objects.first().user, soon)
    assert [(offer.headline, offer.desk) for offer in found] == [("Never Saved", ADD), ("A Story", change(article))]


def test_who_saved_the_story_since_is_said_and_a_save_shows_both(editor):
    article, mona = make_article("Before"), make_user("mona", "Editors", first_name="Mona")
    keep(editor, article, headline="Typed")
    theirs = Article.objects.get(pk=article.pk)
    theirs.headline = "Theirs"
    theirs.save(by=mona)
    for page in [change(article), f"{change(article)}?recovery={PAGE}"]:
        assert "<bdi>Mona saved the story at" in editor.get(page).text
    said = initial(editor.get(f"{change(article)}?recovery={PAGE}"))
    late = typed(article, headline="Typed") | {"version": str(said["version"]), "page": PAGE}
    assert editor.post(change(article), late).status_code == 409


def test_it_is_discarded(editor):
    article = make_article()
    keep(editor, article)
    back = editor.post(DISCARD, {"page": PAGE}, headers={"Referer": f"http://testserver{change(article)}"})
    assert back.headers["Location"] == f"http://testserver{change(article)}"
    assert not Recovery.objects.exists()
    away = editor.post(DISCARD, {"page": PAGE}, headers={"Referer": "https://evil.example/"})
    assert away.headers["Location"] == "/admin/articles/article/"
    assert editor.post(DISCARD, {"page": PAGE}, headers={"Accept": "application/json"}).json() == {"ok": True}


def test_nobody_elses_is_offered_restored_or_discarded(editor):
    article, ines = make_article("Before"), make_user("ines", "Reporters")
    Recovery.objects.create(article=article, user=ines, page=PAGE, saved_at=timezone.now(), fields={"headline": "Hers"})
    assert "You have unsaved text" not in editor.get(change(article)).text
    assert initial(editor.get(f"{change(article)}?recovery={PAGE}"))["headline"] == "Before"
    editor.post(DISCARD, {"page": PAGE})
    assert Recovery.objects.get().user == ines


def test_a_text_of_another_story_is_not_restored_into_this_one(editor):
    one, other = make_article("One"), make_article("Other")
    keep(editor, one, headline="Typed in one")
    for address in [f"{change(other)}?recovery={PAGE}", f"{ADD}?recovery={PAGE}"]:
        assert initial(editor.get(address))["headline"] != "Typed in one"


def test_who_may_not_write_a_story_keeps_nothing_of_it(reporter, at_desk):
    article = make_article()
    assert keep(reporter, article).status_code == 403
    assert keep(at_desk("pia", "Picture desk"), article).status_code == 403
    assert keep(at_desk("toni", "Tag staff")).status_code == 403
    assert not Recovery.objects.exists()


def test_a_story_that_is_open_no_longer_is_not_offered(reporter, django_user_model):
    ines = django_user_model.objects.get(username="ines")
    article = make_article(created_by=ines)
    keep(reporter, article)
    soon = timezone.now() + timedelta(minutes=1)
    assert len(recovery.all_offers(ines, soon)) == 1
    Article.objects.filter(pk=article.pk).update(created_by=None)
    assert recovery.all_offers(ines, soon) == []
    assert reporter.get(f"{change(article)}?recovery={PAGE}").status_code == 403


def test_what_another_person_types_is_not_kept_under_this_name(editor):
    assert keep(editor, writer="0").json() == {"login": True}
    assert not Recovery.objects.exists()


def test_more_than_a_story_may_have_is_not_kept(editor):
    response = keep(editor, body="x" * (recovery.LARGEST + 1))
    assert response.status_code == 413
    assert "not kept" in response.json()["error"]
    assert not Recovery.objects.exists()


def test_a_story_of_the_largest_size_is_kept(editor):
    assert keep(editor, body="x" * 1_000_000).status_code == 200


def test_the_oldest_of_very_many_pages_goes(editor, monkeypatch):
    monkeypatch.setattr(recovery, "MOST", 3)
    for number in range(5):
        keep(editor, page=str(uuid.uuid4()), headline=str(number))
        Recovery.objects.update(saved_at=timezone.now() - timedelta(minutes=1))
    assert Recovery.objects.count() == 3
    assert "4" in {row.fields["headline"] for row in Recovery.objects.all()}


@pytest.mark.parametrize("page", ["", "x" * 36, "../" * 12, "é" * 36, PAGE + "0", "\0" * 36])
def test_a_page_without_a_name_keeps_nothing(editor, page):
    assert keep(editor, page=page).status_code == 400
    assert editor.get(ADD, {"recovery": page}).status_code == 200
    assert editor.post(DISCARD, {"page": page}).status_code == 302


def test_only_the_storys_own_fields_are_kept(editor):
    keep(editor, stage="live", password="secret", version="7", confirm_removal="on")
    assert set(Recovery.objects.get().fields) == set(typed()) - {"version"}


@pytest.mark.parametrize("words", ["\0", "\ud800", "<script>alert(1)</script>", "x" * 100_000, "🗞" * 300, "ג" * 300])
def test_whatever_is_typed_is_kept_and_restored_as_words(editor, words):
    said = words.encode("utf-8", "replace").decode()
    keep(editor, headline=said, body=said, column=said, lead_photo=said, lead_crop=said, language=said)
    assert json.dumps(Recovery.objects.get().fields)
    for address in [ADD, f"{ADD}?recovery={PAGE}"]:
        response = editor.get(address)
        assert response.status_code == 200
        assert "<script>alert" not in response.text


@pytest.mark.parametrize("version", ["", "-1", "1.5", "9" * 30, "abc"])
def test_a_version_that_is_none_counts_as_the_oldest(editor, version):
    article = make_article()
    editor.post(at(article), typed(article, page=PAGE) | {"version": version})
    assert Recovery.objects.get().base_version == 0


def test_addresses_of_recovery_are_posted_to(editor):
    article = make_article()
    for address in [at(article), NEW, DISCARD]:
        assert editor.get(address).status_code == 405
    assert keep(editor).status_code == 200
    assert editor.post("/admin/articles/article/99999/recovery/", {"page": PAGE}).status_code == 404
    assert editor.post(f"/admin/articles/article/{'9' * 40}/recovery/", {"page": PAGE}).status_code == 404
