"""The front, columns, archives, tags and authors."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Purge, Tag
from articles.publishing import cancel, correct, publish, redact, schedule, withdraw
from tests.factories import PRINTED, make_article, make_author, make_column, make_tag, published

pytestmark = pytest.mark.django_db
STORY = re.compile(r'<h[23]><a href="(/[^"]+/)"')
OLDER = re.compile(r'href="(\?before=[^"]+)"')


def stories(client, path: str) -> list[str]:
    """The addresses of the stories on a page, in their order."""
    response = client.get(path)
    assert response.status_code == 200
    return STORY.findall(response.text)


def all_stories(client, path: str) -> list[str]:
    """The same over every older page."""
    found, query = [], ""
    while True:
        text = client.get(path + query).text
        found += STORY.findall(text)
        older = OLDER.search(text)
        if not older:
            return found
        query = older[1]


def test_an_empty_newsroom_says_so_calmly(client):
    assert "Nothing is published here yet." in client.get("/").text
    make_column()
    assert "Nothing is published here yet." in client.get("/the-slatest/").text
    assert client.get("/feed/").status_code == 200


def test_the_front_shows_the_newest_of_every_column_first(client):
    old, new = published(2)
    (newest,) = published(printed=PRINTED + timedelta(days=1), column=make_column("World"))
    assert stories(client, "/") == [newest.path, new.path, old.path]
    assert stories(client, "/the-slatest/") == [new.path, old.path]
    assert stories(client, "/world/") == [newest.path]


def test_a_column_shows_whole_posts_or_cards_as_it_chooses(client):
    published(body="<p>First.</p><p>The last sentence.</p>")
    assert "The last sentence." in client.get("/the-slatest/").text
    column = make_column()
    column.shows = "cards"
    column.save()
    text = client.get("/the-slatest/").text
    assert "First." in text
    assert "The last sentence." not in text


@pytest.mark.parametrize("path", ["/", "/the-slatest/", "/the-slatest/2015/", "/tag/labor/", "/by/ines-corvald/"])
def test_older_pages_lose_and_repeat_no_story(client, path):
    # Several at one moment: the printed time alone is no place in a river.
    editions = [*published(28, tags=["Labor"])]
    editions += [publish(make_article(tags=["Labor"]), first_published_at=PRINTED) for _ in range(3)]
    found = all_stories(client, path)
    assert len(found) == len(set(found)) == 31
    assert set(found) == {edition.path for edition in editions}


def test_an_archive_is_a_day_of_the_newsrooms_calendar(client):
    late = datetime(2015, 6, 2, 3, 59, tzinfo=UTC)  # June 1, 11:59 p.m. in New York
    (first,) = published(printed=late)
    (second,) = published(printed=late + timedelta(minutes=1))
    assert stories(client, "/the-slatest/2015/06/01/") == [first.path]
    assert stories(client, "/the-slatest/2015/06/02/") == [second.path]
    assert (
        stories(client, "/the-slatest/2015/06/")
        == stories(client, "/the-slatest/2015/")
        == [
            second.path,
            first.path,
        ]
    )
    assert client.get("/the-slatest/2015/05/").status_code == 404


@pytest.mark.parametrize(("last", "next_one"), [("2015/12/31", "2016/01/01"), ("2015/03/08", "2015/03/09")])
def test_archives_meet_without_a_gap(client, last, next_one):
    """At the year's end, and on a day of 23 hours."""
    zone = timezone.get_default_timezone()
    for path in (last, next_one):
        year, month, day = map(int, path.split("/"))
        for hour, minute in ((0, 0), (23, 59)):
            published(printed=datetime(year, month, day, hour, minute, 30, tzinfo=zone))
        assert len(stories(client, f"/the-slatest/{path}/")) == 2


def test_archives_and_titles_are_in_ap_style(client):
    published()
    for path, title in (("2015/06/01/", "June 1, 2015"), ("2015/06/", "June 2015"), ("2015/", "2015")):
        text = client.get(f"/the-slatest/{path}").text
        assert f"<h1><bdi>The Slatest, {title}</bdi></h1>" in text
        assert f"<title>The Slatest, {title} | Halyard</title>" in text
    assert '<p class="rail rec">Monday</p>' in client.get("/the-slatest/2015/06/01/").text


def test_a_tag_and_an_author_have_a_page(client):
    (edition,) = published(tags=["Labor"], authors=["Ines Corvald", "Marius Oake"])
    published(tags=["Other"], authors=["Other"])
    make_tag("Labor").__class__.objects.filter(slug="labor").update(description="Work, and its absence.")
    assert stories(client, "/tag/labor/") == [edition.path]
    assert "Work, and its absence." in client.get("/tag/labor/").text
    assert stories(client, "/by/marius-oake/") == [edition.path]
    assert make_author("Marius Oake").name in client.get("/by/marius-oake/").text


def test_a_story_stands_once_in_a_list_whatever_its_editions(client):
    (edition,) = published(tags=["Labor"])
    correct(edition.article, note="It was wrong.")
    for path in ("/", "/the-slatest/", "/the-slatest/2015/06/", "/tag/labor/", "/by/ines-corvald/"):
        assert stories(client, path) == [edition.path]


def test_stories_that_readers_may_not_see_stand_nowhere(client):
    published(headline="For everybody", tags=["Labor"])
    make_article("MARKER draft", tags=["Labor"])
    schedule(make_article("MARKER scheduled", tags=["Labor"]), at=timezone.now() + timedelta(hours=1))
    cancelled = make_article("MARKER cancelled", tags=["Labor"])
    schedule(cancelled, at=timezone.now() + timedelta(hours=1))
    cancel(cancelled)
    (withdrawn,) = published(headline="MARKER withdrawn", tags=["Labor"])
    withdraw(withdrawn.article, reason="It was wrong.")
    pages = ["/", "/the-slatest/", "/tag/labor/", "/by/ines-corvald/", "/feed/", "/the-slatest/feed/"]
    now = timezone.localtime()
    pages += ["/the-slatest/2015/", "/the-slatest/2015/06/", "/the-slatest/2015/06/01/", f"/the-slatest/{now:%Y}/"]
    for path in [*pages, withdrawn.path, "/nothing/"]:
        text = client.get(path).text
        assert "MARKER" not in text, path
        assert "marker" not in text, path
    assert all("For everybody" in client.get(path).text for path in pages[:9])


def test_what_a_redacted_story_alone_made_known_is_not_known_any_more(client):
    (libel, withdrawn) = published(2, tags=["Guilty of it"], authors=["Somebody Else"])
    pages = ["/tag/guilty-of-it/", "/by/somebody-else/", "/tag/guilty-of-it/feed/", "/by/somebody-else/feed/json/"]
    withdraw(withdrawn.article, reason="It named the wrong man.")
    redact(libel, reason="A court said so.")
    assert [client.get(path).status_code for path in pages] == [200] * 4  # another story had them, too
    redact(withdrawn, reason="A court said so.")
    assert [client.get(path).status_code for path in pages] == [404] * 4
    Tag.objects.get().save()  # its page is reached by no other way, either
    assert client.get("/TAG/guilty-of-it").status_code == 404
    assert "Guilty of it" not in client.get("/search/?q=pilots&tag=guilty-of-it").text


@pytest.mark.parametrize("path", ["/", "/the-slatest/", "/tag/labor/", "/by/ines-corvald/", "/corrections/"])
def test_older_pages_are_followed_and_not_indexed(client, path):
    """Any place is one: there are more of these pages than instants, and each was an address of its own."""
    published(tags=["Labor"])
    robots = '<meta name="robots" content="noindex,follow">'
    assert robots in client.get(f"{path}?before=20990601T000000.000000Z-1").text
    assert robots not in client.get(path).text


def test_the_navigation_marks_the_column_one_reads(client):
    published()
    make_column("World")
    text = client.get("/the-slatest/").text
    here = '<a href="/the-slatest/" aria-current="page"><bdi>The Slatest</bdi></a>'
    assert f'{here}<a href="/world/"><bdi>World</bdi></a>' in text


def test_a_list_names_the_keys_of_the_authors_that_it_names(client):
    (edition,) = published(tags=["Labor"])
    author = edition.edition_bylines.get().author
    for path in ("/the-slatest/", "/the-slatest/2015/06/", "/tag/labor/"):
        keys = client.get(path).headers["Cache-Tag"].split()
        assert {author.cache_key, f"article-{edition.article_id}"} <= set(keys), path


def test_a_column_that_is_renamed_purges_every_page_for_the_navigation_names_it(client):
    column = make_column()
    (edition,) = published(tags=["Labor"], column=make_column("World"))
    author = edition.edition_bylines.get().author
    Purge.objects.all().delete()
    column.name = "The Slate"
    column.save()
    purged = set(Purge.objects.values_list("key", flat=True))
    for path in ("/", edition.path, "/world/", "/world/2015/", "/world/about/", "/tag/labor/", author.path):
        assert purged & set(client.get(path).headers["Cache-Tag"].split()), path
