"""A name may run the other way than the words around it: each is isolated, wherever a page prints it."""

import re

import pytest
from lxml import html

from articles.models import Author, Column, Tag
from articles.publishing import correct
from tests.factories import make_photo, make_tweet, published

pytestmark = pytest.mark.django_db
NAMES = {Column: "أخبار العالم (2)", Tag: "النقل، 3", Author: "ليلى حداد - 4"}
# In these no element may stand, or nothing is drawn.
WORDS_ALONE = {"title", "option", "script", "textarea"}


@pytest.fixture
def stories():
    """The same names on a story of each direction, and on one that shares its tag."""
    said = {"tags": ["Moving"], "authors": ["Leila Haddad"]}
    editions = [*published(headline="Ships Wait", **said), *published(headline="Ships Go", **said)]
    editions += published(headline="سفن تنتظر", slug="ships", language="ar", body="<p>توقفت</p>", **said)
    correct(editions[0].article, note="It was Monday.")
    for kind, name in NAMES.items():
        kind.objects.update(name=name)
    return editions


def bare(text: str) -> list[str]:
    """Names on a page that nothing isolates."""
    body = html.document_fromstring(text).find("body")
    return [
        f"{name} in <{words.getparent().tag}>"
        for name in NAMES.values()
        for words in body.xpath(".//text()[contains(., $name)]", name=name)
        if not {each.tag for each in (words.getparent(), *words.getparent().iterancestors())} & {"bdi", *WORDS_ALONE}
    ]


@pytest.mark.parametrize(
    ("path", "names"),
    [("/", {Column, Author}), ("/the-slatest/", {Column, Author}), ("/the-slatest/about/", {Column, Author}),
     ("/the-slatest/2015/06/", {Column, Author}), ("/tag/moving/", {Column, Tag, Author}),
     ("/by/leila-haddad/", {Column, Author}), ("/corrections/", {Column}), ("/search/?q=ships&tag=moving", set(NAMES)),
     ("/search/?column=the-slatest&q=x", {Column}), ("/nothing/", {Column})],
)  # fmt: skip
def test_names_stand_apart_in_lists(client, stories, path, names):
    Column.objects.update(shows="cards")
    text = client.get(path).text
    assert {kind for kind, name in NAMES.items() if name in text} == names
    assert bare(text) == []


@pytest.mark.parametrize("number", range(3))
def test_names_stand_apart_on_a_story_and_in_its_frame(client, stories, number):
    page, frame = (client.get(stories[number].path + below).text for below in ("", "embed/"))
    assert {kind for kind, name in NAMES.items() if name in page} == set(NAMES)
    assert bare(page) == bare(frame) == []


def test_a_log_of_whole_posts_keeps_names_apart(client, stories):
    text = client.get("/the-slatest/").text
    assert NAMES[Author] in text
    assert bare(text) == []


def test_what_a_tag_or_an_author_is_said_to_be_runs_its_own_way(client, stories):
    Tag.objects.update(description="عن النقل")
    Author.objects.update(biography="تكتب عن السفن")
    assert '<p class="dek" dir="auto">عن النقل' in client.get("/tag/moving/").text
    assert '<div class="prose" dir="auto"><p>تكتب' in client.get("/by/leila-haddad/").text


def test_a_bare_name_is_found():
    assert bare(f"<body><p>in {NAMES[Tag]}</p><p><bdi>{NAMES[Tag]}</bdi></p></body>") == [f"{NAMES[Tag]} in <p>"]


# Words without a sign or a figure at their ends stand as they should, when nothing stands beside them.
PLAIN = re.compile("[A-Za-z]([A-Za-z, ]*[A-Za-z])?")


def scrambled(text: str) -> list[str]:
    """English on a page that runs from right to left which takes its direction from there: its full stop stands before
    it, and what stands beside it changes places with it."""
    root = html.document_fromstring(text)
    if root.get("dir") != "rtl":
        return []
    return [
        words.strip()
        for words in root.find("body").xpath(".//text()[normalize-space()]")
        if (home := words.getparent() if words.is_text else words.getparent().getparent()) is not None
        and next(each.get("lang") for each in line_of(home) if each.get("lang") is not None) == "en"
        and not any(each.tag == "bdi" or each.get("dir") == "ltr" for each in line_of(home))
        and not (PLAIN.fullmatch(words.strip()) and home.text_content().strip() == words.strip())
    ]


def line_of(element):
    return [element, *element.iterancestors()]


def test_english_on_an_arabic_page_keeps_its_order(client, settings):
    settings.CONTACT_EMAIL = "desk@example.org"
    tweets = [make_tweet(availability="deleted"), make_tweet(text="", url="", translation="Shut.")]
    body = "<p>توقفت السفن.</p>" + "".join(f'<news-tweet data-id="{tweet.pk}"></news-tweet>' for tweet in tweets)
    arabic = {"headline": "سفن تنتظر", "language": "ar", "tags": ["Moving", "نقل"], "kicker": "سفن"}
    signed = {"authors": ["Leila Haddad", "ليلى حداد"]}
    published(slug="first", **arabic, **signed, body="<p>توقفت</p>")
    (edition,) = published(slug="ships", **arabic, **signed, body=body, lead_photo=make_photo(alt_text="سفينة"))
    published(slug="last", **arabic, **signed, body="<p>توقفت</p>")
    correct(edition.article, note="كان يوم الاثنين.")
    for below in ("", "embed/", "history/"):
        text = client.get(edition.path + below).text
        assert 'dir="rtl"' in text[:60]
        assert 'lang="en"' in text
        assert scrambled(text) == []
    # On a phone date, kicker and column are one line: two that stand apart would change places there.
    (line,) = html.document_fromstring(client.get(edition.path).text).cssselect(".head .rail .rec")
    assert [each.tag for each in line] == ["bdi"]
    assert line.text_content() == "June 1, 2015, سفن in The Slatest"
    assert '<p class="tags" lang="">' in client.get(edition.path).text  # names are in the language of nobody knows what


def test_scrambled_english_is_found():
    page = '<html lang="ar" dir="rtl"><body><p lang="en">{}</p></body></html>'.format
    assert scrambled(page("in <bdi>The Slatest</bdi>")) == ["in"]
    assert scrambled(page("Of the record.")) == ["Of the record."]
    assert scrambled(page("<b>By</b> <bdi>Ines</bdi>, here")) == [", here"]
    assert scrambled(page("Filed under")) == scrambled(page("<bdi>in <bdi>The Slatest</bdi></bdi>")) == []
