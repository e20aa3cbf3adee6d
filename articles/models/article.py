"""The working copy: what people edit at the desk. Saving it never changes what readers see."""

from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from articles import body
from articles.models.author import Author
from articles.models.column import Column
from articles.models.names import SLUG_LENGTH, slug_from, slug_is_well_formed, validate_slug
from articles.models.tag import ArticleTag, Tag, TaggableManager
from media.models import Photo, Tweet

LANGUAGE = r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$"
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "sd", "ug")


def direction_of(language: str) -> str:
    """The direction of a language's script, "ltr" or "rtl"."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


class Crop(models.TextChoices):
    AS_IS = "", "As it is"
    WIDE = "wide", "Wide"
    SQUARE = "square", "Square"
    PORTRAIT = "portrait", "Portrait"


class Stage(models.TextChoices):
    """Where a story stands.

    The desk stores draft, review, ready and killed. Live and withdrawn are never stored: a schedule goes live by
    itself, with nobody there to write it down, so they are asked of the editions (`stage_at`, `with_stage`).
    """

    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    READY = "ready", "Ready"
    LIVE = "live", "Live"
    WITHDRAWN = "withdrawn", "Withdrawn"
    KILLED = "killed", "Killed"


AT_THE_DESK = [Stage.DRAFT, Stage.REVIEW, Stage.READY, Stage.KILLED]


class BodyField(models.TextField):
    """The working body. It is cleaned on its way into the database, by whatever path it goes.

    The editor's own cleaning runs in forms only: a script that called save() once stored `<script>`.
    """

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        try:
            return body.clean(value)
        except body.BodyError as error:
            raise ValidationError(str(error)) from error

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(body.clean(value or ""), connection)


class ArticleQuerySet(models.QuerySet["Article"]):
    def update(self, **fields) -> int:
        """Refuses the body: placements are derived from it, so each article must be saved."""
        if "body" in fields:
            raise ValueError("Save each article: its placements are derived from its body.")
        return super().update(**fields)

    def with_stage(self, moment: datetime):
        """Annotates `stage_now`, one of the six stages at that moment, so that lists can show and filter it."""
        editions = apps.get_model("articles", "Edition").objects.filter(article=OuterRef("pk"))
        return self.annotate(
            stage_now=Case(
                When(Exists(editions.seen_at(moment)), then=Value(Stage.LIVE)),
                When(Exists(editions.waiting(moment)), then=Value(Stage.READY)),
                When(Exists(editions.ever_seen(moment)), then=Value(Stage.WITHDRAWN)),
                default=F("stage"),
            )
        )


class Article(models.Model):
    headline = models.CharField(max_length=300)
    dek = models.TextField(blank=True, help_text="One or two sentences under the headline.")
    kicker = models.CharField(max_length=60, blank=True, help_text="A word or two above the headline.")
    slug = models.CharField(
        max_length=SLUG_LENGTH,
        blank=True,
        validators=[validate_slug],
        help_text="The last part of the address. Makes itself from the headline when empty.",
    )
    seo_title = models.CharField("search title", max_length=120, blank=True)
    language = models.CharField(max_length=35, default="en", help_text="BCP 47: en, ar, pt-BR.")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="articles")
    authors = models.ManyToManyField(Author, through="Byline", related_name="articles", blank=True)
    body = BodyField(blank=True)
    lead_photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="lead_of")
    lead_caption = models.TextField("caption", blank=True)
    lead_alt = models.TextField(  # noqa: DJ001 — null: as the photo says; "": decorative
        "alt text", blank=True, null=True, help_text="Empty: the photo's own."
    )
    lead_crop = models.CharField("crop", max_length=8, choices=Crop, blank=True, default=Crop.AS_IS)
    tags = TaggableManager(through=ArticleTag, blank=True)
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.DRAFT, editable=False)
    # Printed: typed on import, else the moment of the first publication. Fixed once readers have seen it.
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-modified_at", "-id"]
        permissions = [
            ("publish_article", "Can publish, update, correct, schedule and withdraw"),
            ("redact_article", "Can empty an edition for legal reasons"),
        ]
        constraints = [
            models.CheckConstraint(
                name="article_has_a_headline",
                condition=~Q(headline=""),
                violation_error_message="A story needs a headline.",
            ),
            models.CheckConstraint(
                name="article_slug_well_formed",
                condition=slug_is_well_formed(),
                violation_error_message="The address part may hold small letters, digits and single hyphens only.",
            ),
            models.CheckConstraint(
                name="article_stage_at_the_desk",
                condition=Q(stage__in=[*AT_THE_DESK]),
                violation_error_message="A story at the desk is draft, in review, ready or killed.",
            ),
            models.CheckConstraint(
                name="article_language_is_a_tag",
                condition=Q(language__regex=LANGUAGE),
                violation_error_message="Write the language as a tag: en, ar, pt-BR.",
            ),
        ]
        indexes = [models.Index(fields=["-modified_at", "-id"], name="article_desk_list")]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        super().clean()
        self.headline = " ".join(self.headline.split())
        if not self.slug:
            self.slug = slug_from(self.headline, "story")

    def save(self, *args, **kwargs) -> None:
        """Cleans the body (raises body.BodyError) and derives the placements from it, in one transaction."""
        if not self.slug:
            self.slug = slug_from(self.headline, "story")
        blocks = body.parse(self.body)
        self.body = body.render(blocks)
        with transaction.atomic():
            super().save(*args, **kwargs)
            PhotoPlacement.objects.derive(self, blocks)
            TweetPlacement.objects.derive(self, blocks)

    def stage_at(self, moment: datetime) -> str:
        """Its stage at a moment, live and withdrawn included. One query."""
        return Article.objects.with_stage(moment).values_list("stage_now", flat=True).get(pk=self.pk)

    @property
    def direction(self) -> str:
        """The direction of the story's text, "ltr" or "rtl"."""
        return direction_of(self.language)

    @property
    def cache_key(self) -> str:
        return f"article-{self.pk}"

    def ordered_tags(self) -> list[Tag]:
        """Its tags in editorial order, the lead tag first."""
        return [link.tag for link in self.article_tags.select_related("tag")]


class PhotoPlacementQuerySet(models.QuerySet["PhotoPlacement"]):
    def derive(self, article: Article, blocks) -> None:
        """Replace the placements of an article by what its lead and body say. Raises BodyError for a photo we lack."""
        rows = [
            PhotoPlacement(
                article=article,
                photo_id=ref.photo,
                position=n,
                caption=ref.caption,
                alt=ref.alt,
                crop=ref.crop,
            )
            for n, ref in enumerate(body.photo_refs(blocks), 1)
        ]
        refuse_strangers("photo", Photo, {row.photo_id for row in rows})
        if article.lead_photo_id:
            rows.insert(0, lead_placement(article))
        self.filter(article=article).delete()
        PhotoPlacement.objects.bulk_create(rows)


def lead_placement(article: Article) -> "PhotoPlacement":
    return PhotoPlacement(
        article=article,
        photo=article.lead_photo,
        position=0,
        caption=article.lead_caption,
        alt=article.lead_alt,
        crop=article.lead_crop,
    )


def refuse_strangers(word: str, model: type[models.Model], ids: set[int]) -> None:
    """Raise BodyError when the body names rows that do not exist: a placement must point at something."""
    missing = ids - set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    if missing:
        names = ", ".join(str(pk) for pk in sorted(missing))
        raise body.BodyError(f"The text shows {word} {names}, which does not exist.")


class PhotoPlacement(models.Model):
    """Where the working copy shows a photo. Wholly derived from the article on every save; 0 is the lead."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="photo_placements")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="placements")
    position = models.PositiveSmallIntegerField()
    caption = models.TextField(blank=True)
    alt = models.TextField(null=True, blank=True)  # noqa: DJ001 — null: as the photo says; "": decorative
    crop = models.CharField(max_length=8, blank=True)

    objects = PhotoPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="photo_placement_in_its_place",
                violation_error_message="Two photos cannot stand in one place.",
            )
        ]

    def __str__(self) -> str:
        return f"photo {self.photo_id} in article {self.article_id}"


class TweetPlacementQuerySet(models.QuerySet["TweetPlacement"]):
    def derive(self, article: Article, blocks) -> None:
        """Replace the placements of an article by what its body says. Raises BodyError for a tweet we lack."""
        rows = [
            TweetPlacement(article=article, tweet_id=ref.tweet, position=n)
            for n, ref in enumerate(body.tweet_refs(blocks), 1)
        ]
        refuse_strangers("tweet", Tweet, {row.tweet_id for row in rows})
        self.filter(article=article).delete()
        TweetPlacement.objects.bulk_create(rows)


class TweetPlacement(models.Model):
    """Where the working copy shows a tweet. Wholly derived from the article on every save."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tweet_placements")
    tweet = models.ForeignKey(Tweet, on_delete=models.PROTECT, related_name="placements")
    position = models.PositiveSmallIntegerField()

    objects = TweetPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="tweet_placement_in_its_place",
                violation_error_message="Two tweets cannot stand in one place.",
            )
        ]

    def __str__(self) -> str:
        return f"tweet {self.tweet_id} in article {self.article_id}"
