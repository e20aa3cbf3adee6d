"""The front: which story stands in which of its places, from when until when."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article

# The lead, and six quieter ones.
PLACES = 7


class Front(models.Model):
    """One row: how often the front was arranged, so that nobody saves over an arrangement they have not seen."""

    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="front_is_one", condition=Q(id=1), violation_error_message="There is one front."
            ),
        ]

    def __str__(self) -> str:
        return f"the front, version {self.version}"

    @classmethod
    def current(cls) -> "Front":
        """The one row; made when it is first asked for."""
        return cls.objects.get_or_create(pk=1)[0]


class SlotQuerySet(models.QuerySet["Slot"]):
    def standing_at(self, moment: datetime):
        """The slots of a moment: now, yesterday 14:05, next Monday."""
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=moment), live_from__lte=moment)

    def ahead(self, moment: datetime):
        """What can still change: the slots that stand at a moment or will; not those taken back before they began."""
        return self.filter(Q(live_until__isnull=True) | (Q(live_until__gt=moment) & Q(live_until__gt=F("live_from"))))

    def in_order(self):
        """By place; of several in one place, the one put there last is in front of the others."""
        return self.order_by("place", "-since", "-id")


class Slot(models.Model):
    """A story stands in a place of the front while its hours last.

    Rows are ended and begun, never rewritten: the front of any moment is what the rows of that moment say, and a
    scheduled slot needs nobody to make it appear.

    *Pinned*: it stays until its hours end or somebody takes it down. *Not pinned*: it makes way for a story printed
    after it was put there that has no other place.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="slots", verbose_name="story")
    place = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(PLACES)])
    pinned = models.BooleanField(default=False)
    # The front's own words, in the story's language; empty: the story's.
    headline = models.CharField(max_length=300, blank=True)
    kicker = models.CharField(max_length=60, blank=True)
    # When the story took the place. A row that only puts its words right begins later and keeps this.
    since = models.DateTimeField()
    live_from = models.DateTimeField("from")
    live_until = models.DateTimeField("until", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "slot of the front"
        verbose_name_plural = "front"
        ordering = ["live_from", "place", "id"]
        default_permissions = ("view",)
        permissions = [("arrange_front", "Can arrange the front")]
        constraints = [
            models.CheckConstraint(
                name="slot_in_a_place",
                condition=Q(place__gte=1, place__lte=PLACES),
                violation_error_message=f"The front has the places 1 to {PLACES}.",
            ),
            models.CheckConstraint(
                name="slot_ends_after_it_begins",
                condition=Q(live_until__isnull=True) | Q(live_until__gte=F("live_from")),
                violation_error_message="A slot cannot end before it begins.",
            ),
            models.CheckConstraint(
                name="slot_taken_before_it_shows",
                condition=Q(since__lte=F("live_from")),
                violation_error_message="A story takes its place when it begins to stand there, or has it already.",
            ),
            models.UniqueConstraint(
                fields=["place", "live_from"],
                condition=Q(live_until__isnull=True) | Q(live_until__gt=F("live_from")),
                name="slot_one_begins_at_a_time",
                violation_error_message="Two stories cannot take one place at one moment.",
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(live_until__isnull=True),
                name="slot_one_without_end",
                violation_error_message="A story can stand in one place only without end.",
            ),
        ]
        indexes = [
            # What stands at a moment: the hours of most rows are over.
            models.Index(fields=["live_until", "live_from"], name="slot_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.article} in place {self.place}"
