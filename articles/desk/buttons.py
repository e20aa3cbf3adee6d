"""What each button of the writing page does with the saved working copy, and what it says when it is done.

A button is named as the form sends it. It asks for one of its deeds of the workflow's table; the words of a person
(reasons, notes, moments) come along in `said`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html

from articles import publishing
from articles.desk import workflow
from articles.desk.moments import Twice, in_words, moment
from articles.models import Article, Correction, Edition
from articles.publishing import PublishingError


@dataclass(frozen=True)
class Press:
    """A button pressed by somebody, on the version of the working copy that was just saved."""

    article: Article
    user: Any
    said: dict[str, str]
    uncredited: frozenset[int] = frozenset()  # photos that this person lets through without a credit

    def words(self, name: str) -> str:
        """What was typed into a field, on one line."""
        return " ".join(self.said.get(name, "").split())

    def moment(self, name: str, asked: str) -> datetime:
        """What was typed into a field for moments, as `moment` reads it."""
        try:
            return moment(self.said.get(name, ""), asked, self.said.get(f"{name}_which", ""))
        except Twice as error:
            error.field = name
            raise

    @property
    def shows(self) -> dict[str, Any]:
        """What every verb takes that shows the working copy: exactly this version, by this person."""
        return {"by": self.user, "version": self.article.version, "uncredited": self.uncredited}


@dataclass(frozen=True)
class Done:
    """`said` to the person, `logged` for the story's history; of an edition that readers see now, "is live"."""

    said: str
    logged: str = ""
    edition: Edition | None = None


def printed(edition: Edition, said: str = "is live", reason: str = "") -> Done:
    return Done(said, f"Edition {edition.number} {said}{': ' if reason else '.'}{reason}", edition)


def publish(press: Press) -> Done:
    return printed(publishing.publish(press.article, **press.shows))


NOTES = [Correction.Kind.CLARIFICATION, Correction.Kind.CORRECTION, Correction.Kind.RETRACTION]


def update(press: Press) -> Done:
    """The one question: minor, update, clarification, correction or retraction. An update may say a sentence, too."""
    kind, note = press.said.get("update_kind", "update"), press.words("correction_note")
    if kind == "minor" or (kind == Correction.Kind.UPDATE and not note):
        significant = kind != "minor"
        edition = publishing.update(press.article, significant=significant, **press.shows)
        return printed(edition, "is live" if significant else "is live, a minor change")
    where = press.words("correction_passage")
    edition = publishing.correct(press.article, kind=kind, note=note, passage=where, **press.shows)
    word = Correction.Kind(kind).label.lower()
    return printed(edition, f"is live with {'an' if word[0] in 'aeiou' else 'a'} {word}", note)


def scheduled(press: Press, at: datetime) -> Done:
    edition = publishing.schedule(press.article, at=at, **press.shows)
    when = in_words(edition.live_from)
    words = f"Edition {edition.number} waits: readers see it from {when} on. Later changes do not enter it."
    return Done(words, f"Edition {edition.number} scheduled for {when}.")


def schedule(press: Press) -> Done:
    return scheduled(press, press.moment("schedule_at", "Readers see it from"))


def reschedule(press: Press) -> Done:
    """What waits takes the text as it is now, for the same moment."""
    waiting = press.article.editions.waiting(timezone.now()).order_by("live_from").last()
    if waiting is None:
        raise PublishingError("Nothing waits any more: readers see it by now, or it was cancelled.")
    return scheduled(press, waiting.live_from)


def cancel(press: Press) -> Done:
    count = publishing.cancel(press.article, by=press.user)
    words = "What was planned is cancelled." if count == 1 else f"{count} planned editions are cancelled."
    return Done(words, words)


def until(press: Press) -> Done:
    at = press.moment("until_at", "Readers see it until")
    reason = why(press, "until_reason", "Say why it ends then: readers see the reason at its address.")
    publishing.withdraw(press.article, by=press.user, at=at, reason=reason)
    words = f"Readers see the article until {in_words(at)}. After that its address says why."
    return Done(words, f"To end {in_words(at)}: {reason}")


def keep(press: Press) -> Done:
    publishing.keep(press.article, by=press.user)
    words = "The planned end is taken back: readers see the article until further notice."
    return Done(words, words)


def withdraw(press: Press) -> Done:
    reason = press.words("withdrawal_reason")
    publishing.withdraw(press.article, by=press.user, reason=reason)
    return Done("The article is withdrawn. Its address says so, and why.", f"Withdrawn: {reason}")


def reprint(press: Press) -> Done:
    reason = why(press, "reprint_reason", "Say why the article is reprinted.")
    made = publishing.reprint(press.article, by=press.user, reason=reason)
    if not made:
        return Done("Nothing to reprint: the editions say today's credits and posts already.")
    return printed(made[0], "is printed anew", reason)


def embargo(press: Press) -> Done:
    article, before = press.article, press.article.embargo_until
    at = press.moment("embargo_until", "Nobody sees it before")
    waiting = list(article.editions.waiting(timezone.now()))
    holds = "embargo" not in workflow.possible(press.user, article)
    moved = publishing.embargo(article, at, by=press.user, only_later=holds)
    words = f"Under embargo until {in_words(at)}: nobody without the right sees the text before."
    if before:
        words = f"The embargo is moved from {in_words(before)} to {in_words(at)}."
    return Done(" ".join([words, *consequences(waiting, moved)]), words)


def lift(press: Press) -> Done:
    publishing.embargo(press.article, None, by=press.user)
    return Done("The embargo is lifted. What is planned stays planned.", "Embargo lifted.")


def consequences(waiting: Iterable[Edition], moved: Iterable[Edition]) -> list[str]:
    """What an embargo did to what waited, in sentences."""
    said = [f"Edition {one.number} waits now for {in_words(one.live_from)}." for one in moved]
    for edition in waiting:
        edition.refresh_from_db(fields=["live_until"])
        if edition.cancelled and not moved:
            said.append(f"The edition planned for {in_words(edition.live_from)} was cancelled.")
    return said


def why(press: Press, name: str, ask: str) -> str:
    """The reason that was typed. Raises PublishingError with what to ask when there is none."""
    if reason := press.words(name):
        return reason
    raise PublishingError(ask)


def step(deed: str, said: str) -> Callable[[Press], Done]:
    """A button that moves the working copy; `step_note` goes along into the log."""

    def pressed(press: Press) -> Done:
        article, note = press.article, press.words("step_note")
        workflow.step(article, deed, by=press.user, version=article.version, note=note)
        return Done(said.format(version=article.version))

    return pressed


@dataclass(frozen=True)
class Button:
    """The deeds of the table of which one is needed, and what is done. `shows`: the working copy goes to readers."""

    deeds: tuple[str, ...]
    press: Callable[[Press], Done]

    @property
    def shows(self) -> bool:
        return workflow.DEEDS[self.deeds[0]].shows


BUTTONS: dict[str, Button] = {
    "_publish": Button(("publish",), publish),
    "_update": Button(("update",), update),
    "_schedule": Button(("schedule",), schedule),
    "_reschedule": Button(("reschedule",), reschedule),
    "_cancel": Button(("cancel",), cancel),
    "_until": Button(("until",), until),
    "_keep": Button(("keep",), keep),
    "_withdraw": Button(("withdraw",), withdraw),
    "_reprint": Button(("reprint",), reprint),
    "_embargo": Button(("embargo", "hold"), embargo),
    "_lift": Button(("embargo",), lift),
    "_submit": Button(("submit",), step("submit", "Sent for review.")),
    "_approve": Button(("approve",), step("approve", "Version {version} is approved, and no other.")),
    "_send_back": Button(("send_back",), step("send_back", "Sent back to its writer.")),
    "_kill": Button(("kill",), step("kill", "The article is killed: nobody publishes it.")),
    "_revive": Button(("revive",), step("revive", "The article is a draft again.")),
}


def stays_cancelled(edition: Edition, now: datetime) -> str:
    """That an undo brings back no plan that was there before the edition, with its moment; "" where there was none."""
    earlier = Edition.objects.lean().filter(article=edition.article_id, number__lt=edition.number, live_from__gt=now)
    plan = earlier.filter(live_until=F("live_from")).order_by("number").last()
    return f"What was planned for {in_words(plan.live_from)} stays cancelled: schedule it anew." if plan else ""


def taken_back(edition: Edition, prior: Edition | None, was_seen: bool) -> str:
    """What is so after an undo."""
    if prior:
        link = format_html('<a href="{}">edition {}</a>', prior.path, prior.number)
        return format_html(
            "Edition {} is taken back: readers see the text of before again, as {}.", edition.number, link
        )
    if was_seen:
        return f"Edition {edition.number} is taken back: the article is withdrawn as before."
    return f"Edition {edition.number} is taken back: nobody sees the article, and its address is free."
