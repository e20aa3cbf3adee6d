"""The verbs. Each locks the story's row, rewrites only its future, and leaves editions, addresses, purges and errands
in one transaction: all or nothing.

Those that show the working copy to readers take `version`, the one that somebody has read (a newer one is refused),
and `uncredited`, the photos that may be printed before anybody knows whose they are.
"""

from collections.abc import Iterable
from datetime import datetime

from articles import body, document
from articles.models import Article, Correction, Edition, Withdrawal
from articles.publishing.freeze import copy_of, place_of, working_copy
from articles.publishing.press import PublishingError, end, frozen, make_edition
from articles.publishing.story import Story, approve, held, print_anew, refuse_unseen, settle


def publish(
    article: Article,
    *,
    by=None,
    first_published_at: datetime | None = None,
    version: int | None = None,
    uncredited: Iterable[int] = (),
) -> Edition:
    """Show the working copy to readers now: for the first time, or again after a withdrawal.

    `first_published_at` is the printed time of a story that appeared elsewhere before; once readers have seen the
    story it is fixed and the argument is ignored. Raises PublishingError.
    """
    with held(article, version) as story:
        refuse_unseen(story, story.now)
        if story.live:
            raise PublishingError("The story is live already: update or correct it.")
        until = story.planned_end()
        keys = story.cancel_waiting()
        first, last = story.first_seen(), story.last_seen()
        row = story.article
        printed = first.first_published_at if first else first_published_at or row.first_published_at or story.now
        if printed > story.now:
            raise PublishingError("A story cannot have been printed in the future: schedule it.")
        row.first_published_at = printed
        edition = make_edition(
            row,
            working_copy(row, row.corrections.all(), uncredited),
            kind=Edition.Kind.PUBLISH,
            live_from=story.now,
            live_until=until,
            first_published_at=printed,
            updated_at=last.updated_at if last else None,
            by=by,
        )
        approve(story, by)
        settle(story, keys | edition.cache_keys(), story.now)
    return edition


def update(
    article: Article,
    *,
    by=None,
    significant: bool = True,
    reason: str = "",
    dated: datetime | None = None,
    version: int | None = None,
    uncredited: Iterable[int] = (),
) -> Edition:
    """Show the working copy in the place of the live edition. Readers see "updated" only when it is significant.

    `dated` is the time printed to readers when the change was made elsewhere before. Raises PublishingError.
    """
    with held(article, version) as story:
        return replace_live(
            story,
            kind=Edition.Kind.UPDATE,
            by=by,
            reason=reason,
            dated=dated,
            significant=significant,
            note=None,
            uncredited=uncredited,
        )


def correct(
    article: Article,
    *,
    by=None,
    kind: str = Correction.Kind.CORRECTION,
    note: str,
    passage: str = "",
    dated: datetime | None = None,
    version: int | None = None,
    uncredited: Iterable[int] = (),
) -> Edition:
    """Update the live story and say in a sentence to readers what was wrong. Raises PublishingError.

    `passage` are words of the paragraph that it is about: pages mark it there.
    """
    note = " ".join(note.split())
    if not note:
        raise PublishingError("Tell readers in a sentence what was wrong.")
    if kind not in Correction.Kind.values:
        raise PublishingError(f"“{kind}” is not a kind of correction.")
    with held(article, version) as story:
        if passage.strip() and not place_of(passage, body.parse(story.article.body)):
            raise PublishingError(f"No paragraph of the text has the words “{passage.strip()[:80]}”.")
        correction = Correction(
            article=story.article, kind=kind, text=note, at=dated or story.now, passage=" ".join(passage.split())
        )
        return replace_live(
            story,
            kind=Edition.Kind.CORRECT,
            by=by,
            reason=note,
            dated=dated,
            significant=True,
            note=correction,
            uncredited=uncredited,
        )


def replace_live(
    story: Story,
    *,
    kind: str,
    by,
    reason: str,
    dated: datetime | None,
    significant: bool,
    note: Correction | None,
    uncredited: Iterable[int],
) -> Edition:
    live, row = story.live, story.article
    if live is None:
        raise PublishingError("Readers do not see this story now: publish it.")
    refuse_unseen(story, story.now)
    if dated and not live.first_published_at <= dated <= story.now:
        raise PublishingError("A change is dated between the printed time of the story and now.")
    keys = live.cache_keys() | story.cancel_waiting()
    until = live.live_until
    end(live, story.now)
    edition = make_edition(
        row,
        working_copy(row, [*row.corrections.all(), *([note] if note else [])], uncredited),
        kind=kind,
        reason=reason,
        live_from=story.now,
        live_until=until,
        first_published_at=live.first_published_at,
        updated_at=(dated or story.now) if significant else live.updated_at,
        by=by,
    )
    if note:
        note.edition = edition
        note.save()
    approve(story, by)
    settle(story, keys | edition.cache_keys(), story.now)
    return edition


def schedule(
    article: Article, *, by=None, at: datetime, version: int | None = None, uncredited: Iterable[int] = ()
) -> Edition:
    """Freeze the working copy now, for readers to see from `at` on; it replaces what was waiting.

    Later edits do not enter the waiting edition. Raises PublishingError for a moment that has passed.
    """
    with held(article, version) as story:
        refuse_unseen(story, at)
        if at <= story.now:
            raise PublishingError("This moment has passed: publish now, or choose a later one.")
        planned = story.planned_end()
        keys = story.cancel_waiting()
        live, row, first = story.live, story.article, story.first_seen()
        until = planned if planned and planned > at else None
        if live and (live.live_until is None or live.live_until > at):
            keys |= live.cache_keys()
            end(live, at)
        edition = make_edition(
            row,
            working_copy(row, row.corrections.all(), uncredited),
            kind=Edition.Kind.UPDATE if first else Edition.Kind.PUBLISH,
            live_from=at,
            live_until=until,
            first_published_at=first.first_published_at if first else row.first_published_at or at,
            updated_at=at if first else None,
            by=by,
        )
        approve(story, by)
        settle(story, keys | edition.cache_keys(), at)
    return edition


def cancel(article: Article, *, by=None) -> int:
    """Take back what is planned: waiting editions, or else the planned end of the live one. Returns how many."""
    with held(article) as story:
        planned = len(story.waiting)
        moments = {edition.live_from for edition in story.waiting}
        keys = story.cancel_waiting()
        if not planned and story.live and story.live.live_until:
            planned, moments = 1, {story.live.live_until}
            keys = story.live.cache_keys()
            end(story.live, None)
        if not planned:
            raise PublishingError("Nothing is planned for this story.")
        settle(story, keys, story.now, *moments)
    return planned


def withdraw(article: Article, *, by=None, reason: str, at: datetime | None = None) -> None:
    """Take the story from readers now, or at a moment to come; its addresses answer 410 from then on.

    Raises PublishingError without a reason, and when readers neither see nor will see it.
    """
    if not reason.strip():
        raise PublishingError("Say why the article is withdrawn: readers see the reason at its address.")
    with held(article) as story:
        moment = at or story.now
        if moment < story.now:
            raise PublishingError("This moment has passed: withdraw now, or choose a later one.")
        showing = [story.live, *story.waiting] if story.live else story.waiting
        if not showing:
            raise PublishingError("Readers do not see this story.")
        if not story.live and moment <= story.waiting[0].live_from:
            raise PublishingError("Readers have not seen what waits: cancel it instead.")
        keys: set[str] = set()
        for edition in showing:
            keys |= edition.cache_keys()
            # The last one ends then, also when an earlier or a later end was planned before.
            if edition is showing[-1] or edition.live_until is None or edition.live_until > moment:
                end(edition, moment)
        story.article.withdrawals.filter(at__gt=story.now).delete()
        Withdrawal.objects.create(article=story.article, at=moment, reason=reason, made_by=by)
        settle(story, keys, story.now, moment)


def reprint(article: Article, *, by=None, reason: str) -> list[Edition]:
    """Freeze the live edition and each waiting one anew from their own bodies, with today's credits and posts.

    The working copy is not read, so no half-written draft slips out. An edition that would say the same is left
    alone. Returns the new editions. Raises PublishingError.
    """
    with held(article) as story:
        made: list[Edition] = []
        keys: set[str] = set()
        showing = [story.live, *story.waiting] if story.live else story.waiting
        if not showing:
            raise PublishingError("Readers neither see this story nor will see it: there is nothing to reprint.")
        for old in showing:
            copy = copy_of(old)
            if frozen(copy) == document.from_json(old.document):
                continue
            new = print_anew(story, old, copy, reason=reason, by=by)
            keys |= old.cache_keys() | new.cache_keys()
            made.append(new)
        settle(story, keys, *{edition.live_from for edition in made})
    return made
