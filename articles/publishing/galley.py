"""A story as the next edition would say it: set in type to be looked at, and not printed. Nothing is saved."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from articles import body, document
from articles.models import Article, Edition
from articles.pages.notes import without_retracted
from articles.publishing.freeze import Copy, freeze, summary_of
from articles.publishing.press import PublishingError


@dataclass(frozen=True, slots=True)
class Galley:
    """`edition` was never saved, `said` is what readers would be told, `complaints` what could not be printed so."""

    edition: Edition
    copy: Copy
    said: document.Document
    complaints: tuple[str, ...]


def galley(article: Article, copy: Copy) -> Galley:
    """The copy as the next edition of an article, which need not be saved either.

    Raises PublishingError without a headline, and for a body that nothing can be made of.
    """
    if not copy.headline.strip():
        raise PublishingError("A story needs a headline.")
    complaints: list[str] = []
    try:
        said = without_retracted(freeze(copy, complaints))
    except body.BodyError as error:
        raise PublishingError(str(error)) from error
    return Galley(next_edition(article, copy, said), copy, said, tuple(complaints))


def next_edition(article: Article, copy: Copy, said: document.Document) -> Edition:
    """The row that would be made now, with what the page of a story shows of it."""
    now = timezone.now()
    earlier = article.editions if article.pk else Edition.objects.none()
    first = earlier.ever_seen(now).lean().order_by("live_from").first()
    printed = first.first_published_at if first else article.first_published_at or now
    retraction = said.retraction()
    return Edition(
        article=article,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        headline=copy.headline,
        summary=retraction.text if retraction else summary_of(said),
        language=copy.language,
        column=copy.column,
        slug=copy.slug,
        path=first.path if first else "",
        first_published_at=printed,
        updated_at=now if first else None,
    )
