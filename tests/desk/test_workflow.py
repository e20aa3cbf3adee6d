"""Who may do what: the table, its steps, and what it refuses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import workflow
from articles.models import Article, Byline
from articles.publishing import PublishingError, embargo, publish, schedule, withdraw
from tests.factories import make_article, make_author, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    return make_user("ines", "Reporters")


@pytest.fixture
def marek():
    return make_user("marek", "Editors")


def test_reporters_neither_publish_nor_schedule(ines, marek):
    story = make_article(created_by=ines)
    assert workflow.possible(ines, story) == {"read", "write", "submit", "trash", "proof", "hold"}
    assert {"publish", "schedule", "approve", "kill", "embargo"} <= workflow.possible(marek, story)


def test_a_story_goes_to_review_is_approved_and_a_later_save_asks_again(ines, marek):
    story = make_article(created_by=ines)
    workflow.step(story, "submit", by=ines, version=1)
    assert story.stage == "review"
    workflow.step(story, "approve", by=marek, version=1)
    assert (story.stage, story.approved_version, story.approved_by) == ("ready", 1, marek)
    story.dek = "One word more."
    story.save()
    assert Article.objects.get(pk=story.pk).stage == "review"


def test_what_is_approved_is_the_version_that_was_read(ines, marek):
    story = make_article(created_by=ines, stage="review")
    read = story.version
    story.dek = "Slipped in."
    story.save()
    with pytest.raises(PublishingError, match="newer version"):
        workflow.step(story, "approve", by=marek, version=read)
    story.refresh_from_db()
    assert (story.stage, story.approved_version) == ("review", None)


def test_a_story_is_sent_back_killed_and_revived(marek):
    story = make_article(stage="review")
    for deed, stage in (("send_back", "draft"), ("kill", "killed"), ("revive", "draft")):
        workflow.step(story, deed, by=marek, version=story.version)
        assert story.stage == stage
    with pytest.raises(PublishingError, match="draft already"):
        workflow.step(story, "revive", by=marek, version=story.version)


def test_what_readers_see_or_will_see_is_not_killed_and_not_thrown_away(marek):
    live, waiting, gone = make_article(), make_article(), make_article()
    publish(live)
    publish(gone)
    withdraw(gone, reason="Not ours.")
    schedule(waiting, at=timezone.now() + timedelta(hours=1))
    for story in (live, waiting, gone):
        story.refresh_from_db()
        assert not {"kill", "trash"} & workflow.possible(marek, story)
        with pytest.raises(PublishingError, match="Readers have seen this story, or will"):
            workflow.step(story, "kill", by=marek, version=story.version)
        with pytest.raises(PublishingError, match="Readers have seen this story, or will"):
            workflow.trash(story, by=marek)


def test_a_draft_goes_into_the_trash_and_comes_back(ines):
    story = make_article(created_by=ines)
    workflow.trash(story, by=ines)
    assert not Article.objects.kept().filter(pk=story.pk).exists()
    assert "restore" in workflow.possible(ines, story)
    assert "trash" not in workflow.possible(ines, story)
    with pytest.raises(PublishingError, match="trash"):
        publish(story)
    workflow.restore(story, by=ines)
    assert Article.objects.kept().get() == story


def test_reporters_open_what_they_began_or_signed_and_nothing_else(ines):
    begun, signed, other = make_article(created_by=ines), make_article(authors=[]), make_article()
    Byline.objects.create(article=signed, author=make_author("Ines Only", user=ines), position=0)
    assert [workflow.may_open(ines, story) for story in (begun, signed, other)] == [True, True, False]
    assert workflow.possible(ines, other) == set()
    assert set(Article.objects.open_to(ines, timezone.now())) == {begun, signed}


def test_a_text_under_embargo_is_for_its_writer_and_those_with_the_right(ines, marek):
    story = make_article(created_by=ines)
    pia = make_user("pia", "Picture desk")
    assert workflow.may_open(pia, story)
    embargo(story, timezone.now() + timedelta(hours=1))
    assert [workflow.may_open(who, story) for who in (ines, marek, pia)] == [True, True, False]
