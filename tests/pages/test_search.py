"""Search: the same stories in the same order on both databases, and nothing that readers may not see."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import quote, urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import IndexCard
from articles.models.index import TABLE, file_cards, lay_index
from articles.pages.hits import COUNTED, SIZE
from articles.publishing import cancel, correct, publish, redact, schedule, update, withdraw
from articles.publishing.indexing import reindex
from newsroom import upkeep
from tests.factories import PRINTED, make_article, make_column, make_photo, make_tweet, make_user, published

pytestmark = pytest.mark.django_db


def story(headline: str, text: str = "Nothing else.", *, year: int = 2015, **fields):
    printed = datetime(year, 6, 1, 21, 43, tzinfo=UTC)
    return publish(make_article(headline, body=f"<p>{text}</p>", **fields), first_published_at=printed)


def ask(client, q: str = "", **fields) -> str:
    names = {"since": "from", "until": "to"}
    answer = client.get("/search/?" + urlencode({"q": q} | {names.get(k, k): v for k, v in fields.items()}))
    assert answer.status_code == 200
    return answer.text


def found(client, q: str, **fields) -> list[str]:
    """The headlines on the first page, in order."""
    return headlines(ask(client, q, **fields))


def headlines(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r"<h3><a href=[^>]*>(.*?)</a></h3>", text)]


def test_it_works(client):
    story("Is the Harbor Open?", "Pilots stopped work at noon.")
    text = ask(client, "pilot")
    assert headlines(text) == ["Is the Harbor Open?"]
    assert "<mark>Pilots</mark> stopped work at noon." in text
    assert "One story" in text
    assert '<meta name="robots" content="noindex">' in text
    assert '<meta name="description" content="Search every story of' in text


@pytest.mark.parametrize(
    ("q", "headline", "text", "fields"),
    [
        ("running", "A", "She runs.", {}),
        ("RUNS", "A", "Still running", {}),
        ("closing", "The Port Closed", "x", {}),
        ("zurich cafe", "A", "Ein Café in Zürich", {"language": "de"}),
        ("Café", "A", "cafe", {}),
        ("nationaux", "A", "La route nationale", {"language": "fr"}),
        ("مدينة", "A", "<strong>المدينه</strong>", {"language": "ar"}),
        ("احمد", "أَحْمَد يكتب", "x", {"language": "ar"}),
        ("کتاب", "A", "الكتاب", {"language": "ar"}),
        ("1945", "A", "سنة ١٩٤٥", {"language": "ar"}),
        ("京都", "A", "東京都の知事", {"language": "ja"}),
        ("知事", "東京都の知事", "x", {"language": "ja"}),
        ("🎉", "A", "We won 🎉!", {}),
        ("👍", "A", "Yes 👍🏽", {}),
        ("afp", "A", "وكالة AFP", {"language": "ar"}),
        ("al-rifai", "A", "Zein al-Rifai was there", {}),
        ("AFP/Getty", "A", "by AFP/Getty Images", {}),
        ("mayor", "A", "the mayor’s office", {}),
        ("corvald", "A", "x", {}),  # signed by Ines Corvald
        ('"stopped work"', "A", "Pilots stopped work at noon", {}),
        ('"work at noon"', "A", "Pilots stopped work at noon", {}),
        ("pilots -strike", "A", "Pilots at work", {}),
        ("the", "A", "the", {}),
    ],
)
def test_what_is_found(client, q, headline, text, fields):
    story(headline, text, **fields)
    story("Another", "Something quite different.", authors=["Marius Oake"])
    assert found(client, q) == [headline]


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("ran", "She runs."),  # no stemmer knows an irregular verb
        ("pilots harbor", "Pilots stopped."),  # all words, not any
        ('"work stopped"', "Pilots stopped work"),
        ('"running"', "She runs."),  # in quotes as it is written
        ('"at noon on"', "at noon. Noon on"),  # its pairs, but not side by side
        ("pilots -noon", "Pilots stopped at noon"),
        ('pilots -"at noon"', "Pilots stopped at noon"),
        ('pilots -"stopped at noon"', "Pilots stopped at noon"),
        ("都京", "東京都"),
        ("states", "stat"),
    ],
)
def test_what_is_not_found(client, q, text):
    story("A", text)
    assert found(client, q) == []
    assert "Nothing was found." in ask(client, q)


def test_a_minus_leaves_out_only_what_says_it_side_by_side(client):
    story("A", "At noon. The noon of pilots is at hand")
    assert found(client, 'pilots -"at noon of"') == ["A"]


def test_a_phrase_does_not_go_from_one_passage_into_the_next(client):
    story("Ends with harbor", "Strike begins", dek="Another end")
    assert found(client, '"harbor strike"') == found(client, '"end strike"') == []


def test_captions_alt_texts_credits_and_posts_are_found(client):
    photo, tweet = make_photo(file=True, alt_text="A trawler"), make_tweet(text="Berth seven", author_name="Hafen Nord")
    body = f'<news-photo data-id="{photo.pk}" data-caption="At anchor"></news-photo>'
    body += f'<news-tweet data-id="{tweet.pk}"></news-tweet>'
    publish(make_article("All of it", body=body, dek="A dek", kicker="Docks"), first_published_at=PRINTED)
    for q in ("trawlers", "anchor", "rifai", "berth", '"Hafen Nord"', tweet.handle, "dek", "dock"):
        assert found(client, q) == ["All of it"], q


def test_a_part_in_another_language_is_marked_as_such(client):
    tweet = make_tweet(text="الميناء مغلق", language="ar", direction="rtl")
    publish(make_article("A", body=f'<news-tweet data-id="{tweet.pk}"></news-tweet>'), first_published_at=PRINTED)
    assert '<span lang="ar" dir="rtl"><mark>الميناء</mark> مغلق</span>' in ask(client, "ميناء")


def test_newer_comes_first_and_a_headline_counts_two_years(client):
    story("Old", "ferry", year=2010)
    story("Older ferry", "x", year=2009)
    story("New", "ferry", year=2015)
    story("Oldest ferry", "x", year=2007)
    assert found(client, "ferry") == ["New", "Older ferry", "Old", "Oldest ferry"]


def test_a_part_of_it_in_the_headline_counts_a_year(client):
    story("Nothing", "ferry line", year=2012)
    story("The ferry", "line", year=2011, tags=["x"])
    story("The ferry line", "x", year=2010)
    for headline, year in (("Later", 2013), ("Earlier", 2009)):
        story(headline, "ferry line", year=year)
    assert found(client, "ferry line")[0] == "Later"
    assert sorted(found(client, "ferry line")[1:4]) == ["Nothing", "The ferry", "The ferry line"]
    assert found(client, "ferry line")[4] == "Earlier"


def test_pages_join_without_a_gap_while_new_stories_come(client):
    headings = [story(f"Ferry {n}" if n % 3 else f"Story {n}", "ferry", year=1960 + n).headline for n in range(50)]
    text = ask(client, "ferry")
    seen = headlines(text)
    assert len(seen) == SIZE
    assert "50 stories" in text
    story("Ferry today", "x", year=2025)
    while link := re.search(r'<a href="(/search/[^"]*)" rel="next">', text):
        text = client.get(unescape(link[1])).text
        seen += headlines(text)
    assert len(seen) == len(set(seen)) == 50
    assert set(seen) == set(headings)


def test_more_than_a_hundred_are_not_counted(client):
    published(COUNTED + 1, headline="Ferry")
    assert "More than 100 stories" in ask(client, "ferry")


def test_filters_narrow(client):
    world = make_column("World")
    story("One", "ferry", tags=["Labor"], authors=["Marius Oake"])
    story("Two", "ferry", column=world, year=2016)
    assert found(client, "ferry") == ["Two", "One"]
    assert found(client, "ferry", column="world") == found(client, "ferry", column="World") == ["Two"]
    assert found(client, "ferry", tag="labor") == found(client, "ferry", tag="Labor") == ["One"]
    assert found(client, "ferry", author="marius-oake") == found(client, "ferry", author="Marius Oake") == ["One"]
    assert found(client, "ferry", since="2016-06-01") == found(client, "ferry", since="2016") == ["Two"]
    assert found(client, "ferry", until="2015-06-01") == found(client, "ferry", until="2015-06") == ["One"]
    assert found(client, "ferry", since="2015-06-01", until="2015-06-01") == ["One"]
    assert found(client, "ferry", until="2015-05-31") == []
    assert found(client, "ferry", tag="labor", column="world") == []


def test_a_filter_can_be_dropped(client):
    story("One", "ferry", tags=["Labor"])
    text = ask(client, "ferry", tag="labor", since="2015")
    assert 'href="/search/?q=ferry&amp;from=2015">drop' in text
    assert "filed under Labor" in text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("column", "nope", "No column is called “nope”"),
        ("tag", "nope", "No story is filed under “nope”"),
        ("author", "nope", "No story is signed by “nope”"),
        ("from", "yesterday", "“yesterday” is no day"),
        ("to", "2015-02-30", "“2015-02-30” is no day"),
        ("from", "0000-01-01", "is no day"),
        ("from", "٢٠١٥-٠١-٠١", "is no day"),
        ("to", "9999", "is no day"),
        ("to", "2015-" + "9" * 40, "is no day"),
        ("tag", "\0", ""),
        ("author", "x" * 100_000, "No story is signed by"),
        ("column", "'\"><b>", "&lt;b&gt;"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_holds(client, field, value, says):
    story("One", "ferry")
    text = ask(client, "ferry", **{field: value})
    assert headlines(text) == ["One"]
    assert says in text


def test_a_last_day_before_the_first_is_left_out(client):
    story("One", "ferry")
    text = ask(client, "ferry", since="2015-01-01", until="2014-01-01")
    assert headlines(text) == ["One"]
    assert "before the first" in text


def test_a_tag_that_readers_never_saw_is_no_tag(client):
    story("One", "ferry")
    schedule(make_article("Waits", tags=["Secret"], authors=["Nobody Yet"]), at=timezone.now() + timedelta(hours=1))
    for field, value in (("tag", "secret"), ("author", "nobody-yet")):
        there, missing = (ask(client, "ferry", **{field: word}) for word in (value, "zzz"))
        assert there.replace(value, "zzz") == missing


HOSTILE = ['"', "'", '""', '"' * 10_000, "a" * 1_000_000, "\0", "\0ferry", "-", "-ferry", "- -", "!!!",
           "*", "NEAR(a b)",
           "a:b", "^a", "{a}", "a AND", "OR", "NOT", "a+b", "(", "))", "%", "\\", "a\\", "'; DROP TABLE x; --",
           "&", "|", "!",
           "<->", ":*", "ferry:*", "\ud83d", "ﷺ" * 500, "💥" * 500, "\u202e", "e\u0301" * 400, "-" * 500, "a -" * 200,
           '-"' * 200, "\n\r\t", "…", " ".join(f"w{n}" for n in range(200)), "ف" * 500, "漢" * 500]  # fmt: skip


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_may_be_typed(client, q):
    story("One", "ferry")
    query = quote(q.encode("utf-8", "surrogatepass"))
    for field in ("q", "tag", "author", "column", "from", "to", "at"):
        assert client.get(f"/search/?q=ferry&{field}={query}").status_code == 200
    assert client.get(f"/search/?q={query}&before={query[:100]}").status_code == 404
    assert client.get("/search/?q=%ff%fe&tag=%c3%28").status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120), st.text(alphabet='"-“” ab都م', max_size=60))
def test_whatever_is_typed_there_is_an_answer(client, free, signs):
    for q in (free, signs):
        answer = client.get("/search/?" + urlencode({"q": q, "tag": q, "from": q}, errors="replace"))
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "1",
        "9999999999.1",
        "-9999999999.1",
        "1.",
        "1.2.3",
        "99999999999.1",
        "1." + "9" * 19,
        "1.-" + "9" * 30,
        "١.٢",
    ],
)
def test_a_place_that_we_did_not_write_is_none(client, cursor):
    assert client.get(f"/search/?q=a&before={quote(cursor)}").status_code == 404


def test_a_place_far_away_is_an_answer(client):
    story("One", "ferry")
    for cursor in ("2147483647.1", "-2147483647.-1", "0.0"):
        assert client.get(f"/search/?q=ferry&before={cursor}").status_code == 200


def test_what_is_asked_for_is_said_in_words(client):
    assert "no word in this" in ask(client, "!!!")
    assert "A minus leaves stories out" in ask(client, "-ferry")
    assert "first 32 words" in ask(client, "word " * 400)
    story("One", "ferry", tags=["Labor"])
    assert "Add a word to look for." in ask(client, "", tag="labor")
    assert "Nothing was found." not in ask(client)


def test_what_was_typed_is_shown_and_never_becomes_markup(client):
    story("One", "&lt;b&gt; ferry")
    text = ask(client, '<script>alert("1")</script> ferry')
    assert "<script" not in text
    assert "&lt;b&gt; <mark>ferry</mark>" in ask(client, "ferry")


def test_readers_find_what_they_see_and_nothing_else(client):
    story("MARKER public")
    make_article("MARKER draft")
    schedule(make_article("MARKER waits"), at=timezone.now() + timedelta(hours=1))
    cancelled = make_article("MARKER cancelled")
    schedule(cancelled, at=timezone.now() + timedelta(hours=1))
    cancel(cancelled)
    withdraw(story("MARKER withdrawn").article, reason="It was wrong.")
    text = ask(client, "marker")
    assert headlines(text) == ["MARKER public"]
    assert "One story" in text


def test_a_waiting_story_is_found_from_its_hour_on(client):
    at = timezone.now() + timedelta(hours=1)
    schedule(make_article("MARKER waits"), at=at)
    assert found(client, "marker") == []
    with time_machine.travel(at + timedelta(seconds=1)):
        assert found(client, "marker") == ["MARKER waits"]


def test_the_words_of_a_replaced_edition_are_not_found_any_more(client):
    edition = story("One", "trawler")
    edition.article.body = "<p>ferry</p>"
    edition.article.save()
    update(edition.article)
    assert found(client, "trawler") == []
    assert found(client, "ferry") == ["One"]


def test_an_editor_looks_back(client):
    edition = story("One", "trawler")
    before = timezone.now()
    edition.article.body = "<p>ferry</p>"
    edition.article.save()
    update(edition.article)
    at = before.isoformat()
    assert found(client, "trawler", at=at) == []  # a reader's clock is now
    client.force_login(make_user("olu", "Editors"))
    text = ask(client, "trawler", at=at)
    assert headlines(text) == ["One"]
    assert f'name="at" value="{before.isoformat(timespec="seconds")}"' in text
    assert client.get(f"/search/?q=trawler&at={quote(at)}").headers["Cache-Control"] == "private, no-store"


def test_of_a_retracted_story_headline_and_notice_are_found(client):
    edition = story("One", "trawler", dek="A pinnace")
    correct(edition.article, kind="retraction", note="None of it happened.")
    assert found(client, "trawler") == found(client, "pinnace") == []
    text = ask(client, "happened")
    assert headlines(text) == ["One"]
    assert "None of it" in text
    assert "trawler" not in ask(client, "one")


def test_redacting_erases_its_words_from_the_index(client):
    edition = story("MARKER", "trawler")
    redact(edition)
    assert not IndexCard.objects.exists()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH \'"trawler" OR "marker"\'')
        else:
            cursor.execute(f"SELECT place FROM {TABLE}")
        assert cursor.fetchall() == []
    assert found(client, "trawler") == found(client, "marker") == []


def test_reindexing_files_what_is_missing_and_nothing_twice(client):
    story("One", "ferry")
    waiting = schedule(make_article("MARKER"), at=timezone.now() + timedelta(hours=1))
    assert list(reindex()) == []
    IndexCard.objects.all().delete()
    lay_index(connection)  # finds no card, and empties the table
    assert found(client, "ferry") == []
    assert upkeep.index_when_needed(print) == 2
    assert found(client, "ferry") == ["One"]
    assert list(reindex(anew=True)) == [2]
    assert found(client, "ferry") == ["One"]
    assert IndexCard.objects.filter(edition=waiting).exists()


def test_an_index_that_did_not_come_along_with_its_cards_is_made_anew(client):
    story("One", "ferry")
    with connection.cursor() as cursor:
        emptied = f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')"
        cursor.execute(emptied if connection.vendor == "sqlite" else f"DELETE FROM {TABLE}")
    assert found(client, "ferry") == []
    assert upkeep.index_when_needed(print) == 1
    assert found(client, "ferry") == ["One"]


def test_the_index_is_laid_as_often_as_one_likes(client):
    story("One", "ferry")
    lay_index(connection)
    assert found(client, "ferry") == ["One"]


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_six_questions_at_most(client, number):
    published(number, headline="Ferry", tags=["Labor"])
    query = {
        "q": 'ferry "at noon" -strike',
        "column": "the-slatest",
        "tag": "labor",
        "author": "ines-corvald",
        "from": "2010",
    }
    for fields, most in ((query, 6), ({"q": "ferry"}, 3), ({}, 1)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/search/?" + urlencode(fields)).status_code == 200
        assert len(queries) == most


def test_nobody_between_keeps_an_answer(client):
    answer = client.get("/search/?q=ferry")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cache-Tag" not in answer.headers
    assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]


def test_the_address_without_a_slash_leads_here(client):
    answer = client.get("/search?q=a+b&utm_source=x&tag=labor")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/search/?q=a%20b&tag=labor")
    assert client.post("/search/?q=a").status_code == 405


def test_a_browser_is_told_how_to_search(client):
    answer = client.get("/search/opensearch.xml")
    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert "/search/?q={searchTerms}" in answer.text


def test_a_story_printed_before_1970_has_its_place(client):
    story("Old ferry", year=1931)
    story("New ferry")
    assert found(client, "ferry") == ["New ferry", "Old ferry"]
    assert found(client, "ferry", until="1931") == ["Old ferry"]


def test_filing_needs_no_edition_twice():
    file_cards([])
    assert not IndexCard.objects.exists()
