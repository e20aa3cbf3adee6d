"""Who else has a story open, and who saved it last."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.desk.presence import sit_down
from articles.models import Article, Presence
from tests.desk.forms import change, typed
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def beat(client, article: Article, **said) -> dict:
    return client.post(f"/admin/articles/article/{article.pk}/presence/", said).json()


@pytest.fixture
def mona() -> Client:
    client = Client()
    client.force_login(make_user("mona", "Managing editors", first_name="Mona"))
    return client


def test_it_works(editor, mona):
    article = make_article()
    assert beat(mona, article)["others"] == []
    others = beat(editor, article)["others"]
    assert [one["name"] for one in others] == ["Mona"]
    assert re.fullmatch(r"\d\d:\d\d", others[0]["since"])
    assert [one["name"] for one in beat(mona, article)["others"]] == ["marek"]


def test_since_is_when_somebody_sat_down(mona):
    article = make_article()
    beat(mona, article)
    began = timezone.now() - timedelta(minutes=40)
    Presence.objects.update(since=began)
    beat(mona, article)
    assert Presence.objects.get().since == began


def test_who_was_away_is_gone_and_begins_anew(editor, mona):
    article = make_article()
    beat(mona, article)
    long_ago = timezone.now() - timedelta(minutes=2)
    Presence.objects.update(since=long_ago, seen_at=long_ago)
    assert beat(editor, article)["others"] == []
    assert [row.user.username for row in Presence.objects.all()] == ["marek"], "old rows are cleaned"
    beat(mona, article)
    assert Presence.objects.get(user__username="mona").since > long_ago


def test_who_leaves_is_gone_at_once(editor, mona):
    article = make_article()
    beat(mona, article)
    beat(mona, article, leaving="1")
    assert beat(editor, article)["others"] == []


def test_a_newer_version_and_who_saved_it(editor, mona):
    article = make_article()
    assert beat(editor, article)["version"] == 1
    assert beat(editor, article)["saved_by"] == "Somebody"
    mona.post(change(article), typed(article, headline="Hers"))
    news = beat(editor, article)
    assert (news["version"], news["saved_by"], news["by_you"]) == (2, "Mona", False)
    assert beat(mona, article)["by_you"] is True


def test_another_story_is_another_room(editor, mona):
    beat(mona, make_article())
    assert beat(editor, make_article())["others"] == []


def test_who_may_not_write_the_story_is_not_told_who_does(reporter, mona, at_desk):
    article = make_article()
    beat(mona, article)
    address = f"/admin/articles/article/{article.pk}/presence/"
    assert reporter.post(address).status_code == 403
    assert at_desk("pia", "Picture desk").post(address).status_code == 403
    assert [row.user.username for row in Presence.objects.all()] == ["mona"]


def test_presence_is_posted(editor):
    article = make_article()
    assert editor.get(f"/admin/articles/article/{article.pk}/presence/").status_code == 405
    assert editor.post("/admin/articles/article/99999/presence/").status_code == 404


def test_a_heartbeat_asks_little(editor, django_assert_max_num_queries):
    article = make_article()
    beat(editor, article)
    with django_assert_max_num_queries(14):
        beat(editor, article)


def test_sitting_down_twice_is_one_chair():
    article, user = make_article(), make_user()
    sit_down(article, user)
    sit_down(article, user)
    assert Presence.objects.count() == 1
