"""RSS 2.0, read with a parser of XML."""

from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest

from articles.models import Article
from articles.publishing import correct
from tests.factories import PRINTED, make_column, make_photo, make_tweet, published

pytestmark = pytest.mark.django_db
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def channel(client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def test_an_item_says_what_the_story_says(client):
    (edition,) = published(headline="Ports & <Shipping>", slug="ports", tags=["Labor"], authors=["Ines C.", "Olu"])
    item = channel(client, "/the-slatest/feed/").find("item")
    assert item.findtext("title") == "Ports & <Shipping>"
    assert item.findtext("link") == f"http://127.0.0.1:8000{edition.path}"
    assert item.findtext("pubDate") == "Mon, 01 Jun 2015 17:43:00 -0400"
    assert [creator.text for creator in item.findall(CREATOR)] == ["Ines C.", "Olu"]
    assert item.findtext("category") == "Labor"


def test_a_feed_has_the_full_text_with_posts_as_quotes_and_photos_with_credit(client):
    photo = make_photo(file=True)
    tweet = make_tweet(language="ar", direction="rtl", text="توقفت\nحركة", translation="It stopped")
    published(
        lead_photo=photo,
        body='<p>Read <a href="/the-slatest/">us</a> &amp; more.</p><h2>Why</h2><ul><li><p>One</p></li></ul>'
        f'<aside class="pull-quote"><p>So.</p></aside><hr><news-tweet data-id="{tweet.pk}"></news-tweet>',
    )
    text = channel(client, "/feed/").find("item").findtext(CONTENT)
    assert '<p>Read <a href="http://127.0.0.1:8000/the-slatest/">us</a> &amp; more.</p>' in text
    assert f'<img src="http://127.0.0.1:8000/files/photos/{photo.sha256[:2]}/{photo.sha256}.jpg"' in text
    assert "Photo by Zein al-Rifai/AFP/Getty Images" in text
    assert '<blockquote><p lang="ar" dir="rtl">توقفت<br>حركة</p><p><em>It stopped</em></p>' in text
    assert "<ul><li><p>One</p></li></ul>" in text


def test_a_photo_without_a_file_and_a_correction_are_told_in_words(client):
    (edition,) = published(lead_photo=make_photo(alt_text="A ship"))
    correct(edition.article, note="It was forty-one.")
    text = channel(client, "/feed/").find("item").findtext(CONTENT)
    assert "The picture, in words: A ship Photo by Zein al-Rifai/AFP/Getty Images" in text
    assert "It was forty-one.</p>" in text


def test_a_story_keeps_its_identity_when_its_address_changes(client):
    (edition,) = published()
    before = channel(client, "/feed/").find("item").findtext("guid")
    edition.article.slug = "moved"
    edition.article.save()
    correct(edition.article, note="Moved.")
    item = channel(client, "/feed/").find("item")
    assert item.findtext("guid") == before
    assert item.findtext("link").endswith("/moved/")


def test_a_feed_shows_the_newest_twenty_of_its_column(client):
    editions = published(22)
    published(column=make_column("World"))
    items = channel(client, "/the-slatest/feed/").findall("item")
    links = [item.findtext("link").removeprefix("http://127.0.0.1:8000") for item in items]
    assert links == [edition.path for edition in reversed(editions[2:])]
    assert len(channel(client, "/feed/").findall("item")) == 20


def test_no_control_character_breaks_the_feed(client):
    (edition,) = published(slug="control")
    Article.objects.filter(pk=edition.article_id).update(dek="A\x0b vertical \x1b tab")
    correct(Article.objects.get(pk=edition.article_id), note="It \x08 was wrong.")
    assert channel(client, "/feed/").find("item").findtext("description") == "A vertical  tab"


def test_two_askings_get_the_same_bytes(client):
    published(2)
    assert client.get("/feed/").content == client.get("/feed/").content


def test_a_feed_says_its_language_and_marks_a_story_in_another(client):
    published(headline="حساب السفارة", language="ar", slug="embassy", body="<p>توقفت</p>")
    published(headline="In ours", body="<p>It stopped</p>", printed=PRINTED - timedelta(days=1))
    feed = channel(client, "/feed/")
    assert feed.findtext("language") == "en-us"
    theirs, ours = (item.findtext(CONTENT) for item in feed.findall("item"))
    assert theirs.startswith('<div lang="ar" dir="rtl">\n<p>توقفت</p>')
    assert theirs.endswith("</div>")
    assert ours == "<p>It stopped</p>"


@pytest.mark.parametrize(
    "bad", ["]]>&<\"'", "<![CDATA[ x ]]>", "&lt;b&gt; &nope;", "<script>alert(1)</script>", "a\x00\x1bb"]
)
def test_hostile_names_are_only_words_in_a_feed(client, bad):
    column = make_column(f"C {bad}".replace("\x00", ""), tagline=bad.replace("\x00", ""))
    said = bad.replace("\x00", "")  # no database of ours keeps it
    published(headline=said, dek=said, column=column, tags=[f"T {said}"], authors=[f"A {said}"], slug="bad")
    read = said.replace("\x1b", "")  # and no XML this
    for path in ("/feed/", f"{column.path}feed/"):
        item = channel(client, path).find("item")
        assert unescape(item.findtext("title")) == unescape(item.findtext("description")) == read
        assert "<" not in item.findtext("description")  # it is HTML there
        assert item.findtext("category") == f"T {read}"
        assert item.findtext(CREATOR) == f"A {read}"
    assert unescape(channel(client, f"{column.path}feed/").findtext("title")) == f"C {read}"


@pytest.mark.parametrize("form", ["", "atom/", "json/"])
def test_a_reader_in_a_browser_may_ask_from_another_site(client, form):
    published()
    assert client.get(f"/feed/{form}")["Access-Control-Allow-Origin"] == "*"
