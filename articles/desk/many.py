"""What can be done with one story or with many of them at once: copy, move to another column, put away, take out."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from articles.desk import workflow
from articles.models import Article, ArticleTag, Byline, Column
from articles.models.article import Stage
from articles.publishing import PublishingError

COPIED = ["headline", "dek", "kicker", "seo_title", "language", "column", "body", "lead_photo", "lead_caption",
          "lead_alt", "lead_crop", "note"]  # fmt: skip


@transaction.atomic
def copy(article: Article, by) -> Article:
    """A new draft that says the same; who copies it begins it. It has a history and an address of its own."""
    made = Article(created_by=by, **{name: getattr(article, name) for name in COPIED})
    made.save()
    ArticleTag.objects.retag(made, article.ordered_tags())
    Byline.objects.bulk_create(
        Byline(article=made, author_id=line.author_id, position=line.position) for line in article.bylines.all()
    )
    return made


def move(articles: Iterable[Article], column: Column, by) -> tuple[int, int]:
    """File working copies in another column. Returns how many were moved, and how many stayed for want of the right.

    Readers see a live story where it was until its next update. A move is a version: a page that somebody has open
    learns of it, and what was approved asks for approval again.
    """
    articles = [article for article in articles if article.column_id != column.pk]
    allowed = [article.pk for article in articles if workflow.may(by, "write", article)]
    again = Case(When(stage=Stage.READY, then=Value(Stage.REVIEW)), default=F("stage"))
    with transaction.atomic():
        Article.objects.filter(pk__in=allowed).update(
            column=column, version=F("version") + 1, stage=again, modified_at=timezone.now()
        )
    return len(allowed), len(articles) - len(allowed)


def put_away(articles: Iterable[Article], by) -> tuple[int, list[str]]:
    """Put drafts into the trash. Returns how many, and a sentence for each that stays."""
    return each(articles, by, "trash", workflow.trash)


def take_out(articles: Iterable[Article], by) -> tuple[int, list[str]]:
    """Take drafts out of the trash. Returns how many, and a sentence for each that stays."""
    return each(articles, by, "restore", workflow.restore)


def each(articles: Iterable[Article], by, deed: str, act) -> tuple[int, list[str]]:
    done, refused = 0, []
    for article in articles:
        try:
            if not workflow.may(by, deed, article):
                raise PublishingError("You may not.")
            act(article)
            done += 1
        except PublishingError as error:
            refused.append(f"“{article}”: {error}")
    return done, refused
