from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from articles.body import BodyError
from articles.models import Address, Article, ArticleTag, PhotoPlacement, Purge
from articles.models.names import slug_from
from articles.publishing import publish, schedule, withdraw
from tests.factories import make_article, make_author, make_column, make_photo, make_tag, make_tweet

pytestmark = pytest.mark.django_db
HOSTILE = '<p onclick="x()">Text<script>alert(1)</script></p>'


def stored(article: Article) -> str:
    return Article.objects.values_list("body", flat=True).get(pk=article.pk)


def test_the_body_is_cleaned_on_save():
    assert stored(make_article(body=HOSTILE)) == "<p>Text</p>"


def test_the_body_is_cleaned_in_bulk():
    (article,) = Article.objects.bulk_create([Article(headline="X", slug="x", column=make_column(), body=HOSTILE)])
    assert stored(article) == "<p>Text</p>"


def test_the_body_is_cleaned_in_a_bulk_update():
    article = make_article()
    article.body = HOSTILE
    Article.objects.bulk_update([article], ["headline"])
    with pytest.raises(ValueError, match="placements"):
        Article.objects.bulk_update([article], ["body"])


def test_a_body_cannot_be_written_by_a_query_that_leaves_the_placements_behind():
    article = make_article()
    with pytest.raises(ValueError, match="placements"):
        Article.objects.filter(pk=article.pk).update(body="<p>x</p>")


def test_placements_follow_the_body():
    photo, tweet = make_photo(), make_tweet()
    article = make_article(
        body=f'<news-photo data-id="{photo.pk}" data-caption="Here" data-alt=""></news-photo>'
        f'<news-tweet data-id="{tweet.pk}"></news-tweet>',
        lead_photo=photo,
    )
    assert list(article.photo_placements.values_list("position", "photo", "caption", "alt")) == [
        (0, photo.pk, "", None),
        (1, photo.pk, "Here", ""),
    ]
    assert list(article.tweet_placements.values_list("tweet", flat=True)) == [tweet.pk]
    article.body, article.lead_photo = "<p>Words.</p>", None
    article.save()
    assert not PhotoPlacement.objects.exists()


def test_a_body_that_shows_a_photo_we_lack_is_refused_and_nothing_changes():
    article = make_article(body="<p>Before</p>")
    article.body = '<p>After</p><news-photo data-id="999999"></news-photo>'
    with pytest.raises(BodyError, match="999999"):
        article.save()
    assert stored(article) == "<p>Before</p>"


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("The U.S. Accuses Assad of Helping ISIS", "the-us-accuses-assad-of-helping-isis"),
        ("Assad’s “Deal”—With the Devil?", "assads-deal-with-the-devil"),
        ("Ça va, Zoë", "ca-va-zoe"),
        ("Die großen Straßen", "die-grossen-strassen"),
        ("Æbleskiver på Østerbro, œufs à Łódź", "aebleskiver-pa-osterbro-oeufs-a-lodz"),
        ("İstanbul’un Isısı", "istanbulun-isisi"),
        ("Wait…what? A non‑breaking hyphen", "wait-what-a-non-breaking-hyphen"),
        ("?!", "story"),
        ("توقفت حركة الإرشاد", "story"),
        ("🚢", "story"),
    ],
)
def test_a_slug_makes_itself(headline, slug):
    assert slug_from(headline, "story") == slug


def test_nothing_in_a_line_turns_it_around():
    turned, isolated = "\u202eThe \u202bHarbor\u202c Is \u202dOpen", "\u2067شلوم\u2069 \u200fin the Harbor"
    article = make_article(turned, kicker=turned, dek=turned, seo_title=isolated, tags=[turned], authors=[turned])
    article.refresh_from_db()
    (tag,), (byline,) = article.ordered_tags(), article.bylines.all()
    plain = "The Harbor Is Open"
    assert [article.headline, article.kicker, article.dek, tag.name, byline.author.name] == [plain] * 5
    assert article.seo_title == isolated


def test_a_long_slug_ends_with_a_whole_word():
    slug = slug_from("word " * 40, "story")
    assert len(slug) <= 80
    assert slug.endswith("-word")


def test_tags_keep_the_editors_order():
    article = make_article()
    ArticleTag.objects.retag(article, [make_tag("White House"), make_tag("Assad"), make_tag("White House")])
    assert [tag.name for tag in article.ordered_tags()] == ["White House", "Assad"]


def test_a_renamed_column_keeps_its_old_address():
    column = make_column()
    column.slug = "latest"
    column.save()
    rows = Address.objects.filter(column=column).values_list("path", "is_current")
    assert dict(rows) == {"/the-slatest/": False, "/latest/": True}


def test_an_old_address_is_not_given_to_another_column():
    column = make_column()
    column.slug = "latest"
    column.save()
    other = make_column("Other")
    other.slug = "the-slatest"
    with pytest.raises(ValidationError):
        other.full_clean()
    with pytest.raises(ValidationError):
        other.save()


def test_the_stage_is_asked_of_the_editions():
    now = timezone.now()
    draft, live, planned, gone = (make_article() for _ in range(4))
    publish(live)
    schedule(planned, at=now + timedelta(hours=1))
    publish(gone)
    withdraw(gone, reason="Hoax.")
    later = timezone.now()
    assert [a.stage_at(later) for a in (draft, live, planned, gone)] == ["draft", "live", "ready", "withdrawn"]
    assert planned.stage_at(now + timedelta(hours=2)) == "live"


@pytest.mark.parametrize("make", [make_column, make_author, make_tag])
def test_what_readers_never_saw_can_be_deleted_with_its_address(make):
    thing = make("A slip of the pen")
    thing.delete()
    assert not Address.objects.filter(path=thing.path).exists()


@pytest.mark.parametrize(
    ("make", "name"), [(make_column, "The Slatest"), (make_author, "Ines Corvald"), (make_tag, "Ports")]
)
def test_what_readers_saw_cannot_be_deleted_and_keeps_its_address(make, name):
    publish(make_article(tags=["Ports"]))
    thing = make(name)
    with pytest.raises(ProtectedError):
        thing.delete()
    assert Address.objects.filter(path=thing.path).exists()


def test_a_rename_purges_the_pages_that_name_it():
    tag = make_tag("Ports")
    Purge.objects.all().delete()
    tag.name = "Harbors"
    tag.save()
    assert [row.key for row in Purge.objects.order_by("key")] == ["addresses", f"tag-{tag.pk}"]
