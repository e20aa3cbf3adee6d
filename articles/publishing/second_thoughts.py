"""Taking a publication back within seconds, and moving an embargo: verbs that rewrite what is planned, or just done."""

from datetime import datetime

from articles.models import Article, Edition
from articles.models.article import Stage
from articles.publishing.freeze import copy_of
from articles.publishing.press import PublishingError, end, make_edition
from articles.publishing.story import GRACE, UNDO, Story, held, settle


def undo(edition: Edition, *, by=None) -> Edition | None:
    """Take back the edition that was just published: the one before it is printed again, and returned.

    Without one before it the story is what it was: never published, its address 404 and free, or withdrawn as before.
    A note to readers goes with the edition that said it. What the edition had cancelled stays cancelled. The working
    copy is not touched, and asks for approval again. Raises PublishingError when it is not the newest, too late, or a
    reprint: what an undo took back would come again, without its note on any list.
    """
    with held(edition.article) as story:
        live = story.live
        if live is None or live.pk != edition.pk or live.redacted_at:
            raise PublishingError(f"Readers do not see edition {edition.number} now: there is nothing to undo.")
        if live.kind == Edition.Kind.REPRINT:
            raise PublishingError(f"Edition {live.number} prints an older text again: there is nothing to undo.")
        if story.now > live.live_from + UNDO + GRACE:
            raise PublishingError(f"Edition {live.number} is out since {UNDO.seconds} seconds: correct or withdraw it.")
        if story.waiting:
            raise PublishingError("Something is planned for this story by now: cancel that first.")
        keys, prior = live.cache_keys(), before(live)
        live.corrections.all().delete()
        if prior is None:
            unpublish(story, live)
        else:
            prior = printed_again(story, live, prior, by)
            keys |= prior.cache_keys()
        story.article.stage = Stage.DRAFT
        settle(story, keys, story.now)
    edition.refresh_from_db()
    return prior


def before(edition: Edition) -> Edition | None:
    """The edition that readers saw until this one took its place."""
    earlier = Edition.objects.ever_seen(edition.live_from).filter(article=edition.article, redacted_at=None)
    return earlier.filter(live_until=edition.live_from).exclude(pk=edition.pk).first()


def unpublish(story: Story, edition: Edition) -> None:
    """An edition that ends where it began was seen by nobody."""
    end(edition, edition.live_from)
    if story.article.editions.ever_seen(story.now).exists():
        return
    if story.article.first_published_at == edition.live_from:
        story.article.first_published_at = None


def printed_again(story: Story, edition: Edition, prior: Edition, by) -> Edition:
    until = edition.live_until
    end(edition, story.now)
    return make_edition(
        story.article,
        copy_of(prior),
        kind=Edition.Kind.REPRINT,
        reason=f"Edition {edition.number} was taken back.",
        live_from=story.now,
        live_until=until,
        first_published_at=prior.first_published_at,
        updated_at=prior.updated_at,
        by=by,
    )


def embargo(article: Article, until: datetime | None, *, by=None, only_later: bool = False) -> list[Edition]:
    """Nobody without the right sees the text before `until`; None lifts the embargo.

    What waits for an earlier moment is moved to the end of the embargo, in the same transaction; the new editions are
    returned. Raises PublishingError for a story that readers see: what is out cannot be held back. `only_later` is for
    who may hold a text back and not let it go: refused for an earlier moment, and where something is planned.
    """
    with held(article) as story:
        if only_later:
            refuse_sooner(story, until)
        if until and until > story.now and story.live:
            raise PublishingError("Readers see this story already: an embargo comes too late. Withdraw it instead.")
        early = [edition for edition in story.waiting if until and edition.live_from < until]
        story.article.embargo_until = until
        keys: set[str] = set()
        moved: list[Edition] = []
        # Only one can begin at the end of the embargo: the last of the early ones would have been seen then.
        for old in early:
            keys |= old.cache_keys()
            stays = old.live_until
            end(old, old.live_from)
            if old is early[-1] and until and (stays is None or stays > until):
                moved.append(retimed(story, old, until, stays, by))
        for edition in moved:
            keys |= edition.cache_keys()
        settle(story, keys, *({story.now} if early else set()), *{edition.live_from for edition in moved})
    return moved


def refuse_sooner(story: Story, until: datetime | None) -> None:
    before = story.article.embargo_until
    if until is None or (before and until < before):
        raise PublishingError("Only somebody who may publish lifts an embargo, or lets it end sooner.")
    if until <= story.now:
        raise PublishingError("This moment has passed: an embargo ends later.")
    if story.waiting or story.article.editions.ever_seen(story.now).exists():
        raise PublishingError("An editor has planned or published this story: ask them for an embargo.")


def keep(article: Article, *, by=None) -> None:
    """Take back the planned end of a story: readers see it until further notice. Raises PublishingError."""
    with held(article) as story:
        planned, last = story.planned_end(), story.waiting[-1] if story.waiting else story.live
        if planned is None or last is None:
            raise PublishingError("No end is planned for this story.")
        end(last, None)
        settle(story, last.cache_keys(), story.now, planned)


def retimed(story: Story, old: Edition, at: datetime, until: datetime | None, by) -> Edition:
    """A waiting edition as it is, for another moment."""
    first = story.first_seen()
    printed = first.first_published_at if first else min(old.first_published_at, at)
    if not first and old.first_published_at == old.live_from:
        printed = at
    return make_edition(
        story.article,
        copy_of(old),
        kind=old.kind,
        reason=f"Moved to the end of the embargo from {old.live_from:%Y-%m-%d %H:%M} UTC.",
        live_from=at,
        live_until=until,
        first_published_at=printed,
        updated_at=at if old.updated_at else None,
        by=by,
    )
