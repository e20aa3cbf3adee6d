"""What was wrong and is put right, said to readers."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def put_right(self):
        """Those that say that something was wrong or misled: an update is new facts, and nothing was."""
        return self.exclude(kind=Correction.Kind.UPDATE)

    def seen_at(self, moment: datetime):
        """Those of stories that readers see at a moment, each with the id of the edition they see as `seen`.

        What that edition says is the truth: a note that it does not carry is read by nobody.
        """
        now = self.filter(
            Q(article__editions__live_until__isnull=True) | Q(article__editions__live_until__gt=moment),
            article__editions__live_from__lte=moment,
            article__editions__redacted_at__isnull=True,
            edition__live_from__lte=moment,
        )
        return now.annotate(seen=F("article__editions__id"))

    def newest_first(self):
        return self.order_by("-at", "-id")

    def before(self, at: datetime, pk: int):
        """Those below a place in the list; the first condition bounds the index, as in the rivers of editions."""
        return self.filter(Q(at__lt=at) | Q(at=at, id__lt=pk), at__lte=at)


class Correction(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"  # it was wrong
        CLARIFICATION = "clarification", "Clarification"  # it was right but misleading
        UPDATE = "update", "Update"  # new facts
        RETRACTION = "retraction", "Retraction"  # the text is replaced by a notice

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="corrections")
    edition = models.ForeignKey("articles.Edition", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=13, choices=Kind)
    text = models.TextField()
    at = models.DateTimeField()
    # Words of the paragraph that it is about, as they stand in the text: pages set a mark there while they do.
    passage = models.TextField(blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        # The page of all corrections, newest first.
        indexes = [models.Index(F("at").desc(), F("id").desc(), name="correction_newest")]
        constraints = [
            models.CheckConstraint(
                name="correction_kind_known",
                condition=Q(kind__in=["correction", "clarification", "update", "retraction"]),
                violation_error_message="This is not a kind of correction.",
            ),
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(text=""),
                violation_error_message="Tell readers in a sentence what was wrong.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"
