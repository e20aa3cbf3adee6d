"""The desk's front: what is mine, what waits, what comes next, and what went wrong."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article, Errand, Recovery
from articles.publishing import embargo, publish, schedule, withdraw
from tests.factories import make_article, make_photo, make_tweet

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def front(client):
    page = client.get("/admin/")
    assert page.status_code == 200
    return page.context["desk"], page.content.decode()


def test_an_editor_sees_what_waits_what_is_mine_and_what_is_live(editor):
    marek = User.objects.get(username="marek")
    mine = make_article("Mine to finish", created_by=marek)
    waits = make_article("Please read this", stage="review")
    publish(make_article("Out already"))
    make_article("Somebody's draft")
    desk, page = front(editor)
    assert (desk.mine, desk.waiting) == ([mine], [waits])
    assert [edition.headline for edition in desk.live] == ["Out already"]
    assert "Somebody's draft" not in page
    assert '<a class="button desk-new" href="/admin/articles/article/add/">New article</a>' in page


def test_what_comes_next_stands_in_the_order_of_its_moments(editor):
    now = timezone.now()
    late, soon, ends = make_article("Late"), make_article("Soon"), make_article("Ends")
    schedule(late, at=now + 3 * HOUR)
    schedule(soon, at=now + HOUR)
    publish(ends)
    withdraw(ends, at=now + 2 * HOUR, reason="Only for now.")
    desk, _ = front(editor)
    assert [(each.edition.headline, each.words) for each in desk.next] == [
        ("Soon", "goes live"),
        ("Ends", "is withdrawn"),
        ("Late", "goes live"),
    ]


def test_a_reporter_sees_their_own_and_nothing_of_others(reporter):
    ines = User.objects.get(username="ines")
    own, other = make_article("Hers", created_by=ines), make_article("SECRET plan")
    make_article("SECRET draft", stage="review")
    schedule(own, at=timezone.now() + HOUR)
    schedule(other, at=timezone.now() + HOUR)
    desk, page = front(reporter)
    assert [each.edition.headline for each in desk.next] == ["Hers"]
    assert "SECRET" not in page


def test_an_embargo_is_kept_from_who_may_not_see_it(at_desk):
    held = make_article("SECRET until noon", stage="review")
    embargo(held, timezone.now() + HOUR)
    schedule(held, at=timezone.now() + 2 * HOUR)
    assert "SECRET" not in front(at_desk("pia", "Picture desk"))[1]
    assert "SECRET" in front(at_desk("marek", "Editors"))[1]


def test_what_was_typed_and_left_is_offered_to_who_typed_it(editor):
    marek, story = User.objects.get(username="marek"), make_article("Left open")
    then = timezone.now() - HOUR
    Recovery.objects.create(article=story, page="c", user=marek, saved_at=then)
    typed = {"headline": "Never saved", "body": "<p>Two words</p>"}
    Recovery.objects.create(page="a-page", user=marek, saved_at=then, fields=typed)
    Recovery.objects.create(page="b", user=User.objects.create_user("olu"), saved_at=then, fields={"headline": "Olu's"})
    desk, page = front(editor)
    assert "Left open" in page
    assert "Never saved" in page
    assert "Olu&#x27;s" not in page
    assert len(desk.unsaved) == 2
    offered = editor.get("/admin/articles/article/").text
    assert "unsaved text of 2 words from" in offered
    assert "?recovery=a-page" in offered
    assert "?recovery=b" not in offered
    assert "unsaved text" not in editor.get("/admin/articles/article/?stage=draft").text


def test_posts_that_died_and_rights_that_end_are_named_while_readers_see_them(editor):
    tweet, photo = make_tweet(availability="deleted"), make_photo(title="Ship at dusk")
    photo.credit.rights_end = timezone.localdate() + timedelta(days=3)
    photo.credit.save()
    shown = make_article("Shows both", lead_photo=photo, body=f'<news-tweet data-id="{tweet.pk}"></news-tweet>')
    make_article("A draft", lead_photo=photo)
    assert front(editor)[0].gone == []
    publish(shown)
    desk, page = front(editor)
    assert [row.tweet for row in desk.gone] == [tweet]
    assert [row.photo for row in desk.ending] == [photo]
    assert "deleted since" in page
    withdraw(shown, reason="Gone.")
    desk, _ = front(editor)
    assert (desk.gone, desk.ending) == ([], [])


def test_the_front_asks_few_questions_whatever_there_is(editor, django_assert_max_num_queries):
    for number in range(12):
        publish(make_article())
        schedule(make_article(stage="review"), at=timezone.now() + (number + 1) * HOUR)
        make_article(stage="review", created_by=User.objects.get(username="marek"))
    front(editor)
    with django_assert_max_num_queries(12):
        front(editor)


def test_what_lies_in_the_trash_is_nobodys_work(editor):
    story = make_article("Thrown away", created_by=User.objects.get(username="marek"))
    Article.objects.filter(pk=story.pk).update(trashed_at=timezone.now())
    assert front(editor)[0].mine == []


def test_the_front_shouts_what_is_late_at_who_publishes(editor, at_desk):
    Errand.objects.create(kind="purge", due_at=timezone.now(), wanted_at=timezone.now() - timedelta(minutes=2))
    assert "caches outside have not been told" in editor.get("/admin/").content.decode()
    assert "Late:" not in at_desk("ines", "Reporters").get("/admin/").content.decode()
