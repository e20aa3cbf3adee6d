"""Crash while typing, two editors at once, a login that ran out, a server that fails: no word is lost."""

import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.journeys.writing import press_to_save

ADD = "/admin/articles/article/add/"
KEPT_WITHIN = 5  # seconds


@pytest.fixture
def person(browser, newsroom_server):
    """A browser of one's own, logged in at the desk: `person("mona")`."""
    contexts = []

    def sit_down(username: str):
        context = browser.new_context(base_url=newsroom_server.url)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill("newsroom")
        page.locator("[type=submit]").first.click()
        page.wait_for_url("**/admin/")
        return page

    yield sit_down
    for context in contexts:
        context.close()


def text(page):
    return page.get_by_role("textbox", name="Body")


def save(page) -> None:
    press_to_save(page, page.get_by_role("button", name="Save", exact=True))


def write(page, headline: str, words: str) -> str:
    """A new story, saved; its address."""
    page.goto(ADD)
    page.get_by_label("Headline").fill(headline)
    text(page).click()
    page.keyboard.type(words)
    save(page)
    state(page, "Saved")
    return page.url


def add_words(page, words: str) -> None:
    text(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def state(page, words: str) -> None:
    page.locator(".desk-state").get_by_text(words).wait_for()


def crash(page) -> None:
    """The tab dies at once: no event of the page runs any more."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=3_000)


def test_a_crash_loses_five_seconds_at_most(person):
    page = person("marek")
    address = write(page, "A Crash in the Middle", "Saved words.")
    add_words(page, " Before.")
    began = time.monotonic()
    for _ in range(12):  # without a pause: it is not only kept when somebody stops to think
        page.keyboard.type(" still", delay=40)
        page.wait_for_timeout(250)
    typing = time.monotonic() - began
    assert typing > KEPT_WITHIN
    crash(page)

    page = person("marek")
    page.goto(address)
    text(page).get_by_text("Saved words.", exact=True).wait_for()
    page.get_by_text("You have unsaved text from").wait_for()
    page.get_by_role("link", name="Restore").click()
    page.get_by_text("not saved yet").first.wait_for()
    text(page).get_by_text("Saved words. Before.").wait_for()
    kept = text(page).inner_text()
    lost = 12 - kept.count("still")
    assert lost * typing / 12 <= KEPT_WITHIN
    save(page)
    state(page, "Saved")
    page.goto(address)
    text(page).get_by_text("Saved words. Before.").wait_for()
    assert page.locator(".desk-offer").count() == 0


def test_a_story_that_was_never_saved_outlives_its_page(person):
    page = person("marek")
    page.goto(ADD)
    page.get_by_label("Headline").fill("Never Saved at All")
    text(page).click()
    page.keyboard.type("Some words.")
    state(page, "kept")
    crash(page)

    page = person("marek")
    page.goto(ADD)
    offer = page.locator(".desk-offer", has_text="Never Saved at All")
    offer.get_by_role("link", name="Restore").click()
    assert page.get_by_label("Headline").input_value() == "Never Saved at All"
    text(page).get_by_text("Some words.").wait_for()
    save(page)
    page.wait_for_url(re.compile(r"/\d+/change/"))


def test_what_was_closed_in_the_middle_of_a_word_is_kept(person):
    page = person("marek")
    address = write(page, "Closed Too Early", "Saved words.")
    add_words(page, " Typed a moment ago.")
    page.goto("about:blank")  # the guard asks a person; here nobody answers, and the page goes
    page.wait_for_timeout(500)
    page.goto(address)
    page.get_by_role("link", name="Restore").click()
    text(page).get_by_text("Typed a moment ago.").wait_for()


def test_restored_markup_that_the_editor_does_not_know_is_shown_and_not_edited(person, newsroom_server):
    page = person("marek")
    address = write(page, "Restored From the Future", "Saved words.")
    add_words(page, " More.")
    state(page, "kept")
    html = '<p>Words.</p><news-map data-id="7"></news-map>'
    newsroom_server.manage(
        "shell", "-v0", "-c",
        "from articles.models import Recovery\n"
        "row = Recovery.objects.filter(article__headline='Restored From the Future').get()\n"
        f"row.fields['body'] = {html!r}\nrow.save()",
    )  # fmt: skip
    crash(page)
    page = person("marek")
    page.goto(address)
    page.get_by_role("link", name="Restore").click()
    page.locator(".desk-note").get_by_text("Editing is off").wait_for()
    plain = page.locator("#id_body")
    assert plain.is_visible()
    assert plain.input_value() == html


def test_two_editors_collide_and_both_texts_are_offered(person):
    marek = person("marek")
    address = write(marek, "The Port Is Closed", "Pilots walked out.")
    mona = person("mona")
    mona.goto(address)
    mona.locator(".desk-others").get_by_text("Marek is editing since").wait_for()
    mona.get_by_label("Headline").fill("The Port Is Open")
    add_words(mona, " They came back.")
    save(mona)
    state(mona, "Saved")

    add_words(marek, " Nobody knows why.")
    save(marek)
    conflict = marek.get_by_role("dialog")
    assert "Mona saved a newer version at" in conflict.inner_text()
    assert conflict.locator("del").all_inner_texts()[1:] == ["Open", "They came back."]
    assert conflict.locator("ins").all_inner_texts()[1:] == ["Closed", "Nobody knows why."]
    conflict.get_by_role("button", name="Close").click()
    text(marek).get_by_text("Nobody knows why.").wait_for()  # closing it takes nothing away

    save(marek)
    conflict.locator("[name=take_headline][value=theirs]").check()
    press_to_save(marek, conflict.get_by_role("button", name="Save as chosen here"))
    marek.locator(".messagelist").get_by_text("Saved").wait_for()
    assert marek.get_by_label("Headline").input_value() == "The Port Is Open"
    text(marek).get_by_text("Pilots walked out. Nobody knows why.").wait_for()


def test_without_its_script_the_page_says_the_same_of_two_versions(person):
    marek, mona = person("marek"), person("mona")
    address = write(marek, "Plain Pages Collide", "Words.")
    mona.goto(address)
    marek.route(re.compile(r"/saving(\.[0-9a-f]+)?\.js"), lambda route: route.abort())
    marek.goto(address)
    marek.wait_for_load_state("networkidle")
    mona.get_by_label("Headline").fill("Mona Was Quicker")
    save(mona)
    state(mona, "Saved")
    marek.get_by_label("Headline").fill("Marek Was Later")
    press_to_save(marek, marek.get_by_role("button", name="Save", exact=True))
    assert "Mona saved a newer version at" in marek.locator(".desk-conflict").inner_text()
    marek.get_by_role("link", name="Take theirs").click()
    assert marek.get_by_label("Headline").input_value() == "Mona Was Quicker"
    assert "You have unsaved text from" in marek.locator(".desk-offer").inner_text()


def test_a_login_that_ran_out_is_asked_for_in_the_page(person):
    page = person("marek")
    write(page, "The Login Runs Out", "Words.")
    add_words(page, " Typed after it.")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password").fill("not this one")
    dialog.get_by_role("button", name="Log in").click()
    dialog.get_by_role("alert").get_by_text("Please enter the correct").wait_for()
    dialog.get_by_label("Password").fill("newsroom")
    dialog.get_by_role("button", name="Log in").click()
    state(page, "Saved")
    page.reload()
    text(page).get_by_text("Words. Typed after it.").wait_for()


def test_an_autosave_and_a_picker_ask_for_the_login_too(person):
    page = person("marek")
    write(page, "The Login Runs Out Quietly", "Words.")
    page.context.clear_cookies(name="sessionid")
    # Not with the mouse: the page may have asked for the login by itself a moment before, over the button.
    page.get_by_role("button", name="Photo", exact=True).dispatch_event("click")
    login = page.get_by_role("dialog", name="Your login has run out")
    login.get_by_label("Password").fill("newsroom")
    login.get_by_role("button", name="Log in").click()
    page.locator(".desk-results img, .desk-results .desk-absent").first.wait_for()
    page.keyboard.press("Escape")
    page.context.clear_cookies(name="sessionid")
    add_words(page, " More.")
    login.get_by_role("button", name="Close").click()
    state(page, "your login has run out")
    page.wait_for_timeout(6_000)
    assert login.count() == 0, "who sent the question away is not asked again until they save"


def test_another_persons_login_in_the_same_browser_saves_nothing(person):
    page = person("marek")
    address = write(page, "Whose Name Is It", "Words.")
    other = page.context.new_page()
    other.goto(address)
    other.get_by_role("button", name="Log out").click()
    other.goto("/admin/login/")
    other.get_by_label("Username").fill("mona")
    other.get_by_label("Password").fill("newsroom")
    other.locator("[type=submit]").first.click()
    other.wait_for_url("**/admin/")
    add_words(page, " By Marek.")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog")
    assert "as marek" in dialog.inner_text()
    other.goto(address)
    assert "By Marek." not in text(other).inner_text()
    dialog.get_by_label("Password").fill("newsroom")
    dialog.get_by_role("button", name="Log in").click()
    state(page, "Saved")


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (lambda route: route.abort(), "cannot be reached"),
        (lambda route: route.fulfill(status=500, body="<h1>Server Error</h1>"), "answered 500"),
        (lambda route: route.fulfill(status=413, body="too large"), "larger than one story may be"),
        (lambda route: route.fulfill(status=502, body=""), "answered 502"),
    ],
)
def test_a_save_that_fails_keeps_the_text_and_says_why(person, failure, sentence):
    page = person("marek")
    write(page, "A Save That Fails", "Words.")
    add_words(page, " Still here.")
    page.route("**/change/", failure)
    page.keyboard.press("Control+s")
    page.get_by_role("alert").get_by_text(sentence).wait_for()
    text(page).get_by_text("Words. Still here.").wait_for()
    page.unroute("**/change/")
    page.keyboard.press("Control+s")
    state(page, "Saved")
    assert page.locator(".desk-unsent").is_hidden()
    page.reload()
    text(page).get_by_text("Words. Still here.").wait_for()


def test_a_refusal_is_said_at_its_field(person):
    page = person("marek")
    write(page, "A Headline to Lose", "Words.")
    page.get_by_label("Headline").fill("")
    page.keyboard.press("Control+s")
    page.locator(".field-headline .errorlist").get_by_text("required").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_headline"
    page.get_by_label("Headline").fill("Found Again")
    page.keyboard.press("Control+s")
    state(page, "Saved")
    assert page.locator(".errorlist").count() == 0


def test_a_story_is_written_and_published_by_keys(person):
    page = person("marek")
    page.goto(ADD)
    text(page).wait_for()
    page.keyboard.type("By Keys Alone")
    page.keyboard.press("Control+Enter")
    page.locator(".messagelist").get_by_text("Edition 1 is live").wait_for()
    assert re.search(r"/\d+/change/$", page.url)
    assert page.get_by_label("Headline").input_value() == "By Keys Alone"
    reporter = person("ines")
    reporter.goto(ADD)
    text(reporter).wait_for()
    reporter.keyboard.type("No Right To")
    reporter.keyboard.press("Control+Enter")
    reporter.keyboard.press("Control+s")
    state(reporter, "Saved")
    assert "Draft" in reporter.locator(".desk-standing").inner_text()


def test_the_page_is_guarded_only_while_something_is_unsaved(person):
    page = person("marek")
    asked = []
    page.on("dialog", lambda box: (asked.append(box.type), box.accept()))
    write(page, "A Guard at the Door", "Words.")
    page.goto("/admin/")
    assert asked == []
    page.go_back()
    add_words(page, " More.")
    page.goto("/admin/")
    assert asked == ["beforeunload"]
