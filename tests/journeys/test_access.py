"""Every public page for every reader: axe's rules in light and dark, narrow, without scripts, by keyboard."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}  # 320 px is 1280 px at 400 % zoom
FOCUS = """() => {
    const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {text: it.textContent.trim(), href: it.getAttribute("href"), outlined: seen,
            inside: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth};
}"""
# Of each picture without an alt attribute: its address. "" is one: it says that the picture is decorative.
UNDESCRIBED = "() => [...document.images].filter(each => !each.hasAttribute('alt')).map(each => each.src)"

# What it is called → its address, or words of it. Two are looked up: the Arabic one, and one to withdraw.
PAGES = {
    "front": "/",
    "column of posts": "/the-slatest/",
    "column of cards": "/the-long-lens/",
    "about a column": "/the-slatest/about/",
    "archive of a year": "/the-slatest/{year}/",
    "archive of a month": "/the-slatest/{year}/{month}/",
    "story with posts and a correction": "is-the-port-open",
    "story with a photo": "growers-lose",
    "story without a photo": "museum-finds",
    "story with posts in Arabic": "embassy-account",
    "Arabic story": "direction",
    "long read": "the-man-in-the-lamp",
    "search": "/search/?q=pilots",
    "corrections": "/corrections/",
    "editions of a corrected story": "is-the-port-open history",
    "story in a frame": "is-the-port-open embed",
    "Arabic story in a frame": "direction embed",
    "tag": "/tag/",
    "author": "/by/",
    "search with filters": "/search/?q=harbor&tag=nope&from=2015",
    "search without an answer": "/search/?q=zebra+harbor&column=the-slatest",
    "nothing there": "/nothing/",
    "withdrawn": "withdrawn",
}


@pytest.fixture(scope="session")
def addresses(newsroom_server) -> dict[str, str]:
    """The address of each kind of page in the demo. One story is withdrawn for it."""
    told = newsroom_server.manage("shell", "--no-imports", "-c", LOOK_ROUND)
    stories = dict(line.split("\t") for line in told.splitlines() if "\t" in line)
    found = {}
    for name, where in PAGES.items():
        if where in {"/tag/", "/by/", "withdrawn"}:
            found[name] = stories[where]
        elif where.startswith("/"):
            year, month = re.findall(r"/(\d{4})/(\d{2})/", stories["withdrawn"])[0]
            found[name] = where.format(year=year, month=month)
        else:
            words, *below = where.split()
            story = stories.get(words) or next(path for path in stories.values() if words in path)
            found[name] = story + "".join(f"{each}/" for each in below)
    return found


LOOK_ROUND = """
from django.utils import timezone
from articles.models import Edition
from articles.publishing import withdraw
live = list(Edition.objects.seen_at(timezone.now()).order_by("first_published_at"))
for edition in live:
    print(edition.pk, edition.path, sep="\\t")
print("direction", next(edition.path for edition in live if edition.language == "ar"), sep="\\t")
tags = [row.tag.path for edition in live for row in edition.edition_tags.all()]
print("/tag/", max(tags, key=tags.count), sep="\\t")
names = [row.author.path for edition in live for row in edition.edition_bylines.all()]
print("/by/", max(names, key=names.count), sep="\\t")
gone = next(edition for edition in live if edition.path.startswith("/the-slatest/") and not edition.lead)
withdraw(gone.article, reason="It was a rehearsal.")
print("withdrawn", gone.path, sep="\\t")
"""


@pytest.fixture(scope="module")
def visitor(browser, newsroom_server) -> Iterator:
    """One visitor for all pages, who writes down what pages ask for and complain about."""
    context = browser.new_context(base_url=newsroom_server.url, viewport=WIDE, reduced_motion="reduce")
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def violations(page, rules: list[str] | None = None) -> list[str]:
    """What is wrong by all the rules, or by those that are named."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    if not page.evaluate("'axe' in window"):  # once a page: it is half a megabyte
        page.evaluate(Axe().axe_script)
    asked = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("asked => axe.run(document, asked)", asked)["violations"]
    return [f"{each['id']}: {node['target']} {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("kind", PAGES)
def test_every_page_is_for_everybody(visitor, addresses, newsroom_server, kind):
    visitor.asked.clear()
    visitor.complaints.clear()
    visitor.set_viewport_size(WIDE)
    visitor.emulate_media(color_scheme="light")
    answer = visitor.goto(addresses[kind], wait_until="load")
    expected = {"nothing there": 404, "withdrawn": 410}.get(kind, 200)
    assert answer.status == expected
    assert [url for url in visitor.asked if not url.startswith((newsroom_server.url + "/", "data:"))] == []
    # The status of a page that is not there is no complaint of its own.
    assert [words for words in visitor.complaints if f"status of {expected}" not in words] == []
    assert visitor.evaluate(UNDESCRIBED) == []
    found = {"light": violations(visitor)}
    visitor.emulate_media(color_scheme="dark")
    found["dark"] = violations(visitor)
    visitor.set_viewport_size(NARROW)
    found["narrow, dark"] = violations(visitor)
    assert [f"{seen}: {each}" for seen, wrong in found.items() for each in wrong] == []
    assert visitor.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], "It must be scrolled sideways."


@pytest.mark.parametrize("kind", ["front", "column of posts", "Arabic story", "nothing there"])
def test_the_first_tab_skips_to_the_text_and_focus_is_seen(visitor, addresses, kind):
    visitor.set_viewport_size(WIDE)
    visitor.goto(addresses[kind])
    visitor.keyboard.press("Tab")
    first = visitor.evaluate(FOCUS)
    assert first == {"text": "Skip to the text", "href": "#main", "outlined": True, "inside": True}
    for _ in range(6):
        visitor.keyboard.press("Tab")
        focus = visitor.evaluate(FOCUS)
        assert focus["outlined"], focus
        assert focus["inside"], focus


def test_pages_are_whole_without_scripts(browser, newsroom_server, addresses):
    context = browser.new_context(base_url=newsroom_server.url, java_script_enabled=False)
    page = context.new_page()
    for kind in ("front", "column of posts", "story with posts and a correction", "Arabic story"):
        page.goto(addresses[kind])
        assert page.locator("h1").first.is_visible()
        assert page.locator("main p").count() > 3
        assert page.locator("main img").first.is_visible()
    context.close()


@pytest.mark.parametrize("kind", ["front", "column of posts", "story with posts and a correction", "nothing there"])
def test_no_page_has_a_script_to_run(newsroom_server, addresses, kind):
    request = urllib.request.Request(newsroom_server.url + addresses[kind])
    try:
        html = urllib.request.urlopen(request).read().decode()
    except urllib.error.HTTPError as error:
        html = error.read().decode()
    assert re.findall(r'<script(?! type="application/ld\+json")', html) == []
    assert re.findall(r"""<[^>]+\s(?:on\w+|style)\s*=\s*["']""", html) == []


def test_the_rules_find_what_is_wrong(browser):
    """Axe must be able to fail: a picture without words, a text too pale, a page without a language."""
    page = browser.new_page()
    page.set_content('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p style="color:#ddd">Pale</p>')
    found = "\n".join(violations(page))
    assert [rule for rule in ("image-alt", "color-contrast", "html-has-lang") if rule not in found] == []
    assert len(page.evaluate(UNDESCRIBED)) == 1
    page.close()
