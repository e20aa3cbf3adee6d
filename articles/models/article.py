"""The working copy: what people edit at the desk. Saving it never changes what readers see."""

from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from articles import body
from articles.body import PhotoRef
from articles.models.author import Author, Byline
from articles.models.column import Column
from articles.models.names import SLUG_LENGTH, slug_from, slug_is_well_formed, validate_slug, without_overrides
from articles.models.placement import PhotoPlacement, TweetPlacement
from articles.models.tag import ArticleTag, Tag, TaggableManager
from media.models import Photo

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


class ArticleChanged(Exception):
    """Somebody else saved the story since this copy of it was read: saving it would lose their text."""


# What a save writes of a story that exists.
TEXT_FIELDS = [
    "headline", "dek", "kicker", "slug", "seo_title", "language", "column", "body",
    "lead_photo", "lead_caption", "lead_alt", "lead_crop", "note", "modified_at", "saved_by",
]  # fmt: skip

ONE_LINE = ("headline", "dek", "kicker", "seo_title", "lead_caption")


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


def mine(user) -> Q:
    return Q(created_by=user) | Q(pk__in=Byline.objects.filter(author__user=user).values("article"))


class ArticleQuerySet(models.QuerySet["Article"]):
    def update(self, **fields) -> int:
        """Refuses the body: placements are derived from it, so each article must be saved."""
        if "body" in fields:
            raise ValueError("Save each article: its placements are derived from its body.")
        return super().update(**fields)

    def as_new_version(self, **fields) -> int:
        """Write fields of many stories, each as its next version. Returns how many.

        What somebody approved is not what is written now: a ready story waits for approval again.
        """
        again = Case(When(stage=Stage.READY, then=Value(Stage.REVIEW)), default=F("stage"))
        return self.update(version=F("version") + 1, stage=again, **fields)

    def kept(self):
        """Without what lies in the trash."""
        return self.filter(trashed_at=None)

    def written_by(self, user):
        """Begun by this person, or signed with their name."""
        return self.filter(mine(user))

    def open_to(self, user, moment: datetime):
        """What somebody may read at the desk at a moment: their own, and others' with the right to.

        One's own story is begun by oneself or signed with one's name. A text under embargo is for those who may see
        it, and for who writes it.
        """
        if not user.has_perm("articles.open_any_article"):
            return self.written_by(user)
        if not user.has_perm("articles.see_embargoed"):
            return self.filter(Q(embargo_until=None) | Q(embargo_until__lte=moment) | mine(user))
        return self.all()

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
    # Counts the saves: a save over a newer version is refused, and what is approved is one version.
    version = models.PositiveIntegerField(default=1, editable=False)
    approved_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    embargo_until = models.DateTimeField(null=True, blank=True, editable=False)
    note = models.TextField("note to colleagues", blank=True, help_text="Readers never see it.")
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
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
    # Of the version that stands here; None when no person saved it.
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-modified_at", "-id"]
        permissions = [
            ("publish_article", "Can publish, update, correct, schedule and withdraw"),
            ("redact_article", "Can empty an edition for legal reasons"),
            ("open_any_article", "Can open the stories of others at the desk"),
            ("see_embargoed", "Can see texts under embargo"),
            ("override_checks", "Can publish over a hard stop, with a reason"),
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
                name="article_ready_as_approved",
                condition=~Q(stage=Stage.READY) | Q(approved_version=F("version"), approved_version__isnull=False),
                violation_error_message="A story is ready in the version that somebody approved.",
            ),
            models.CheckConstraint(
                name="article_trashed_as_draft",
                condition=Q(trashed_at=None) | Q(stage__in=[Stage.DRAFT, Stage.KILLED]),
                violation_error_message="Only drafts and killed stories lie in the trash.",
            ),
            models.CheckConstraint(
                name="article_language_is_a_tag",
                condition=Q(language__regex=LANGUAGE),
                violation_error_message="Write the language as a tag: en, ar, pt-BR.",
            ),
        ]
        indexes = [
            models.Index(fields=["-modified_at", "-id"], name="article_desk_list"),
            models.Index(fields=["column", "-modified_at", "-id"], name="article_desk_column"),
            # What is unfinished: few among many.
            models.Index(fields=["stage", "-modified_at"], name="article_by_stage"),
            models.Index(fields=["-first_published_at"], name="article_printed"),
            # Approved and not printed: few among all that are ready because they are live.
            models.Index(
                fields=["stage", "-modified_at"], condition=Q(first_published_at__isnull=True), name="article_unprinted"
            ),
            models.Index(
                fields=["-modified_at", "-id"], condition=Q(trashed_at__isnull=False), name="article_in_the_trash"
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        super().clean()
        self.headline = " ".join(self.headline.split())
        if not self.slug:
            self.slug = slug_from(self.headline, "story")

    def save(self, *args, by=None, **kwargs) -> None:
        """Cleans the body (raises body.BodyError) and derives the placements from it, in one transaction.

        `by` is who saves it; without a person, whoever saved it before is not said to have saved this version.

        A story that exists is saved in its text alone: where it stands is written by the verbs. Counts the version;
        raises ArticleChanged when somebody saved the story after this copy of it was read.
        """
        for name in ONE_LINE:
            setattr(self, name, without_overrides(getattr(self, name)))
        if not self.slug:
            self.slug = slug_from(self.headline, "story")
        blocks = body.parse(self.body)
        self.body = body.render(blocks)
        self.saved_by = by
        with transaction.atomic():
            if not self._state.adding:
                self.count_version()
                kwargs.setdefault("update_fields", TEXT_FIELDS)
            super().save(*args, **kwargs)
            PhotoPlacement.objects.derive(self, blocks)
            TweetPlacement.objects.derive(self, blocks)

    def count_version(self) -> None:
        """One UPDATE, which is the whole lock: it changes one row, or this copy is stale (ArticleChanged)."""
        if Article.objects.filter(pk=self.pk, version=self.version).as_new_version() != 1:
            raise ArticleChanged(f"“{self.headline}” was saved by somebody else meanwhile.")
        self.version += 1
        self.refresh_from_db(fields=["stage"])

    def stage_at(self, moment: datetime) -> str:
        """Its stage at a moment, live and withdrawn included. One query."""
        return Article.objects.with_stage(moment).values_list("stage_now", flat=True).get(pk=self.pk)

    @property
    def direction(self) -> str:
        """The direction of the story's text, "ltr" or "rtl"."""
        return direction_of(self.language)

    @property
    def lead_ref(self) -> PhotoRef | None:
        """The lead photo as a use of it, like those in the body."""
        if not self.lead_photo_id:
            return None
        return PhotoRef(self.lead_photo_id, self.lead_caption, self.lead_alt, self.lead_crop)

    @property
    def cache_key(self) -> str:
        return f"article-{self.pk}"

    def ordered_tags(self) -> list[Tag]:
        """Its tags in editorial order, the lead tag first."""
        return [link.tag for link in self.article_tags.select_related("tag")]
