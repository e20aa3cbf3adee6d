"""Who may do what with a story, and from which stage: one table, asked by every button, view and side road.

A step changes where the working copy stands; a verb of `articles.publishing` changes what readers see. Both are rows
of the same table. Reporters write their own stories and send them for review; what somebody with the right approved is
one version, and whatever is saved after it asks for approval again.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Byline
from articles.models.article import Stage
from articles.publishing import PublishingError

DRAFT, REVIEW, READY, LIVE, WITHDRAWN, KILLED = Stage.values
UNSEEN = (DRAFT, REVIEW, READY)
WRITE, PUBLISH = "articles.change_article", "articles.publish_article"


@dataclass(frozen=True)
class Deed:
    """What can be done with a story: the permission it asks for, and the stages (as readers and desk see them now)."""

    permission: str
    stages: tuple[str, ...]
    to: str = ""  # the desk's stage afterwards, for a step


DEEDS = {
    "read": Deed("articles.view_article", tuple(Stage.values)),
    "write": Deed(WRITE, tuple(Stage.values)),
    # Steps. A live or withdrawn story has a working copy that stands somewhere, too.
    "submit": Deed(WRITE, (DRAFT, LIVE, WITHDRAWN), to=REVIEW),
    "approve": Deed(PUBLISH, (DRAFT, REVIEW, LIVE, WITHDRAWN), to=READY),
    "send_back": Deed(PUBLISH, (REVIEW, READY, LIVE, WITHDRAWN), to=DRAFT),
    "kill": Deed(PUBLISH, UNSEEN, to=KILLED),
    "revive": Deed(PUBLISH, (KILLED,), to=DRAFT),
    "trash": Deed(WRITE, (DRAFT, KILLED)),
    "restore": Deed(WRITE, (DRAFT, KILLED)),
    # Verbs.
    "publish": Deed(PUBLISH, (*UNSEEN, WITHDRAWN)),
    "update": Deed(PUBLISH, (LIVE,)),
    "correct": Deed(PUBLISH, (LIVE,)),
    "schedule": Deed(PUBLISH, (*UNSEEN, LIVE, WITHDRAWN)),
    "cancel": Deed(PUBLISH, (READY, LIVE)),
    "withdraw": Deed(PUBLISH, (READY, LIVE)),
    "undo": Deed(PUBLISH, (LIVE,)),
    "again": Deed(PUBLISH, (LIVE, WITHDRAWN)),
    "reprint": Deed(PUBLISH, (READY, LIVE)),
    "embargo": Deed(PUBLISH, (*UNSEEN, WITHDRAWN, KILLED)),
    "proof": Deed(WRITE, (*UNSEEN, LIVE, WITHDRAWN)),
}


def is_mine(user, article: Article) -> bool:
    """Begun by this person, or signed with their name."""
    return article.created_by_id == user.pk or Byline.objects.filter(article=article, author__user=user).exists()


def may_open(user, article: Article) -> bool:
    """Whether a story may be read at the desk: the main road and every side road ask this."""
    if not user.has_perm("articles.view_article"):
        return False
    return Article.objects.open_to(user, timezone.now()).filter(pk=article.pk).exists()


def may(user, deed: str, article: Article) -> bool:
    """Whether somebody has the right to a deed with this story, whatever stage it is in."""
    return user.has_perm(DEEDS[deed].permission) and may_open(user, article)


def possible(user, article: Article) -> set[str]:
    """What somebody may do with a story in the stage in which it is now: its buttons."""
    if not may_open(user, article):
        return set()
    stages = {article.stage_at(timezone.now()), article.stage}
    fits = {name for name, deed in DEEDS.items() if user.has_perm(deed.permission) and stages & {*deed.stages}}
    fits -= {"trash"} if article.trashed_at else {"restore"}
    return fits


def step(article: Article, deed: str, *, by, version: int) -> None:
    """Move the working copy to another stage, in the version that the person has seen.

    Raises PublishingError when it stands elsewhere or was saved since.
    """
    to = DEEDS[deed].to
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        if row.version != version:
            raise PublishingError("Somebody saved the story meanwhile: read the newer version first.")
        if row.stage == to or row.trashed_at:
            raise PublishingError(f"The story is {row.get_stage_display().lower()} already.")
        refuse_kill_of_what_readers_see(row, to)
        approved = {"approved_version": F("version"), "approved_by": by} if to == READY else {}
        Article.objects.filter(pk=row.pk).update(stage=to, **approved)
    article.refresh_from_db(fields=["stage", "approved_version", "approved_by"])


def refuse_kill_of_what_readers_see(article: Article, to: str) -> None:
    now = timezone.now()
    if to != KILLED:
        return
    if article.editions.seen_at(now).exists() or article.editions.waiting(now).exists():
        raise PublishingError("Readers see this story, or will: withdraw it or cancel what is planned first.")


def trash(article: Article) -> None:
    """Put a draft away; it can be restored. Raises PublishingError for a story that readers have seen, or will see."""
    now = timezone.now()
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        if row.editions.ever_seen(now).exists() or row.editions.waiting(now).exists():
            raise PublishingError("Readers have seen this story, or will: withdraw it; the record of it stays.")
        if row.stage not in (DRAFT, KILLED):
            raise PublishingError(f"The story is {row.get_stage_display().lower()}: send it back first.")
        Article.objects.filter(pk=row.pk).update(trashed_at=now)
    article.trashed_at = now


def restore(article: Article) -> None:
    """Take a draft out of the trash."""
    Article.objects.filter(pk=article.pk).update(trashed_at=None)
    article.trashed_at = None
