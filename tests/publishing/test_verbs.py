from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Address, Article, Edition, Errand, Purge
from articles.publishing import PublishingError
from tests.factories import PRINTED, make_article, make_column, make_photo, make_tweet, make_user
from tests.publishing.conftest import NOON

pytestmark = pytest.mark.django_db


def seen(article, moment=None):
    return article.editions.seen_at(moment or timezone.now()).first()


def test_it_works(clock):
    marek = make_user("marek", "Editors")
    article = make_article("Is the Harbor Open?", tags=["Ports", "Labor"])
    edition = publishing.publish(article, by=marek, first_published_at=PRINTED)
    assert edition.number == 1
    assert edition.path == "/the-slatest/2015/06/01/is-the-harbor-open/"
    assert edition.live_from == NOON
    assert edition.made_by == marek
    assert edition.document["headline"] == "Is the Harbor Open?"
    assert [row.tag.name for row in edition.edition_tags.all()] == ["Ports", "Labor"]
    assert seen(article) == edition
    assert article.stage_at(NOON) == "live"


def test_saving_the_working_copy_changes_nothing_that_readers_see(clock):
    article = make_article("Before")
    publishing.publish(article)
    article.headline, article.body = "After", "<p>Other words.</p>"
    article.save()
    assert seen(article).headline == "Before"


def test_an_update_replaces_the_edition_and_keeps_the_printed_time_and_address(clock):
    article = make_article("Before")
    first = publishing.publish(article, first_published_at=PRINTED)
    clock.shift(timedelta(hours=1))
    article.headline = "After"
    article.save()
    second = publishing.update(article)
    assert (second.number, second.path, second.first_published_at) == (2, first.path, PRINTED)
    assert second.updated_at == NOON + timedelta(hours=1)
    assert seen(article, NOON) == first
    assert seen(article) == second


def test_a_minor_update_does_not_say_updated(clock):
    article = make_article()
    publishing.publish(article)
    assert publishing.update(article, significant=False).updated_at is None


def test_a_new_slug_gets_a_new_address_and_the_old_one_stays(clock):
    article = make_article("Before")
    publishing.publish(article, first_published_at=PRINTED)
    article.slug = "after"
    article.save()
    clock.shift(timedelta(hours=1))
    assert publishing.update(article).path == "/the-slatest/2015/06/01/after/"
    assert dict(Address.objects.filter(article=article).values_list("path", "is_current")) == {
        "/the-slatest/2015/06/01/before/": False,
        "/the-slatest/2015/06/01/after/": True,
    }


def test_a_taken_address_gets_a_number(clock):
    paths = [publishing.publish(make_article("Same"), first_published_at=PRINTED).path for _ in range(3)]
    assert [path.rsplit("/", 2)[1] for path in paths] == ["same", "same-2", "same-3"]


def test_a_renamed_column_keeps_the_addresses_of_its_stories(clock):
    article = make_article("Stays")
    first = publishing.publish(article, first_published_at=PRINTED)
    article.column.slug = "latest"
    article.column.save()
    clock.shift(timedelta(hours=1))
    assert publishing.update(article).path == first.path


def test_a_story_moved_to_another_column_gets_its_address_there(clock):
    article = make_article("Moves")
    publishing.publish(article, first_published_at=PRINTED)
    article.column = make_column("The Long Lens")
    article.save()
    clock.shift(timedelta(hours=1))
    assert publishing.update(article).path == "/the-long-lens/2015/06/01/moves/"


def test_a_correction_is_kept_and_printed_in_the_document(clock):
    article = make_article()
    publishing.publish(article)
    clock.shift(timedelta(days=1))
    edition = publishing.correct(article, note="There are forty-one pilots, not forty-four.")
    assert edition.kind == "correct"
    assert [c["text"] for c in edition.document["corrections"]] == ["There are forty-one pilots, not forty-four."]
    assert article.corrections.get().edition == edition


@pytest.mark.parametrize("note", ["", "  \n "])
def test_a_correction_without_a_sentence_is_refused(clock, note):
    article = make_article()
    publishing.publish(article)
    with pytest.raises(PublishingError, match="sentence"):
        publishing.correct(article, note=note)


def test_a_change_may_be_dated_where_it_was_made_before(clock):
    article = make_article()
    publishing.publish(article, first_published_at=PRINTED)
    day_after = PRINTED + timedelta(days=1)
    edition = publishing.correct(article, note="Forty-one.", dated=day_after)
    assert edition.updated_at == day_after
    assert article.corrections.get().at == day_after


def test_a_scheduled_story_appears_by_itself(clock):
    article = make_article()
    at = NOON + timedelta(hours=3)
    edition = publishing.schedule(article, at=at)
    assert seen(article) is None
    assert article.stage_at(timezone.now()) == "ready"
    assert seen(article, at) == edition
    assert article.stage_at(at) == "live"
    assert edition.first_published_at == at


def test_a_later_edit_does_not_enter_a_waiting_edition(clock):
    article = make_article("As scheduled")
    publishing.schedule(article, at=NOON + timedelta(hours=3))
    article.headline = "Half-written"
    article.save()
    assert seen(article, NOON + timedelta(hours=4)).headline == "As scheduled"


def test_scheduling_again_replaces_what_waited(clock):
    article = make_article()
    old = publishing.schedule(article, at=NOON + timedelta(hours=3))
    new = publishing.schedule(article, at=NOON + timedelta(hours=5))
    old.refresh_from_db()
    assert old.cancelled
    assert seen(article, NOON + timedelta(hours=4)) is None
    assert seen(article, NOON + timedelta(hours=6)) == new


def test_a_cancelled_schedule_leaves_the_live_edition_without_end(clock):
    article = make_article()
    live = publishing.publish(article)
    clock.shift(timedelta(hours=1))
    publishing.schedule(article, at=NOON + timedelta(hours=3))
    assert publishing.cancel(article) == 1
    live.refresh_from_db()
    assert live.live_until is None


def test_an_update_replaces_a_waiting_edition_that_was_frozen_before_it(clock):
    article = make_article()
    publishing.publish(article)
    clock.shift(timedelta(hours=1))
    publishing.schedule(article, at=NOON + timedelta(hours=3))
    clock.shift(timedelta(minutes=5))
    update = publishing.update(article)
    assert seen(article, NOON + timedelta(hours=9)) == update


def test_a_planned_withdrawal_outlives_an_update(clock):
    article = make_article()
    publishing.publish(article)
    publishing.withdraw(article, at=NOON + timedelta(days=2), reason="The offer ends.")
    clock.shift(timedelta(hours=1))
    publishing.update(article)
    assert seen(article, NOON + timedelta(days=1))
    assert seen(article, NOON + timedelta(days=2)) is None


def test_a_withdrawn_story_is_seen_by_nobody_and_can_be_published_again(clock):
    article = make_article()
    publishing.publish(article, first_published_at=PRINTED)
    clock.shift(timedelta(hours=1))
    publishing.withdraw(article, reason="It was a hoax.")
    assert seen(article) is None
    assert article.stage_at(timezone.now()) == "withdrawn"
    clock.shift(timedelta(hours=1))
    again = publishing.publish(article)
    assert (again.number, again.first_published_at) == (2, PRINTED)


def test_a_reprint_takes_todays_credit_and_no_half_written_draft(clock):
    photo = make_photo()
    article = make_article("Printed", body=f'<p>Text.</p><news-photo data-id="{photo.pk}"></news-photo>')
    publishing.publish(article)
    clock.shift(timedelta(hours=1))
    waiting = publishing.schedule(article, at=NOON + timedelta(days=1))
    article.headline = "Half-written"
    article.save()
    photo.credit.credit_line = "Zayn al-Rifai/AFP"
    photo.credit.save()
    clock.shift(timedelta(hours=1))
    live, next_one = publishing.reprint(article, reason="The name was spelt wrong.")
    assert seen(article) == live
    assert live.headline == "Printed"
    assert live.document["blocks"][1]["credit_line"] == "Zayn al-Rifai/AFP"
    assert live.reason == "The name was spelt wrong."
    assert seen(article, NOON + timedelta(days=1)) == next_one
    waiting.refresh_from_db()
    assert waiting.cancelled


def test_a_reprint_that_would_say_the_same_makes_no_edition(clock):
    article = make_article()
    publishing.publish(article)
    clock.shift(timedelta(hours=1))
    assert publishing.reprint(article, reason="Nothing.") == []


@pytest.mark.parametrize(
    ("own", "use", "caption", "read"),
    [
        ("A ship", None, "At dusk", "A ship"),
        ("A ship", "Two ships", "At dusk", "Two ships"),
        ("A ship", "", "At dusk", ""),  # marked as decorative
        ("", None, "At dusk", "At dusk"),
        ("", None, "", "A picture credited to Zein al-Rifai/AFP/Getty Images"),
        ("", "", "", ""),
    ],
)
def test_a_picture_is_silent_only_where_somebody_decided_it(own, use, caption, read):
    photo = make_photo(file=True, alt_text=own, caption="As it came, which nobody chose for readers")
    article = make_article(lead_photo=photo, lead_caption=caption, lead_alt=use)
    assert publishing.publish(article).document["lead"]["alt"] == read


def test_a_reprint_keeps_the_alt_text_of_the_photo_and_of_the_use_apart(clock):
    photo = make_photo(alt_text="Old words")
    article = make_article(lead_photo=photo, lead_caption="Lead")
    publishing.publish(article)
    photo.alt_text = "New words"
    photo.save()
    clock.shift(timedelta(hours=1))
    (edition,) = publishing.reprint(article, reason="Alt text.")
    assert edition.document["lead"]["alt"] == "New words"


def test_a_redaction_leaves_nothing_of_the_text(clock):
    photo = make_photo()
    article = make_article("Secret headline", lead_photo=photo, lead_caption="Secret caption", dek="Secret dek")
    edition = publishing.publish(article)
    clock.shift(timedelta(hours=1))
    publishing.redact(edition, reason="Court order")
    row = Edition.objects.filter(pk=edition.pk).values().get()
    assert "Secret" not in str(row | {"photos": list(edition.photos.values())})
    assert row["reason"] == "Court order"
    assert seen(article) is None


def test_a_photo_without_credit_cannot_be_published(clock):
    photo = make_photo(credited=False)
    article = make_article(lead_photo=photo)
    with pytest.raises(PublishingError, match="no credit"):
        publishing.publish(article)
    assert not Edition.objects.exists()
    assert not Address.objects.filter(article=article).exists()


def test_refusals(clock):
    article = make_article()
    for verb in (publishing.update, publishing.cancel, partial(publishing.withdraw, reason="x")):
        with pytest.raises(PublishingError):
            verb(article)
    with pytest.raises(PublishingError, match="has passed"):
        publishing.schedule(article, at=NOON)
    with pytest.raises(PublishingError, match="in the future"):
        publishing.publish(article, first_published_at=NOON + timedelta(days=1))
    publishing.publish(article)
    with pytest.raises(PublishingError, match="live already"):
        publishing.publish(article)


def test_a_killed_story_is_not_published(clock):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(stage="killed")
    with pytest.raises(PublishingError, match="killed"):
        publishing.publish(article)


def test_the_index_rows_name_what_the_edition_shows(clock):
    photo, tweet = make_photo(file=True), make_tweet()
    body = f'<news-photo data-id="{photo.pk}"></news-photo><news-tweet data-id="{tweet.pk}"></news-tweet>'
    edition = publishing.publish(make_article(body=body, lead_photo=photo))
    assert list(edition.photos.values_list("position", "sha256")) == [(0, photo.sha256), (1, photo.sha256)]
    assert list(edition.tweets.values_list("tweet", flat=True)) == [tweet.pk]


def test_publishing_leaves_purges_and_an_errand_in_the_same_transaction(clock):
    article = make_article(tags=["Ports"])
    Purge.objects.all().delete()
    Errand.objects.all().delete()
    edition = publishing.publish(article)
    keys = set(Purge.objects.values_list("key", flat=True))
    assert keys == edition.cache_keys()
    assert {"front", f"article-{article.pk}", f"column-{article.column_id}"} <= keys
    assert set(Errand.objects.get().payload["keys"]) == keys


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "Rewritten"},
        {"document": {}},
        {"number": 9},
        {"live_from": NOON},
        {"path": "/x/"},
        {"redacted_at": NOON},
    ],
)
def test_the_database_refuses_to_rewrite_an_edition(change):
    edition = publishing.publish(make_article())
    with pytest.raises(DatabaseError, match="record"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**change)


def test_the_database_refuses_to_move_an_end_that_has_passed():
    edition = publishing.publish(make_article())
    past = timezone.now() - timedelta(hours=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(live_until=past)


def test_an_edition_is_never_deleted():
    edition = publishing.publish(make_article())
    with pytest.raises(TypeError):
        edition.delete()
    with pytest.raises(TypeError):
        Edition.objects.all().delete()


def test_redacting_a_waiting_edition_leaves_the_live_one_where_it_was(clock):
    article = make_article()
    live = publishing.publish(article)
    clock.shift(timedelta(hours=1))
    waiting = publishing.schedule(article, at=NOON + timedelta(days=1))
    publishing.redact(waiting, reason="Court order")
    assert seen(article, NOON + timedelta(days=2)) == live
    assert waiting.cancelled
    assert waiting.headline == ""


def test_redacting_the_live_edition_cancels_what_waits(clock):
    article = make_article()
    live = publishing.publish(article)
    clock.shift(timedelta(hours=1))
    publishing.schedule(article, at=NOON + timedelta(days=1))
    publishing.redact(live, reason="Court order")
    assert seen(article, NOON + timedelta(days=2)) is None


def test_a_planned_withdrawal_can_be_moved_later_and_earlier(clock):
    article = make_article()
    publishing.publish(article)
    for days in (2, 5, 1):
        publishing.withdraw(article, at=NOON + timedelta(days=days), reason=f"After {days} days.")
        assert seen(article, NOON + timedelta(days=days, seconds=-1))
        assert seen(article, NOON + timedelta(days=days)) is None
    assert article.withdrawals.get().reason == "After 1 days."


def test_a_withdrawal_now_takes_the_place_of_a_planned_one(clock):
    article = make_article()
    publishing.publish(article)
    publishing.withdraw(article, at=NOON + timedelta(days=2), reason="The offer ends.")
    clock.shift(timedelta(hours=1))
    publishing.withdraw(article, reason="It was a hoax.")
    assert [row.reason for row in article.withdrawals.all()] == ["It was a hoax."]


def test_cancelling_a_schedule_keeps_a_withdrawal_planned_for_the_same_moment(clock):
    article = make_article()
    publishing.publish(article)
    at = NOON + timedelta(days=1)
    publishing.withdraw(article, at=at, reason="The offer ends.")
    clock.shift(timedelta(hours=1))
    publishing.schedule(article, at=at)
    publishing.cancel(article)
    assert seen(article, at) is None
    assert article.withdrawals.get().at == at


def test_a_story_published_again_says_when_it_was_last_updated(clock):
    article = make_article()
    publishing.publish(article)
    clock.shift(timedelta(hours=1))
    updated = publishing.update(article)
    clock.shift(timedelta(hours=1))
    publishing.withdraw(article, reason="In doubt.")
    clock.shift(timedelta(hours=1))
    assert publishing.publish(article).updated_at == updated.updated_at


def test_lists_show_the_notice_of_a_retracted_story_and_nothing_else(clock):
    article = make_article("It happened", dek="It did happen.", lead_photo=make_photo())
    publishing.publish(article)
    clock.shift(timedelta(hours=1))
    edition = publishing.correct(article, kind="retraction", note="It did not happen.")
    assert (edition.summary, edition.dek, edition.lead) == ("It did not happen.", "", None)
    assert edition.document["dek"] == "It did happen."


def test_a_redacted_correction_is_not_printed_again(clock):
    article = make_article()
    publishing.publish(article)
    clock.shift(timedelta(hours=1))
    edition = publishing.correct(article, note="A defamatory note.")
    publishing.redact(edition, reason="Court order")
    clock.shift(timedelta(hours=1))
    again = publishing.publish(article)
    assert again.document["corrections"] == []
    assert not article.corrections.exists()


def test_a_correction_of_a_retraction_brings_the_text_back(clock):
    article = make_article("It happened", dek="It did happen.")
    publishing.publish(article)
    clock.shift(timedelta(hours=1))
    publishing.correct(article, kind="retraction", note="It did not happen.")
    clock.shift(timedelta(hours=1))
    edition = publishing.correct(article, note="The retraction was wrong.")
    assert edition.dek == "It did happen."
    assert [note["text"] for note in edition.document["corrections"]] == [
        "It did not happen.",
        "The retraction was wrong.",
    ]


@pytest.mark.parametrize("verb", ["publish", "schedule", "update", "correct"])
def test_a_version_that_nobody_read_is_not_shown(clock, verb):
    story = make_article("As it was read")
    if verb in ("update", "correct"):
        publishing.publish(story)
    clock.shift(60)
    read, made = story.version, story.editions.count()
    story.headline = "Slipped in"
    story.save()
    asked = {"schedule": {"at": NOON + timedelta(hours=1)}, "correct": {"note": "It was never so."}}.get(verb, {})
    with pytest.raises(PublishingError, match="read the newer version"):
        getattr(publishing, verb)(story, version=read, **asked)
    assert story.editions.count() == made
    getattr(publishing, verb)(story, version=story.version, **asked)
    assert story.editions.last().headline == "Slipped in"
