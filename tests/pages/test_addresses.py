"""301, 404, 410: what an address answers is derived from the editions."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.exchange.old_addresses import KEPT
from articles.models import Address
from articles.pages.addresses import FILES
from articles.pages.visit import Visit
from articles.publishing import cancel, publish, schedule, update, withdraw
from tests.factories import PRINTED, make_article, make_author, make_column, make_photo, make_tag, make_user, published
from tests.pages.leaks.routes import public_patterns

pytestmark = pytest.mark.django_db
STORY = "the story's own"


def ask(client, path):
    """(status, where it sends) of one request."""
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


def test_a_live_story_stands_at_its_address(client):
    (edition,) = published()
    assert edition.path.startswith("/the-slatest/2015/06/01/")
    assert ask(client, edition.path) == (200, None)


@pytest.mark.parametrize("change", [str.upper, lambda path: path[:-1], lambda path: f"{path}/".replace("/", "//")])
def test_a_twin_of_an_address_sends_there_in_one_hop(client, change):
    (edition,) = published()
    # The test client would read a leading "//" as a host.
    assert ask(client, "/" + change(edition.path).lstrip("/")) == (301, edition.path)


def test_query_strings_make_no_twins(client):
    (edition,) = published()
    response = client.get(edition.path, {"utm_source": "x", "at": "2020-01-01T00:00"})
    assert response.status_code == 200
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{edition.path}">' in response.text
    assert ask(client, f"{edition.path[:-1]}?utm_source=x") == (301, edition.path)


@pytest.mark.parametrize(
    "path",
    ["/", "/the-slatest/", "/the-slatest/2015/", "/the-slatest/2015/06/", "/the-slatest/2015/06/01/", "/tag/isis/",
     "/by/ines-corvald/", "/feed/", "/the-slatest/feed/", "/nothing/", STORY],
)  # fmt: skip
def test_a_query_that_is_not_ours_changes_no_byte_of_a_page_and_is_never_repeated(client, path):
    (edition,) = published(tags=["ISIS"])
    path = edition.path if path == STORY else path
    plain = client.get(path)
    for query in ("utm_source=zqx", "zqx", "zqx=1&zqx=2", "at=zqx", "q=%22%3E%3Cscript%3Ezqx", "%00=zqx", "%ff=zqx"):
        other = client.get(f"{path}?{query}")
        assert (other.status_code, other.content) == (plain.status_code, plain.content), query
        assert other.headers == plain.headers
    for twin in (f"{path}zqx/?utm_source=zqx", f"{path[:-1]}?utm_source=zqx&zqx"):
        assert "zqx" not in client.get(twin).headers.get("Location", "")


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/oembed/?url={}&format=xml", "/oembed?url={}&format=xml"),
        ("/OEmbed?url={}&maxwidth=9&zqx=1&before=", "/oembed?url={}&maxwidth=9"),
        ("/Search/?q=%22a+b%22&tag=labor&zqx=1", "/search/?q=%22a%20b%22&tag=labor"),
        ("/search?q=a%0d%0ab&before=9.9&at=2020-01-01", "/search/?before=9.9&q=a%0D%0Ab"),
        ("/search//?q=%ff%00", "/search/?q=%EF%BF%BD%00"),
        ("/search?q=" + "x" * 3000, "/search/"),
        ("/The-Slatest/?q=zqx&url=zqx", "/the-slatest/"),
    ],
)
def test_what_is_asked_of_a_page_goes_along_to_its_one_address(client, asked, there):
    make_column()
    story = "http%3A%2F%2F127.0.0.1%3A8000%2Fa%2F"
    status, location = ask(client, asked.replace("{}", story))
    assert (status, location) == (301, there.replace("{}", story.replace("%3A", ":")))


def test_the_first_segment_of_every_page_of_ours_is_kept_from_columns_and_from_older_sites():
    first = {pattern.removeprefix("^").split("/")[0] for pattern in public_patterns()}
    first = {name for name in first if not set("<([") & set(name)}  # a name that is written there
    assert {"feed", "files", "tag", "by"} <= first
    # A file's name has a dot in it: no column can have that, and the table of an older site may not.
    assert {name for name in first - KEPT if not FILES.fullmatch(f"/{name}/")} == {""}


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "//evil.example/the-slatest/", "/\\evil.example/the-slatest", "/%5Cevil.example/",
     "/the-slatest//evil.example", "/https://evil.example/", "/the-slatest/%0d%0aLocation:%20//evil.example/",
     "/the-slatest?before=%0d%0aX-Evil:1", "/.//the-slatest", "///the-slatest///", "/the-slatest/@evil.example"],
)  # fmt: skip
def test_no_redirect_leaves_the_site(client, path):
    published()
    # The path as a server hands it on: the test client would read "//" as a host.
    response = client.get("/", PATH_INFO=unquote(path.partition("?")[0]), QUERY_STRING=path.partition("?")[2])
    assert response.status_code in {200, 301, 404}
    if response.status_code == 301:
        assert re.fullmatch(r"/[a-z0-9-][!-~]*", response.headers["Location"])
    assert "X-Evil" not in response.headers


def test_a_moved_story_sends_from_every_older_address_in_one_hop(client):
    (first,) = published()
    article = first.article
    article.slug = "second-name"
    article.save()
    second = update(article)
    article.slug = "third-name"
    article.save()
    third = update(article)
    assert ask(client, first.path) == ask(client, second.path) == (301, third.path)
    assert ask(client, third.path) == (200, None)


def test_a_withdrawn_story_is_gone_and_says_why_and_where_to_go(client):
    (edition,) = published(headline="The Secret Headline")
    withdraw(edition.article, reason="It named the wrong man.")
    response = client.get(edition.path)
    assert response.status_code == 410
    assert "It named the wrong man." in response.text
    assert 'href="/the-slatest/"' in response.text
    assert "Secret" not in response.text


def test_older_addresses_of_a_withdrawn_story_are_gone_too(client):
    (first,) = published()
    first.article.slug = "second-name"
    first.article.save()
    second = update(first.article)
    withdraw(first.article, reason="It was wrong.")
    assert (ask(client, first.path)[0], ask(client, second.path)[0]) == (410, 410)


def test_a_story_published_again_is_back(client):
    (edition,) = published()
    withdraw(edition.article, reason="It was wrong.")
    publish(edition.article)
    assert ask(client, edition.path) == (200, None)


def test_a_scheduled_story_looks_like_one_that_does_not_exist(client):
    edition = schedule(make_article(), at=timezone.now() + timedelta(hours=1))
    waiting, unknown = client.get(edition.path), client.get(edition.path.replace("is-the", "was-the"))
    assert waiting.status_code == unknown.status_code == 404
    assert waiting.content == unknown.content
    with time_machine.travel(edition.live_from + timedelta(seconds=1)):
        assert ask(client, edition.path) == (200, None)


def test_a_waiting_new_address_of_a_live_story_does_not_work_yet(client):
    (first,) = published()
    first.article.slug = "to-come"
    first.article.save()
    second = schedule(first.article, at=timezone.now() + timedelta(hours=1))
    assert (ask(client, first.path)[0], ask(client, second.path)[0]) == (200, 404)
    with time_machine.travel(second.live_from + timedelta(seconds=1)):
        assert ask(client, first.path) == (301, second.path)


def test_an_address_of_a_cancelled_schedule_never_worked(client):
    (first,) = published()
    first.article.slug = "never"
    first.article.save()
    second = schedule(first.article, at=timezone.now() + timedelta(hours=1))
    cancel(first.article)
    assert (ask(client, first.path)[0], ask(client, second.path)[0]) == (200, 404)
    withdraw(first.article, reason="It was wrong.")
    assert (ask(client, first.path)[0], ask(client, second.path)[0]) == (410, 404)


def test_an_address_of_an_older_system_sends_to_the_story(client):
    (edition,) = published()
    Address.objects.create(path="/blogs/the_slatest/2015/06/01/isis.html", article=edition.article, is_current=False)
    assert ask(client, "/blogs/the_slatest/2015/06/01/isis.html") == (301, edition.path)
    withdraw(edition.article, reason="It was wrong.")
    assert ask(client, "/blogs/the_slatest/2015/06/01/isis.html")[0] == 410


def test_an_address_of_an_older_system_does_not_betray_a_draft(client):
    Address.objects.create(path="/blogs/old.html", article=make_article(), is_current=False)
    assert ask(client, "/blogs/old.html")[0] == 404


def test_a_renamed_column_takes_its_pages_along_and_leaves_its_stories(client):
    (edition,) = published()
    column = make_column()
    column.slug = "today"
    column.save()
    assert ask(client, "/the-slatest/") == (301, "/today/")
    assert ask(client, "/the-slatest") == (301, "/today/")
    assert ask(client, "/the-slatest/feed/") == (301, "/today/feed/")
    assert ask(client, "/The-Slatest/2015/06") == (301, "/today/2015/06/")
    assert ask(client, "/the-slatest/?before=20150601T214300.000000Z-1&utm_source=x") == (
        301,
        "/today/?before=20150601T214300.000000Z-1",
    )
    assert ask(client, edition.path) == (200, None)


def test_an_editor_who_looks_at_another_moment_is_sent_on_with_it(client):
    (first,) = published()
    first.article.slug = "second-name"
    first.article.save()
    second = update(first.article)
    later = {"at": "2999-01-01T12:00"}
    assert client.get(first.path, later).headers["Location"] == second.path
    client.force_login(make_user("olu"))
    assert client.get(first.path, later).headers["Location"] == second.path
    client.force_login(make_user("marek", "Editors"))
    response = client.get(first.path[:-1], later | {"utm_source": "x"})
    assert (response.status_code, response.headers["Location"]) == (301, f"{second.path}?at=2999-01-01T12:00")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_renamed_tag_and_author_take_their_pages_along(client):
    published(tags=["ISIS"], authors=["Ines Corvald"])
    tag, author = make_tag("ISIS"), make_author("Ines Corvald")
    tag.slug, author.slug = "islamic-state", "ines"
    tag.save()
    author.save()
    assert ask(client, "/tag/isis/") == ask(client, "/tag/ISIS") == (301, "/tag/islamic-state/")
    assert ask(client, "/by/ines-corvald/") == (301, "/by/ines/")


def test_a_tag_or_author_that_no_reader_saw_does_not_exist(client):
    make_article(tags=["Secret tag"], authors=["Secret author"])
    schedule(make_article(tags=["Waiting tag"]), at=timezone.now() + timedelta(hours=1))
    for path in ("/tag/secret-tag/", "/tag/Secret-Tag", "/by/secret-author/", "/by/secret-author", "/tag/waiting-tag/"):
        assert ask(client, path)[0] == 404, path


def test_a_tag_whose_stories_were_all_withdrawn_keeps_its_page(client):
    (edition,) = published(tags=["ISIS"])
    withdraw(edition.article, reason="It was wrong.")
    assert ask(client, "/tag/isis/") == (200, None)


@pytest.mark.parametrize(
    "path",
    ["/nothing/", "/nothing/here", "/the-slatest/nothing/", "/the-slatest/2015/13/", "/the-slatest/2015/02/30/",
     "/the-slatest/0000/", "/the-slatest/2015/00/", "/the-slatest/2015/06/00/", "/the-slatest/2015/00/00/",
     "/the-slatest/2014/", "/the-slatest/2015/06/01/%00/", "/" + "x" * 3000, "/%ff%fe/",
     "/the-slatest/2015/6/1/", "/?before=nonsense", "/the-slatest/?before=", "/..%2f..%2fetc/passwd"],
)  # fmt: skip
def test_nothing_stands_at_an_address_that_nobody_wrote(client, path):
    published(printed=PRINTED)
    assert ask(client, path)[0] == 404


def test_a_404_is_ours_and_kept_by_nobody(client):
    make_column()
    response = client.get("/nothing/")
    assert "Nothing stands at this address." in response.text
    assert 'href="/the-slatest/"' in response.text
    assert response.headers["Cache-Control"] == "no-cache"


def test_an_error_of_ours_has_a_page_that_needs_no_database(monkeypatch):
    def break_down(*args):
        raise OSError("the database is away")

    monkeypatch.setattr(Visit, "draw", break_down)
    client = Client(raise_request_exception=False)
    response = client.get("/")
    assert response.status_code == 500
    assert "Something broke, and it is ours to mend." in response.text
    assert "the database is away" not in response.text


@pytest.mark.parametrize("path", ["/", STORY, "/feed/", "/sitemap.xml", "/search/?q=x", "/nothing/", "the photo's own"])
@pytest.mark.parametrize("cookie", ["x", "1234567", "", "a-session-that-ended-long-ago"])
def test_a_cookie_that_is_no_session_changes_nothing_of_a_page(client, path, cookie):
    photo = make_photo(file=True)
    (edition,) = published(lead_photo=photo)
    path = {STORY: edition.path, "the photo's own": photo.file.url}.get(path, path)
    plain = client.get(path)
    client.cookies["sessionid"] = cookie
    other = client.get(path)
    assert (other.status_code, other.getvalue()) == (plain.status_code, plain.getvalue())
    assert (dict(other.headers), other.cookies) == (dict(plain.headers), plain.cookies)


@pytest.mark.parametrize("path", ["/", "/feed/", "/the-slatest/", "/the-slatest/feed/", "/nothing/", "/files/x"])
def test_pages_are_read_and_not_written_to(path):
    make_column()
    client = Client(enforce_csrf_checks=True)
    for ask_with in (client.post, client.put, client.delete, client.patch):
        assert ask_with(path).status_code == 405
    assert client.head(path).status_code == client.get(path).status_code
    assert client.head(path).content == b""
