"""A photograph. It may have no file yet: then its credit and description stand for it, a picture in words."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

FRACTION = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class PhotoQuerySet(models.QuerySet["Photo"]):
    def with_credit(self):
        """Photos with their credit and its agencies: a constant number of queries."""
        return self.select_related("credit").prefetch_related("credit__chain__agency")

    def search(self, words: str):
        """Photos whose title, caption, keywords or credit contain every one of the words."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(caption__icontains=word)
                | Q(keywords__icontains=word)
                | Q(credit__credit_line__icontains=word)
            )
        return found


class Photo(models.Model):
    file = models.FileField(upload_to="photos/", blank=True, max_length=255)
    # SHA-256 of the stored bytes: an edition names the file it showed by this hash.
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False, help_text="Pixels; 0 without a file.")
    height = models.PositiveIntegerField(default=0, editable=False, help_text="Pixels; 0 without a file.")
    title = models.CharField(max_length=200, blank=True, help_text="A few words to find it by.")
    caption = models.TextField(
        blank=True, help_text="What the picture shows, as it came. Each use may say it in its own words."
    )
    alt_text = models.TextField("alt text", blank=True, help_text="What a reader who cannot see it should know.")
    keywords = models.TextField(blank=True, help_text="Separated by commas.")
    focal_x = models.FloatField(default=0.5, validators=FRACTION, help_text="0 is the left edge, 1 the right.")
    focal_y = models.FloatField(default=0.5, validators=FRACTION, help_text="0 is the top edge, 1 the bottom.")
    taken_at = models.DateTimeField(null=True, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True)
    instructions = models.TextField(
        blank=True, help_text="What the sender asks of the desk: embargoes, countries, crops. Readers never see it."
    )
    # What the file said of itself when it came (media.metadata.Readings.plain): for the record, never changed.
    readings = models.JSONField(default=list, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="photo_focal_point_inside",
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                violation_error_message="The focal point lies outside the picture.",
            ),
            models.CheckConstraint(
                name="photo_file_has_size",
                condition=Q(file="", sha256="", width=0, height=0)
                | (~Q(file="") & ~Q(sha256="") & Q(width__gt=0, height__gt=0)),
                violation_error_message="A file comes with its hash and its size in pixels, and no file with none.",
            ),
        ]
        indexes = [
            # A file asked for by its hash: media files, duplicates.
            models.Index(F("sha256"), name="photo_by_hash"),
        ]

    def __str__(self) -> str:
        return self.title or self.caption[:80] or f"Photo {self.pk}"

    def credit_words(self) -> str:
        """The credit line, "" when nobody is credited yet."""
        return self.credit.credit_line if hasattr(self, "credit") else ""
