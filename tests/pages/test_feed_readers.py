"""The three formats, read by what readers of feeds use: feedparser, and the words of JSON Feed 1.1."""

import html
import json
import re
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.utils import timezone

from articles.publishing import correct, schedule, update, withdraw
from tests.factories import PRINTED, make_article, make_author, make_column, make_photo, make_tag, make_tweet, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
XML = ["feed/", "feed/atom/"]
FORMS = [*XML, "feed/json/"]
SOURCES = ["/", "/the-slatest/", "/tag/labor/", "/by/ines-corvald/"]
HUB = "https://hub.example.com/"


def whole_story():
    """A story with everything: two authors, tags, a lead photo, another one and a post, updated once."""
    lead = make_photo(file=True, alt_text="A ship at dusk", caption="The Halyard leaves port.")
    second = make_photo(file=True, colour="navy")
    tweet = make_tweet(text="All berths working.")
    (edition,) = published(
        headline="Ports & Shipping: Who's Next?",
        slug="ports",
        dek="Pilots & tugs stopped.",
        tags=["Labor", "Ports & shipping"],
        authors=["Ines Corvald", "Marius Oake"],
        lead_photo=lead,
        lead_caption="The Halyard leaves port.",
        body=f'<p>Read <a href="/the-slatest/">us</a>.</p><news-photo data-id="{second.pk}"></news-photo>'
        f'<news-tweet data-id="{tweet.pk}"></news-tweet>',
    )
    return update(edition.article, dated=PRINTED + timedelta(hours=2)), lead, second


def read(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    parsed = feedparser.parse(response.content, response_headers={"content-type": response.headers["Content-Type"]})
    assert not parsed.bozo, (path, parsed.get("bozo_exception"))
    return parsed


def read_json(client, path: str) -> dict:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)


def items(client, path: str) -> list[str]:
    """The addresses of what a feed tells, whatever its format."""
    if "/json/" in path:
        return [item["url"] for item in read_json(client, path)["items"]]
    return [entry.link for entry in read(client, path).entries]


def links(parsed) -> dict[str, str]:
    return {link.rel: link.href for link in parsed.feed.links}


@pytest.mark.parametrize("form", XML)
@pytest.mark.parametrize("source", SOURCES)
def test_feedparser_reads_every_field(client, settings, source, form):
    settings.WEBSUB_HUBS = [HUB]
    edition, lead, second = whole_story()
    make_column().__class__.objects.update(tagline="News & more, all day")
    parsed = read(client, source + form)
    feed = parsed.feed
    names = {"/": "Halyard", "/the-slatest/": "The Slatest", "/tag/labor/": "Labor | Halyard"}
    assert feed.title == names.get(source, "Ines Corvald | Halyard")
    assert feed.link == SITE + source
    assert feed.language == "en-us"
    assert links(parsed) == {"alternate": SITE + source, "self": SITE + source + form, "first": SITE + source + form,
                             "hub": HUB}  # fmt: skip
    (entry,) = parsed.entries
    assert entry.title == "Ports & Shipping: Who's Next?"
    assert entry.link == SITE + edition.path
    assert entry.id == f"tag:127.0.0.1,2015-06-01:article-{edition.article_id}"
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == edition.first_published_at
    assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) == PRINTED + timedelta(hours=2)
    assert [author["name"] for author in entry.authors] == ["Ines Corvald", "Marius Oake"]
    assert entry.summary in ("Pilots & tugs stopped.", "Pilots &amp; tugs stopped.")
    content = entry.content[0]
    assert content.type == "text/html"
    assert f'<a href="{SITE}/the-slatest/">us</a>' in content.value
    assert re.search(r"<blockquote><p [^>]*>All berths working.</p>", content.value)
    assert [each["url"] for each in entry.media_content] == [SITE + lead.file.url, SITE + second.file.url]
    assert {(each["medium"], each["type"], each["width"]) for each in entry.media_content} == {
        ("image", "image/jpeg", "80")
    }
    assert [each["content"] for each in entry.media_credit] == ["Zein al-Rifai/AFP/Getty Images"] * 2
    terms = [tag.get("label") or tag.term for tag in entry.tags]
    assert terms == ["Labor", "Ports & shipping"]


def shown(detail) -> str:
    """A title as a reader shows it that believes what feedparser says of its type."""
    return html.unescape(detail["value"]) if detail["type"] == "text/html" else detail["value"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "words",
    ["<b>AT&T</b> &amp; co", "AT&amp;T", "</title> &copy; &nope;", "<script>1</script>", "5 < 6 & a <b> c", "&#x3C;b>"],
)
def test_words_that_look_like_html_are_read_as_they_are_printed(client, form, words):
    published(headline=words, tags=["Labor"])
    for thing in (make_author(), make_tag("Labor"), make_column()):
        type(thing).objects.update(name=words)
    if "/json/" in form:
        feed = read_json(client, f"/the-slatest/{form}")
        (item,) = feed["items"]
        found = [feed["title"], item["title"], item["authors"][0]["name"], item["tags"][0]]
    else:
        parsed = read(client, f"/the-slatest/{form}")
        (entry,) = parsed.entries
        tag = entry.tags[0].get("label") or entry.tags[0].term
        found = [shown(parsed.feed.title_detail), shown(entry.title_detail), entry.authors[0]["name"], tag]
    assert found == [words] * 4


def test_atom_says_where_authors_and_tags_are(client):
    whole_story()
    (entry,) = read(client, "/feed/atom/").entries
    assert [author["href"] for author in entry.authors] == [f"{SITE}/by/ines-corvald/", f"{SITE}/by/marius-oake/"]
    assert {tag.scheme + tag.term + "/" for tag in entry.tags} == {f"{SITE}/tag/labor/", f"{SITE}/tag/ports-shipping/"}


@pytest.mark.parametrize("source", SOURCES)
def test_a_json_feed_has_what_its_version_asks_for(client, settings, source):
    settings.WEBSUB_HUBS = [HUB]
    edition, lead, second = whole_story()
    feed = read_json(client, f"{source}feed/json/")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["home_page_url"] == SITE + source
    assert feed["feed_url"] == f"{SITE}{source}feed/json/"
    assert feed["hubs"] == [{"type": "WebSub", "url": HUB}]
    assert "next_url" not in feed
    (item,) = feed["items"]
    assert item["id"] == f"tag:127.0.0.1,2015-06-01:article-{edition.article_id}"
    assert item["url"] == SITE + edition.path
    assert item["title"] == "Ports & Shipping: Who's Next?"
    assert item["summary"] == "Pilots & tugs stopped."
    assert f'<a href="{SITE}/the-slatest/">us</a>' in item["content_html"]
    assert datetime.fromisoformat(item["date_published"]) == edition.first_published_at
    assert datetime.fromisoformat(item["date_modified"]) == PRINTED + timedelta(hours=2)
    assert item["authors"][0] == {"name": "Ines Corvald", "url": f"{SITE}/by/ines-corvald/"}
    assert item["tags"] == ["Labor", "Ports & shipping"]
    assert item["image"] == SITE + lead.file.url
    first, other = item["attachments"]
    assert (first["url"], first["mime_type"]) == (SITE + lead.file.url, "image/jpeg")
    assert other["url"] == SITE + second.file.url
    assert first["title"] == "The Halyard leaves port."
    assert first["_photo"] == {
        "credit": "Zein al-Rifai/AFP/Getty Images", "caption": "The Halyard leaves port.", "alt": "A ship at dusk",
        "width": 80, "height": 50,
    }  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_headline_alone_is_an_item(client, form):
    (edition,) = published(body="")
    assert items(client, f"/{form}") == [SITE + edition.path]
    if form == "feed/json/":
        assert read_json(client, f"/{form}")["items"][0]["content_html"] == ""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", SOURCES)
def test_older_pages_of_a_feed_lose_and_repeat_no_story(client, settings, source, form):
    settings.WEBSUB_HUBS = [HUB]
    editions = published(43, tags=["Labor"])
    found, address, pages = [], SITE + source + form, 0
    while address:
        path = address.removeprefix(SITE)
        found += items(client, path)
        pages += 1
        if form == "feed/json/":
            feed = read_json(client, path)
            assert feed["feed_url"] == address
            assert ("hubs" in feed) == (pages == 1)
            address = feed.get("next_url")
        else:
            told = links(read(client, path))
            assert (told["self"], told["first"]) == (address, SITE + source + form)
            assert ("hub" in told) == (pages == 1)
            address = told.get("next")
    assert pages == 3
    assert found == [SITE + edition.path for edition in reversed(editions)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bad", ["x", "", "\x00", "20150601T214300.000000Z-1%00", "9" * 100_000, "٢٠١٥"])
def test_a_place_that_we_did_not_write_is_404(client, form, bad):
    published()
    assert client.get(f"/{form}", {"before": bad}).status_code == 404


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", SOURCES)
def test_who_has_the_bytes_is_told_so(client, source, form):
    (edition,) = published(tags=["Labor"])
    path = source + form
    first = client.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('"')  # strong
    assert first.headers["Last-Modified"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", tag)
    assert client.post(path).status_code == 405
    correct(edition.article, note="It was forty-one.")
    changed = client.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


@pytest.mark.parametrize("form", FORMS)
def test_a_withdrawn_story_leaves_also_the_reader_who_asks_by_date(client, form):
    first, second = published(2)
    date = client.get(f"/{form}").headers["Last-Modified"]
    withdraw(first.article, reason="It was wrong.")
    response = client.get(f"/{form}", headers={"If-Modified-Since": date})
    assert response.status_code == 200
    assert items(client, f"/{form}") == [SITE + second.path]


def test_a_feed_says_in_its_headers_what_it_is_and_who_tells_of_it(client, settings):
    published(tags=["Labor"])
    assert client.get("/feed/atom/").headers["Link"] == f'<{SITE}/feed/atom/>; rel="self"'
    settings.WEBSUB_HUBS = [HUB, "https://two.example.com/hub"]
    response = client.get("/tag/labor/feed/")
    assert response.headers["Link"] == (
        f'<{SITE}/tag/labor/feed/>; rel="self", <{HUB}>; rel="hub", <https://two.example.com/hub>; rel="hub"'
    )
    assert response.headers["Vary"] == "Accept-Encoding"
    assert {f"tag-{make_tag('Labor').pk}", f"author-{make_author().pk}"} <= set(response.headers["Cache-Tag"].split())


@pytest.mark.parametrize("form", FORMS)
def test_updated_is_the_last_change_that_readers_were_told_of(client, form):
    (edition,) = published()
    update(edition.article, significant=False)
    if form == "feed/json/":
        assert "date_modified" not in read_json(client, f"/{form}")["items"][0]
        return
    (entry,) = read(client, f"/{form}").entries
    told = entry.get("updated_parsed") if form == "feed/atom/" else entry.published_parsed
    assert datetime(*told[:6], tzinfo=UTC) == edition.first_published_at
    assert form == "feed/atom/" or "updated" not in entry


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", SOURCES)
def test_of_a_retracted_story_the_notice_alone_is_told(client, source, form):
    photo = make_photo(file=True, caption="MARKER")
    (edition,) = published(dek="MARKER", body="<p>MARKER</p>", lead_photo=photo, tags=["Labor"])
    correct(edition.article, note="MARKER was wrong.")
    correct(edition.article, kind="retraction", note="We could not confirm any of it.")
    text = client.get(source + form).text
    assert "We could not confirm any of it." in text
    assert "MARKER" not in text
    assert photo.sha256 not in text


@pytest.mark.parametrize("form", FORMS)
def test_a_tag_or_author_that_no_reader_saw_has_no_feed(client, form):
    make_article(tags=["Secret tag"], authors=["Secret author"])
    schedule(make_article(tags=["Waiting tag"]), at=timezone.now() + timedelta(hours=1))
    for path in ("/tag/secret-tag/", "/tag/waiting-tag/", "/by/secret-author/", "/tag/none/", "/by/none/", "/none/"):
        assert client.get(path + form).status_code == 404, path
    (edition,) = published(tags=["Labor"])
    withdraw(edition.article, reason="It was wrong.")
    assert items(client, f"/tag/labor/{form}") == []


@pytest.mark.parametrize("form", FORMS)
def test_feeds_move_with_their_column_tag_and_author(client, form):
    published(tags=["ISIS"])
    for thing, old, new in (
        (make_column(), "/the-slatest/", "/today/"),
        (make_tag("ISIS"), "/tag/isis/", "/tag/islamic-state/"),
        (make_author(), "/by/ines-corvald/", "/by/ines/"),
    ):
        thing.slug = new.strip("/").rpartition("/")[2]
        thing.save()
        for asked in (old + form, (old + form).rstrip("/"), (old + form).upper()):
            moved = client.get(asked, {"utm_source": "x"})
            assert (moved.status_code, moved.headers.get("Location")) == (301, new + form), asked
    assert client.get(f"/{form}".rstrip("/")).headers["Location"] == f"/{form}"
    assert client.get("/tag/secret-tag/feed").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_story_in_another_language_is_marked(client, form):
    published(headline="حساب السفارة", language="ar", slug="embassy", body="<p>توقفت</p>")
    text = client.get(f"/{form}").text
    mark = {
        "feed/": "<dc:language>ar</dc:language>",
        "feed/atom/": '<entry xml:lang="ar">',
        "feed/json/": '"language":"ar"',
    }[form]
    assert mark in text
    if form == "feed/json/":
        assert read_json(client, f"/{form}")["items"][0]["content_html"].startswith('<div lang="ar" dir="rtl">')
    else:
        assert 'dir="rtl"' in read(client, f"/{form}").entries[0].content[0].value


def test_pages_say_where_their_feeds_are(client):
    (edition,) = published(tags=["Labor"])
    for path in [*SOURCES, edition.path, "/the-slatest/2015/", "/tag/labor/"]:
        text = client.get(path).text
        for kind, form in (("rss+xml", ""), ("atom+xml", "atom/"), ("feed+json", "json/")):
            assert f'<link rel="alternate" type="application/{kind}" title="Halyard, ' in text
            assert f'href="/feed/{form}">' in text
            if path in SOURCES:
                assert f'href="{path}feed/{form}">' in text
    assert client.get("/tag/labor/").text.count('href="/tag/labor/feed/"') == 2  # the head and the foot


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_newsroom_has_feeds(client, form):
    make_column()
    for source in ("/", "/the-slatest/"):
        assert items(client, source + form) == []
        assert "Last-Modified" not in client.get(source + form).headers
