"""A story held by a verb: its row locked, its live and waiting editions, and what every verb ends with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Address, Article, Edition, Errand
from articles.models.article import Stage
from articles.publishing.freeze import Copy
from articles.publishing.press import PublishingError, end, make_edition

# How long a publication can be taken back as if it had not been.
UNDO = timedelta(seconds=10)
# For the way from the page to here: who presses in the tenth second is not refused in the twelfth.
GRACE = timedelta(seconds=5)
# Where a story stands, written by the verbs alone; the caller's copy learns of it when a verb is done.
STANDING = ["stage", "first_published_at", "approved_version", "approved_by", "embargo_until"]


@dataclass
class Story:
    """A story whose row is locked, with the part of its timeline that can still change."""

    article: Article
    now: datetime
    live: Edition | None
    waiting: list[Edition]

    def first_seen(self) -> Edition | None:
        """The first edition that readers saw."""
        return self.article.editions.ever_seen(self.now).order_by("live_from").first()

    def last_seen(self) -> Edition | None:
        """The newest edition that readers saw."""
        return self.article.editions.ever_seen(self.now).order_by("live_from").last()

    def last_end(self) -> datetime | None:
        """When readers stop seeing it, as planned so far; None is never."""
        last = self.waiting[-1] if self.waiting else self.live
        return last.live_until if last else None

    def planned_end(self) -> datetime | None:
        """When it is planned to be withdrawn; None when it is not."""
        end = self.last_end()
        return end if end and self.article.withdrawals.filter(at=end).exists() else None

    def cancel_waiting(self) -> set[str]:
        """End each waiting edition where it begins; what is live now lasts as long as they would have."""
        if not self.waiting:
            return set()
        keys: set[str] = set()
        lasting, begins = self.last_end(), self.waiting[0].live_from
        for edition in self.waiting:
            keys |= edition.cache_keys()
            end(edition, edition.live_from)
        # The seam: an edition that ends where a waiting one begins ends because of it, unless that was planned before.
        if self.live and self.live.live_until == begins and not self.article.withdrawals.filter(at=begins).exists():
            end(self.live, lasting)
        self.waiting = []
        return keys


@contextmanager
def held(article: Article, version: int | None = None) -> Iterator[Story]:
    """The story, locked until the verb is done. `now` is read after the lock: who waited must not act in the past.

    `version` is the one that somebody has read and shows to readers. Raises PublishingError when it is not the newest.
    """
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        if version is not None and row.version != version:
            raise PublishingError("Somebody saved the story meanwhile: read the newer version first.")
        now = timezone.now()
        live = row.editions.seen_at(now).first()
        waiting = list(row.editions.waiting(now).order_by("live_from"))
        yield Story(row, now, live, waiting)
    for name in STANDING:
        setattr(article, name, getattr(row, name))


def refuse_unseen(story: Story, at: datetime) -> None:
    """Raise PublishingError for a story that may not be shown at a moment: killed, in the trash, under embargo."""
    if story.article.trashed_at:
        raise PublishingError("The story lies in the trash: restore it first.")
    if story.article.stage == Stage.KILLED:
        raise PublishingError("The story was killed: make it a draft again first.")
    embargo = story.article.embargo_until
    if embargo and at < embargo:
        until = f"{timezone.localtime(embargo):%Y-%m-%d, %H:%M}"
        raise PublishingError(f"The story is under embargo until {until}: nobody may see it before.")


def approve(story: Story, by) -> None:
    """Whoever shows the working copy to readers has approved this version of it, and no later one."""
    story.article.stage = Stage.READY
    story.article.approved_version, story.article.approved_by = story.article.version, by


def print_anew(story: Story, old: Edition, copy: Copy, *, reason: str, by) -> Edition:
    """A copy in the place of an edition that readers see or will, for the time that was left to it."""
    start, until = max(old.live_from, story.now), old.live_until
    end(old, start)
    return make_edition(
        story.article,
        copy,
        kind=Edition.Kind.REPRINT,
        reason=reason,
        live_from=start,
        live_until=until,
        first_published_at=old.first_published_at,
        updated_at=old.updated_at,
        by=by,
    )


def settle(story: Story, keys: set[str], *moments: datetime) -> None:
    """What every verb ends with: where the story stands, no plan that nothing follows any more, what must follow.

    Caches are purged at each moment. Word of what is done now goes out when it cannot be undone any more: what is taken
    back was never news.
    """
    ends = story.article.editions.filter(live_until__gt=story.now).exclude(live_until=F("live_from"))
    story.article.withdrawals.filter(at__gt=story.now).exclude(at__in=ends.values("live_until")).delete()
    free_unseen(story)
    Article.objects.filter(pk=story.article.pk).update(**{name: getattr(story.article, name) for name in STANDING})
    Errand.objects.purge(keys, *moments)
    Errand.objects.announce(keys, *(max(moment, story.now + UNDO + GRACE) for moment in moments))


def free_unseen(story: Story) -> None:
    """The addresses of cancelled editions that nobody saw, or will see, are free for other stories."""
    editions = story.article.editions
    kept = editions.ever_seen(story.now) | editions.waiting(story.now)
    cancelled = editions.filter(live_until=F("live_from"))
    unseen = Address.objects.filter(article=story.article, path__in=cancelled.values("path"))
    freed, _ = unseen.exclude(path__in=kept.values("path")).delete()
    last = kept.order_by("live_from").last()
    if freed and last:
        Address.objects.assign(last.path, article=story.article)
