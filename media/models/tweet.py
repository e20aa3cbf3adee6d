"""A post as it was captured: a record of our own that stays when the original goes."""

from django.db import models
from django.db.models import Q


class Direction(models.TextChoices):
    LTR = "ltr", "Left to right"
    RTL = "rtl", "Right to left"


class Availability(models.TextChoices):
    AVAILABLE = "available", "Available"
    DELETED = "deleted", "Deleted since"
    PROTECTED = "protected", "Protected since"
    SUSPENDED = "suspended", "Account suspended since"
    UNKNOWN = "unknown", "Not checked"


GONE = ["deleted", "protected", "suspended"]


class Tweet(models.Model):
    # A string: ids pass 2^53, where JSON readers and browsers begin to round.
    status_id = models.CharField("status id", max_length=25)
    author_name = models.CharField(max_length=200, blank=True)
    handle = models.CharField(max_length=50, blank=True, help_text="Without the @.")
    text = models.TextField(blank=True, help_text="As written. Empty when only the address is known.")
    translation = models.TextField(blank=True, help_text="Our translation, shown under the original.")
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47: en, ar, pt-BR.")
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.LTR)
    posted_at = models.DateTimeField(null=True, blank=True, help_text="From the id where it carries the time.")
    url = models.URLField("address", max_length=300, blank=True)
    embed_code = models.TextField(blank=True, help_text="The code as it came, for the record; never shown.")
    captured_at = models.DateTimeField(null=True, blank=True)
    availability = models.CharField(max_length=10, choices=Availability, default=Availability.UNKNOWN)
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-posted_at", "-id"]
        # Which posts are gone?
        indexes = [models.Index(fields=["availability"], condition=Q(availability__in=GONE), name="tweet_gone")]
        constraints = [
            models.UniqueConstraint(
                fields=["status_id"],
                name="tweet_is_one_row",
                violation_error_message="This tweet is already in the archive.",
            ),
            models.CheckConstraint(
                name="tweet_id_is_a_number",
                condition=Q(status_id__regex=r"^[0-9]{1,25}$"),
                violation_error_message="A status id is digits alone.",
            ),
            models.CheckConstraint(
                name="tweet_direction_known",
                condition=Q(direction__in=Direction.values),
                violation_error_message="The direction is ltr or rtl.",
            ),
            models.CheckConstraint(
                name="tweet_availability_known",
                condition=Q(availability__in=Availability.values),
                violation_error_message="This is not a state that we know.",
            ),
        ]

    def __str__(self) -> str:
        words = self.text[:60] or f"status {self.status_id}"
        return f"@{self.handle}: {words}" if self.handle else words
