"""Where things stand on a page: measured by a browser that is given the page and its stylesheet, and no server."""

import base64
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from articles.publishing import correct
from tests.browser import ARGUMENTS, chromium
from tests.factories import make_author, make_column, make_photo, make_tag, make_tweet, published

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


def measured(pages: list[str], script: str, widths: tuple[int, ...]) -> list:
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
