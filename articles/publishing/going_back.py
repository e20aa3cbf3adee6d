"""An old edition printed again: its words are seen anew, and the record says when, why and by whom."""

from dataclasses import replace

from articles.models import Edition
from articles.publishing.freeze import copy_of, frozen_corrections
from articles.publishing.press import PublishingError, end, make_edition
from articles.publishing.story import held, refuse_unseen, settle


def again(edition: Edition, *, by=None, reason: str) -> Edition:
    """Freeze an old edition anew from its own body, with today's credits and posts, for readers to see now.

    The working copy is neither read nor touched. Every note to readers stays, and so does the address: what goes back
    is the text. What waits is cancelled, and a planned end stays. Raises PublishingError for an edition that was
    redacted or that no reader saw, and for a story that readers may not see or that is retracted.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise PublishingError("Say why the edition is printed again.")
    with held(edition.article) as story:
        refuse_unseen(story, story.now)
        row, live = Edition.objects.get(pk=edition.pk), story.live
        if row.redacted_at:
            raise PublishingError(f"Edition {row.number} was redacted: nothing of it is left to print.")
        if live and live.pk == row.pk:
            raise PublishingError(f"Readers see edition {row.number} now.")
        last, first = story.last_seen(), story.first_seen()
        if last is None or first is None or row.cancelled or row.live_from > story.now:
            raise PublishingError(f"No reader saw edition {row.number}: put it into the working copy and publish that.")
        notes = list(story.article.corrections.all())
        if notes and notes[-1].kind == "retraction":
            raise PublishingError("The story is retracted: only a correction that says why brings a text back.")
        until = story.planned_end()
        keys = last.cache_keys() | story.cancel_waiting()
        if live:
            until = live.live_until
            end(live, story.now)
        copy = copy_of(row)
        corrections = frozen_corrections(notes, copy.body)
        copy = replace(copy, slug=last.slug, column=last.column, corrections=corrections)
        printed = make_edition(
            story.article,
            copy,
            kind=Edition.Kind.REPRINT,
            reason=reason,
            live_from=story.now,
            live_until=until,
            first_published_at=first.first_published_at,
            updated_at=story.now,
            by=by,
        )
        settle(story, keys | printed.cache_keys(), story.now)
    return printed
