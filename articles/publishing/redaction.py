"""Redacting: an edition is emptied for ever, for legal reasons, and so is what only prints it again.

Its words may stand elsewhere: in other editions, in the notes that these carry, in the working copy. What is not
emptied with it is counted, so that whoever redacts is told what remains.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from articles import body, document
from articles.models import Article, Correction, Edition, Slot, Withdrawal
from articles.models.article import Stage
from articles.publishing.freeze import copy_of, one_line
from articles.publishing.indexing import erase_from_index
from articles.publishing.press import PublishingError, end
from articles.publishing.story import Story, held, print_anew, settle

# What readers are told of a redacted story. The desk's own reason may be confidential.
REMOVED = "It was removed for legal reasons."
FORGOTTEN = "redacted"
LOGGED = 200  # characters of a headline that the log keeps


@dataclass(frozen=True, slots=True)
class Repeat:
    """Another edition with words of one: how many of its passages, its note to readers, or all of it, printed again."""

    edition: Edition
    passages: int
    note: bool
    reprints: bool


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction emptied, what it printed without a note, and where words of it still stand."""

    emptied: list[Edition]
    anew: list[Edition]
    remaining: list[Repeat]
    in_working_copy: int  # passages
    withdrawn: bool


def repeats(edition: Edition) -> list[Repeat]:
    """The other readable editions of the story that say something of what an edition says, oldest first."""
    others = Edition.objects.filter(article=edition.article_id, redacted_at=None).exclude(pk=edition.pk)
    notes, words = notes_of([edition]), passages_of(edition)
    found = (
        Repeat(
            other,
            passages=len(words & passages_of(other)),
            note=bool(notes & {(note.kind, note.text) for note in document.from_json(other.document).corrections}),
            reprints=is_reprint(edition, other),
        )
        for other in others.order_by("number")
    )
    return [each for each in found if each.passages or each.note]


def is_reprint(one: Edition, other: Edition) -> bool:
    """Whether one prints the text of the other again. A retracted one tells readers something else."""

    def told(edition: Edition) -> tuple:
        said = document.from_json(edition.document)
        return said.headline, said.dek, edition.body, bool(said.retraction())

    return Edition.Kind.REPRINT in (one.kind, other.kind) and told(one) == told(other)


def passages_of(thing: Edition | Article) -> set[str]:
    """Headline, dek and paragraphs, of an edition that is not redacted or of a working copy."""
    dek = thing.dek if isinstance(thing, Article) else document.from_json(thing.document).dek
    blocks = [body.text([block]) for block in body.parse(thing.body)]
    return {one_line(words) for words in (thing.headline, dek, *blocks)} - {""}


def notes_of(editions: Iterable[Edition]) -> set[tuple[str, str]]:
    """The notes to readers with which these editions came, as kind and text."""
    return set(Correction.objects.filter(edition__in=list(editions)).values_list("kind", "text"))


def redact(edition: Edition, *, by=None, reason: str = "", also: Iterable[Edition] = ()) -> Redacted:
    """Empty the text of an edition for ever, for legal reasons; what readers see of it now, or would, ends.

    With it go its reprints, which say the same, and the editions `also`. Its note to readers goes, too: what readers
    see, or will, is printed anew without it. Redacting the live edition cancels what waits; redacting a waiting one
    leaves the live one as if nothing had been planned. Number, times and address stay, and `reason` says why.

    The working copy is not rewritten: it loses its approval, so that somebody reads it before it is printed again.
    Raises PublishingError when it was redacted before, or when a retraction would be lifted by losing its notice.
    """
    with held(edition.article) as story:
        rows = to_empty(edition, also)
        notes, keys, moments = notes_of(rows), set[str](), {story.now, *(one.live_from for one in story.waiting)}
        words = set().union(*map(passages_of, rows))
        remaining = [each for row in rows for each in repeats(row) if each.edition not in rows]
        if story.live in rows or any(one in rows for one in story.waiting):
            keys |= story.cancel_waiting()
        withdrawn = story.live in rows
        if story.live and withdrawn:
            end(story.live, story.now)
            Withdrawal.objects.create(article=story.article, at=story.now, reason=REMOVED, made_by=by)
        anew = [] if withdrawn else printed_without(notes, story, by)
        forget_in_log(story.article, rows, notes)
        for row in rows:
            keys |= row.cache_keys()
            empty(row, story, reason)
        for new in anew:
            keys |= new.cache_keys()
        # The front's own words for the story may repeat the text, at whatever moment one looks back to.
        Slot.objects.filter(article=story.article).update(headline="", kicker="")
        ask_for_approval(story)
        settle(story, keys, *moments)
        told = Redacted(rows, anew, once_each(remaining), len(words & passages_of(story.article)), withdrawn)
    edition.refresh_from_db()
    return told


def to_empty(edition: Edition, also: Iterable[Edition]) -> list[Edition]:
    """The edition, others that go with it, and what prints one of them again. Raises PublishingError."""
    readable = Edition.objects.filter(article=edition.article_id, redacted_at=None)
    chosen = list(readable.filter(pk__in={edition.pk, *(one.pk for one in also)}))
    if edition not in chosen:
        raise PublishingError("This edition was redacted before.")
    return [row for row in readable.order_by("number") if row in chosen or any(is_reprint(row, one) for one in chosen)]


def printed_without(notes: set[tuple[str, str]], story: Story, by) -> list[Edition]:
    """What readers see, or will, printed anew where it carries one of these notes."""
    made = []
    for old in [story.live, *story.waiting] if story.live else story.waiting:
        said = document.from_json(old.document)
        kept = tuple(note for note in said.corrections if (note.kind, note.text) not in notes)
        if kept == said.corrections:
            continue
        if said.retraction() and not replace(said, corrections=kept).retraction():
            raise PublishingError(
                f"Edition {old.number} carries the notice of this retraction: without it readers would see the text"
                " again. Redact both together."
            )
        copy = replace(copy_of(old), corrections=kept)
        made.append(print_anew(story, old, copy, reason="A note to readers was redacted.", by=by))
    return made


def empty(row: Edition, story: Story, reason: str) -> None:
    """Nothing of the text is left in the edition, in the index and among the notes."""
    row.refresh_from_db()
    erase_from_index(row)
    row.redacted_at = story.now
    row.headline = row.dek = row.kicker = row.summary = row.body = ""
    row.document, row.lead, row.reason = {}, None, reason
    row.save()
    row.photos.update(caption="", alt=None)
    # Its own note is text of it, too, and would be printed again by the next edition.
    row.corrections.all().delete()


def forget_in_log(article: Article, rows: list[Edition], notes: set[tuple[str, str]]) -> None:
    """The desk's log names stories by their headlines, and repeats what readers were told."""
    headlines = {row.headline[:LOGGED] for row in rows}
    said = {text for _, text in notes} | {row.reason for row in rows if row.kind == Edition.Kind.CORRECT and row.reason}
    editions = article.editions.values_list("pk", flat=True)
    for model, numbers in ((Article, [article.pk]), (Edition, editions)):
        kind = ContentType.objects.get_for_model(model)
        for entry in LogEntry.objects.filter(content_type=kind, object_id__in=[str(pk) for pk in numbers]):
            if any(entry.object_repr.startswith(headline) for headline in headlines):
                entry.object_repr = FORGOTTEN
            ending = next((text for text in said if entry.change_message.endswith(f": {text}")), "")
            entry.change_message = entry.change_message.removesuffix(ending) + (FORGOTTEN if ending else "")
            entry.save(update_fields=["object_repr", "change_message"])


def ask_for_approval(story: Story) -> None:
    """What was approved may say the forbidden words: one press must not print them again."""
    if story.article.stage == Stage.READY:
        story.article.stage = Stage.REVIEW
        story.article.approved_version = story.article.approved_by = None


def once_each(found: Iterable[Repeat]) -> list[Repeat]:
    """Each edition once, by number, with the most that it repeats of one."""
    most: dict[int, Repeat] = {}
    for each in sorted(found, key=lambda each: (each.passages, each.note)):
        most[each.edition.number] = each
    return [most[number] for number in sorted(most)]
