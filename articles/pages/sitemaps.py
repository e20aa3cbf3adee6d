"""Sitemaps: which pages there are, for crawlers. https://www.sitemaps.org/protocol.html

The index names a file for each month of which a story is listed, by the newsroom's calendar, and one for the lists.
Retracted stories stand in none: their pages ask not to be indexed.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.html import escape
from django.utils.timezone import get_default_timezone

from articles import document
from articles.models import Author, Correction, Edition, EditionByline, EditionTag, Tag
from articles.models.address import EVERY_ADDRESS
from articles.pages.ap_style import Moment
from articles.pages.entries import lead_of
from articles.pages.feeds.item import NO_XML
from articles.pages.picture import photo_address
from articles.pages.question import Question
from articles.pages.unchanged import revalidated
from articles.pages.views import span
from articles.pages.visit import YEARS, Visit, public

# The protocol allows 50,000 addresses and 50 MB in a file; these are made while somebody waits.
PER_FILE = 10_000
# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
NEWS_FOR = timedelta(days=2)
NEWS = 1_000
XML = "application/xml; charset=utf-8"
PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
GOOGLE_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
RETRACTIONS = Correction.objects.filter(kind=Correction.Kind.RETRACTION)
# How many months one question asks about: always as many, so that it is compiled once.
AT_ONCE = 120


def seen(moment: datetime):
    return Edition.objects.seen_at(moment).filter(redacted_at__isnull=True)


def printed(start: datetime, end: datetime):
    return Edition.objects.filter(first_published_at__gte=start, first_published_at__lt=end)


def every_month(build: Callable[..., QuerySet]) -> Question:
    """The question whether `build` finds an edition, for each month between the given boundaries."""

    def ask(boundaries: list[datetime], **asked: datetime) -> QuerySet:
        spans = [
            {"first_published_at__gte": start, "first_published_at__lt": end} for start, end in pairwise(boundaries)
        ]
        found = {f"m{n}": Exists(build(Edition.objects.filter(**each), **asked)) for n, each in enumerate(spans)}
        return Edition.objects.order_by().annotate(**found).values_list(*found)[:1]

    return Question(ask)


OLDEST = Question(lambda moment: seen(moment).only("first_published_at").order_by("first_published_at", "id")[:1])
NEWEST = Question(lambda moment: seen(moment).only("first_published_at").newest_first()[:1])
# Stories that were never retracted: of the few others the documents say whether they are to be found.
SOME = every_month(
    lambda editions, moment: editions.seen_at(moment).filter(
        ~Exists(RETRACTIONS.filter(article=OuterRef("article"))), redacted_at__isnull=True
    )
)
# More than one file holds, by the index alone: to count what is seen, every row of the newsroom would be read.
MANY = every_month(lambda editions: editions.order_by("first_published_at")[PER_FILE : PER_FILE + 1])


@public
def index(visit: Visit) -> HttpResponseBase:
    """The sitemap index: a question for each end of the archive, one for what was once retracted, and two for every ten
    years of it.
    """
    names = ["/sitemap-pages.xml", *(f"/sitemap-{name}.xml" for name in files(visit))]
    entries = "".join(f"<sitemap><loc>{absolute(name)}</loc></sitemap>\n" for name in names)
    return answered(visit, f'<sitemapindex xmlns="{PROTOCOL}">\n{entries}</sitemapindex>\n')


@public
def of_pages(visit: Visit) -> HttpResponseBase:
    """The front, the columns, the corrections, and the authors and tags of stories that are seen now. Three queries."""
    paths = ["/", *(column.path for column in visit.columns.values()), "/corrections/"]
    for of, lines, name in ((Author, EditionByline, "author"), (Tag, EditionTag, "tag")):
        rows = lines.objects.filter(**{name: OuterRef("pk")}).seen_at(visit.moment)
        paths += [thing.path for thing in of.objects.filter(Exists(rows)).only("slug").order_by("pk")[:PER_FILE]]
    urls = (f"<url><loc>{absolute(path)}</loc></url>\n" for path in paths)
    return answered(visit, urlset(urls), EVERY_ADDRESS)


@public
def of_month(visit: Visit, year: str, month: str, part: str = "1") -> HttpResponseBase:
    """The stories of a month, oldest first, so many in each part. Two queries. Raises Http404 for an empty one."""
    start, end = span(int(year), int(month), None)
    skip = (int(part) - 1) * PER_FILE
    rows = indexed(seen(visit.moment) & printed(start, end)).only("article_id", "path", "lead", "live_from")
    stories = list(rows.order_by("first_published_at", "id")[skip : skip + PER_FILE])
    if not stories:
        raise Http404("Nothing was printed then.")
    return answered(visit, urlset(map(story, stories), image=IMAGES))


@public
def of_news(visit: Visit) -> HttpResponseBase:
    """What was printed in the last two days, newest first, for Google News. Two queries."""
    those = indexed(seen(visit.moment).filter(first_published_at__gt=visit.moment - NEWS_FOR))
    rows = those.only("article_id", "path", "headline", "language", "first_published_at").newest_first()
    return answered(visit, urlset(map(news, rows[:NEWS]), news=GOOGLE_NEWS))


def files(visit: Visit) -> Iterator[str]:
    """2015-06, and 2015-06-2 for what does not fit: the names of the files of each month, newest month first."""
    oldest = next(OLDEST.instances(Edition, moment=visit.moment), None)
    newest = next(NEWEST.instances(Edition, moment=visit.moment), None)
    if oldest is None or newest is None:
        return
    first = max(month_number(oldest.first_published_at), YEARS[0] * 12 + AT_ONCE)
    end = min(month_number(newest.first_published_at) + 1, YEARS[-1] * 12)
    once_retracted = doubtful(seen(visit.moment)).only("document", "first_published_at")
    brought_back = {month_number(each.first_published_at) for each in once_retracted if not is_retracted(each)}
    for last in range(end, first, -AT_ONCE):
        boundaries = [beginning(number) for number in range(last - AT_ONCE, last + 1)]
        (some,) = SOME.rows(moment=visit.moment, boundaries=boundaries)
        (many,) = MANY.rows(boundaries=boundaries)
        for n in reversed(range(AT_ONCE)):
            if some[n] or last - AT_ONCE + n in brought_back:
                yield from named(visit, *boundaries[n : n + 2], many=many[n])


def named(visit: Visit, start: datetime, end: datetime, *, many: bool) -> Iterator[str]:
    yield f"{start:%Y-%m}"
    if many:
        count = indexed(seen(visit.moment) & printed(start, end)).count()
        yield from (f"{start:%Y-%m}-{part}" for part in range(2, 2 + (count - 1) // PER_FILE))


def month_number(moment: datetime) -> int:
    """Months since the year 0, by the newsroom's calendar."""
    local = moment.astimezone(get_default_timezone())
    return local.year * 12 + local.month - 1


def beginning(number: int) -> datetime:
    year, month = divmod(number, 12)
    return datetime(year, month + 1, 1, tzinfo=get_default_timezone())


def indexed(those):
    """Those that are not retracted. One query: only the few that ever were have their documents read."""
    return those.exclude(pk__in=[edition.pk for edition in doubtful(those).only("document") if is_retracted(edition)])


def doubtful(those):
    """Those whose stories were retracted at some time, perhaps not yet or not any more."""
    return those.filter(article__in=RETRACTIONS.values("article"))


def is_retracted(edition: Edition) -> bool:
    return document.from_json(edition.document).retraction() is not None


def story(edition: Edition) -> str:
    photo = lead_of(edition)
    image = photo_address(photo) if photo else ""
    return (
        f"<url><loc>{absolute(edition.path)}</loc><lastmod>{Moment(edition.live_from).iso}</lastmod>"
        + (f"<image:image><image:loc>{absolute(image)}</image:loc></image:image>" if image else "")
        + "</url>\n"
    )


def news(edition: Edition) -> str:
    return (
        f"<url><loc>{absolute(edition.path)}</loc><news:news>"
        f"<news:publication><news:name>{escape(settings.NEWSROOM_NAME)}</news:name>"
        f"<news:language>{news_language(edition.language)}</news:language></news:publication>"
        f"<news:publication_date>{Moment(edition.first_published_at).iso}</news:publication_date>"
        f"<news:title>{escape(edition.headline)}</news:title></news:news></url>\n"
    )


def news_language(language: str) -> str:
    """Two or three letters of ISO 639; Chinese alone is told apart by its script."""
    code, *more = language.lower().split("-")
    if code != "zh":
        return code
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(more) else "zh-cn"


def urlset(urls: Iterable[str], **namespaces: str) -> str:
    more = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in namespaces.items())
    return f'<urlset xmlns="{PROTOCOL}"{more}>\n{"".join(urls)}</urlset>\n'


def absolute(path: str) -> str:
    return escape(settings.SITE_URL + path)


def answered(visit: Visit, text: str, *keys: str) -> HttpResponseBase:
    """Stamped as the front is, which is drawn anew with every publication."""
    xml = NO_XML.sub("", f'<?xml version="1.0" encoding="utf-8"?>\n{text}')
    return revalidated(visit.request, visit.stamped(HttpResponse(xml, content_type=XML), ["front", *keys]))
