"""A column: a named river of stories, such as The Slatest."""

from django.db import models
from django.db.models import Q

from articles.models.address import Addressed
from articles.models.names import RESERVED, SLUG_LENGTH, slug_is_well_formed, validate_slug

# The cache key of whatever names the columns, which is every page.
EVERY_PAGE = "columns"


class Column(Addressed):
    addressed_as = "column"

    class Shows(models.TextChoices):
        POSTS = "posts", "Whole posts"
        CARDS = "cards", "Cards"

    name = models.CharField(max_length=80, unique=True)
    slug = models.CharField(max_length=SLUG_LENGTH, unique=True, validators=[validate_slug])
    tagline = models.CharField(max_length=160, blank=True)
    description = models.TextField(blank=True)
    shows = models.CharField(max_length=5, choices=Shows, default=Shows.POSTS)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the site's navigation.")

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                name="column_slug_well_formed",
                condition=slug_is_well_formed(),
                violation_error_message="The address part may hold small letters, digits and single hyphens only.",
            ),
            models.CheckConstraint(
                name="column_slug_not_reserved",
                condition=~Q(slug__in=sorted(RESERVED)),
                violation_error_message="This word is taken by another page of the site.",
            ),
            models.CheckConstraint(
                name="column_shows_known",
                condition=Q(shows__in=["posts", "cards"]),
                violation_error_message="A column shows posts or cards.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/{self.slug}/"

    @property
    def cache_key(self) -> str:
        return f"column-{self.pk}"

    def shown_by(self) -> list[str]:
        """Its own pages, and every other: the navigation and the foot name all columns."""
        return [*super().shown_by(), EVERY_PAGE]
