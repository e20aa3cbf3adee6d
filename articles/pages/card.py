"""The picture of a story that has no photo of its own: its headline, drawn for the cards of social sites.

Drawn when it is asked for and never stored: it says what readers see of the edition, and nothing else.
"""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from articles.models import Author, Column, Edition
from articles.pages.addresses import answer
from articles.pages.ap_style import Moment, listed
from articles.pages.article import seen_there
from articles.pages.names import names_of
from articles.pages.notes import NAMES, RETRACTION, as_readers_see
from articles.pages.poster import Words, drawn
from articles.pages.visit import Visit, public


@public
def card(visit: Visit, number: str, **parts: str) -> HttpResponseBase:
    """The card of the edition seen now; the number of an older one leads to it, like an older address. Two queries."""
    edition = seen_there(visit, visit.request.path.rpartition("card-")[0])
    if edition is None or edition.number != int(number):
        return answer(visit)
    authors = names_of(visit, [edition]).authors[edition.pk]
    words = words_of(edition, visit.columns[edition.column_id], authors)
    keys = [f"article-{edition.article_id}", f"column-{edition.column_id}", *(author.cache_key for author in authors)]
    response = visit.stamped(HttpResponse(content_type="image/png"), keys)
    response.headers["ETag"] = words.etag
    unchanged = get_conditional_response(visit.request, etag=words.etag, response=response)
    if unchanged is response:
        response.content = drawn(words)
    return unchanged or response


def words_of(edition: Edition, column: Column, authors: list[Author]) -> Words:
    """What the card says of an edition; of a retracted story that it was, and nothing that it said."""
    said, printed = as_readers_see(edition), Moment(edition.first_published_at)
    retracted = said.retraction() is not None
    return Words(
        headline=NAMES[RETRACTION][1] if retracted else said.headline,
        direction=said.direction,
        column=column.name,
        kicker="" if retracted else said.kicker,
        clock=printed.hour,
        half=printed.half,
        date=printed.date,
        credit="" if retracted or not authors else f"By {listed([author.name for author in authors])}",
        newsroom=settings.NEWSROOM_NAME,
    )
