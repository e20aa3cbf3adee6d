"""The page about a column, and what the pages of a column and of an author say around the stories."""

from datetime import timedelta

import pytest

from articles.models import Address
from articles.publishing import withdraw
from tests.factories import PRINTED, make_article, make_author, make_column, make_user, published

pytestmark = pytest.mark.django_db
ABOUT = "/the-slatest/about/"


class TestAbout:
    def test_says_what_the_column_is_and_who_writes_in_it(self, client, settings):
        column = make_column(tagline="Entry by entry", description="A log.\n\nAs long as <needed>.")
        published(2, authors=["Marius Oake"])
        published(authors=["Ines Corvald", "Marius Oake"], printed=PRINTED + timedelta(days=2))
        published(authors=["Somebody else"], column=make_column("World"))
        text = client.get(ABOUT).text
        assert "<title>About The Slatest | Halyard</title>" in text
        assert '<p class="dek">Entry by entry</p>' in text
        assert "<p>A log.</p>\n\n<p>As long as &lt;needed&gt;.</p>" in text
        assert text.index('href="/by/marius-oake/"') < text.index('href="/by/ines-corvald/"')  # who signed most, first
        assert "Somebody else" not in text
        assert '<a class="quiet" href="/the-slatest/2015/06/01/">June 1, 2015</a>' in text
        assert '<a class="quiet" href="/the-slatest/2015/06/03/">June 3, 2015</a>' in text
        assert f'href="{column.path}feed/"' in text
        assert 'href="/corrections/"' in text
        assert f'href="mailto:{settings.CONTACT_EMAIL}"' in text

    def test_names_its_feeds_its_address_and_itself(self, client):
        column = make_column()
        text = client.get(ABOUT).text
        for feed in ("feed/", "feed/atom/", "feed/json/"):
            assert text.count(f'href="{column.path}{feed}"') >= 2  # for machines and for people
        assert '<link rel="canonical" href="http://127.0.0.1:8000/the-slatest/about/">' in text
        words = "What The Slatest is, who writes in it, and how to follow it."
        assert f'<meta name="description" content="{words}">' in text
        assert f'<meta property="og:description" content="{words}">' in text
        assert '<meta property="og:title" content="About The Slatest">' in text
        assert '"@type":"AboutPage"' in text.replace(": ", ":")

    def test_is_linked_from_the_column_and_its_stories(self, client):
        (edition,) = published()
        for path in ("/the-slatest/", edition.path):
            assert f'href="{ABOUT}"' in client.get(path).text

    def test_of_an_empty_column_says_what_is_known(self, client, settings):
        settings.CONTACT_EMAIL = ""
        make_column()
        make_article(authors=["MARKER draft"])
        text = client.get(ABOUT).text
        assert "MARKER" not in text
        assert "Printed" not in text
        assert "mailto:" not in text

    def test_keeps_to_what_readers_saw_at_the_moment(self, client):
        (edition,) = published(authors=["Ines Corvald"])
        then = edition.live_from.isoformat()
        withdraw(edition.article, reason="It was wrong.")
        assert "Ines Corvald" not in client.get(ABOUT).text
        client.force_login(make_user("marek", "Editors"))
        assert "Ines Corvald" in client.get(ABOUT, {"at": then}).text

    def test_moves_with_its_column(self, client):
        column = make_column()
        Address.objects.assign(column.path, column=column)
        column.slug = "slatest"
        column.save()
        Address.objects.assign(column.path, column=column)
        response = client.get(ABOUT)
        assert response.status_code == 301
        assert response.headers["Location"] == "/slatest/about/"
        assert client.get("/nothing/about/").status_code == 404

    def test_names_its_cache_keys(self, client):
        (edition,) = published(authors=["Ines Corvald"])
        keys = client.get(ABOUT).headers["Cache-Tag"].split()
        assert set(keys) == {f"column-{edition.column_id}", make_author("Ines Corvald").cache_key, "columns"}


class TestSilence:
    def column(self, client, *minutes: int) -> str:
        for minute in minutes:
            published(printed=PRINTED - timedelta(minutes=minute))
        return client.get("/the-slatest/").text

    def test_of_more_than_two_hours_is_said(self, client):
        assert "Nothing for two hours and 46 minutes." in self.column(client, 0, 166)

    def test_of_two_hours_is_none(self, client):
        assert "Nothing for" not in self.column(client, 0, 120, 200)

    def test_of_a_night_is_none(self, client):
        assert "Nothing for" not in self.column(client, 0, 24 * 60)

    def test_is_none_in_a_column_of_cards(self, client):
        make_column(shows="cards")
        assert "Nothing for" not in self.column(client, 0, 300)


class TestTheTallyOfTheDay:
    def test_counts_the_entries_of_the_newest_day(self, client):
        published(printed=PRINTED - timedelta(days=1))
        published()
        assert "<bdi>One entry at 5:43 p.m.</bdi>" in client.get("/the-slatest/").text
        published(printed=PRINTED + timedelta(minutes=17))
        assert "<bdi>Two entries, the last at 6 p.m.</bdi>" in client.get("/the-slatest/").text

    def test_is_not_guessed_when_the_day_goes_on_below(self, client):
        published(11)
        assert "entries, the last" not in client.get("/the-slatest/").text


@pytest.mark.parametrize(("path", "queries"), [("/by/ines-corvald/", 4), ("/by/ines-corvald/?before={}", 3)])
def test_an_older_page_of_an_author_does_not_ask_when_they_began(client, django_assert_num_queries, path, queries):
    published(3)
    path = path.replace("{}", "29990101T000000.000000Z-1")
    assert client.get(path).status_code == 200
    with django_assert_num_queries(queries):
        client.get(path)


def test_an_author_has_a_biography_in_paragraphs_and_a_beginning(client):
    author = make_author("Ines Corvald")
    author.biography = "Reports on ports.\n\nWrites <well>."
    author.save()
    published(printed=PRINTED - timedelta(days=30))
    published(column=make_column("World"))
    text = client.get(author.path).text
    assert "<h1><bdi>Ines Corvald</bdi></h1>" in text
    assert "<p>Reports on ports.</p>\n\n<p>Writes &lt;well&gt;.</p>" in text
    in_both = '<a href="/the-slatest/"><bdi>The Slatest</bdi></a> and <a href="/world/"><bdi>World</bdi></a>'
    assert f"In {in_both} <br>since May 2, 2015" in text
