"""A reader who comes back downloads what changed and nothing else, packed as their browser asks."""

import gzip

import brotli
import pytest

from articles.pages.unchanged import coding_for
from articles.publishing import update, withdraw
from tests.factories import make_user, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(db) -> list[str]:
    (edition,) = published(tags=["Labor"])
    lists = ["/", "/the-slatest/", "/the-slatest/2015/06/01/", "/tag/labor/", "/by/ines-corvald/", "/corrections/"]
    return [*lists, "/search/?q=pilots", "/the-slatest/about/", edition.path, f"{edition.path}embed/"]


def test_a_page_that_did_not_change_is_not_sent_again(client, pages):
    for path in pages:
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b""), path
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"]
        assert again["Vary"] == first["Vary"] == "Accept-Encoding"


def test_a_page_that_changed_is_sent(client):
    (edition,) = published()
    seen = {"If-None-Match": client.get(edition.path)["ETag"]}
    edition.article.headline = "The Harbor Is Open"
    edition.article.save()
    newer = update(edition.article)
    assert b"The Harbor Is Open" in client.get(newer.path, headers=seen).content
    withdraw(edition.article, reason="It named the wrong man.")
    assert client.get(newer.path, headers=seen).status_code == 410


@pytest.mark.parametrize(("coding", "unpacked"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_page_is_packed_for_whoever_can_unpack_it(client, pages, coding, unpacked):
    for path in [*pages, "/feed/", "/sitemap.xml"]:
        plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": coding})
        assert packed["Content-Encoding"] == coding
        assert unpacked(packed.content) == plain.content
        assert len(packed.content) < len(plain.content)
        assert int(packed["Content-Length"]) == len(packed.content)
        assert packed["ETag"] != plain["ETag"]  # strong tags are of the bytes
        again = client.get(path, headers={"Accept-Encoding": coding, "If-None-Match": packed["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = client.head(path, headers={"Accept-Encoding": coding})
        assert (head["Content-Length"], head["ETag"]) == (packed["Content-Length"], packed["ETag"])


def test_what_one_person_looks_at_is_neither_kept_nor_packed(client, pages):
    client.force_login(make_user("marek", "Editors"))
    response = client.get(f"{pages[-2]}?at=2026-11-21T14:05", headers={"Accept-Encoding": "br, gzip"})
    assert response["Cache-Control"] == "private, no-store"
    assert not {"ETag", "Content-Encoding"} & set(response.headers)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br;q=0.000,gzip;q=0.1", "gzip"),
        ("BR ; Q=0.5", "br"),
        ("identity", ""),
        ("brotli, x-gzip", ""),
        (";;;,,=q;\x00", ""),
        ("*", ""),
    ],
)
def test_the_coding_is_one_that_was_asked_for(accepted, coding):
    assert coding_for(accepted) == coding
