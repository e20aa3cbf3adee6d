"""The verbs as buttons: what was typed is saved first, then the verb acts on it, in one request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.html import format_html

from articles import publishing
from articles.desk.typed import typed
from articles.models import Article, Correction, Edition
from articles.publishing import PublishingError

PERMISSION = "articles.publish_article"

# What a datetime-local field sends, and what a person types without one.
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]

CLOCK_CHANGE = "The clocks change then: this time does not exist, or exists twice. Choose another minute."

# Beyond it a year is a slip of the finger, and near 9999 a moment has no place in other zones.
LAST_YEAR = 2099


def moment(words: str, asked: str) -> datetime:
    """A moment in the newsroom’s zone, as typed into the field `asked`, by which a refusal names it.

    One that a clock change skips or repeats is asked back, and so is one after LAST_YEAR. Raises PublishingError.
    """
    try:
        at = forms.DateTimeField(input_formats=MOMENTS).clean(words)
        if at.year <= LAST_YEAR:
            return at
    except forms.ValidationError as error:
        told = CLOCK_CHANGE if error.code == "ambiguous_timezone" else " ".join(error.messages)
        raise PublishingError(f"“{asked}”: {told}") from error
    except OverflowError:
        pass
    raise PublishingError(f"“{asked}”: Choose a moment before the end of {LAST_YEAR}.")


def live_now(edition: Edition, said: str = "is live"):
    return format_html(
        'Edition {} {}: <a href="{}">{}</a>.', edition.number, said, edition.path, edition.headline or "the page"
    )


def publish(article: Article, user, said):
    return live_now(publishing.publish(article, by=user))


def update(article: Article, user, said):
    return live_now(publishing.update(article, by=user, significant="minor" not in said))


def correct(article: Article, user, said):
    kind = said.get("correction_kind", "")
    edition = publishing.correct(article, by=user, kind=kind, note=said.get("correction_note", ""))
    return live_now(edition, f"is live with a {Correction.Kind(kind).label.lower()}")


def schedule(article: Article, user, said):
    edition = publishing.schedule(article, by=user, at=moment(said.get("schedule_at", ""), "Readers see it from"))
    return format_html(
        "Edition {} waits: readers see it from {} on. Later changes do not enter it.",
        edition.number,
        in_words(edition.live_from),
    )


def cancel(article: Article, user, said):
    count = publishing.cancel(article, by=user)
    return "What was planned is cancelled." if count == 1 else f"{count} planned editions are cancelled."


def withdraw(article: Article, user, said):
    reason = said.get("withdrawal_reason", "").strip()
    if not reason:
        raise PublishingError("Say why the article is withdrawn: readers see the reason at its address.")
    publishing.withdraw(article, by=user, reason=reason)
    return "The article is withdrawn. Its address says so, and why."


def reprint(article: Article, user, said):
    reason = said.get("reprint_reason", "").strip()
    if not reason:
        raise PublishingError("Say why the article is reprinted.")
    made = publishing.reprint(article, by=user, reason=reason)
    if not made:
        return "Nothing to reprint: the editions say today's credits and posts already."
    return live_now(made[0], "is printed anew")


# The name of the button that was pressed.
VERBS: dict[str, Callable] = {
    "_publish": publish,
    "_update": update,
    "_correct": correct,
    "_schedule": schedule,
    "_cancel": cancel,
    "_withdraw": withdraw,
    "_reprint": reprint,
}


def in_words(at: datetime) -> str:
    """A moment in the newsroom's zone, as in "2026-11-21, 14:05"."""
    return f"{timezone.localtime(at):%Y-%m-%d, %H:%M}"


def pressed(request) -> str:
    """The verb that a request asks for, "" for a plain save. Raises PermissionDenied before anything is saved."""
    verb = next((name for name in VERBS if name in request.POST), "")
    if verb and not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return verb


def act(request, article: Article, verb: str) -> None:
    """Carry out a verb on the saved working copy. A refusal is a message; what was saved stays saved."""
    waiting = list(article.editions.waiting(timezone.now()).values_list("pk", flat=True))
    try:
        messages.success(request, VERBS[verb](article, request.user, typed(request.POST)))
    except PublishingError as error:
        messages.error(request, f"The article is saved, but not more. {error}")
        return
    if verb not in ("_cancel", "_reprint"):  # the one says so itself, the other puts its like in its place
        for edition in article.editions.lean().filter(pk__in=waiting):
            if edition.cancelled:
                messages.warning(request, f"The edition planned for {in_words(edition.live_from)} was cancelled.")


@dataclass(frozen=True)
class Standing:
    """Where an article stands with its readers, for the bar over the writing page."""

    live: Edition | None
    waiting: list[Edition]
    editions: list[Edition]
    was_seen: bool
    may_publish: bool
    has_plan: bool

    @property
    def changed_since(self) -> bool:
        """Whether the working copy was saved after the live edition was made."""
        return bool(self.live) and self.live.made_at < self.live.article.modified_at


def standing(article: Article, user, now: datetime) -> Standing:
    """Reads the article's editions once, newest first."""
    editions = list(article.editions.lean().select_related("made_by", "article").order_by("-number"))
    live = next((e for e in editions if e.live_from <= now and (not e.live_until or e.live_until > now)), None)
    waiting = [e for e in editions if e.live_from > now and not e.cancelled]
    return Standing(
        live=live,
        waiting=waiting,
        editions=editions,
        was_seen=any(e.live_from <= now and not e.cancelled for e in editions),
        may_publish=user.has_perm(PERMISSION),
        has_plan=bool(waiting or (live and live.live_until)),
    )
