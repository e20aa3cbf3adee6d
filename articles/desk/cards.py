"""Photos and tweets as the writing page draws them: plain values for JSON, never markup."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as printed

from articles.models.placement import PhotoPlacement
from media.models import Photo, Tweet


def thumbnail_address(photo: Photo) -> str:
    """Where the desk's small picture is; "" without a file. The public address shows only what readers may see."""
    if not photo.file:
        return ""
    return reverse("admin:articles_article_changelist") + f"embed/photo/{photo.pk}/{photo.sha256}.jpg"


def photo_card(photo: Photo) -> dict[str, str]:
    """Without "credit" nobody is credited yet; without "alt" nobody said what it shows."""
    return {
        "id": str(photo.pk),
        "title": str(photo),
        "caption": photo.caption,
        "alt": photo.alt_text,
        "credit": photo.credit_words(),
        "src": thumbnail_address(photo),
    }


def photo_cards(photos: Iterable[Photo]) -> list[dict]:
    """Cards for the picker, each with the number of articles at the desk that show it. One more query."""
    photos = list(photos)
    shown = PhotoPlacement.objects.filter(photo__in=photos, article__trashed_at=None).order_by()
    counted = dict(shown.values_list("photo").annotate(Count("article", distinct=True)))
    return [photo_card(photo) | {"used": counted.get(photo.pk, 0)} for photo in photos]


def tweet_card(tweet: Tweet) -> dict[str, str]:
    posted = printed(timezone.localtime(tweet.posted_at), settings.DATETIME_FORMAT) if tweet.posted_at else ""
    return {
        "id": str(tweet.pk),
        "statusId": tweet.status_id,
        "name": tweet.author_name,
        "handle": tweet.handle,
        "text": tweet.text,
        "translation": tweet.translation,
        "language": tweet.language,
        "direction": tweet.direction,
        "url": tweet.url,
        "posted": posted,
        "gone": tweet.get_availability_display() if tweet.availability not in ("available", "unknown") else "",
    }
