"""A story sent out to be read before it is printed: the link that a lawyer opens without a login."""

from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q


class ProofQuerySet(models.QuerySet["Proof"]):
    def open_at(self, moment: datetime):
        """Those that may be read at a moment: not expired, not called back, the story neither in the trash nor killed
        nor under embargo, whenever that was set.

        Nor one of which an edition was redacted since the link was made, or since the text was saved: the working copy
        may still hold the words that the law forbids.
        """
        edition = apps.get_model("articles", "Edition").objects.filter(article=OuterRef("article"))
        forbidden = edition.filter(
            Q(redacted_at__gte=OuterRef("made_at")) | Q(redacted_at__gte=OuterRef("article__modified_at"))
        )
        return (
            self.filter(
                Q(article__embargo_until=None) | Q(article__embargo_until__lte=moment),
                expires_at__gt=moment,
                revoked_at=None,
                article__trashed_at=None,
            )
            .exclude(article__stage="killed")
            .exclude(Exists(forbidden))
        )


class Proof(models.Model):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="proofs")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    reader = models.CharField("for whom", max_length=120, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="proof_expires",
                condition=Q(expires_at__gt=F("made_at")),
                violation_error_message="A link to a proof ends after it begins.",
            )
        ]

    def __str__(self) -> str:
        return f"proof of article {self.article_id} for {self.reader or 'somebody'}"
