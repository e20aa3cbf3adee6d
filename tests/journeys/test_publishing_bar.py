"""From New to live in two actions, back within ten seconds; review, schedule, embargo, and the hour that is not."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.writing import bring
from tests.media.wire import record, wire_photo

ADD = "/admin/articles/article/add/"
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Berths are closed.</p>&mdash; Port (@PortMarsaZahr) '
    '<a href="https://twitter.com/PortMarsaZahr/status/605454868230578777">June 1, 2015</a></blockquote>'
)
OTHER = TWEET.replace("Berths are closed.", "Pilots are out.").replace("605454868230578777", "605454868230578778")


@pytest.fixture
def heard(page) -> list[str]:
    """Errors of our scripts, and breaches of the policy."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    return found


def body(page):
    return page.get_by_role("textbox", name="Body")


def press(page, name: str) -> None:
    """Press a button of the bar, and wait until the bar is that of the answer."""
    button = page.get_by_role("button", name=name, exact=True)
    page.evaluate("document.querySelector('[data-desk-bar]').dataset.old = '1'")
    button.click()
    page.locator("[data-desk-bar]:not([data-old])").wait_for()
    page.wait_for_load_state()


def open_(page, summary: str) -> None:
    page.locator(".desk-verbs summary", has_text=re.compile(rf"^{summary}$")).click()


def told(page) -> str:
    return page.locator(".messagelist").inner_text()


def paste(page, kind: str, words: str) -> None:
    body(page).evaluate(
        """(element, [kind, words]) => {
            const data = new DataTransfer()
            data.setData(kind, words)
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        [kind, words],
    )


def axe_is_silent(page, heard: list[str]) -> None:
    """Nor has anything been heard before: axe itself tries styles that our policy forbids."""
    assert heard == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
    heard.clear()


def test_a_breaking_story_with_a_photo_and_posts_is_two_actions_and_taken_back_is_a_third(sign_in, heard):
    """New and Publish; between them is only writing, dropping and pasting, and no form stands in the way."""
    page = sign_in("marek")
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto("/admin/articles/article/")
    actions = 0
    page.get_by_role("link", name=re.compile("^(New|Add article)", re.IGNORECASE)).first.click()
    actions += 1
    body(page).wait_for()
    page.keyboard.type("Pilots Walk Out at Marsa Zahr")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    body(page).click()
    page.keyboard.type("Pilots stopped work at noon. The port said:")
    paste(page, "text/plain", TWEET)
    assert page.locator("[data-desk-findings]").inner_text() == "Looking…"
    page.locator(".desk-card.tweet").get_by_text("Berths are closed.").wait_for()
    paste(page, "text/plain", OTHER)
    page.locator(".desk-card.tweet").get_by_text("Pilots are out.").wait_for()
    bring(page, "paste", "quay.jpg", wire_photo(record(byline="Zein al-Rifai", credit="AFP")).read())
    page.locator(".desk-card.photo").get_by_text("Zein al-Rifai/AFP", exact=True).wait_for()
    press(page, "Publish")
    actions += 1
    assert actions == 2
    assert re.search(r"Edition 1 is live: article, The Slatest, .*front, feeds: [\d.]+ s\.", told(page))
    printed = page.request.get(page.locator(".messagelist").get_by_role("link", name="article").get_attribute("href"))
    for words in ("Pilots stopped work at noon.", "Berths are closed.", "Pilots are out.", "Zein al-Rifai/AFP"):
        assert words in printed.text()
    assert page.locator("#content h1").inner_text() == "Change article"
    assert page.get_by_role("link", name="Send to a reader without a login").is_visible()
    desk, address = page.url, page.locator(".messagelist").get_by_role("link", name="article").get_attribute("href")

    undo = page.get_by_role("button", name=re.compile("^Undo edition 1"))
    assert re.search(r"Undo edition 1 \(\d+\)", undo.inner_text())
    assert page.get_by_role("status").filter(has_text="Undo edition 1 is possible").count() in (0, 1)
    undo.press("Enter")
    page.get_by_text("Edition 1 is taken back: nobody sees the article, and its address is free.").wait_for()
    assert page.request.get(address).status == 404
    press(page, "Publish")
    assert page.request.get(address).status == 200
    page.get_by_role("button", name=re.compile("^Undo edition 2")).wait_for(state="detached", timeout=12_000)
    assert page.locator("[data-desk-said]").inner_text() == "The edition can no longer be taken back."

    # One question, in its place; a correction is asked for its sentence before anything is sent.
    body(page).get_by_text("Pilots stopped work at noon.").click()
    page.keyboard.type(" It was Monday.")
    open_(page, "Update")
    axe_is_silent(page, heard)
    page.get_by_label("Correction").check()
    page.get_by_role("button", name="Update now").click()
    assert page.evaluate("document.activeElement.id") == "correction_note"
    page.get_by_label("A sentence for readers").fill("An earlier version did not say the day.")
    press(page, "Update now")
    assert "Edition 3 is live with a correction: article" in told(page)
    assert "An earlier version did not say the day." in page.request.get(address).text()
    assert page.url == desk
    axe_is_silent(page, heard)
    assert heard == []


def test_what_is_found_in_the_text_leads_to_its_place(sign_in, heard):
    page = sign_in("marek")
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto(ADD)
    body(page).wait_for()
    page.get_by_label("Headline").fill("A Name in Two Spellings")
    body(page).click()
    for words in ("They met Zein al-Rifai.", *["Quiet."] * 20, "", "They left Zain al-Rifai.", "It said:", "No."):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    checks = page.locator("#checks")
    checks.get_by_text("“Zein” and “Zain”").wait_for()
    checks.locator("li").nth(1).wait_for()  # whoever types on is told in between, too
    assert checks.locator("li").count() == 2
    assert page.locator("[data-desk-count]").inner_text() == "2 to look at"
    checks.get_by_role("link", name=re.compile("“Zein” and “Zain”")).press("Enter")
    page.locator(".ProseMirror-focused").wait_for()
    page.keyboard.type(" Or so.")
    body(page).get_by_text("They left Zain al-Rifai. Or so.").wait_for()
    axe_is_silent(page, heard)
    page.get_by_label("Headline").fill("TK")
    checks.get_by_text("TK is left").click()
    assert page.evaluate("document.activeElement.id") == "id_headline"
    assert heard == []


def test_a_reporter_sends_for_review_and_an_editor_approves(sign_in, page, heard):
    sign_in("ines").goto(ADD)
    body(page).wait_for()
    page.get_by_label("Headline").fill("For Marek to Read")
    assert page.get_by_role("button", name="Publish", exact=True).count() == 0
    press(page, "Send for review")
    assert "In review." in page.locator(".desk-standing").inner_text()
    desk = page.url
    page.context.clear_cookies()
    sign_in("marek").goto(desk)
    open_(page, "Send back")
    page.get_by_label("A word to its writer").fill("Who says so?")
    press(page, "Send back")
    page.context.clear_cookies()
    sign_in("ines").goto(desk)
    assert "Who says so?" in page.locator(".desk-standing").inner_text()
    press(page, "Send for review")
    page.context.clear_cookies()
    sign_in("marek").goto(desk)
    press(page, "Approve")
    assert "Ready, approved by" in page.locator(".desk-standing").inner_text()
    axe_is_silent(page, heard)
    assert heard == []


def test_a_schedule_an_embargo_and_an_hour_that_does_not_exist(sign_in, heard):
    page = sign_in("marek")
    page.goto(ADD)
    body(page).wait_for()
    page.get_by_label("Headline").fill("The Night the Clocks Change")
    zone = page.locator("#schedule_help").text_content()
    assert zone
    open_(page, "Schedule")
    # The hour that New York, and most of a continent, skips in March 2031.
    page.get_by_label("Readers see it from").fill("2031-03-09T02:30")
    press(page, "Schedule as it is now")
    if "America/New_York" in zone:
        assert "02:30 does not exist" in told(page)
        # The question stands, with what was typed. Then the hour that comes twice.
        assert page.get_by_label("Readers see it from").input_value() == "2031-03-09T02:30"
        page.get_by_label("Readers see it from").fill("2031-11-02T01:30")
        press(page, "Schedule as it is now")
        page.get_by_role("radio", name="The second").check()
        press(page, "Schedule as it is now")
    assert "Scheduled." in page.locator(".desk-standing").inner_text()
    assert ", as of " in page.locator(".desk-standing").inner_text()
    page.get_by_label("Headline").fill("The Night the Clocks Changed")
    press(page, "Save")
    assert "Later changes do not enter it." in page.locator(".desk-standing").inner_text()
    open_(page, "Schedule")
    axe_is_silent(page, heard)
    open_(page, "Schedule")
    page.get_by_role("button", name="Update schedule").click()
    page.get_by_text("Edition 2 waits: readers see it from").wait_for()
    open_(page, "Schedule")
    page.get_by_label("Nobody sees it before").fill("2031-12-10T09:00")
    press(page, "Set the embargo")
    assert "Edition 3 waits now for 2031-12-10, 09:00." in told(page)
    press(page, "Publish now")
    assert "under embargo until 2031-12-10, 09:00" in told(page)
    assert heard == []
