"""States that must never be are refused by the database itself, whoever asks: a script, a shell, a slip of ours."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article, Edition, Withdrawal
from articles.models.ground import lay_ground, lift_guard
from articles.publishing import publish, schedule, withdraw
from tests.factories import make_article

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(words: str, write, **fields) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        write(**fields)


def another(edition: Edition, **fields) -> None:
    """One more edition of the same story, past every verb."""
    copy = Edition.objects.get(pk=edition.pk)
    copy.pk, copy.number = None, edition.number + 1
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)


def row(article: Article):
    return Article.objects.filter(pk=article.pk)


def test_two_editions_of_a_story_are_never_seen_at_once():
    now = timezone.now()
    live = publish(make_article())
    for live_from, live_until in [(now - HOUR, now + HOUR), (now + HOUR, now + 2 * HOUR), (now - HOUR, None)]:
        refused(
            "two editions|live_until|one_without_end|UNIQUE",
            another,
            edition=live,
            live_from=live_from,
            live_until=live_until,
        )
    another(live, live_from=now - 2 * HOUR, live_until=now - HOUR)


def test_nor_by_a_later_end():
    now = timezone.now()
    article = make_article()
    first = publish(article)
    second = schedule(article, at=now + HOUR)
    refused("two editions", Edition.objects.filter(pk=first.pk).update, live_until=now + 2 * HOUR)
    Edition.objects.filter(pk=second.pk).update(live_until=second.live_from)  # cancelled, it is seen by nobody
    Edition.objects.filter(pk=first.pk).update(live_until=now + 2 * HOUR)


WITHHELD = {
    "killed": {"stage": "killed"},
    "in the trash": {"stage": "draft", "trashed_at": timezone.now()},
    "under embargo": {"embargo_until": timezone.now() + 9 * HOUR},
}


@pytest.mark.parametrize("state", WITHHELD.values(), ids=WITHHELD)
@pytest.mark.parametrize("ahead", [False, True])
def test_what_readers_see_or_are_to_see_is_never_withheld(state, ahead):
    article = make_article()
    _ = schedule(article, at=timezone.now() + HOUR) if ahead else publish(article)
    refused("Readers see this story", row(article).update, **state)
    assert row(article).get().stage == "ready"


@pytest.mark.parametrize("state", WITHHELD.values(), ids=WITHHELD)
def test_and_what_is_withheld_is_never_shown(state):
    article = make_article()
    edition = publish(article)
    withdraw(article, reason="x")
    row(article).update(**state)
    later = timezone.now() + HOUR
    refused("is not published", another, edition=edition, live_from=later, live_until=None)
    another(edition, live_from=later, live_until=later)


def test_an_edition_begins_when_its_embargo_has_passed():
    article = make_article()
    embargo = timezone.now() + HOUR
    row(article).update(embargo_until=embargo)
    schedule(article, at=embargo)
    row(article).update(embargo_until=embargo - HOUR / 2)
    refused("Readers see this story", row(article).update, embargo_until=embargo + HOUR)


def test_a_version_never_goes_backwards():
    article = make_article()
    row(article).update(version=7)
    refused("never goes backwards", row(article).update, version=6)


def test_a_withdrawal_says_why():
    article = make_article()
    refused("withdrawal_says_why", Withdrawal.objects.create, article=article, at=timezone.now(), reason="")


def test_a_past_edition_of_a_story_that_was_killed_since_can_be_put_back():
    """A dump that is read into an empty database has the stories first."""
    article = make_article()
    edition = publish(article)
    withdraw(article, reason="x")
    row(article).update(stage="killed")
    now = timezone.now()
    another(edition, live_from=now - 3 * HOUR, live_until=now - 2 * HOUR)
    refused("is not published", another, edition=edition, number=3, live_from=timezone.now(), live_until=now + HOUR)


def test_no_edition_is_deleted_by_sql():
    edition = schedule(make_article(), at=timezone.now() + HOUR)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_edition WHERE id = %s", [edition.pk])
    assert Edition.objects.filter(pk=edition.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_whole_database_can_be_emptied_and_is_guarded_again():
    publish(make_article())
    call_command("flush", interactive=False, verbosity=0)
    assert not Edition.objects.exists()
    test_no_edition_is_deleted_by_sql()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("model", "name"), [("article", "note"), ("edition", "reason")])
def test_a_table_that_is_watched_can_be_migrated(model, name):
    """On SQLite a change of a field remakes its table, which a trigger that names the table would refuse."""
    app, model = apps.get_app_config("articles"), apps.get_model("articles", model)
    field = model._meta.get_field(name)
    changed = field.clone()
    changed.null = True
    changed.set_attributes_from_name(name)
    changed.model = model
    publish(make_article())
    lift_guard(app, using="default")
    try:
        for before, after in [(field, changed), (changed, field)]:
            with connection.schema_editor() as editor:
                editor.alter_field(model, before, after)
    finally:
        lay_ground(app, using="default")
    test_no_edition_is_deleted_by_sql()
