"""What somebody has typed and not saved, and who sits at which story now. Neither is the working copy."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

# A page says every few seconds that it is there; without a word for so long, its reader has gone.
AWAY = timedelta(seconds=40)


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    def of(self, user, article=None):
        """What somebody has not saved of a story, or, without one, of stories that were never saved."""
        return self.filter(user=user, article=article)


class Recovery(models.Model):
    """The fields of one open writing page as they stand there: written while somebody types, gone when they save.

    One row for each page, not for each story: a second window must not overwrite what the first one keeps, nor the
    page that is opened after a crash what it has not yet offered.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="recoveries"
    )
    page = models.CharField(max_length=36)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    base_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "recoveries"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page"],
                name="recovery_one_for_each_page",
                violation_error_message="What somebody has not saved on a page is kept once.",
            ),
            models.CheckConstraint(
                name="recovery_of_a_page",
                condition=~Q(page=""),
                violation_error_message="A recovery belongs to the page on which it was typed.",
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
