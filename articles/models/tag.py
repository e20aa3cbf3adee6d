"""Tags. taggit is kept behind this one module."""

from collections.abc import Iterable

from django.db import models
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from articles.models.address import Addressed
from articles.models.names import slug_from, slug_is_well_formed

__all__ = ["ArticleTag", "Tag", "TaggableManager"]


class Tag(Addressed, TagBase):
    addressed_as = "tag"

    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="tag_slug_well_formed",
                condition=slug_is_well_formed(),
                violation_error_message="The address part may hold small letters, digits and single hyphens only.",
            )
        ]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """taggit's hook: our own slugs, the same rule as everywhere."""
        slug = slug_from(tag, "tag")
        return slug if i is None else f"{slug}-{i}"

    @property
    def path(self) -> str:
        return f"/tag/{self.slug}/"

    @property
    def cache_key(self) -> str:
        return f"tag-{self.pk}"


class ArticleTagQuerySet(models.QuerySet["ArticleTag"]):
    def retag(self, article, tags: Iterable[Tag]) -> None:
        """Give an article these tags in this order, the first being the lead tag. Two queries, whatever the count."""
        self.filter(content_object=article).delete()
        distinct = list(dict.fromkeys(tags))
        self.bulk_create(ArticleTag(content_object=article, tag=tag, position=n) for n, tag in enumerate(distinct))


class ArticleTag(ItemBase):
    """A tag on the working copy. The order is editorial; the first is the lead tag."""

    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="article_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="article_tags")
    position = models.PositiveSmallIntegerField(default=0)

    objects = ArticleTagQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="article_tagged_once",
                violation_error_message="The story already has this tag.",
            )
        ]

    def __str__(self) -> str:
        return self.tag.name
