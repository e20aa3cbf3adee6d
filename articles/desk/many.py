"""What can be done with one story or with many of them at once: copy, move to another column, put away, take out."""

from collections.abc import Iterable

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from articles.desk import workflow
from articles.models import Article, ArticleTag, Byline, Column
from articles.models.article import TEXT_FIELDS
from articles.publishing import PublishingError

# The address is the copy's own, and so is who saved it when.
COPIED = [name for name in TEXT_FIELDS if name not in ("slug", "saved_by", "modified_at")]


@transaction.atomic
def copy(article: Article, by) -> Article:
    """A new draft that says the same; who copies it begins it. It has a history and an address of its own.

    An embargo is on the text, whatever row it stands in: it comes along while it lasts.
    """
    made = Article(created_by=by, **{name: getattr(article, name) for name in COPIED})
    if article.embargo_until and article.embargo_until > timezone.now():
        made.embargo_until = article.embargo_until
    made.save(by=by)
    ArticleTag.objects.retag(made, article.ordered_tags())
    Byline.objects.bulk_create(
        Byline(article=made, author_id=line.author_id, position=line.position) for line in article.bylines.all()
    )
    LogEntry.objects.log_actions(by.pk, [made], ADDITION, f"Copied from article {article.pk}.")
    return made


def move(articles: Iterable[Article], column: Column, by) -> tuple[int, int]:
    """File working copies in another column. Returns how many were moved, and how many stayed for want of the right.

    Readers see a live story where it was until its next update. A move is a version: a page that somebody has open
    learns of it, and what was approved asks for approval again.
    """
    now = timezone.now()
    elsewhere = [article.pk for article in articles if article.column_id != column.pk]
    moved = 0
    if by.has_perm(workflow.WRITE):
        open_to = Article.objects.open_to(by, now).filter(pk__in=elsewhere).values_list("pk", flat=True)
        theirs = Article.objects.filter(pk__in=list(open_to))
        with transaction.atomic():
            moved = theirs.as_new_version(column=column, saved_by=by, modified_at=now)
            LogEntry.objects.log_actions(by.pk, theirs.defer("body"), CHANGE, f"Moved to the column {column.name}.")
    return moved, len(elsewhere) - moved


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
            act(article, by=by)
            done += 1
        except PublishingError as error:
            refused.append(f"“{article}”: {error}")
    return done, refused
