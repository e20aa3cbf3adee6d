"""What an address answers when no page stands there: derived from the editions each time, never stored.

an edition seen now, at another path   301 to the current path, in one hop
seen once, and nothing now             410, with the reason and where to go
none that anybody has seen             404, so that a waiting story looks like one that does not exist
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from articles.models import Address, Article, Edition, EditionByline, EditionTag
from articles.pages.ap_style import Moment
from articles.pages.notes import as_readers_see, corrects
from articles.pages.pictures import card_path
from articles.pages.visit import Visit, public

# Pages of the site itself, and the pages below the address of a column, or of a tag or an author.
FEEDS = ("feed/", "feed/atom/", "feed/json/")
FIXED = {"/": "front", "/search/": "front", "/corrections/": "corrections"}
FIXED |= {f"{path}{feed}": FIXED[path] for path in ("/", "/corrections/") for feed in FEEDS}
BELOW_COLUMN = re.compile(r"feed/((atom|json)/)?|about/|[0-9]{4}/([0-9]{2}/){0,2}")
BELOW_NAME = re.compile(r"feed/((atom|json)/)?")
# What a path below a list begins with: /world/, /tag/labor/.
HEAD = re.compile("/(tag/|by/)?[^/]*/?")
# Files at the top of the site: they have no slash at their end.
FILES = re.compile(
    r"/(oembed|robots\.txt|favicon\.ico|\.well-known/security\.txt|(news-)?sitemap\.xml"
    r"|sitemap-(pages|[0-9]{4}-[0-9]{2}(-([2-9]|[1-9][0-9]{1,3}))?)\.xml)/"
)
# What stands below a story's address and moves with it.
BELOW_STORY = re.compile(
    r"(?P<story>/[a-z0-9-]+/[0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z0-9-]+/)"
    r"((?P<name>embed|history)|card-(?P<number>[1-9][0-9]{0,8})\.png)/"
)
SLASHES = re.compile("/+")
# What is asked of a page of ours, beside the place in a list, and goes along to its one address.
FIELDS = ("q", "column", "tag", "author", "from", "to")
ASKED_OF = {"/search/": FIELDS, "/oembed": ("url", "format", "maxwidth", "maxheight")}
LONGEST_ASKED = 2048
# What social networks and newsletters append to every link, and our own parameters: no part of an old address.
HUNG_ON = re.compile(r"(utm_\w+|fbclid|gclid|dclid|msclkid|twclid|igshid|mc_cid|mc_eid|at|before)(=|$)", re.ASCII)
LONGEST = 255


class Gone(Exception):
    """Readers saw a story at this address, and do not any more."""

    def __init__(self, article: Article):
        self.article = article


def tidy(path: str) -> str:
    """The path as ours are written: small letters, single slashes, one at the end."""
    return SLASHES.sub("/", f"{path.lower()}/")


def parted(path: str) -> tuple[str, str]:
    """/the-slatest/2015/06/ → the list's part, /the-slatest/ (or /tag/labor/), and what is below it, 2015/06/."""
    head = HEAD.match(path)[0]  # type: ignore[index]  # every path has one
    return head, path.removeprefix(head)


@public
def elsewhere(visit: Visit, **parts: str) -> HttpResponse:
    """The answer for a request that met no page. Raises Http404."""
    return answer(visit)


def answer(visit: Visit) -> HttpResponse:
    """One 301 to where the page is today, or 410. Raises Http404."""
    asked = visit.request.path
    try:
        path, keys, query = whereabouts(asked, visit.request.META.get("QUERY_STRING", ""), visit)
    except Gone as gone:
        return draw_gone(visit, gone.article)
    if path == asked and not query:
        raise Http404("No page stands here.")
    return visit.stamped(HttpResponsePermanentRedirect(path + kept_query(visit, path, query)), keys)


def by_query(visit: Visit) -> HttpResponse | None:
    """The answer for an old address that differs from a page of ours in its query alone (/?p=12); None for no such."""
    query = visit.request.META.get("QUERY_STRING", "")
    addresses = addresses_at(with_query(visit.request.path, query)) if untracked(query) else {}
    return answer(visit) if addresses else None


def kept_query(visit: Visit, path: str, query: str) -> str:
    """The parameters of ours that a redirect to `path` takes along; utm_ and its kin end here, and the query of an old
    address.

    ?at= goes along for a visit that it moved in time, and for no other: a reader's address has no such thing.
    """
    ours = [] if query else ["before", *ASKED_OF.get(path, ())]
    ours += ["at"] if visit.elsewhen else []
    asked = {name: visit.request.GET[name] for name in ours if visit.request.GET.get(name)}
    asked = {name: value for name, value in asked.items() if len(value) <= LONGEST_ASKED}
    return "?" + urlencode(asked, safe=":", quote_via=quote) if asked else ""


def untracked(query: str) -> str:
    """A query as it came, without what others hang on and what is ours."""
    return "&".join(part for part in query.split("&") if part and not HUNG_ON.match(part))


def with_query(path: str, query: str) -> list[str]:
    """What an old address with this path and query may be called, the most exact first."""
    return [f"{path}?{each}" for each in dict.fromkeys([query, untracked(query)]) if each]


def addresses_at(paths: Iterable[str]) -> dict[str, Address]:
    """Who has or had these addresses. One query, none when no row can have one of them."""
    # PostgreSQL refuses to be asked for a NUL, and no row is longer.
    asked = {path for path in paths if "\0" not in path and len(path) <= LONGEST}
    rows = Address.objects.filter(path__in=asked).select_related("article", "column", "tag", "author")
    return {address.path: address for address in rows} if asked else {}


def whereabouts(asked: str, query: str, visit: Visit) -> tuple[str, list[str], str]:
    """The path that answers for the asked one today, its cache keys, and the query if it was part of the address.

    Raises Gone and Http404.
    """
    path = tidy(asked)
    if below := BELOW_STORY.fullmatch(path):
        return below_story(below["story"], below["name"] or int(below["number"]), visit)
    head, tail = parted(path)
    # An address of an older system is kept as it was, with its ending, its query and without our slash.
    whole = with_query(asked, query)
    found = addresses_at([*whole, asked, path, asked.rstrip("/"), head])
    for each in whole:
        if each in found:
            return *current(found[each], visit), each.partition("?")[2]
    if path in FIXED:
        return path, [FIXED[path]], ""
    if FILES.fullmatch(path):
        return path[:-1], ["site"], ""
    address = found.get(asked) or found.get(path) or found.get(asked.rstrip("/"))
    if address:
        return *current(address, visit), ""
    above = found.get(head)
    if above and not above.article and (BELOW_COLUMN if above.column else BELOW_NAME).fullmatch(tail):
        there, keys = current(above, visit)
        return there + tail, keys, ""
    raise Http404("No page stands here.")


def below_story(path: str, what: str | int, visit: Visit) -> tuple[str, list[str], str]:
    """Where the page of this name below a story is now, or the card that took the place of the one with this number.

    Raises Gone, and Http404 for a card that nobody saw (its number says no more than a waiting one's), or that nobody
    may see again while the story goes on.
    """
    found = addresses_at([path, path.rstrip("/")])
    address = found.get(path) or found.get(path.rstrip("/"))
    if address is None or address.article is None:
        raise Http404("No page stands here.")
    if isinstance(what, str):
        seen = seen_of_story(address.article, path, visit)
        if what == "history" and not was_put_right(seen):
            raise Http404("Nothing was put right in this story.")
        return f"{seen.path}{what}/", [address.article.cache_key], ""
    drawn = Edition.objects.ever_seen(visit.moment).lean().filter(article=address.article, number=what).first()
    if drawn is None:
        raise Http404("No reader saw such an edition.")
    seen = seen_of_story(address.article, path, visit)
    if drawn.redacted_at:
        raise Http404("Nobody may see it again.")
    return card_path(seen), [address.article.cache_key], ""


def was_put_right(edition: Edition) -> bool:
    """Whether its story has a history: readers are told that something in it was wrong."""
    return any(map(corrects, as_readers_see(edition).corrections))


def current(address: Address, visit: Visit) -> tuple[str, list[str]]:
    """Where the thing that has, or had, this address is now. Raises Gone and Http404."""
    if address.article:
        return seen_of_story(address.article, address.path, visit).path, [address.article.cache_key]
    if address.column:
        return address.column.path, [address.column.cache_key]
    if address.tag:
        if not was_seen(EditionTag.objects.filter(tag=address.tag), visit):
            raise Http404("Nothing was ever filed under this.")
        return address.tag.path, [address.tag.cache_key]
    if address.author and was_seen(EditionByline.objects.filter(author=address.author), visit):
        return address.author.path, [address.author.cache_key]
    raise Http404("Nothing was ever signed with this name.")


def seen_of_story(article: Article, path: str, visit: Visit) -> Edition:
    """What is seen of a story at the moment of the visit. Raises Gone, and Http404 for an address that nobody saw."""
    editions = Edition.objects.filter(article=article)
    # An address from elsewhere (an older system) has no edition of its own: it speaks for the whole story.
    own = editions.filter(path=path) if editions.filter(path=path).exists() else editions
    if not own.ever_seen(visit.moment).exists():
        raise Http404("No page stands here.")
    seen = editions.seen_at(visit.moment).lean().first()
    if seen is None or seen.redacted_at:
        raise Gone(article)
    return seen


def was_seen(rows, visit: Visit) -> bool:
    """Did any reader see an edition with one of these rows, up to the moment of the visit, that was not redacted?"""
    return Edition.objects.known(visit.moment).filter(pk__in=rows.values("edition")).exists()


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
