"""Which addresses the crawl asks of each public pattern: one row for each. A new pattern needs a row of its own.

A row makes addresses of the `World`: of what is public and of what is secret alike. The crawl follows every link from
there, and holds that an address with a secret word in it answers as one with a word that nobody ever wrote.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from articles.desk.proofs import address_of
from articles.models import Article, Proof
from articles.models.article import Stage
from articles.pages.urls import CARD, DAY, FEED, MONTH, SITEMAP_OF_MONTH, SLUG, YEAR
from tests.factories import make_article, make_photo
from tests.pages.leaks.planting import World

THE_DESKS = "admin"


class Shut(str):
    """An address of something secret that has no secret word in it, such as a number: it must answer 404 or 410."""


def pages(world: World, *paths: str) -> Iterable[str]:
    """Lists, from the top and from far above it: a place after everything that waits."""
    for path in paths:
        yield from (path, f"{path}?before=29990101T000000.000000Z-999999999")


def feeds(*paths: str) -> list[str]:
    """The three formats of each list, from the top and from far above it."""
    return [
        f"{path}feed/{form}{place}"
        for path in paths
        for form in ("", "atom/", "json/")
        for place in ("", "?before=29990101T000000.000000Z-999999999")
    ]


def archives(world: World, day: str) -> list[str]:
    return [f"/{column}/{day}" for column in world.columns]


def photographs(world: World) -> Iterable[str]:
    """Each file, and a rendition of each sort: what is secret must not be seen small, either."""
    for path in world.files:
        stem = path.removesuffix(".jpg")
        yield from (path, f"{stem}-400.jpg", f"{stem}-1x1.jpg")


def sent_out(world: World) -> Iterable[str]:
    """The link to a story that readers may see, which leads on to its photos; and links that open nothing."""
    now, photo = timezone.now(), make_photo(file=True, colour="olive")
    plain = Proof(article=make_article(lead_photo=photo), expires_at=now + timedelta(hours=1))
    plain.save()
    yield address_of(plain)
    shut = Proof.objects.exclude(pk__in=Proof.objects.open_at(now))
    drafts = Proof.objects.filter(article__stage=Stage.DRAFT).exclude(pk=plain.pk)[:5]
    yield from map(Shut, map(address_of, shut))
    # The number of a link, and another's signature under it, or one that was made for something else.
    yield from (Shut(f"/proof/{each.pk}:{address_of(plain).partition(':')[2]}") for each in drafts)
    yield from (Shut(f"/proof/{signing.Signer().sign(each.pk)}/") for each in drafts)


def photos_of_proofs(world: World) -> Iterable[str]:
    """The photo of a link, and with the same link the photos of every other story."""
    proof = next(path for path in sent_out(world) if not isinstance(path, Shut))
    (own,) = Article.objects.latest("pk").photo_placements.all()
    yield f"{proof}files/{own.photo.file.name}"
    yield from (Shut(f"{proof}files/{path.removeprefix('/files/')}") for path in world.files)


ROWS: dict[str, Callable[[World], Iterable[str]]] = {
    "": lambda world: pages(world, "/"),
    "robots.txt": lambda world: ["/robots.txt"],
    ".well-known/security.txt": lambda world: ["/.well-known/security.txt"],
    "favicon.ico": lambda world: ["/favicon.ico"],
    "sitemap.xml": lambda world: ["/sitemap.xml"],
    "sitemap-pages.xml": lambda world: ["/sitemap-pages.xml"],
    "news-sitemap.xml": lambda world: ["/news-sitemap.xml"],
    SITEMAP_OF_MONTH: lambda world: ["/sitemap-2015-06.xml", "/sitemap-2999-01.xml"],
    "oembed": lambda world: [f"/oembed?url={settings.SITE_URL}{path}" for path in here(world)],
    f"^{FEED}": lambda world: feeds("/"),
    f"^tag/{SLUG}/{FEED}": lambda world: feeds(*(f"/tag/{slug}/" for slug in world.tags)),
    f"^by/{SLUG}/{FEED}": lambda world: feeds(*(f"/by/{slug}/" for slug in world.authors)),
    f"^{SLUG}/{FEED}": lambda world: feeds(*(f"/{slug}/" for slug in world.columns)),
    "corrections/": lambda world: pages(world, "/corrections/"),
    f"^corrections/{FEED}": lambda world: feeds("/corrections/"),
    "files/<path:name>": lambda world: photographs(world),
    "search/": lambda world: searches(world),
    "search/opensearch.xml": lambda world: ["/search/opensearch.xml"],
    "proof/<str:signed>/": lambda world: sent_out(world),
    "proof/<str:signed>/files/<path:name>": lambda world: photos_of_proofs(world),
    "tag/<slug:slug>/": lambda world: pages(world, *(f"/tag/{slug}/" for slug in world.tags)),
    "by/<slug:slug>/": lambda world: pages(world, *(f"/by/{slug}/" for slug in world.authors)),
    "<slug:slug>/": lambda world: pages(world, *(f"/{slug}/" for slug in world.columns)),
    "<slug:slug>/about/": lambda world: [f"/{slug}/about/" for slug in world.columns],
    YEAR + "$": lambda world: archives(world, "2015/"),
    MONTH + "$": lambda world: archives(world, "2015/06/"),
    DAY + "$": lambda world: archives(world, "2015/06/01/"),
    DAY + "[a-z0-9-]+/$": lambda world: world.stories,
    DAY + "[a-z0-9-]+/embed/$": lambda world: [f"{path}embed/" for path in world.stories if path.endswith("/")],
    DAY + "[a-z0-9-]+/history/$": lambda world: [f"{path}history/" for path in world.stories if path.endswith("/")],
    DAY + CARD: lambda world: cards(world),
    "^": lambda world: twins(world),
}


def here(world: World) -> list[str]:
    """Stories that did not move: of one that did, the provider tells where it is, as the story's own address does."""
    return [path for path in world.stories if world.worked.get(path) != 301]


def cards(world: World) -> Iterable[str]:
    """The first numbers of every story; and those that readers never saw, below addresses that they know."""
    unseen = set(world.unseen)
    paths = [f"{path}card-{number}.png" for path in world.stories if path.endswith("/") for number in (1, 2, 9)]
    yield from (path for path in paths if path not in unseen)
    yield from map(Shut, unseen)


def searches(world: World) -> Iterable[str]:
    """Each secret word looked for, each tag and author narrowed to, and what everybody may find."""
    yield from ("/search/", "/search/?q=pilots", "/search/?q=pilots&before=99999999.4611686018427387900")
    yield from (f"/search/?q={word}" for word in world.markers.about)
    yield from (f"/search/?q=pilots&tag={slug}" for slug in world.tags)
    yield from (f"/search/?q=pilots+-{slug}&author={slug}" for slug in world.authors)


def twins(world: World) -> Iterable[str]:
    """What no pattern knows: addresses as nobody writes them, and those that worked once."""
    yield from world.worked
    yield "/blogs/nothing.html"
    # What is asked of these goes along.
    yield from (f"/Search?q={word}&utm_source={word}" for word in list(world.markers.about)[:20])
    yield from (f"/oembed/?url={settings.SITE_URL}{path}" for path in here(world)[:20])
    for path in (
        *world.stories,
        *(f"/tag/{slug}/" for slug in world.tags),
        *(f"/by/{slug}/" for slug in world.authors),
    ):
        yield path.rstrip("/")
        yield path + "?utm_source=x"


def public_patterns(found: Iterable[URLPattern | URLResolver] | None = None, above: str = "") -> list[str]:
    """Every pattern of the URL table that is not the desk's, as it is written there; regular ones begin with ^."""
    patterns = []
    for each in get_resolver().url_patterns if found is None else found:
        hat = "^" if isinstance(each.pattern, RegexPattern) else ""
        written = above + hat + str(each.pattern).removeprefix(hat)
        if written.startswith(THE_DESKS):
            continue
        patterns += public_patterns(each.url_patterns, written) if isinstance(each, URLResolver) else [written]
    return patterns
