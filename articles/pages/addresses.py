"""What an address answers when no page stands there: derived from the editions each time, never stored.

an edition seen now, at another path   301 to the current path, in one hop
seen once, and nothing now             410, with the reason and where to go
none that anybody has seen             404, so that a waiting story looks like one that does not exist
"""

import re
from urllib.parse import quote, urlencode

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from articles.models import Address, Article, Edition, EditionByline, EditionTag
from articles.pages.ap_style import Moment
from articles.pages.visit import Visit, public

# Pages of the site itself, and the pages below every column's address.
FIXED = ("/", "/feed/")
BELOW_COLUMN = re.compile(r"(feed|[0-9]{4}(/[0-9]{2}){0,2})/")
# Files at the top of the site: they have no slash at their end.
FILES = re.compile(
    r"/(robots\.txt|favicon\.ico|\.well-known/security\.txt|(news-)?sitemap\.xml"
    r"|sitemap-(pages|[0-9]{4}-[0-9]{2}(-([2-9]|[1-9][0-9]{1,3}))?)\.xml)/"
)
SLASHES = re.compile("/+")


class Gone(Exception):
    """Readers saw a story at this address, and do not any more."""

    def __init__(self, article: Article):
        self.article = article


def tidy(path: str) -> str:
    """The path as ours are written: small letters, single slashes, one at the end."""
    return SLASHES.sub("/", f"{path.lower()}/")


@public
def elsewhere(visit: Visit, **parts: str) -> HttpResponse:
    """The answer for a request that met no page. Raises Http404."""
    return answer(visit)


def answer(visit: Visit) -> HttpResponse:
    """One 301 to where the page is today, or 410. Raises Http404."""
    asked = visit.request.path
    try:
        path, keys = whereabouts(asked, visit)
    except Gone as gone:
        return draw_gone(visit, gone.article)
    if path == asked:
        raise Http404("No page stands here.")
    return visit.stamped(HttpResponsePermanentRedirect(path + kept_query(visit)), keys)


def kept_query(visit: Visit) -> str:
    """The parameters of ours that a redirect takes along; utm_ and its kin end here.

    ?at= goes along for a visit that it moved in time, and for no other: a reader's address has no such thing.
    """
    ours = ("before", "at") if visit.elsewhen else ("before",)
    asked = {name: visit.request.GET[name] for name in ours if visit.request.GET.get(name)}
    return "?" + urlencode(asked, safe=":", quote_via=quote) if asked else ""


def whereabouts(asked: str, visit: Visit) -> tuple[str, list[str]]:
    """The path that answers for the asked one today, and its cache keys. Raises Gone and Http404."""
    path = tidy(asked)
    if path in FIXED:
        return path, ["front"]
    if FILES.fullmatch(path):
        return path[:-1], ["site"]
    if "\0" in path or len(path) > 255:  # PostgreSQL refuses the one, no row has the other
        raise Http404("No page stands here.")
    head, tail = (f"/{path.split('/')[1]}/", path.split("/", 2)[2])
    rows = Address.objects.filter(path__in={asked, path, head}).select_related("article", "column", "tag", "author")
    found = {address.path: address for address in rows}
    # An address of an older system is kept as it was, with its ending and without our slash.
    address = found.get(asked) or found.get(path)
    if address:
        return current(address, visit)
    above = found.get(head)
    if above and above.column and BELOW_COLUMN.fullmatch(tail):
        return above.column.path + tail, [above.column.cache_key]
    raise Http404("No page stands here.")


def current(address: Address, visit: Visit) -> tuple[str, list[str]]:
    """Where the thing that has, or had, this address is now. Raises Gone and Http404."""
    if address.article:
        return path_of_story(address.article, address.path, visit), [address.article.cache_key]
    if address.column:
        return address.column.path, [address.column.cache_key]
    if address.tag:
        if not was_seen(EditionTag.objects.filter(tag=address.tag), visit):
            raise Http404("Nothing was ever filed under this.")
        return address.tag.path, [address.tag.cache_key]
    if address.author and was_seen(EditionByline.objects.filter(author=address.author), visit):
        return address.author.path, [address.author.cache_key]
    raise Http404("Nothing was ever signed with this name.")


def path_of_story(article: Article, path: str, visit: Visit) -> str:
    """The path at which a story is seen at the moment of the visit. Raises Gone, and Http404 for what nobody saw."""
    editions = Edition.objects.filter(article=article)
    # An address from elsewhere (an older system) has no edition of its own: it speaks for the whole story.
    own = editions.filter(path=path) if editions.filter(path=path).exists() else editions
    if not own.ever_seen(visit.moment).exists():
        raise Http404("No page stands here.")
    seen = editions.seen_at(visit.moment).lean().first()
    if seen is None or seen.redacted_at:
        raise Gone(article)
    return seen.path


def was_seen(rows, visit: Visit) -> bool:
    """Did any reader see an edition with one of these rows, up to the moment of the visit?"""
    return Edition.objects.ever_seen(visit.moment).filter(pk__in=rows.values("edition")).exists()


def draw_gone(visit: Visit, article: Article) -> HttpResponse:
    """410: says that the story was taken from here, why, and where to go. Not what it said."""
    last = article.editions.ever_seen(visit.moment).lean().order_by("-live_from").first()
    withdrawal = article.withdrawals.filter(at__lte=visit.moment).order_by("-at", "-id").first()
    return visit.draw(
        "410.html",
        [article.cache_key],
        status=410,
        column=visit.columns[last.column_id],
        since=Moment(last.live_until) if last.live_until else None,
        reason=withdrawal.reason if withdrawal else "",
    )
