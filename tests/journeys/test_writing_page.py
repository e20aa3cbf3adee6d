"""Marek writes: posts from anywhere, pictures dropped and swapped, links, counts, and undo that never lies."""

import io
import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests.journeys.writing import ADD, begin, body, bring, emptied, html, paste, press_to_save

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
POST = "https://x.com/PortMarsaZahr/status/60545486823058"
CODE = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{words}</p>&mdash; Port of Marsa Zahr (@PortMarsaZahr) '
    '<a href="https://twitter.com/PortMarsaZahr/status/60545486823058{n}?ref_src=twsrc%5Etfw">June 1, 2015</a>'
    '</blockquote> <script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
)

FOCUSED = """() => {
    const it = document.activeElement
    return it.id || it.name || it.getAttribute("aria-label") || it.textContent
}"""


def picture() -> bytes:
    """A JPEG that nobody has seen before."""
    target = io.BytesIO()
    Image.frombytes("RGB", (60, 40), random.randbytes(7200)).resize((600, 400)).save(target, "JPEG")
    return target.getvalue()


@pytest.fixture
def writing(sign_in):
    page = sign_in("marek")
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if "Content Security Policy" in said.text else None)
    begin(page, "What the Pilots Want")
    yield page
    assert heard == []


def settled(page, cards: int) -> str:
    """The body when so many posts are in it, their numbers written as #."""
    page.wait_for_function("count => document.querySelectorAll('.desk-card.tweet').length === count", arg=cards)
    page.wait_for_function("() => !document.querySelector('.desk-arriving')")
    return re.sub(r'<news-tweet data-id="\d+"></news-tweet>', "#", html(page))


def test_posts_become_cards_from_wherever_they_stand(writing):
    page = writing
    body(page).click()
    paste(page, text=f"{POST}1001")
    assert settled(page, 1) == "#<p></p>"
    page.keyboard.type("More to come.")
    assert settled(page, 1) == "#<p>More to come.</p>"

    emptied(page)
    lines = [f"The port said so: {POST}1002", f"{POST}1003", f"What it ({POST}1004) meant", f"{POST}1005", "Last."]
    paste(page, text="\n".join(lines))
    assert settled(page, 4) == "<p>The port said so:</p>##<p>What it meant</p>##<p>Last.</p>"
    for step in range(2):
        page.keyboard.press("Control+z")
        if step == 0:
            assert all(f"{POST}100{n}" in html(page) for n in range(2, 6)), "the addresses are back"
    assert html(page) == ""

    paste(page, text=f"On Monday {POST}1006?s=20 said it.")
    link = '<a href="https://x.com/PortMarsaZahr/status/605454868230581006?s=20">@PortMarsaZahr</a>'
    assert settled(page, 1) == f"<p>On Monday {link} said it.</p>#"

    emptied(page)
    words = ["All berths are closed.", "All berths are open.", "Nobody knows."]
    codes = [CODE.format(n=1010 + n, words=said) for n, said in enumerate(words)]
    paste(page, text=f"Three notices.\n\n{codes[0]}\n\nThen this:\n{codes[1]}{codes[2]}\nThe end.")
    assert settled(page, 3) == "<p>Three notices.</p>#<p>Then this:</p>##<p>The end.</p>"
    assert page.locator(".desk-card .desk-said").all_inner_texts() == words

    emptied(page)
    source = f"<p>Seen <a href='{POST}1010'>on X</a>.</p>{codes[0]}<ul><li>one</li><li>{POST}1011</li></ul>"
    paste(page, html=source, text="x")
    listed = f'<ul><li><p>one</p></li><li><p><a href="{POST}1011">@PortMarsaZahr</a></p></li></ul>'
    assert settled(page, 2) == f'<p>Seen <a href="{POST}1010">on X</a>.</p>#{listed}#<p></p>'

    emptied(page)
    paste(page, text=f"{POST}1010")
    settled(page, 1)
    page.locator(".desk-card.tweet .desk-said").click()
    page.keyboard.type("Below it")
    assert settled(page, 1) == "#<p>Below it</p><p></p>", "a letter never takes the place of a selected card"

    emptied(page)
    page.keyboard.type(f"{POST}1010")
    page.keyboard.press("Enter")
    assert settled(page, 1) == "#<p></p>"


def test_a_post_that_fails_leaves_its_address_and_the_others_come(writing):
    page = writing
    body(page).click()
    refused = "**/tweets/capture/"

    def answer(route):
        if "1021" in (route.request.post_data or ""):
            route.fulfill(status=400, json={"error": "Not today."})
        else:
            route.continue_()

    page.route(refused, answer)
    paste(page, text=f"One.\n{POST}1020\n{POST}1021\nTwo.")
    page.locator(".desk-trouble").wait_for()
    assert settled(page, 1) == f'<p>One.</p>#<p><a href="{POST}1021">{POST}1021</a></p><p>Two.</p>'
    assert "Not today." in page.locator(".desk-trouble").inner_text()
    page.unroute(refused)
    page.get_by_role("button", name="Try again").click()
    assert settled(page, 2) == "<p>One.</p>##<p>Two.</p>"
    assert page.locator(".desk-trouble").count() == 0


def test_words_that_nobody_knows_are_typed_in_the_card_and_a_save_waits_for_them(writing):
    page = writing
    body(page).click()
    paste(page, text=f"{POST}{random.randint(2000, 9999)}")
    card = page.locator(".desk-card.tweet")
    card.get_by_label("Words of the post").fill("All berths are closed.")
    card.get_by_label("Name", exact=True).fill("Port of Marsa Zahr")
    press_to_save(page, page.get_by_role("button", name="Save", exact=True))
    assert page.locator(".desk-card .desk-said").inner_text() == "All berths are closed."


def test_pictures_are_dropped_credited_swapped_and_undone(writing):
    page = writing
    body(page).click()
    page.keyboard.type("First.")
    page.keyboard.press("Enter")
    page.keyboard.type("Second.")
    second = page.get_by_text("Second.").bounding_box()
    above = (second["x"] + 5, second["y"] + 2)
    bring(page, "drop", "quay-at-dusk.jpg", picture(), page.get_by_text("Second."), above)
    card = page.locator(".desk-card.photo")
    card.locator("img").wait_for()
    assert re.fullmatch(r'<p>First.</p><news-photo data-id="\d+"></news-photo><p>Second.</p>', html(page))
    card.get_by_label("Credit").fill("Photo by Zein al-Rifai/AFP")
    card.get_by_label("Credit").press("Enter")
    card.get_by_text("Zein al-Rifai/AFP", exact=True).wait_for()
    card.get_by_label("Alt text of the photo").fill("A quay at dusk")
    card.get_by_label("Alt text of the photo").press("Tab")
    card.locator("img[alt='A quay at dusk']").wait_for()
    assert card.get_by_label("Alt text of the photo").count() == 0

    without = html(page)
    card.get_by_label("Caption").click()
    page.keyboard.type("The quay on Monday")
    captioned = html(page)
    assert 'data-caption="The quay on Monday"' in captioned
    page.get_by_role("button", name="Undo", exact=True).click()
    assert html(page) == without, "what was typed in one go goes in one go"
    page.get_by_role("button", name="Redo", exact=True).click()
    assert html(page) == captioned
    assert card.get_by_label("Caption").input_value() == "The quay on Monday"

    card.get_by_role("button", name="Swap photo").click()
    dialog = page.get_by_role("dialog")
    choices = dialog.locator(".desk-choice")
    choices.first.wait_for()
    assert re.search(r"Used in \d+", dialog.inner_text())
    assert "Not used yet" in choices.filter(has_text="quay at dusk").first.inner_text()
    choices.filter(has_text="Used in").first.click()
    asks = page.locator(".desk-asks")
    assert "Does the caption still fit" in asks.inner_text()
    assert re.search(r"data-id=\"\d+\"", html(page))[0] != re.search(r"data-id=\"\d+\"", captioned)[0]
    assert 'data-caption="The quay on Monday"' in html(page)
    asks.get_by_role("button", name="It fits").click()
    assert asks.count() == 0
    page.get_by_role("button", name="Undo", exact=True).click()
    assert html(page) == captioned

    bring(page, "paste", "notes.jpg", b"no picture at all")
    trouble = page.locator(".desk-sending.failed")
    assert "not a JPEG" in trouble.inner_text()
    trouble.get_by_role("button", name="Leave it out").click()
    assert trouble.count() == 0
    bring(page, "drop", "lead.jpg", picture(), page.locator(".field-lead_photo"))
    page.locator(".desk-lead img").wait_for()
    page.locator(".desk-lead").get_by_label("Credit").fill("Ines Corvald")
    press_to_save(page, page.get_by_role("button", name="Save", exact=True))
    page.locator(".desk-lead").get_by_text("Ines Corvald").wait_for()
    assert html(page) == captioned


def test_links_counts_and_what_is_still_to_come(writing):
    page = writing
    page.get_by_label("Headline").fill("TK Pilots Walk Out")
    assert page.locator(".id_headline mark").all_inner_texts() == ["TK"]
    body(page).click()
    page.keyboard.type("Ships TKTK waited, 八百 [TK how many] and TKs. STKS")
    marked = page.locator(".ProseMirror .desk-tk")
    assert marked.all_inner_texts() == ["TKTK", "[TK how many]"]
    page.locator(".desk-count").get_by_text("2 TK").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    address = dialog.get_by_label("Address")
    for typed in ["example", "https:/x.org", "two words", "javascript:alert(1)", "https://a@b.org/", "mailto:me", ""]:
        address.fill(typed)
        address.press("Enter")
        assert dialog.get_by_role("alert").inner_text(), typed
    address.fill("www.google.com/url?q=https://example.org/a&sa=D")
    address.press("Enter")
    assert html(page).startswith('<p><a href="https://example.org/a">Ships')
    page.locator(".desk-linkline").get_by_text("https://example.org/a").wait_for()
    page.get_by_role("button", name="Remove link").click()
    assert "<a" not in html(page)


def test_the_page_is_written_by_keyboard_alone_and_runs_as_its_language(writing):
    page = writing
    page.goto(ADD)
    body(page).wait_for()
    page.keyboard.type("Pilots Walk Out")
    places = []
    for _ in range(40):
        page.keyboard.press("Tab")
        places.append(page.evaluate(FOCUSED))
    wanted = ["id_dek", "Body", "Heading", "id_column", "id_slug", "_continue", "_publish"]
    assert [place for place in dict.fromkeys(places) if place in wanted] == wanted
    page.wait_for_function("() => document.getElementById('id_slug').placeholder === 'pilots-walk-out'")
    page.get_by_label("Headline").fill("إضراب المرشدين")
    for part in ("#id_headline", ".desk-surface"):
        assert page.locator(part).evaluate("e => [getComputedStyle(e).direction, e.lang]") == ["rtl", "ar"]
    language = page.get_by_label("Language")
    for words, told in {"شباب پشت در ماندند": "fa", "שביתה בנמל": "he", "Strike at “ميناء”": "en"}.items():
        page.get_by_label("Headline").fill(words)
        assert language.input_value() == told
    language.fill("de")
    page.get_by_label("Headline").fill("إضراب")
    assert language.input_value() == "de", "What somebody chose stays."


def test_axe_finds_nothing_on_the_writing_page(sign_in):
    page = sign_in("marek")
    begin(page)
    page.get_by_label("Headline").fill("TK: What the Pilots Want")
    body(page).click()
    paste(page, text=f"Words TK.\n{POST}{random.randint(2000, 9999)}\n" + CODE.format(n=1010, words="Closed."))
    settled(page, 2)
    bring(page, "paste", "quay.jpg", picture())
    page.locator(".desk-card.photo img").wait_for()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_label("Headline").fill("TK: What the Pilots Want")
    for scheme, size in [("light", (1440, 900)), ("dark", (1440, 900)), ("dark", (390, 800)), ("light", (390, 800))]:
        # Without motion: between two schemes the colours are neither.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.violations_count == 0, (scheme, size, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
