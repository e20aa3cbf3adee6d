"""Our stories on other sites: https://oembed.com, and a page that may be framed."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from lxml import html
from playwright.sync_api import sync_playwright

from articles.models import Address
from articles.publishing import correct, redact, schedule, update, withdraw
from tests.browser import ARGUMENTS, chromium
from tests.factories import PRINTED, make_article, make_photo, picture, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def asked(client, path: str, **parameters):
    return client.get("/oembed", {"url": SITE + path} | parameters)


def test_it_works(client):
    (edition,) = published(headline="Is the “Harbor” Open?")
    assert asked(client, edition.path).json() == {
        "type": "rich",
        "version": "1.0",
        "title": "Is the “Harbor” Open?",
        "author_name": "Ines Corvald",
        "author_url": f"{SITE}/by/ines-corvald/",
        "provider_name": "Halyard",
        "provider_url": f"{SITE}/",
        "cache_age": 3600,
        "width": 600,
        "height": 260,
        "html": f'<iframe src="{SITE}{edition.path}embed/" title="Is the “Harbor” Open?" width="600" height="260"'
        ' loading="lazy" style="border:0;max-width:100%"></iframe>',
    }


def test_xml_says_the_same_as_json_whatever_the_words(client):
    (edition,) = published(headline='</title>]]> "Ships" & <b>pilots</b> \x0b', slug="evil")
    said = asked(client, edition.path).json()
    root = ElementTree.fromstring(asked(client, edition.path, format="xml").content)
    assert {each.tag: each.text for each in root} == {
        name: str(value).replace("\x0b", "") for name, value in said.items()
    }
    (frame,) = html.fragments_fromstring(said["html"])
    assert frame.get("title") == edition.headline


def test_another_format_is_not_implemented_and_what_is_no_story_is_not_found(client):
    (edition,) = published(tags=["Ports"])
    assert asked(client, edition.path, format="yaml").status_code == 501
    draft = make_article()
    waiting = schedule(make_article(), at=PRINTED + timedelta(days=99999))
    gone, forbidden = published(2)
    withdraw(gone.article, reason="It named the wrong man.")
    redact(forbidden, reason="A court.")
    for path in ("/", "/the-slatest/", "/tag/ports/", f"/the-slatest/2015/06/01/{draft.slug}/", waiting.path, gone.path,
                 forbidden.path):  # fmt: skip
        assert asked(client, path).status_code == 404, path


@pytest.mark.parametrize(
    "url",
    ["", "x", "\0", "http://[", "//", "javascript:alert(1)", "https://example.org/", f"{SITE}/\0/", "é" * 1000,
     f"{SITE}/" + "x" * 5000, f"{SITE}/\ud800/"],
)  # fmt: skip
def test_a_hostile_url_is_not_found(client, url):
    url = url.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert client.get("/oembed", {"url": url}).status_code == 404


@pytest.mark.parametrize("number", ["0", "-5", "x", "9" * 4000, "٣", "1e3", "\0"])
def test_a_hostile_size_asks_for_nothing(client, number):
    (edition,) = published()
    assert asked(client, edition.path, maxwidth=number, maxheight=number).json()["width"] == 600


def test_sizes_and_pictures_keep_within_what_was_asked(client):
    photo = make_photo(file=True, upload=picture(1600, 1000, kind="JPEG"))
    (edition,) = published(lead_photo=photo)
    said = asked(client, edition.path).json()
    assert said["thumbnail_url"].endswith("-16x9.jpg")
    assert (said["thumbnail_width"], said["thumbnail_height"]) == (1200, 675)
    assert client.get(said["thumbnail_url"].removeprefix(SITE)).status_code == 200
    said = asked(client, edition.path, maxwidth=1000, maxheight=100).json()
    assert (said["width"], said["height"]) == (600, 100)
    assert "thumbnail_url" not in said
    said = asked(client, edition.path, maxwidth=320).json()
    assert said["width"] == 320
    assert 'width="320"' in said["html"]


def test_an_old_address_and_a_twin_tell_of_the_story_where_it_is(client):
    (first,) = published()
    first.article.slug = "second-name"
    first.article.save()
    second = update(first.article)
    for path in (first.path, second.path.rstrip("/"), second.path.upper(), f"{second.path}?utm_source=x#note-1"):
        assert f'src="{SITE}{second.path}embed/"' in asked(client, path).json()["html"], path


def test_the_page_of_a_story_says_where_to_ask(client):
    (edition,) = published()
    page = html.fromstring(client.get(edition.path).text)
    for kind, media in (("application/json+oembed", "application/json"), ("text/xml+oembed", "text/xml")):
        (link,) = page.xpath(f'//link[@rel="alternate"][@type="{kind}"]/@href')
        answer = client.get(link.removeprefix(SITE))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(media)
    assert "+oembed" not in client.get("/").text


def test_the_frame_alone_may_be_framed(client):
    (edition,) = published()
    embed = client.get(f"{edition.path}embed/")
    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    for path in (edition.path, "/", "/nothing/", "/the-slatest/2015/06/01/nothing/embed/"):
        answer = client.get(path)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
        assert answer.headers["X-Frame-Options"] == "DENY", path


def test_the_frame_says_what_the_story_is_and_leads_to_it_whole(client):
    (edition,) = published(headline="Is the Harbor Open?", dek="Pilots walked off.", lead_photo=make_photo(file=True))
    page = html.fromstring(client.get(f"{edition.path}embed/").text)
    assert page.xpath("//h1/a/@href") == page.xpath('//link[@rel="canonical"]/@href') == [SITE + edition.path]
    assert page.xpath("//base/@target") == ["_top"]
    assert page.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    text = " ".join(page.text_content().split())
    for words in ("Is the Harbor Open?", "Pilots walked off.", "By Ines Corvald", "The Slatest", "June 1, 2015, 5:43"):
        assert words in text
    assert page.xpath("//img")
    assert not page.xpath("//script")


def test_the_frame_of_a_retracted_story_shows_its_notice_alone(client):
    (edition,) = published(dek="FALSE", body="<p>FALSE</p>", lead_photo=make_photo(file=True))
    edition = correct(edition.article, kind="retraction", note="Nothing of it was true.")
    for path in (f"{edition.path}embed/", f"/oembed?url={SITE}{edition.path}"):
        text = client.get(path).text
        assert "FALSE" not in text
        assert "/files/" not in text
    assert "Nothing of it was true." in client.get(f"{edition.path}embed/").text


def test_the_frame_moves_with_its_story(client):
    (first,) = published()
    first.article.slug = "second-name"
    first.article.save()
    second = update(first.article)
    for path in (f"{first.path}embed/", f"{first.path}embed", f"{second.path.upper()}EMBED"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{second.path}embed/"), path
    withdraw(first.article, reason="It named the wrong man.")
    gone = client.get(f"{second.path}embed/")
    assert gone.status_code == 410
    # A site that shows the frame shows its readers why, not a browser's error.
    assert "frame-ancestors *" in gone.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in gone.headers
    assert client.get("/the-slatest/2015/06/01/nothing/embed/").status_code == 404


@pytest.mark.journey
@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_another_site_can_frame_the_card_and_not_the_story(client):
    (edition,) = published(headline="Is the Harbor Open?")
    pages = {path: client.get(path) for path in (edition.path, f"{edition.path}embed/")}
    frames = "".join(f'<iframe src="https://ours.example{path}"></iframe>' for path in pages)

    def answer(route):
        path = route.request.url.removeprefix("https://ours.example")
        if path in pages:
            page = pages[path]
            route.fulfill(status=200, headers=dict(page.headers), body=page.text)
        elif route.request.url == "https://another.example/":
            route.fulfill(status=200, content_type="text/html", body=frames)
        else:
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto("https://another.example/", wait_until="load")
        page.wait_for_timeout(300)
        shown = ["Is the Harbor Open?" in frame.content() for frame in page.frames[1:]]
        browser.close()
    assert shown == [False, True]


def test_an_address_of_an_older_site_is_known_as_a_browser_writes_it(client):
    (edition,) = published()
    for path in ("/blogs/café.html", "/index.php?p=12"):
        Address.objects.create(path=path, article=edition.article, is_current=False)
    for path in ("/blogs/caf%C3%A9.html", "/index.php?p=12"):
        assert asked(client, path).json()["title"] == edition.headline
    assert asked(client, "/index.php?p=13").status_code == 404
