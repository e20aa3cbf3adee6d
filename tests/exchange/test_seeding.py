"""Seeded stories are what the publishing verbs would have left, only quicker."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import document
from articles.exchange.seeding import seed
from articles.models import Address, Article, Correction, Edition, EditionByline, EditionPhoto, EditionTag, EditionTweet
from articles.publishing import update
from articles.publishing.freeze import freeze, working_copy

UNTIL = datetime(2026, 1, 5, 12, tzinfo=UTC)
COUNT = 80
# What a later edition may say otherwise: when, in which number, and why.
OF_ITS_OWN = {"id", "number", "kind", "reason", "live_from", "live_until", "updated_at", "made_at"}


@pytest.fixture(autouse=True)
def archive(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    list(seed(COUNT, until=UNTIL))


def index(edition):
    """The rows of an edition, without the edition and their own ids."""
    rows = (
        EditionTag.objects.filter(edition=edition).values_list("tag", "position", "first_published_at"),
        EditionByline.objects.filter(edition=edition).values_list("author", "position", "first_published_at"),
        EditionPhoto.objects.filter(edition=edition).values_list(
            "photo", "position", "caption", "alt", "crop", "sha256"
        ),
        EditionTweet.objects.filter(edition=edition).values_list("tweet", "position"),
    )
    return [list(each) for each in rows]


def test_it_works(client):
    edition = Edition.objects.seen_at(timezone.now()).newest_first()[0]
    answer = client.get(edition.path)
    assert answer.status_code == 200
    assert edition.headline in answer.content.decode()


def test_every_story_is_live_with_an_address_of_its_own():
    assert Edition.objects.seen_at(timezone.now()).values("article").distinct().count() == COUNT
    assert Address.objects.filter(article__isnull=False, is_current=True).count() == COUNT
    assert not Edition.objects.exclude(path__in=Address.objects.values("path")).exists()


def test_an_edition_says_what_freezing_its_working_copy_says():
    for edition in Edition.objects.seen_at(timezone.now()).select_related("article"):
        copy = working_copy(edition.article, edition.article.corrections.all())
        assert edition.document == document.to_json(freeze(copy))


def test_the_publishing_verb_would_have_made_the_same_rows():
    for article in Article.objects.all()[:20]:
        seeded = article.editions.seen_at(timezone.now()).get()
        printed = update(article)
        fields = [field.attname for field in Edition._meta.concrete_fields if field.name not in OF_ITS_OWN]
        assert [getattr(seeded, name) for name in fields] == [getattr(printed, name) for name in fields]
        assert index(seeded) == index(printed)


def test_saving_a_seeded_story_changes_nothing_in_its_placements():
    article = Article.objects.filter(photo_placements__position__gt=0).first()

    def placements():
        return list(article.photo_placements.values_list("photo", "position", "caption", "alt", "crop"))

    before, text = placements(), article.body
    article.save()
    assert (placements(), article.body) == (before, text)


def test_it_looks_like_a_newsroom():
    live = Edition.objects.seen_at(timezone.now())
    assert 1.3 < Edition.objects.count() / COUNT < 1.7
    assert Correction.objects.exists()
    popular = Article.objects.filter(tags__slug="harbor").count()
    assert 0.1 < popular / COUNT < 0.35
    assert live.filter(lead__file="").exists()
    assert live.filter(lead__isnull=False).exclude(lead__file="").exists()
    assert live.filter(tweets__isnull=False).exists()
    assert live.count() - live.filter(first_published_at__gt=UNTIL - timedelta(days=1826)).count() == COUNT / 2


def test_the_same_dice_give_the_same_stories():
    first = list(Article.objects.order_by("id").values_list("headline", "body", "first_published_at"))
    list(seed(COUNT, until=UNTIL))
    assert list(Article.objects.order_by("id").values_list("headline", "body", "first_published_at")) == first * 2


def test_other_dice_give_others():
    list(seed(COUNT, dice=7, until=UNTIL))
    first, second = Article.objects.order_by("id")[:COUNT], Article.objects.order_by("id")[COUNT:]
    assert [each.headline for each in first] != [each.headline for each in second]
