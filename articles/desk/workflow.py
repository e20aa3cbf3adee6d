"""Who may do what with a story, and from which stage: one table, asked by every button, view and side road.

A step changes where the working copy stands; a verb of `articles.publishing` changes what readers see. Both are rows
of the same table. Reporters write their own stories and send them for review; what somebody with the right approved is
one version, and whatever is saved after it asks for approval again.
"""

from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article
from articles.models.article import Stage
from articles.publishing import PublishingError

DRAFT, REVIEW, READY, LIVE, WITHDRAWN, KILLED = Stage.values
UNSEEN = (DRAFT, REVIEW, READY)
# No stages, but something stands ahead that asks for verbs of its own: an edition, or an end.
WAITING, ENDING = "waiting", "ending"
WRITE, PUBLISH = "articles.change_article", "articles.publish_article"


@dataclass(frozen=True)
class Deed:
    """What can be done with a story: the permission it asks for, and the stages in which it can be done.

    A step (`to`) asks where the working copy stands, a verb what readers see. `unseen`: not while readers see the story
    or will; `mine`: only with one's own; `shows`: puts the working copy before readers, so not a killed one.
    """

    permission: str
    stages: tuple[str, ...]
    to: str = ""  # the desk's stage afterwards
    unseen: bool = False
    mine: bool = False
    shows: bool = False
    done: str = ""  # what the log says of a step


DEEDS = {
    "read": Deed("articles.view_article", tuple(Stage.values)),
    "write": Deed(WRITE, tuple(Stage.values)),
    # Steps. A live or withdrawn story has a working copy that stands somewhere, too.
    "submit": Deed(WRITE, (DRAFT,), to=REVIEW, done="Sent for review"),
    "approve": Deed(PUBLISH, (DRAFT, REVIEW), to=READY, done="Approved"),
    "send_back": Deed(PUBLISH, (REVIEW, READY), to=DRAFT, done="Sent back"),
    "kill": Deed(PUBLISH, UNSEEN, to=KILLED, unseen=True, done="Killed"),
    "revive": Deed(PUBLISH, (KILLED,), to=DRAFT, done="Made a draft again"),
    "trash": Deed(WRITE, (DRAFT, KILLED), unseen=True),
    "restore": Deed(WRITE, (DRAFT, KILLED)),
    # Verbs.
    "publish": Deed(PUBLISH, (*UNSEEN, WITHDRAWN), shows=True),
    "update": Deed(PUBLISH, (LIVE,), shows=True),
    "correct": Deed(PUBLISH, (LIVE,), shows=True),
    "schedule": Deed(PUBLISH, (*UNSEEN, LIVE, WITHDRAWN), shows=True),
    "reschedule": Deed(PUBLISH, (WAITING,), shows=True),
    "cancel": Deed(PUBLISH, (WAITING,)),
    "until": Deed(PUBLISH, (LIVE, WAITING)),
    "keep": Deed(PUBLISH, (ENDING,)),
    # What waits is cancelled: nobody saw it, and its address says nothing.
    "withdraw": Deed(PUBLISH, (LIVE,)),
    "undo": Deed(PUBLISH, (LIVE,)),
    "again": Deed(PUBLISH, (LIVE, WITHDRAWN)),
    "reprint": Deed(PUBLISH, (LIVE, WAITING)),
    "embargo": Deed(PUBLISH, (*UNSEEN, WITHDRAWN, KILLED)),
    # Who writes a story may hold it back, and hold it back longer; letting it go is for who may publish.
    "hold": Deed(WRITE, UNSEEN, mine=True, unseen=True),
    "proof": Deed(WRITE, (*UNSEEN, LIVE, WITHDRAWN)),
    "redact": Deed("articles.redact_article", tuple(Stage.values)),
}
STEPS = {name for name, deed in DEEDS.items() if deed.to} | {"trash", "restore"}


def is_mine(user, article: Article) -> bool:
    """Begun by this person, or signed with their name."""
    return Article.objects.written_by(user).filter(pk=article.pk).exists()


def may_open(user, article: Article) -> bool:
    """Whether a story may be read at the desk: the main road and every side road ask this."""
    if not user.has_perm("articles.view_article"):
        return False
    return Article.objects.open_to(user, timezone.now()).filter(pk=article.pk).exists()


def may(user, deed: str, article: Article) -> bool:
    """Whether somebody has the right to a deed with this story, whatever stage it is in."""
    row = DEEDS[deed]
    return user.has_perm(row.permission) and may_open(user, article) and (not row.mine or is_mine(user, article))


def standing_of(article: Article) -> set[str]:
    """What readers see of a story, as a stage, with WAITING and ENDING for what stands ahead."""
    now = timezone.now()
    stands = {article.stage_at(now)}
    if article.editions.waiting(now).exists():
        stands.add(WAITING)
    if article.withdrawals.filter(at__gt=now).exists():
        stands.add(ENDING)
    return stands


def fits(name: str, article: Article, stands: set[str]) -> bool:
    """Whether a story is where a deed can be done, by whomever."""
    deed = DEEDS[name]
    if deed.unseen and stands & {LIVE, WAITING}:
        return False
    if deed.shows and article.stage == KILLED:
        return False
    if article.trashed_at and name not in ("read", "write", "restore"):
        return False
    if name == "restore" and not article.trashed_at:
        return False
    if name in ("trash", "kill") and WITHDRAWN in stands:
        return False
    return bool({*deed.stages} & ({article.stage} if name in STEPS else stands))


def possible(user, article: Article | None) -> set[str]:
    """What somebody may do with a story in the stage in which it is now: its buttons. None: one that is being begun."""
    if article is None:
        begun = Article(stage=DRAFT, created_by=user)
        return {name for name, deed in DEEDS.items() if user.has_perm(deed.permission) and fits(name, begun, {DRAFT})}
    if not may_open(user, article):
        return set()
    stands, mine = standing_of(article), is_mine(user, article)
    mays = {name for name, deed in DEEDS.items() if user.has_perm(deed.permission) and (mine or not deed.mine)}
    return {name for name in mays if fits(name, article, stands)}


def log(article: Article, *, by, words: str) -> None:
    """Who did what and when, for the story's history at the desk."""
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, words)


def step(article: Article, deed: str, *, by, version: int, note: str = "") -> None:
    """Move the working copy to another stage, in the version that the person has seen, and log it with their words.

    Raises PublishingError when it stands elsewhere or was saved since.
    """
    to = DEEDS[deed].to
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        if row.version != version:
            raise PublishingError("Somebody saved the story meanwhile: read the newer version first.")
        if row.stage == to or row.trashed_at:
            raise PublishingError(f"The story is {row.get_stage_display().lower()} already.")
        if row.stage not in DEEDS[deed].stages:
            raise PublishingError(f"The story is {row.get_stage_display().lower()} by now.")
        refuse_kill_of_what_readers_saw(row, to)
        approved = {"approved_version": F("version"), "approved_by": by} if to == READY else {}
        Article.objects.filter(pk=row.pk).update(stage=to, **approved)
        log(article, by=by, words=f"{DEEDS[deed].done}, version {version}{': ' if note else '.'}{note}")
    article.refresh_from_db(fields=["stage", "approved_version", "approved_by"])


def refuse_kill_of_what_readers_saw(article: Article, to: str) -> None:
    now = timezone.now()
    if to != KILLED:
        return
    if article.editions.ever_seen(now).exists() or article.editions.waiting(now).exists():
        raise PublishingError("Readers have seen this story, or will: withdraw it, or cancel what is planned.")


def trash(article: Article, *, by) -> None:
    """Put a draft away, and log it; it can be restored.

    Raises PublishingError for a story that readers have seen, or will see.
    """
    now = timezone.now()
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        if row.editions.ever_seen(now).exists() or row.editions.waiting(now).exists():
            raise PublishingError("Readers have seen this story, or will: withdraw it; the record of it stays.")
        if row.stage not in (DRAFT, KILLED):
            raise PublishingError(f"The story is {row.get_stage_display().lower()}: send it back first.")
        Article.objects.filter(pk=row.pk).update(trashed_at=now)
        log(article, by=by, words="Put into the trash.")
    article.trashed_at = now


def restore(article: Article, *, by) -> None:
    """Take a draft out of the trash, and log it."""
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(trashed_at=None)
        log(article, by=by, words="Taken out of the trash.")
    article.trashed_at = None
