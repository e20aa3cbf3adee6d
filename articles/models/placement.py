"""Where the working copy shows photos and tweets: derived from lead and body on every save."""

from typing import TYPE_CHECKING

from django.db import models

from articles import body
from media.models import Photo, Tweet

if TYPE_CHECKING:
    from articles.models.article import Article


class PhotoPlacementQuerySet(models.QuerySet["PhotoPlacement"]):
    def derive(self, article: "Article", blocks) -> None:
        """Replace the placements of an article by what its lead and body say. Raises BodyError for a photo we lack."""
        refs = list(enumerate(body.photo_refs(blocks), 1))
        refuse_strangers("photo", Photo, {ref.photo for _, ref in refs})
        if article.lead_ref:
            refs.insert(0, (0, article.lead_ref))
        rows = [
            PhotoPlacement(
                article=article, photo_id=ref.photo, position=n, caption=ref.caption, alt=ref.alt, crop=ref.crop
            )
            for n, ref in refs
        ]
        self.filter(article=article).delete()
        PhotoPlacement.objects.bulk_create(rows)


def refuse_strangers(word: str, model: type[models.Model], ids: set[int]) -> None:
    """Raise BodyError when the body names rows that do not exist: a placement must point at something."""
    missing = ids - set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    if missing:
        names = ", ".join(str(pk) for pk in sorted(missing))
        raise body.BodyError(f"The text shows {word} {names}, which does not exist.")


class PhotoPlacement(models.Model):
    """Where the working copy shows a photo. Wholly derived from the article on every save; 0 is the lead."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="photo_placements")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="placements")
    position = models.PositiveSmallIntegerField()
    caption = models.TextField(blank=True)
    alt = models.TextField(null=True, blank=True)  # noqa: DJ001 — null: as the photo says; "": decorative
    crop = models.CharField(max_length=8, blank=True)

    objects = PhotoPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="photo_placement_in_its_place",
                violation_error_message="Two photos cannot stand in one place.",
            )
        ]

    def __str__(self) -> str:
        return f"photo {self.photo_id} in article {self.article_id}"


class TweetPlacementQuerySet(models.QuerySet["TweetPlacement"]):
    def derive(self, article: "Article", blocks) -> None:
        """Replace the placements of an article by what its body says. Raises BodyError for a tweet we lack."""
        rows = [
            TweetPlacement(article=article, tweet_id=ref.tweet, position=n)
            for n, ref in enumerate(body.tweet_refs(blocks), 1)
        ]
        refuse_strangers("tweet", Tweet, {row.tweet_id for row in rows})
        self.filter(article=article).delete()
        TweetPlacement.objects.bulk_create(rows)


class TweetPlacement(models.Model):
    """Where the working copy shows a tweet. Wholly derived from the article on every save."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tweet_placements")
    tweet = models.ForeignKey(Tweet, on_delete=models.PROTECT, related_name="placements")
    position = models.PositiveSmallIntegerField()

    objects = TweetPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="tweet_placement_in_its_place",
                violation_error_message="Two tweets cannot stand in one place.",
            )
        ]

    def __str__(self) -> str:
        return f"tweet {self.tweet_id} in article {self.article_id}"
