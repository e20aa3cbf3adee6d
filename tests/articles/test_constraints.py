"""The rules stand in the database: each is broken here by writing around the forms."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles.models import (
    Address,
    Article,
    ArticleTag,
    Author,
    Byline,
    Column,
    Correction,
    Edition,
    EditionByline,
    EditionPhoto,
    EditionTag,
    EditionTweet,
    Errand,
    Front,
    PhotoPlacement,
    Presence,
    Proof,
    Recovery,
    Slot,
    Tag,
    TweetPlacement,
    Withdrawal,
)
from articles.publishing import publish, schedule
from media.models import Agency, Credit, CreditAgency, Photo, Tweet
from tests.factories import make_article, make_author, make_column, make_photo, make_tag, make_tweet, make_user

pytestmark = pytest.mark.django_db


def edition(article: Article, number: int, **fields) -> Edition:
    """A row for an edition as no verb would write it."""
    now = timezone.now()
    values = {
        "headline": "Second",
        "slug": "second",
        "path": "/second/",
        "column": article.column,
        "document": {},
        "first_published_at": now,
        "live_from": now,
    }
    return Edition(article=article, number=number, **(values | fields))


def photo(**fields):
    return Photo(alt_text="A ship", **fields)


def with_edition(make):
    """A row that breaks a rule beside a published edition."""
    tweet, picture = make_tweet(), make_photo()
    article = make_article(
        tags=["Ports"], lead_photo=picture, body=f'<p>Said:</p><news-tweet data-id="{tweet.pk}"></news-tweet>'
    )
    return make(publish(article))


def slot(article: Article, **fields) -> Slot:
    """A row of the front as no save of the desk would write it."""
    start = timezone.now().replace(microsecond=0)
    return Slot(article=article, **({"place": 1, "since": start, "live_from": start} | fields))


def recovery(article: Article | None, user, page: str = "") -> Recovery:
    return Recovery(article=article, user=user, page=page, saved_at=timezone.now())


def presence(article: Article, user) -> Presence:
    return Presence(article=article, user=user, since=timezone.now(), seen_at=timezone.now())


def beside(there, row):
    """A row that breaks a rule beside one that is there."""
    there.save()
    return row


# constraint: how to break it. A rule without a line here fails the last test.
BROKEN = {
    "column_slug_well_formed": lambda: Column(name="X", slug="Not Good"),
    "column_slug_not_reserved": lambda: Column(name="X", slug="admin"),
    "column_shows_known": lambda: Column(name="X", slug="x", shows="video"),
    "author_slug_well_formed": lambda: Author(name="X", slug="-x"),
    "tag_slug_well_formed": lambda: Tag(name="X", slug="x--y"),
    "byline_names_an_author_once": lambda: Byline(article=make_article(), author=make_author()),
    "article_tagged_once": lambda: ArticleTag(content_object=make_article(tags=["Ports"]), tag=make_tag("Ports")),
    "article_has_a_headline": lambda: Article(headline="", slug="x", column=make_column()),
    "article_slug_well_formed": lambda: Article(headline="X", slug="X y", column=make_column()),
    "article_stage_at_the_desk": lambda: Article(headline="X", slug="x", column=make_column(), stage="live"),
    "article_ready_as_approved": lambda: Article(headline="X", slug="x", column=make_column(), stage="ready"),
    "article_trashed_as_draft": lambda: Article(
        headline="X", slug="x", column=make_column(), stage="review", trashed_at=timezone.now()
    ),
    "article_language_is_a_tag": lambda: Article(headline="X", slug="x", column=make_column(), language="<b>"),
    "photo_placement_in_its_place": lambda: with_edition(
        lambda e: PhotoPlacement(article=e.article, photo=make_photo(), position=0)
    ),
    "tweet_placement_in_its_place": lambda: with_edition(
        lambda e: TweetPlacement(article=e.article, tweet=make_tweet(), position=1)
    ),
    "edition_numbered_once": lambda: with_edition(
        lambda e: edition(e.article, 1, live_until=e.live_from + timedelta(hours=1))
    ),
    "edition_ends_after_it_begins": lambda: with_edition(
        lambda e: edition(e.article, 2, live_until=e.live_from - timedelta(days=1))
    ),
    "edition_one_without_end": lambda: with_edition(lambda e: edition(e.article, 2)),
    "edition_one_begins_at_a_time": lambda: with_edition(
        lambda e: edition(e.article, 2, live_from=e.live_from, live_until=e.live_from + timedelta(hours=1))
    ),
    "edition_has_a_headline": lambda: edition(make_article(), 1, headline=""),
    "withdrawal_says_why": lambda: Withdrawal(article=make_article(), at=timezone.now(), reason=""),
    "edition_kind_known": lambda: edition(make_article(), 1, kind="whim"),
    "edition_photo_in_its_place": lambda: with_edition(
        lambda e: EditionPhoto(edition=e, photo=make_photo(), position=0)
    ),
    "edition_tweet_in_its_place": lambda: with_edition(
        lambda e: EditionTweet(edition=e, tweet=make_tweet(), position=1)
    ),
    "edition_tagged_once": lambda: with_edition(
        lambda e: EditionTag(edition=e, tag=make_tag("Ports"), first_published_at=e.first_published_at)
    ),
    "edition_byline_once": lambda: with_edition(
        lambda e: EditionByline(edition=e, author=make_author(), first_published_at=e.first_published_at)
    ),
    "address_of_exactly_one_thing": lambda: Address(path="/x/"),
    "address_begins_with_slash": lambda: Address(path="x", column=make_column(), is_current=False),
    "address_one_current_of_article": lambda: with_edition(lambda e: Address(path="/x/", article=e.article)),
    "address_one_current_of_column": lambda: Address(path="/x/", column=make_column()),
    "address_one_current_of_tag": lambda: Address(path="/x/", tag=make_tag()),
    "address_one_current_of_author": lambda: Address(path="/x/", author=make_author()),
    "correction_kind_known": lambda: with_edition(
        lambda e: Correction(article=e.article, edition=e, kind="excuse", text="Sorry.", at=e.live_from)
    ),
    "correction_says_something": lambda: with_edition(
        lambda e: Correction(article=e.article, edition=e, kind="correction", text="", at=e.live_from)
    ),
    "recovery_one_for_each_page": lambda: beside(
        there := recovery(make_article(), make_user(), page="a"), recovery(None, there.user, page="a")
    ),
    "recovery_of_a_page": lambda: recovery(None, make_user()),
    "presence_once_for_each_person": lambda: beside(
        there := presence(make_article(), make_user()), presence(there.article, there.user)
    ),
    "proof_expires": lambda: Proof(
        article=make_article(), made_at=timezone.now(), expires_at=timezone.now() - timedelta(days=1)
    ),
    "errand_has_a_kind": lambda: Errand(kind="", due_at=timezone.now()),
    "front_is_one": lambda: Front(pk=2),
    "slot_in_a_place": lambda: slot(make_article(), place=8),
    "slot_ends_after_it_begins": lambda: slot(make_article(), live_until=timezone.now() - timedelta(days=1)),
    "slot_taken_before_it_shows": lambda: slot(make_article(), since=timezone.now() + timedelta(days=1)),
    "slot_one_begins_at_a_time": lambda: beside(
        there := slot(make_article()), slot(make_article(), since=there.since, live_from=there.live_from)
    ),
    "slot_one_without_end": lambda: beside(there := slot(make_article()), slot(there.article, place=2)),
    "photo_focal_point_inside": lambda: photo(focal_x=1.5),
    "photo_file_has_size": lambda: photo(file="photos/a.jpg"),
    "credit_has_a_line": lambda: Credit(photo=make_photo(credited=False), credit_line=""),
    "credit_rights_known_kind": lambda: Credit(photo=make_photo(credited=False), credit_line="X", rights="mine"),
    "credit_names_an_agency_once": lambda: CreditAgency(
        credit=make_photo().credit, agency=Agency.objects.get(name="AFP")
    ),
    "tweet_is_one_row": lambda: Tweet(status_id=make_tweet().status_id),
    "tweet_id_is_a_number": lambda: Tweet(status_id="javascript:1"),
    "tweet_direction_known": lambda: Tweet(status_id="1", direction="up"),
    "tweet_availability_known": lambda: Tweet(status_id="1", availability="maybe"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    row = BROKEN[name]()
    with pytest.raises(IntegrityError), transaction.atomic():
        # bulk_create writes the row as it is: no clean(), no save() of ours.
        type(row)._default_manager.bulk_create([row])


@pytest.mark.parametrize("name", BROKEN)
def test_the_refusal_is_a_sentence_where_a_form_asks(name):
    row = BROKEN[name]()
    rule = next(rule for rule in row._meta.constraints if rule.name == name)
    with pytest.raises(ValidationError) as refusal:
        rule.validate(type(row), row)
    assert "Constraint “" not in refusal.value.messages[0]


def test_every_constraint_is_broken_once():
    ours = [model for app in ("articles", "media") for model in apps.get_app_config(app).get_models()]
    names = {rule.name for model in ours for rule in model._meta.constraints if isinstance(rule, models.BaseConstraint)}
    assert names == set(BROKEN)


def test_what_an_edition_or_a_working_copy_shows_cannot_be_deleted():
    tweet, picture = make_tweet(), make_photo()
    body = f'<p>Said:</p><news-tweet data-id="{tweet.pk}"></news-tweet>'
    article = make_article(body=body, lead_photo=picture)
    for row in (tweet, picture):
        with pytest.raises(ProtectedError):
            row.delete()
    publish(article)
    article.body, article.lead_photo = "<p>Nothing shown.</p>", None
    article.save()
    for row in (tweet, picture):
        with pytest.raises(ProtectedError):
            row.delete()


def test_a_scheduled_edition_stands_beside_a_live_one():
    article = make_article()
    publish(article)
    schedule(article, at=timezone.now() + timedelta(days=1))
    assert article.editions.count() == 2
