"""The desk's front: what is mine, what waits for me, what readers see, what comes next, and what went wrong."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, F, Q, When
from django.utils import timezone

from articles.desk import workflow
from articles.desk.finding import UNPRINTED
from articles.desk.late import Late, late
from articles.desk.recovery import LEFT, Offer, all_offers
from articles.models import Article, Edition, EditionPhoto, EditionTweet
from articles.models.article import Stage
from media.models.tweet import GONE

SHOWN = 8
PILE = 5 * SHOWN
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Planned:
    """Something that happens by itself: an edition begins, or a story ends."""

    at: datetime
    words: str
    edition: Edition


@dataclass
class Overview:
    mine: list[Article] = field(default_factory=list)
    waiting: list[Article] = field(default_factory=list)
    ready: list[Article] = field(default_factory=list)
    live: list[Edition] = field(default_factory=list)
    next: list[Planned] = field(default_factory=list)
    unsaved: list[Offer] = field(default_factory=list)
    gone: list[EditionTweet] = field(default_factory=list)
    ending: list[EditionPhoto] = field(default_factory=list)
    late: Late | None = None


def overview(user, now: datetime) -> Overview:
    """What somebody sees when they sit down at the desk. Eight questions at most, whatever the archive holds."""
    if not user.has_perm("articles.view_article"):
        return Overview()
    drafts = Article.objects.kept().select_related("column").defer("body").order_by("-modified_at")
    # The longest waiting first. In one question: what waits to be read, and what was approved.
    pile = drafts.filter(Q(stage=Stage.REVIEW) | UNPRINTED).open_to(user, now).order_by("modified_at")[:PILE]
    approves = user.has_perm(workflow.PUBLISH)
    coming = up_next(user, now)
    planned = {each.edition.article_id for each in coming}
    unfinished = drafts.filter(stage__in=[Stage.DRAFT, Stage.REVIEW])
    return Overview(
        mine=list(unfinished.written_by(user)[:SHOWN]) if user.has_perm("articles.add_article") else [],
        waiting=[article for article in pile if article.stage == Stage.REVIEW][:SHOWN] if approves else [],
        ready=[article for article in pile if article.stage == Stage.READY and article.pk not in planned][:SHOWN],
        live=list(
            Edition.objects.seen_at(now)
            .filter(redacted_at=None)
            .lean()
            .select_related("column")
            .order_by("-live_from")[:SHOWN]
        ),
        next=coming,
        unsaved=all_offers(user, now - LEFT),
        gone=posts_that_died(now),
        ending=rights_that_end(user, now),
        late=late(now) if approves else None,
    )


def up_next(user, now: datetime) -> list[Planned]:
    """What begins and what ends by itself, sorted by its moment."""
    mine = Edition.objects.lean().select_related("column")
    if not user.has_perms(["articles.open_any_article", "articles.see_embargoed"]):
        mine = mine.filter(article__in=Article.objects.open_to(user, now))
    ends = Q(live_until__gt=now, article__withdrawals__at=F("live_until"))
    coming = (mine.waiting(now) | mine.filter(ends)).annotate(ends=Case(When(ends, then=F("live_until"))))
    soonest = Case(When(live_from__gt=now, then=F("live_from")), default=F("live_until"))
    planned = []
    for edition in coming.order_by(soonest)[: 2 * SHOWN]:
        if edition.live_from > now:
            planned.append(Planned(edition.live_from, "goes live", edition))
        if edition.ends:
            planned.append(Planned(edition.ends, "is withdrawn", edition))
    return sorted(planned, key=lambda each: each.at)[:SHOWN]


def posts_that_died(now: datetime) -> list[EditionTweet]:
    """Posts whose original is gone, in stories that readers see, those that died last first."""
    rows = EditionTweet.objects.filter(tweet__availability__in=GONE).filter(seen(now))
    rows = rows.select_related("tweet", "edition").defer("edition__document", "edition__body")
    return list(rows.order_by("-tweet__modified_at")[:SHOWN])


def rights_that_end(user, now: datetime) -> list[EditionPhoto]:
    """Photos in stories that readers see, whose rights have ended or end within two weeks."""
    if not user.has_perm("media.view_credit"):
        return []
    soon = timezone.localdate(now + SOON)
    rows = EditionPhoto.objects.filter(photo__credit__rights_end__lte=soon).filter(seen(now))
    rows = rows.select_related("photo__credit", "edition").defer("edition__document", "edition__body")
    return list(rows.order_by("photo__credit__rights_end")[:SHOWN])


def seen(now: datetime) -> Q:
    ends = Q(edition__live_until__isnull=True) | Q(edition__live_until__gt=now)
    # "Not after now", which no index serves: with one SQLite began at all the editions there are, and not at the few
    # photos and posts.
    return ends & ~Q(edition__live_from__gt=now)
