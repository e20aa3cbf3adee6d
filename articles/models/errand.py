"""What must follow a publication: a row in the same transaction, claimed by a conditional UPDATE."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.edge.purge import Purge

CLAIM = timedelta(minutes=5)
# What is done later than this after it was to be done shouts on the desk.
LATE = timedelta(minutes=1)
TRIES = 8
# Lists of stories that have feeds, by the beginning of their cache key.
FED = ("front", "column-", "tag-", "author-", "corrections")


class ErrandQuerySet(models.QuerySet["Errand"]):
    def purge(self, keys: Iterable[str], *moments: datetime) -> None:
        """Purge cache keys at each moment at which pages change, and send word of it to the caches outside."""
        words = sorted(set(keys))
        for moment in sorted(set(moments)):
            Purge.objects.of(words, moment)
            Errand.objects.create(kind="purge", payload={"keys": words}, due_at=moment, wanted_at=moment)

    def announce(self, keys: Iterable[str], *moments: datetime) -> None:
        """Tell each WebSub hub, at each moment at which they change, of the feeds that show what has these keys."""
        words = sorted(key for key in set(keys) if key.startswith(FED))
        Errand.objects.bulk_create(
            Errand(kind="websub", payload={"hub": hub, "keys": words}, due_at=moment, wanted_at=moment)
            for hub in settings.WEBSUB_HUBS
            for moment in sorted(set(moments))
            if words
        )

    def due(self, moment: datetime):
        """Errands that wait for somebody now: not done, not given up, not in another runner's hands."""
        return self.filter(done_at=None, due_at__lte=moment, attempts__lt=TRIES).order_by("due_at", "id")

    def late(self, moment: datetime):
        """Those that were to be done more than a minute before: tried in vain, given up, or seen by no runner."""
        return self.filter(done_at=None, wanted_at__lt=moment - LATE).order_by("wanted_at", "id")

    def claim(self, errand: "Errand", moment: datetime) -> bool:
        """Take an errand: the UPDATE that changed one row is the whole lock. A runner that dies lets go after CLAIM."""
        mine = self.filter(pk=errand.pk, done_at=None, due_at=errand.due_at, attempts=errand.attempts)
        return mine.update(due_at=moment + CLAIM, attempts=F("attempts") + 1) == 1


class Errand(models.Model):
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField()  # when it is to be tried next
    # When it was to be done: every try moves `due_at`, and what failed for an hour would not look late.
    wanted_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="errand_has_a_kind",
                condition=~Q(kind=""),
                violation_error_message="An errand says what is to be done.",
            )
        ]
        indexes = [
            # The runner's question: what is due?
            models.Index(fields=["due_at", "id"], condition=Q(done_at=None), name="errand_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} due {self.due_at:%Y-%m-%d %H:%M}"
