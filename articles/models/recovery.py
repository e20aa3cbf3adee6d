"""What somebody has typed and not saved, and who sits at which story now. Neither is the working copy."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

# A page says every few seconds that it is there; without a word for so long, its reader has gone.
AWAY = timedelta(seconds=40)


class Recovery(models.Model):
    """The fields of the writing page as they stand there: written while somebody types, gone when they save."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="recoveries"
    )
    # A story that was never saved has no row: the page that began it made up this name for it.
    page = models.CharField(max_length=36, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    base_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "recoveries"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"],
                condition=Q(article__isnull=False),
                name="recovery_one_for_each_person",
                violation_error_message="What somebody has not saved of a story is kept once.",
            ),
            models.UniqueConstraint(
                fields=["user", "page"],
                condition=Q(article__isnull=True),
                name="recovery_one_for_each_page",
                violation_error_message="What somebody has not saved on a page is kept once.",
            ),
            models.CheckConstraint(
                name="recovery_of_a_story_or_a_page",
                condition=Q(article__isnull=False, page="") | (Q(article__isnull=True) & ~Q(page="")),
                violation_error_message="A recovery belongs to a story, or to the page of one that was never saved.",
            ),
        ]

    def __str__(self) -> str:
        return f"unsaved since {self.saved_at:%Y-%m-%d %H:%M}"


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self, moment: datetime):
        return self.filter(seen_at__gt=moment - AWAY)


class Presence(models.Model):
    """Somebody has a story open."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"],
                name="presence_once_for_each_person",
                violation_error_message="Somebody sits at a story once.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} since {self.since:%H:%M}"
