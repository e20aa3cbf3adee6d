"""The archive searched: /search/"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template import loader

from articles.edge.stamp import stamp_for_one
from articles.models import Edition
from articles.pages.ap_style import counted
from articles.pages.entries import POST, Entry, entries_of
from articles.pages.excerpt import excerpt
from articles.pages.hits import COUNTED, Hit, Hits, search
from articles.pages.question import Question
from articles.pages.slip import Slip, read
from articles.pages.visit import Visit, public

# Seen, once more: between the two questions a story may have been withdrawn.
FOUND = Question(lambda moment, ids: Edition.objects.seen_at(moment).filter(id__in=ids).only(*POST).order_by())


@public
def results(visit: Visit) -> HttpResponse:
    """The slip, and below it what was found. Six queries at most. Raises Http404 for a cursor that we did not write."""
    slip, before = read(visit), place(visit)
    context: dict[str, Any] = {}
    if slip.asked.wanted:
        hits = search(slip.asked, before, slip.since, slip.until, moment=visit.moment, **slip.narrow)
        context = {
            "rows": rows_of(hits, slip, visit),
            "says": how_many(hits) if before is None else "Further stories" if hits.page else "The end",
            "older": slip.address(before=hits.older, at=moment_of(visit)) if hits.older else "",
        }
    response = visit.draw(
        "articles/search.html",
        ["front"],
        path="",
        slip=slip,
        typed=slip.typed,
        filters=[(words, slip.address(name, at=moment_of(visit))) for name, words in slip.filters],
        without_filters=slip.address(*(name for name, _ in slip.filters), at=moment_of(visit)),
        wrong=slip.wrong,
        narrowing=bool(slip.filters or set(slip.wrong) - {"q"}),
        only_unwanted=bool(slip.asked.unwanted and not slip.asked.wanted),
        at=moment_of(visit),
        before=before,
        **context,
    )
    if not visit.elsewhen:
        stamp_for_one(response)
    return response


def place(visit: Visit) -> Hit | None:
    before = visit.request.GET.get("before")
    if before is None:
        return None
    try:
        return Hit.read(before)
    except ValueError as error:
        raise Http404(str(error)) from error


def rows_of(hits: Hits, slip: Slip, visit: Visit) -> list[dict[str, str]]:
    """The cards in the order of the hits, each with the lines around what was looked for."""
    if not hits.page:
        return []
    ids = [hit.pk for hit in hits.page]
    editions = {edition.pk: edition for edition in FOUND.instances(Edition, moment=visit.moment, ids=ids)}
    shown = [editions[pk] for pk in ids if pk in editions and not editions[pk].redacted_at]
    return [row(entry, slip) for entry in entries_of(shown, visit)]


def row(entry: Entry, slip: Slip) -> dict[str, str]:
    lines = excerpt(entry.said, slip.asked.wanted)
    card = entry.row(column=True, picture=False)
    return {**card, "summary": lines or entry.summary}


def how_many(hits: Hits) -> str:
    """Three stories · more than 100 stories"""
    if hits.total is None:
        return f"More than {COUNTED} stories"
    said = counted(hits.total, "story").replace("storys", "stories")
    return said[0].upper() + said[1:]


def moment_of(visit: Visit) -> str:
    return visit.moment.isoformat(timespec="seconds") if visit.elsewhen else ""


@public
def description(visit: Visit) -> HttpResponse:
    """OpenSearch 1.1: lets a browser offer this search. https://github.com/dewitt/opensearch"""
    context = {"newsroom": settings.NEWSROOM_NAME[:16], "site": settings.SITE_URL}
    text = loader.get_template("articles/opensearch.xml").render(context)
    return visit.stamped(HttpResponse(text, content_type="application/opensearchdescription+xml"), ["front"])
