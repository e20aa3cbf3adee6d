"""Who wrote it."""

from django.conf import settings
from django.db import models

from articles.models.address import Addressed
from articles.models.names import SLUG_LENGTH, slug_is_well_formed, validate_slug


class Author(Addressed):
    addressed_as = "author"

    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=SLUG_LENGTH, unique=True, validators=[validate_slug])
    biography = models.TextField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The account that writes under this name: it becomes the byline of what they begin.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="author_slug_well_formed",
                condition=slug_is_well_formed(),
                violation_error_message="The address part may hold small letters, digits and single hyphens only.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/by/{self.slug}/"

    @property
    def cache_key(self) -> str:
        return f"author-{self.pk}"


class Byline(models.Model):
    """One name over the working copy; the order is editorial."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="byline_names_an_author_once",
                violation_error_message="This author already has a byline here.",
            )
        ]

    def __str__(self) -> str:
        return self.author.name
