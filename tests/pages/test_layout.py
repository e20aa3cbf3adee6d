"""Where things stand on a page: measured by a browser that is given the page and its stylesheet, and no server."""

import base64
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from articles.publishing import correct
from tests.browser import ARGUMENTS, chromium
from tests.factories import make_author, make_column, make_photo, make_tag, make_tweet, picture, published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.journey,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine"),
]
LONG = "Donaudampfschifffahrtsgesellschaft" * 3
WIDTHS = (320, 390, 768, 1024, 1440)
SHEET = '<link rel="stylesheet" href="/static/articles/style.css">'
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# From the foot of what stands first in the column to the head of what stands next.
GAP = """(() => {
    const inColumn = [...document.querySelectorAll('.story > .prose, .story figure, .story ol, .story .corr')];
    const [first, next] = inColumn.map(each => each.getBoundingClientRect());
    const meta = document.querySelector('.story .meta').getBoundingClientRect();
    return {gap: next.top - first.bottom, rail: meta.height};
})()"""
# Does the rail's text lie on any other text of the rail?
OVERLAPS = """[...document.querySelectorAll('.story > .rail, .story figcaption, .record > .rail')].some((one, n, all) =>
    all.slice(n + 1).some(other => {
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    }))"""


# The site's own faces travel inside the sheet: with those of the machine the same page measured otherwise elsewhere.
FONT = re.compile(r"url\((fonts/[a-z]+\.woff2)\)")


def carried(font: re.Match[str]) -> str:
    content = Path(finders.find(f"articles/{font[1]}")).read_bytes()
    return f"url(data:font/woff2;base64,{base64.b64encode(content).decode()})"


def measured(pages: list[str], script: str, widths: tuple[int, ...], media: str = "screen") -> list:
    """What a script says of each page at each width."""
    rules = Path(finders.find("articles/style.css")).read_text(encoding="utf-8")
    # A page waits for no face; a measurement does, or it would measure whatever the machine has.
    style = f"<style>{FONT.sub(carried, rules).replace('font-display:optional', 'font-display:block')}</style>"
    assert all(SHEET in page for page in pages)
    said = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for width in widths:
            sheet = browser.new_page(viewport={"width": width, "height": 900})
            sheet.emulate_media(media=media)
            for page in pages:
                sheet.set_content(page.replace(SHEET, style), wait_until="domcontentloaded")
                sheet.evaluate("document.fonts.ready.then(() => true)")
                said.append(sheet.evaluate(script))
        browser.close()
    return said


@pytest.mark.parametrize("name", ["The Long Lens", "The Slatest", LONG[:80], "A Column With a Name of Many Words"])
def test_no_name_is_wider_than_the_screen(client, name):
    column = make_column(name)
    body = f"<p>{LONG}</p><h2>{LONG}</h2><ul><li><p>{LONG}</p></li></ul><blockquote><p>{LONG}</p></blockquote>"
    tweet = make_tweet(text=LONG, author_name=LONG)
    (edition,) = published(
        headline=LONG, dek=LONG, kicker=LONG[:60], slug="long", column=column, tags=[LONG[:90]], authors=[LONG[:90]],
        body=f'{body}<news-tweet data-id="{tweet.pk}"></news-tweet>', lead_photo=make_photo(), lead_caption=LONG,
    )  # fmt: skip
    correct(edition.article, note=LONG)
    paths = [
        "/",
        column.path,
        f"{column.path}2015/",
        edition.path,
        make_tag(LONG[:90]).path,
        make_author(LONG[:90]).path,
    ]
    pages = [client.get(path).text for path in paths]
    assert measured(pages, TOO_WIDE, WIDTHS) == [0] * len(pages) * len(WIDTHS)


@pytest.mark.parametrize("follows", ["photo", "posts", "note"])
def test_few_words_beside_a_tall_rail_leave_no_hole_under_them(client, follows):
    photo, tweet = make_photo(file=True), make_tweet()
    body = {
        "photo": f'<news-photo data-id="{photo.pk}" data-caption="A ship."></news-photo><p>Then.</p>',
        "posts": f'<news-tweet data-id="{tweet.pk}"></news-tweet><p>Then.</p>',
        "note": "",
    }[follows]
    (edition,) = published(body=f"<p>One line.</p>{body}", authors=["Ines Corvald", "Marius Oake", "Teodora Vail"])
    correct(edition.article, note="It was forty-one.")
    page = client.get(edition.path).text
    assert measured([page], OVERLAPS, (800, 1440)) == [False, False]
    (seen,) = measured([page], GAP, (1440,))
    assert seen["rail"] > 120
    assert seen["gap"] < 90  # two spaces of the grid and the note above the posts


# Where the words of each part of a story that runs from right to left end on the right.
RIGHT = """(() => {
    const row = document.querySelector('a[dir=rtl]').closest('div');
    return [...row.children].map(each => {
        const range = document.createRange();
        range.selectNodeContents(each);
        return Math.round(range.getBoundingClientRect().right);
    });
})()"""


def test_a_story_that_runs_the_other_way_is_set_right_as_a_whole(client):
    published(headline="ميناء مرسى الزهر", dek="الميناء مفتوح.", slug="port", language="ar", tags=["Labor"])
    page = client.get(make_tag("Labor").path).text
    for headline, summary, signature in measured([page], RIGHT, (320, 768, 1440)):
        assert headline == summary == signature


def test_a_tall_rail_does_not_push_the_dek_away_from_its_headline(client):
    (edition,) = published(headline="Open", kicker="A Kicker of Some Length, Which Wraps and Wraps", dek="It is.")
    script = """document.querySelector('.dek').getBoundingClientRect().top
        - document.querySelector('h1').getBoundingClientRect().bottom"""
    for gap in measured([client.get(edition.path).text], script, (768, 1440)):
        assert gap < 40


def test_the_word_the_does_not_run_into_the_name_beside_it(client):
    make_column("The Slatest")
    script = """(() => {
        const [the, word] = [...document.querySelectorAll('.mast .word span')].map(each => {
            const range = document.createRange();
            range.selectNodeContents(each);
            return range.getBoundingClientRect();
        });
        return the.right + 8 < word.left;
    })()"""
    page = client.get("/the-slatest/").text
    assert measured([page], script, (768, 900, 1440)) == [True] * 3


# Box and object-fit of the first picture of a story, in CSS pixels.
SEEN = """(() => {
    const it = document.querySelector('figure img'), box = it.getBoundingClientRect();
    return [Math.round(box.width), Math.round(box.height), getComputedStyle(it).objectFit];
})()"""


def story_with(client, width: int, height: int) -> str:
    """The page of a story with a lead photo of this size, which comes with the page."""
    (edition,) = published(lead_photo=make_photo(upload=picture(width, height)), slug=f"of-{width}-{height}")
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'/>"
    inside = f'<img src="data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"'
    return re.sub(r'<img src="[^"]*"( srcset="[^"]*")?', inside, client.get(edition.path).text)


def test_a_picture_is_neither_blown_up_nor_taller_than_the_screen(client):
    pages = [story_with(client, *size) for size in [(120, 90), (900, 1600), (400, 3000), (1500, 1000)]]
    little, tall, endless, wide = measured(pages, SEEN, (1440,))
    assert little[:2] == [120, 90]
    assert tall[1:] == endless[1:] == [765, "contain"]  # 85 of 100 pixels
    assert wide[0] > 800
    assert wide[0] * 2 == pytest.approx(wide[1] * 3, abs=3)
    (narrow,) = measured([pages[3]], SEEN, (390,))
    assert narrow[0] == 350


def test_a_picture_is_printed_whole(client):
    pages = [story_with(client, *size) for size in [(900, 1600), (1500, 1000)]]
    for _, height, fit in measured(pages, SEEN, (720,), media="print"):
        assert fit == "contain"
        assert height <= 310  # 82 mm


# What is written after the links of the text and of the posts.
WRITTEN = (
    """[...document.querySelectorAll('.prose a, .when a')].map(each => getComputedStyle(each, '::after').content)"""
)
CREED = "getComputedStyle(document.querySelector('.creed')).display"


def test_paper_says_where_links_lead_and_nothing_of_scripts(client, settings):
    tweet = make_tweet(url="https://twitter.com/port/status/12")
    body = (
        f'<p><a href="/a/">A</a> <a href="https://b.example/">B</a></p><news-tweet data-id="{tweet.pk}"></news-tweet>'
    )
    (edition,) = published(body=body)
    page = client.get(edition.path).text
    own, other, post = measured([page], WRITTEN, (720,), media="print")[0]
    assert f"({settings.SITE_URL}/a/)" in own
    assert "(https://b.example/)" in other
    assert f"({tweet.url})" in post
    assert measured([page], WRITTEN, (720,)) == [["none"] * 3]
    assert measured([page], CREED, (720,), media="print") == ["none"]
    assert measured([page], CREED, (720,)) == ["block"]


@pytest.mark.parametrize("stories", [1, 2, 3, 5])
def test_stories_in_pairs_leave_no_hole(stories):
    items = "<li><h3>A story</h3></li>" * stories
    script = """[...document.querySelectorAll('li')].map(each => each.getBoundingClientRect()).map(each =>
        [Math.round(each.left), Math.round(each.top), Math.round(each.right)])"""
    page = f'{SHEET}<section class="spine block"><ul class="list pair">{items}</ul></section>'
    (boxes,) = measured([page], script, (1440,))
    ends = {right for _, _, right in boxes}
    for top in {top for _, top, _ in boxes}:
        assert max(right for _, at, right in boxes if at == top) == max(ends)
    (narrow,) = measured([page], script, (390,))
    assert len({left for left, _, _ in narrow}) == 1
