"""Where an article stands with its readers and at the desk, for the bar over the writing page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from articles.desk import workflow
from articles.desk.moments import in_field
from articles.models import Article, Edition
from articles.publishing import UNDO
from articles.publishing.freeze import copy_of, working_copy

REPRINT = Edition.Kind.REPRINT


@dataclass(frozen=True)
class Standing:
    article: Article
    live: Edition | None
    waiting: list[Edition]
    editions: list[Edition]
    was_seen: bool
    possible: set[str]
    now: datetime

    @property
    def changed_since(self) -> bool:
        """Whether the working copy says something else than readers see."""
        return self.live is not None and says_something_else(self.article, self.live)

    @property
    def changed_since_scheduled(self) -> bool:
        """Whether the working copy says something else than what waits."""
        return bool(self.waiting) and says_something_else(self.article, self.waiting[-1])

    @property
    def scheduled_as_of(self) -> datetime | None:
        """When the text that waits was frozen: an edition that an embargo moved, or a reprint, is of an older text."""
        numbered = {edition.number: edition for edition in self.editions}
        edition = self.waiting[-1] if self.waiting else None
        while edition and (edition.kind == REPRINT or edition.reason.startswith("Moved ")):
            edition = numbered.get(edition.number - 1)
        return edition and edition.made_at

    @property
    def seconds_to_undo(self) -> float:
        """How long the live edition can still be taken back, 0 when it cannot."""
        if not self.live or self.waiting or self.live.kind == REPRINT or "undo" not in self.possible:
            return 0
        return max(0, (self.live.live_from + UNDO - self.now).total_seconds())

    @property
    def ends_at(self) -> datetime | None:
        """The planned end."""
        planned = self.article.withdrawals.filter(at__gt=self.now).first()
        return planned and planned.at

    @property
    def under_embargo(self) -> bool:
        return bool(self.article.embargo_until) and self.article.embargo_until > self.now

    @property
    def sent_back(self) -> LogEntry | None:
        """Who sent a draft back last, when, and with what words."""
        if self.article.stage != workflow.DRAFT:
            return None
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Article), object_id=str(self.article.pk)
        )
        steps = entries.filter(change_message__startswith=workflow.DEEDS["send_back"].done)
        return steps.select_related("user").order_by("-action_time").first()

    def fields(self) -> dict[str, str]:
        """What the fields for moments hold at first."""
        last = self.waiting[-1].live_from if self.waiting else None
        return {
            "schedule_at": in_field(last),
            "until_at": in_field(self.ends_at),
            "embargo_until": in_field(self.article.embargo_until) if self.under_embargo else "",
        }


def standing(article: Article, user: Any, now: datetime) -> Standing:
    """Reads the article's editions once, newest first."""
    editions = list(article.editions.lean().select_related("made_by", "column").order_by("-number"))
    live = next((e for e in editions if e.live_from <= now and (not e.live_until or e.live_until > now)), None)
    waiting = sorted((e for e in editions if e.live_from > now and not e.cancelled), key=lambda e: e.live_from)
    return Standing(
        article=article,
        live=live,
        waiting=waiting,
        editions=editions,
        was_seen=any(e.live_from <= now and not e.cancelled for e in editions),
        possible=workflow.possible(user, article),
        now=now,
    )


def says_something_else(article: Article, edition: Edition) -> bool:
    """Whether the working copy differs from an edition in what people write; not in credits, or names of tags."""
    if edition.redacted_at:
        return True
    then = copy_of(edition)
    return replace(working_copy(article, ()), corrections=then.corrections, uncredited=then.uncredited) != then
