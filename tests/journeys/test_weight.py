"""What a story costs its reader, counted from the browser's own events: bytes, requests, jumps of the page."""

import gzip
from dataclasses import dataclass

import brotli
import pytest

KB = 1024
HTML_AND_CSS, REQUESTS, WITHOUT_PHOTOS = 14 * KB, 12, 100 * KB
SHIFTS = """() => new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().map(each => each.value)))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done([]), 800);
})"""


@dataclass
class Asked:
    """One request of a page: `wire` is what came over the network, headers included, `body` what was in it."""

    kind: str
    wire: int = 0
    body: bytes = b""


@pytest.fixture(scope="session")
def heavy(newsroom_server) -> str:
    """The demo story with a lead photo and the most posts, at least three."""
    told = newsroom_server.manage("shell", "--no-imports", "-c", HEAVIEST)
    posts, path = told.splitlines()[-1].split("\t")
    assert int(posts) >= 3
    return path


HEAVIEST = """
from django.utils import timezone
from articles.models import Edition
live = [each for each in Edition.objects.seen_at(timezone.now()) if each.lead]
story = min((each for each in live if each.tweets.count() >= 3), key=lambda each: each.tweets.count())
print(story.tweets.count(), story.path, sep="\\t")
"""


CORRECTED = """
from django.utils import timezone
from articles.models import Edition
live = Edition.objects.seen_at(timezone.now())
print(max((each for each in live if each.document["corrections"]), key=lambda each: each.number).path)
"""


def visit(browser, url: str, path: str, **screen) -> tuple[list[Asked], list[float]]:
    """Every request of a first visit, scrolled to its end, and every layout shift."""
    context = browser.new_context(base_url=url, **screen)
    page, asked = context.new_page(), {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: asked.setdefault(event["requestId"], Asked(event["type"])))
    network.on(
        "Network.loadingFinished", lambda event: setattr(asked[event["requestId"]], "wire", event["encodedDataLength"])
    )
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate(SHIFTS)
    for number, each in asked.items():
        if each.kind in {"Document", "Stylesheet"}:
            each.body = network.send("Network.getResponseBody", {"requestId": number})["body"].encode()
    context.close()
    return list(asked.values()), shifts


def squeezed(body: bytes) -> int:
    """The smaller of what gzip and brotli make of it at the levels that servers use on the fly."""
    return min(len(gzip.compress(body, 6)), len(brotli.compress(body, quality=5)))


@pytest.mark.parametrize(
    "screen",
    [
        {"viewport": {"width": 1440, "height": 900}},
        {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3},
    ],
    ids=["desk", "phone"],
)
def test_a_story_with_a_photo_and_three_posts_is_light_and_stands_still(browser, newsroom_server, heavy, screen):
    asked, shifts = visit(browser, newsroom_server.url, heavy, **screen)
    kinds = [each.kind for each in asked]
    assert kinds.count("Document") == 1
    assert {"Stylesheet", "Font", "Image"} <= set(kinds)
    assert "Script" not in kinds
    assert len(asked) <= REQUESTS, kinds
    text = {each.kind: squeezed(each.body) for each in asked if each.body}
    assert sum(text.values()) <= HTML_AND_CSS, text
    assert sum(each.wire for each in asked if each.kind != "Image") <= WITHOUT_PHOTOS
    assert shifts == []


def test_the_editions_of_a_story_are_light_and_stand_still(browser, newsroom_server):
    told = newsroom_server.manage("shell", "--no-imports", "-c", CORRECTED).splitlines()[-1]
    asked, shifts = visit(browser, newsroom_server.url, f"{told}history/", viewport={"width": 390, "height": 844})
    assert {each.kind for each in asked} <= {"Document", "Stylesheet", "Font", "Other", "Image"}
    assert sum(squeezed(each.body) for each in asked if each.body) <= HTML_AND_CSS
    assert sum(each.wire for each in asked) <= WITHOUT_PHOTOS
    assert shifts == []


def test_a_shift_of_the_page_is_counted(browser, newsroom_server):
    context = browser.new_context(base_url=newsroom_server.url)
    page = context.new_page()
    page.goto("/")
    page.wait_for_timeout(100)
    page.evaluate(
        "document.querySelector('main').before(Object.assign(document.createElement('p'), {innerText: 'Ad'}))"
    )
    page.evaluate("document.querySelector('main').previousSibling.style.height = '300px'")
    assert sum(page.evaluate(SHIFTS)) > 0
    context.close()
