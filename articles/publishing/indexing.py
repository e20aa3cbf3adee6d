"""What an edition is found by: the words that readers see of it, put into the index with the edition itself."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from articles import document
from articles.models import Edition
from articles.models.index import empty_index, file_cards, is_bare, take_out
from articles.pages.notes import as_readers_see
from articles.pages.passages import passages
from articles.words import HEADLINE, Tokens, tokens_of

BATCH = 200


def tokens_of_edition(edition: Edition) -> Tokens:
    """Headline and text as readers see them: of a retracted story the headline and the notice, of a redacted none.

    Authors are found under the names that the edition was signed with. Tags are not: staff take one off a story
    without a new edition, and it would be found under it for ever.
    """
    if edition.redacted_at:
        return tokens_of([])
    said = as_readers_see(edition)
    notes = [note.text for note in said.corrections]
    return tokens_of_frame(said.headline, said.bylines, notes, said.language) + tokens_of_text(said)


def tokens_of_frame(headline: str, bylines: Iterable[str], notes: Iterable[str], language: str) -> Tokens:
    """What stands around the text and is each story's own."""
    return tokens_of([(headline, language)], HEADLINE) + tokens_of((each, language) for each in [*bylines, *notes])


def tokens_of_text(said: document.Document) -> Tokens:
    """The text, and with it dek, kicker and pictures."""
    return tokens_of(passages(said))


def put_in_index(edition: Edition) -> None:
    """Called by the press, in the transaction that makes the edition."""
    file_cards([(edition, tokens_of_edition(edition))])


def erase_from_index(edition: Edition) -> None:
    """Before a redaction empties it: nothing of its words stays behind."""
    take_out(edition, tokens_of_edition(edition))


def reindex(*, anew: bool = False) -> Iterator[int]:
    """File every edition that is not in the index; yields how many are done so far.

    All of them with `anew`, and where the index was lost and the cards were not. Each batch is a transaction of its
    own: a run that breaks off is taken up where it was.
    """
    if anew or is_bare(connection):
        with transaction.atomic():
            empty_index(connection)
    done, last = 0, 0
    while batch := list(Edition.objects.filter(card=None, redacted_at=None, pk__gt=last).order_by("pk")[:BATCH]):
        with transaction.atomic():
            file_cards([(edition, tokens_of_edition(edition)) for edition in batch])
        done, last = done + len(batch), batch[-1].pk
        yield done
