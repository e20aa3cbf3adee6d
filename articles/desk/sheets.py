"""The page itself, drawn for somebody who looks before readers do, or after: with a strip that says what it is."""

from collections.abc import Sequence
from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.template import loader

from articles import document
from articles.edge.stamp import stamp_private
from articles.models import Author, Column, Edition, Tag
from articles.pages.article import story_context
from articles.publishing import Galley

Answer = TypeVar("Answer", bound=HttpResponseBase)
NOT_INDEXED = "noindex, nofollow"


def galley_sheet(galley: Galley, strip: Sequence[str], *, files: str = settings.MEDIA_URL) -> HttpResponse:
    """A story that was not printed; below the strip, what could not be printed so."""
    copy = galley.copy
    told = [*strip, *galley.complaints]
    return sheet(galley.edition, galley.said, copy.column, copy.authors, copy.tags, told, files=files)


def sheet(
    edition: Edition,
    said: document.Document,
    column: Column,
    authors: Sequence[Author],
    tags: Sequence[Tag],
    strip: Sequence[str],
    *,
    files: str = settings.MEDIA_URL,
) -> HttpResponse:
    """The story's page with a strip over it: kept by nobody, found by no search engine, at no address of its own."""
    context = story_context(edition, column, list(authors), list(tags), said=said, files=files)
    # Nothing for machines to keep, and no letter about words that readers have not read.
    context |= {"head": None, "report": "", "history": "", "strip": strip}
    context |= {"newsroom": settings.NEWSROOM_NAME, "columns": list(Column.objects.all())}
    # Without the request: whoever reads a proof has no session, and gets no cookie.
    response = HttpResponse(loader.get_template("articles/article.html").render(context))
    return unkept(response)


def stopped(words: str) -> str:
    """Words with their full stop; a.m. and p.m. have their own."""
    return words.rstrip(".") + "."


def unkept(response: Answer) -> Answer:
    """The answer for one pair of eyes: not cached, not indexed, and it does not tell other sites where it was read."""
    stamp_private(response)
    response.headers["X-Robots-Tag"] = NOT_INDEXED
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
