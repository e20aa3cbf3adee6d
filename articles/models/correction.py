"""What was wrong and is put right, said to readers."""

from django.db import models
from django.db.models import Q


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

    class Meta:
        ordering = ["at", "id"]
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
