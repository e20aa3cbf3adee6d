"""The demo's newsroom, loaded once for all of these."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.exchange.demo import loader
from articles.models import Article, Author, Correction, Edition, Slot
from media.models import Photo, Tweet


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The rows of the demo, taken back when the module is done; drawn small, for size is not what is asked here."""
    with django_db_blocker.unblock(), transaction.atomic():
        User.objects.create_user("ines")
        loader.load(scale=0.2)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def live(demo):
    return Edition.objects.seen_at(timezone.now())


def test_it_works(live):
    assert live.count() >= 40
    assert set(live.values_list("column__slug", flat=True)) == {"the-slatest", "the-long-lens"}
    assert Author.objects.count() == 3


def test_drafts_and_the_scheduled_story_are_not_seen(live):
    now = timezone.now()
    assert Article.objects.filter(editions=None).count() == 3
    assert Edition.objects.waiting(now).count() == 1
    assert live.count() + 4 == Article.objects.count()


def test_the_story_of_2015_is_at_its_address(live):
    story = live.get(path="/the-slatest/2015/06/01/embassy-account-says-assad-is-helping-isis/")
    assert story.document["lead"]["credit_line"] == "Zein al-Rifai/AFP/Getty Images"
    assert story.document["lead"]["file"] == ""


def test_the_arabic_story_runs_from_right_to_left(live):
    (story,) = live.filter(language="ar")
    assert story.document["direction"] == "rtl"
    assert Tweet.objects.filter(direction="rtl", language="ar").exists()


def test_corrections_carry_the_day_on_which_they_were_made(live):
    assert set(Correction.objects.values_list("kind", flat=True)) == {"correction", "clarification", "update"}
    for correction in Correction.objects.select_related("edition"):
        assert correction.edition.first_published_at < correction.at <= timezone.now()
    assert live.filter(updated_at__year=2015).exists()


def test_photos_are_drawn_credited_and_placed(live):
    assert Photo.objects.exclude(file="").count() >= 15
    assert not Photo.objects.filter(credit=None).exists()
    for photo in Photo.objects.exclude(file=""):
        assert photo.file.storage.size(photo.file.name) > 0


def test_an_author_is_linked_to_the_account_of_the_same_name(demo):
    assert User.objects.get(username="ines").author.name == "Ines Corvald"


def test_a_newsroom_that_has_columns_is_left_alone(demo):
    with pytest.raises(loader.NotEmpty):
        loader.load()


def test_a_clock_that_is_behind_moves_stories_back_by_whole_years():
    row = {"published": "2026-11-18T08:00", "change": [{"at": "2026-11-19T09:00"}]}
    now = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
    assert loader.lag(row, now) == timedelta(days=364)
    assert loader.lag(row, now + timedelta(days=2)) == timedelta(0)
    assert loader.printed(row, now).date().isoformat() == "2025-11-19"


def test_the_front_is_arranged_and_one_slot_waits(live):
    now = timezone.now()
    standing = dict(Slot.objects.standing_at(now).values_list("place", "article"))
    assert sorted(standing) == [1, 2, 3, 4]
    assert live.filter(article__in=standing.values()).count() == 4
    planned = Slot.objects.ahead(now).exclude(article__in=standing.values()).get()
    assert Edition.objects.seen_at(planned.live_from).filter(article=planned.article_id).exists()
