"""Why and when a story was taken from readers: the words of the page that answers 410."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Withdrawal(models.Model):
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="withdrawals")
    at = models.DateTimeField(help_text="In the future: planned.")
    reason = models.TextField(help_text="Shown to readers.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="withdrawal_says_why",
                condition=~Q(reason=""),
                violation_error_message="Readers are told why a story was withdrawn.",
            )
        ]

    def __str__(self) -> str:
        return f"withdrawn {self.at:%Y-%m-%d %H:%M}"
