"""What pages tell search engines and the cards of social sites, held to what those say that they read."""

import json
import re
from datetime import datetime, timedelta

import pytest
from lxml import html

from articles.models import Edition
from articles.pages import structured
from articles.publishing import correct, update
from tests.factories import PRINTED, make_author, make_column, make_photo, make_tag, make_tweet, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
EVIL = "</script><script>alert(1)</script><!-- \u2028\u2029 & ' \" \\"


def told(client, path: str) -> list[dict]:
    """The things of the page's JSON-LD, as a parser of HTML finds them."""
    (script,) = html.fromstring(client.get(path).text).xpath('//script[@type="application/ld+json"]/text()')
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def story(client, edition: Edition) -> dict:
    (article,) = (thing for thing in told(client, edition.path) if thing["@type"] == "NewsArticle")
    return article


def meta(client, path: str) -> dict[str, list[str]]:
    """The page's <meta> by name or property."""
    found: dict[str, list[str]] = {}
    for each in html.fromstring(client.get(path).text).xpath("//meta[@name or @property]"):
        found.setdefault(each.get("name") or each.get("property"), []).append(each.get("content"))
    return found


def whole_story() -> Edition:
    photo = make_photo(file=True, alt_text="A ship")
    photo.credit.copyright_notice = "© 2015 AFP"
    photo.credit.save()
    (edition,) = published(
        headline="Is the Harbor Open?", dek="Pilots walked off.", tags=["Labor", "Ports"], lead_photo=photo,
        lead_caption="The Adelin waits.", authors=["Ines Corvald", "Marius Oake"],
    )  # fmt: skip
    return edition


def cropped(edition: Edition, shape: str) -> str:
    """The address of a shape of the lead photo."""
    return f"{SITE}{edition.article.lead_photo.file.url}".replace(".jpg", f"-{shape}.jpg")


def test_it_works(client):
    edition = whole_story()
    assert story(client, edition) == {
        "@type": "NewsArticle",
        "mainEntityOfPage": SITE + edition.path,
        "headline": "Is the Harbor Open?",
        "description": "Pilots walked off.",
        "image": [
            {
                "@type": "ImageObject",
                "url": cropped(edition, shape),
                "contentUrl": cropped(edition, shape),
                "width": width,
                "height": height,
                "caption": "The Adelin waits.",
                "creditText": "Zein al-Rifai/AFP/Getty Images",
                "creator": {"@type": "Person", "name": "Zein al-Rifai"},
                "copyrightNotice": "© 2015 AFP",
            }
            for shape, width, height in (("16x9", 80, 45), ("4x3", 66, 50), ("1x1", 50, 50))
        ],
        "datePublished": "2015-06-01T17:43:00-04:00",
        "dateModified": "2015-06-01T17:43:00-04:00",
        "author": [
            {"@type": "Person", "name": "Ines Corvald", "url": f"{SITE}/by/ines-corvald/"},
            {"@type": "Person", "name": "Marius Oake", "url": f"{SITE}/by/marius-oake/"},
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "Halyard",
            "url": f"{SITE}/",
            "logo": {
                "@type": "ImageObject",
                "url": f"{SITE}/static/articles/apple-touch-icon.png",
                "width": 180,
                "height": 180,
            },
        },
        "articleSection": "The Slatest",
        "keywords": ["Labor", "Ports"],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "wordCount": len(re.findall(r"\w[\w’]*", " ".join(re.findall("<p>(.*?)</p>", edition.body)))),
    }


class TestGoogle:
    """The rules are Google's, in our words; each names the page that it was taken from in November 2026.

    https://developers.google.com/search/docs/appearance/structured-data/
    """

    def test_article(self, client):
        """…/article: recommended are author (with name and url, each author of their own), dateModified and
        datePublished in ISO 8601 with an offset, headline (short), image (that can be crawled, in several shapes)."""
        edition = whole_story()
        article = story(client, edition)
        for author in article["author"]:
            assert author["@type"] in ("Person", "Organization")
            # Only the name: no job title, no "posted by", and no two people in one.
            assert re.fullmatch(r"[^,;]+", author["name"])
            assert not re.search(r"\b(by|and)\b", author["name"], re.IGNORECASE)
            assert client.get(author["url"].removeprefix(SITE)).status_code == 200
        for date in (article["datePublished"], article["dateModified"]):
            assert datetime.fromisoformat(date).tzinfo
        assert 0 < len(article["headline"]) <= 110
        for image in article["image"]:
            assert client.get(image["url"].removeprefix(SITE)).status_code == 200

    def test_breadcrumb(self, client):
        """…/breadcrumb: at least two ListItems, each with position and name, and with item in all but the last."""
        edition = whole_story()
        for path, names in (
            (edition.path, ["Halyard", "The Slatest", "Is the Harbor Open?"]),
            ("/the-slatest/", ["Halyard", "The Slatest"]),
            ("/tag/labor/", ["Halyard", "Labor"]),
        ):
            (trail,) = (thing for thing in told(client, path) if thing["@type"] == "BreadcrumbList")
            items = trail["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert [item["name"] for item in items] == names
            for item in items:
                assert client.get(item["item"].removeprefix(SITE)).status_code == 200

    def test_profile_page(self, client):
        """…/profile-page: required is mainEntity, a Person or Organization, and of that its name."""
        published()
        author = make_author()
        author.biography = "Ines Corvald covers ports."
        author.save()
        (page,) = told(client, author.path)
        assert page["@type"] == "ProfilePage"
        assert page["mainEntity"]["@type"] == "Person"
        assert page["mainEntity"]["name"] == "Ines Corvald"
        assert page["mainEntity"]["description"] == "Ines Corvald covers ports."

    def test_image_metadata(self, client):
        """…/image-license-metadata: required are contentUrl and one of creator, creditText, copyrightNotice, license;
        of a creator its name."""
        for image in story(client, whole_story())["image"]:
            assert image["contentUrl"]
            assert image.keys() & {"creator", "creditText", "copyrightNotice", "license"}
            assert image["creator"]["name"]

    def test_logo(self, client):
        """…/organization: a logo is at least 112 × 112 pixels, in a format of Google Images."""
        logo = story(client, whole_story())["publisher"]["logo"]
        assert min(logo["width"], logo["height"]) >= 112
        assert logo["url"].endswith(".png")


def test_a_long_headline_is_cut_at_a_word_and_stands_whole_beside(client):
    headline = "The Harbor Pilots of Marsa Zahr Walked Off at Noon on Monday, and " + "Nobody Knows When " * 5
    (edition,) = published(headline=headline.strip())
    article = story(client, edition)
    assert len(article["headline"]) <= 110
    assert headline.startswith(article["headline"].rstrip("…") + " ")
    assert article["alternativeHeadline"] == headline.strip()
    assert len(structured.shortened("x" * 300)) == 110


def test_nothing_in_a_story_ends_the_script(client):
    (edition,) = published(headline=EVIL, dek=EVIL, tags=[EVIL], slug="evil")
    text = client.get(edition.path).text
    assert text.count("<script") == 1
    assert "<script>alert" not in text
    assert story(client, edition)["headline"] == EVIL.strip()
    assert story(client, edition)["keywords"] == [EVIL]
    assert not set("<>&\u2028\u2029") & set(structured.script({"text": EVIL}))


def test_a_story_without_a_byline_is_the_newsrooms(client):
    (edition,) = published(authors=[])
    assert story(client, edition)["author"] == [story(client, edition)["publisher"]]


def test_a_story_without_a_photo_file_has_a_card_of_ours_for_its_image(client):
    for lead in (None, make_photo()):
        (edition,) = published(lead_photo=lead)
        (image,) = story(client, edition)["image"]
        address = f"{SITE}{edition.path}card-{edition.number}.png"
        assert image == {
            "@type": "ImageObject",
            "url": address,
            "contentUrl": address,
            "width": 1200,
            "height": 630,
            "creator": {"@type": "Organization", "name": "Halyard"},
        }
        head = meta(client, edition.path)
        assert (head["og:image"], head["og:image:alt"]) == ([address], [edition.headline])
        assert (head["og:image:width"], head["og:image:height"]) == (["1200"], ["630"])
        assert head["twitter:card"] == ["summary_large_image"]
        assert client.get(address.removeprefix(SITE)).headers["Content-Type"] == "image/png"


def test_an_agency_can_be_the_maker_of_a_picture(client):
    photo = make_photo(file=True)
    photo.credit.photographer = ""
    photo.credit.save()
    (edition,) = published(lead_photo=photo)
    assert story(client, edition)["image"][0]["creator"] == {"@type": "Organization", "name": "AFP"}


def test_the_first_picture_of_the_text_stands_for_a_story_without_a_lead(client):
    photo = make_photo(file=True, colour="brown")
    (edition,) = published(lead_photo=make_photo(), body=f"<p>A</p><news-photo data-id='{photo.pk}'></news-photo>")
    wide = SITE + photo.file.url.replace(".jpg", "-16x9.jpg")
    assert story(client, edition)["image"][0]["url"] == wide
    assert meta(client, edition.path)["og:image"] == [wide]


def test_corrections_are_told_with_their_dates_and_updates_are_not_taken_for_mistakes(client):
    (edition,) = published()
    correct(edition.article, note="It was forty-one.", dated=PRINTED + timedelta(hours=1))
    correct(edition.article, kind="update", note="The pilots are back.", dated=PRINTED + timedelta(hours=2))
    update(edition.article)
    (correction,) = story(client, edition)["correction"]
    assert correction == {
        "@type": "CorrectionComment",
        "name": "Correction",
        "text": "It was forty-one.",
        "datePublished": "2015-06-01T18:43:00-04:00",
    }
    article = story(client, edition)
    assert datetime.fromisoformat(article["dateModified"]) > datetime.fromisoformat(article["datePublished"])


def test_a_retracted_story_says_its_notice_to_machines_too(client):
    tweet = make_tweet(text="FALSE post")
    (edition,) = published(
        headline="The Letter", dek="FALSE dek", seo_title="FALSE title", lead_photo=make_photo(file=True),
        lead_caption="FALSE caption", body=f'<p>FALSE</p><news-tweet data-id="{tweet.pk}"></news-tweet>',
    )  # fmt: skip
    notice = "We retract this story: the letter was forged."
    correct(edition.article, kind="retraction", note=notice, dated=PRINTED + timedelta(days=1))
    assert "FALSE" not in client.get(edition.path).text
    article = story(client, edition)
    assert article["description"] == article["correction"][0]["text"] == notice
    assert "wordCount" not in article
    assert [image["url"] for image in article["image"]] == [f"{SITE}{edition.path}card-2.png"]
    head = meta(client, edition.path)
    assert head["og:image:alt"] == ["Retracted"]
    assert head["robots"] == ["noindex"]
    assert head["og:description"] == [notice]


def test_the_front_names_the_site_its_search_and_who_answers_for_it(client):
    site, newsroom = told(client, "/")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{search_term_string}}"
    assert newsroom["@type"] == "NewsMediaOrganization"
    assert newsroom["correctionsPolicy"] == f"{SITE}/corrections/"
    assert newsroom["email"] == "desk@halyard.example"


class TestCards:
    """https://ogp.me and the cards of X, which read the same words."""

    def test_of_a_story(self, client):
        edition = whole_story()
        head = meta(client, edition.path)
        assert {name: values for name, values in head.items() if ":" in name} == {
            "og:type": ["article"],
            "og:site_name": ["Halyard"],
            "og:title": ["Is the Harbor Open?"],
            "og:description": ["Pilots walked off."],
            "og:url": [SITE + edition.path],
            "og:locale": ["en_US"],
            "og:image": [cropped(edition, "16x9")],
            "og:image:width": ["80"],
            "og:image:height": ["45"],
            "og:image:alt": ["A ship"],
            "twitter:card": ["summary_large_image"],
            "article:published_time": ["2015-06-01T17:43:00-04:00"],
            "article:section": ["The Slatest"],
            "article:author": [f"{SITE}/by/ines-corvald/", f"{SITE}/by/marius-oake/"],
            "article:tag": ["Labor", "Ports"],
        }
        assert head["robots"] == ["max-image-preview:large"]
        assert head["theme-color"] == ["#1f292c", "#0e1314"]

    @pytest.mark.parametrize(
        ("path", "kind", "title"),
        [("/", "website", "Halyard"), ("/the-slatest/", "website", "The Slatest"),
         ("/by/ines-corvald/", "profile", "Ines Corvald"), ("/tag/labor/", "website", "Labor")],
    )  # fmt: skip
    def test_of_a_list(self, client, path, kind, title):
        make_column(tagline="What happened.")
        make_tag("Labor", description="Work and who does it.")
        published(tags=["Labor"])
        head = meta(client, path)
        assert (head["og:type"], head["og:title"], head["og:url"]) == ([kind], [title], [SITE + path])
        assert head.get("og:description") == head.get("description")

    def test_an_older_page_of_a_list_is_not_the_list(self, client):
        published(12)
        older = "/the-slatest/?before=20150601T214500.000000Z-999"
        assert "application/ld+json" not in client.get(older).text
        assert "og:title" not in meta(client, older)

    @pytest.mark.parametrize(
        ("language", "locale"), [("en", "en_US"), ("pt-BR", "pt_BR"), ("ar", None), ("zh-Hant", None)]
    )
    def test_a_locale_needs_a_country(self, client, language, locale):
        (edition,) = published(language=language)
        assert meta(client, edition.path).get("og:locale") == (locale and [locale])
