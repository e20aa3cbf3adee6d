"""What crawlers are told: which pages there are, which are news, and what to leave alone."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles.models import Purge
from articles.pages import sitemaps
from articles.pages.sitemaps import beginning, month_number, news_language
from articles.publishing import correct, redact, schedule, withdraw
from tests.factories import PRINTED, make_article, make_author, make_column, make_photo, make_tag, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
SCHEMA = Path(__file__).resolve().parents[3] / "shared/corpora/feeds/sitemap_xsd/sitemap.xsd"
MONTH = "/sitemap-2015-06.xml"


def read(client, path: str) -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(response.content)


def found(client, path: str, xpath: str = "//s:loc/text()") -> list[str]:
    """What stands in a sitemap, addresses without the site."""
    return [str(each).removeprefix(SITE) for each in read(client, path).xpath(xpath, namespaces=NAMES)]


def test_it_works(client):
    first, second = published(2, lead_photo=make_photo(file=True), tags=["Labor"])
    assert found(client, "/sitemap.xml") == ["/sitemap-pages.xml", MONTH]
    assert found(client, MONTH) == [first.path, second.path]
    assert found(client, MONTH, "//image:loc/text()") == [first.article.lead_photo.file.url] * 2
    (lastmod, _) = found(client, MONTH, "//s:lastmod/text()")
    assert datetime.fromisoformat(lastmod) == first.live_from.replace(microsecond=0)
    assert found(client, "/sitemap-pages.xml") == [
        "/", "/the-slatest/", "/corrections/", "/by/ines-corvald/", "/tag/labor/",
    ]  # fmt: skip


def test_the_index_names_the_months_in_which_something_was_printed_and_no_other(client):
    for printed in (
        datetime(1994, 12, 31, 12, tzinfo=UTC),
        datetime(2015, 7, 1, 3, 59, tzinfo=UTC),  # still June 30 in New York
        datetime(2015, 7, 1, 4, tzinfo=UTC),
        datetime(2026, 11, 2, tzinfo=UTC),
    ):
        published(printed=printed)
    schedule(make_article(), at=timezone.now() + timedelta(days=100))
    (gone,) = published(printed=datetime(2001, 1, 2, tzinfo=UTC))
    withdraw(gone.article, reason="It was wrong.")
    months = found(client, "/sitemap.xml")[1:]
    assert months == [f"/sitemap-{month}.xml" for month in ("2026-11", "2015-07", "2015-06", "1994-12")]
    assert [len(found(client, month)) for month in months] == [1, 1, 1, 1]


def test_months_are_counted_by_the_newsrooms_calendar():
    assert beginning(month_number(PRINTED)).isoformat() == "2015-06-01T00:00:00-04:00"
    assert beginning(2015 * 12 + 11).isoformat() == "2015-12-01T00:00:00-05:00"
    assert month_number(datetime(2015, 7, 1, 3, 59, tzinfo=UTC)) == 2015 * 12 + 5


def test_a_month_that_one_file_cannot_hold_has_more(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    monkeypatch.setattr(sitemaps.MANY, "compiled", {})
    editions = published(5)
    names = found(client, "/sitemap.xml")[1:]
    assert names == [MONTH, "/sitemap-2015-06-2.xml", "/sitemap-2015-06-3.xml"]
    assert [path for name in names for path in found(client, name)] == [edition.path for edition in editions]
    assert client.get("/sitemap-2015-06-4.xml").status_code == 404


def test_what_readers_do_not_see_or_may_not_find_stands_in_none(client):
    now = timezone.now()
    withdrawn, retracted, redacted, kept = published(4, printed=now - timedelta(hours=1))
    withdraw(withdrawn.article, reason="It was wrong.")
    correct(retracted.article, kind="retraction", note="It was forged.", dated=now)
    redact(redacted, reason="court order")
    schedule(make_article(tags=["Waiting"], authors=["Nobody Yet"]), at=now + timedelta(hours=1))
    make_article(tags=["Draft"])
    month = f"/sitemap-{timezone.localtime(kept.first_published_at):%Y-%m}.xml"
    assert found(client, month) == [kept.path]
    assert found(client, "/news-sitemap.xml") == [kept.path]
    assert found(client, "/sitemap-pages.xml") == ["/", "/the-slatest/", "/corrections/", "/by/ines-corvald/"]


def test_a_retraction_that_was_taken_back_brings_the_story_back(client):
    (edition,) = published()
    correct(edition.article, kind="retraction", note="It was forged.", dated=PRINTED + timedelta(days=1))
    assert client.get(MONTH).status_code == 404
    correct(edition.article, note="It was not forged.", dated=PRINTED + timedelta(days=2))
    assert found(client, MONTH) == [edition.path]
    assert found(client, "/sitemap.xml")[1:] == [MONTH]


def test_a_month_that_has_nothing_to_list_is_not_named(client, monkeypatch):
    (taken_back,), (forbidden,), (kept,) = (
        published(printed=PRINTED.replace(year=year)) for year in (2012, 2013, 2014)
    )
    published(printed=PRINTED.replace(year=2026))
    correct(taken_back.article, kind="retraction", note="It was forged.", dated=PRINTED)
    correct(kept.article, kind="retraction", note="It was forged.", dated=PRINTED)
    correct(kept.article, note="It was not forged.", dated=PRINTED + timedelta(days=1))
    redact(forbidden, reason="court order")
    months = found(client, "/sitemap.xml")[1:]
    assert months == ["/sitemap-2026-06.xml", "/sitemap-2014-06.xml"]
    assert all(found(client, month) for month in months)
    # A retracted story takes no place in a file, so none is named that has no other.
    monkeypatch.setattr(sitemaps, "PER_FILE", 1)
    monkeypatch.setattr(sitemaps.MANY, "compiled", {})
    published(printed=PRINTED.replace(year=2012))
    assert "/sitemap-2012-06.xml" in found(client, "/sitemap.xml")
    assert "/sitemap-2012-06-2.xml" not in found(client, "/sitemap.xml")
    assert len(found(client, "/sitemap-2012-06.xml")) == 1


class TestNews:
    """https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap (read in November 2026):
    articles of the last two days, at most 1,000; required are publication (name as on the site, language of ISO 639),
    publication_date (W3C, of the first publication) and title (as on the page, without author and publication)."""

    def test_has_what_google_requires(self, client):
        now = timezone.now()
        _old, new = published(printed=now - timedelta(hours=49)) + published(
            printed=now - timedelta(hours=47), headline="Is <it> “open” & free?"
        )
        (url,) = read(client, "/news-sitemap.xml").xpath("//s:url", namespaces=NAMES)
        said = {each.tag.split("}")[1]: each.text for each in url.iter() if not len(each)}
        assert said == {
            "loc": SITE + new.path,
            "name": "Halyard",
            "language": "en",
            "publication_date": timezone.localtime(new.first_published_at).isoformat(timespec="seconds"),
            "title": "Is <it> “open” & free?",
        }

    def test_ends_at_a_thousand_with_the_newest(self, client, monkeypatch):
        monkeypatch.setattr(sitemaps, "NEWS", 2)
        editions = published(3, printed=timezone.now() - timedelta(hours=1))
        assert found(client, "/news-sitemap.xml") == [edition.path for edition in editions[:0:-1]]

    def test_may_be_empty(self, client):
        assert found(client, "/news-sitemap.xml") == []

    @pytest.mark.parametrize(
        ("ours", "theirs"),
        [("en", "en"), ("pt-BR", "pt"), ("ckb", "ckb"), ("zh", "zh-cn"), ("zh-Hant", "zh-tw"), ("zh-TW", "zh-tw")],
    )
    def test_says_the_language_as_google_does(self, ours, theirs):
        assert news_language(ours) == theirs


def test_sitemaps_keep_to_their_few_queries(client):
    photo = make_photo(file=True)
    for year in range(2005, 2026):
        published(2, printed=PRINTED.replace(year=year), lead_photo=photo, tags=["Labor"])
    published(3, printed=timezone.now() - timedelta(hours=1))
    client.get("/sitemap.xml")
    for path, most in (("/sitemap.xml", 9), (MONTH, 2), ("/sitemap-pages.xml", 3), ("/news-sitemap.xml", 2)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= most, path


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of sitemaps is not beside the repository")
@pytest.mark.parametrize("path", [MONTH, "/sitemap-pages.xml", "/news-sitemap.xml"])
def test_sitemaps_follow_the_schema(client, path):
    make_column("Café & Co.")
    published(2, lead_photo=make_photo(file=True))
    published(2, printed=timezone.now() - timedelta(hours=1))
    root = read(client, path)
    # The schemas of Google's extensions are not there: what the standard itself says is held.
    for extension in root.xpath("//s:url/*[namespace-uri() != $s]", namespaces=NAMES, s=NAMES["s"]):
        extension.getparent().remove(extension)
    assert len(root) >= 2
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(root)


def test_every_address_of_a_sitemap_answers(client):
    published(2, lead_photo=make_photo(file=True), tags=["Labor"])
    for name in found(client, "/sitemap.xml"):
        assert all(client.get(path).status_code == 200 for path in found(client, name))
        assert all(client.get(path).status_code == 200 for path in found(client, name, "//image:loc/text()"))


def test_whoever_has_a_sitemap_already_gets_no_second(client):
    published()
    etag = client.get(MONTH).headers["ETag"]
    again = client.get(MONTH, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    published()
    assert client.get(MONTH, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/sitemap-2015-06.xml", "/sitemap-2015-13.xml", "/sitemap-2015-00.xml", "/sitemap-0000-01.xml",
     "/sitemap-9999-12.xml",
     "/sitemap-2015-06-0.xml", "/sitemap-2015-06-1.xml", "/sitemap-2015-06-9999.xml", "/sitemap-.xml"],
)  # fmt: skip
def test_a_month_of_nothing_has_no_file(client, path):
    assert client.get(path).status_code == 404


def test_robots_may_read_what_readers_read(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n\n"
        f"Sitemap: {SITE}/sitemap.xml\nSitemap: {SITE}/news-sitemap.xml\n"
    )


class TestSecurity:
    """RFC 9116."""

    def test_says_whom_to_write_to_and_until_when(self, client):
        with time_machine.travel("2026-11-24T10:00:00Z", tick=False):
            response = client.get("/.well-known/security.txt")
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.text == (
            "Contact: mailto:desk@halyard.example\nExpires: 2027-05-23T00:00:00Z\nPreferred-Languages: en\n"
        )

    def test_is_the_same_all_day_and_ends_within_a_year(self, client):
        said = set()
        for at in ("2026-11-24T00:00:00Z", "2026-11-24T23:59:59Z"):
            with time_machine.travel(at, tick=False):
                said.add(client.get("/.well-known/security.txt").text)
        (text,) = said
        (expires,) = re.findall("^Expires: (.*)$", text, re.MULTILINE)
        assert datetime(2026, 11, 25, tzinfo=UTC) < datetime.fromisoformat(expires) < datetime(2027, 11, 24, tzinfo=UTC)

    def test_names_its_own_address_where_that_is_one_of_https(self, client, settings):
        settings.SECURE, settings.SITE_URL = True, "https://halyard.example"
        assert (
            "\nCanonical: https://halyard.example/.well-known/security.txt\n"
            in client.get("/.well-known/security.txt").text
        )

    def test_is_not_there_when_nobody_would_read_it(self, client, settings):
        settings.CONTACT_EMAIL = ""
        assert client.get("/.well-known/security.txt").status_code == 404


def test_the_icon_has_its_old_address(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/articles/favicon.ico")


@pytest.mark.parametrize("path", ["/robots.txt", "/favicon.ico", "/.well-known/security.txt", "/sitemap.xml",
                                  "/sitemap-pages.xml", "/news-sitemap.xml", MONTH])  # fmt: skip
def test_a_twin_of_a_file_sends_there_in_one_hop(client, path):
    published()
    for twin in (path.upper(), f"{path}/", f"{path}?utm_source=x"):
        response = client.get(twin)
        if "?" in twin:
            assert response.status_code in (200, 302)
        else:
            assert (response.status_code, response.headers["Location"]) == (301, path)
    assert "Cookie" not in client.get(path).headers.get("Vary", "")


def test_names_of_today_are_in_the_sitemap(client):
    published(tags=["ISIS"])
    tag, author = make_tag("ISIS"), make_author()
    tag.slug, author.slug = "islamic-state", "ines"
    tag.save()
    author.save()
    assert found(client, "/sitemap-pages.xml")[3:] == ["/by/ines/", "/tag/islamic-state/"]


def test_the_list_of_lists_is_drawn_anew_when_one_of_them_moves(client):
    published(tags=["Labor"])
    keys = client.get("/sitemap-pages.xml").headers["Cache-Tag"].split()
    for thing in (make_column(), make_tag("Labor"), make_author()):
        Purge.objects.all().delete()
        thing.slug = f"{thing.slug}-today"
        thing.save()
        assert Purge.objects.filter(key__in=keys).exists(), thing
