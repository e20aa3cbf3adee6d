"""What must be drawn anew: the edge's one table. Edge knows strings, not articles."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models


class PurgeQuerySet(models.QuerySet["Purge"]):
    def of(self, keys: Iterable[str], at: datetime) -> None:
        """Purge each of the cache keys at a moment (a schedule's, or now). Call it inside the verb's transaction."""
        Purge.objects.bulk_create(Purge(key=key, at=at) for key in sorted(set(keys)))


class Purge(models.Model):
    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = PurgeQuerySet.as_manager()

    class Meta:
        app_label = "articles"
        # "What was purged since I looked?" asked by every server process.
        indexes = [models.Index(fields=["at", "id"], name="purge_since")]

    def __str__(self) -> str:
        return f"{self.key} at {self.at:%Y-%m-%d %H:%M:%S}"
