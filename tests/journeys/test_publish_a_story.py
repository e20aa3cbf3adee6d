"""Marek publishes a story with a photo and a tweet, corrects it, and takes it back. No shell, no second screen."""

import random
import re

import pytest
from PIL import Image, ImageDraw

from tests.journeys.writing import press_to_save

EMBED = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">All berths at Marsa Zahr are closed until further notice.'
    "</p>&mdash; Port of Marsa Zahr (@PortMarsaZahr) "
    '<a href="https://twitter.com/PortMarsaZahr/status/605454868230578199">June 1, 2015</a></blockquote>'
    '<script async src="https://platform.twitter.com/widgets.js"></script>'
)
ADD = "/admin/articles/article/add/"


@pytest.fixture
def picture(tmp_path):
    """A JPEG drawn here: a quay at dusk."""
    path = tmp_path / "quay.jpg"
    image = Image.new("RGB", (1200, 800), "#5b6a6a")
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 500, 1200, 800], fill="#1f292c")
    draw.ellipse([820, 200, 960, 340], fill="#eef2ee")
    image.save(path, "JPEG")
    return path


@pytest.fixture
def complaints(page):
    """What the browser complains about: breaches of the policy, and errors of our scripts."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "console",
        lambda said: heard.append(said.text) if "Content Security Policy" in said.text else None,
    )
    return heard


@pytest.fixture
def marek(sign_in):
    return sign_in("marek")


def body(page):
    return page.get_by_role("textbox", name="Body")


def paste(page, text: str) -> None:
    body(page).evaluate(
        """(element, text) => {
            const data = new DataTransfer()
            data.setData("text/plain", text)
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        text,
    )


def upload(page, picture) -> None:
    page.get_by_role("button", name="Photo", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Upload a new photo").click()
    dialog.get_by_label("File").set_input_files(picture)
    dialog.get_by_label("Credit").fill("Photo by Zein al-Rifai/AFP/Getty Images")
    dialog.get_by_label("Alt text").fill("A quay at dusk")
    dialog.get_by_label("Caption").fill("The quay on Monday evening")
    dialog.get_by_role("button", name="Upload and use").click()
    page.locator(".desk-card.photo img").wait_for()


def press(page, name: str) -> None:
    press_to_save(page, page.get_by_role("button", name=name, exact=True))


def message(page) -> str:
    return page.locator(".messagelist").inner_text()


def write(page, headline: str, words: str) -> None:
    page.goto(ADD)
    page.get_by_label("Headline").fill(headline)
    body(page).click()
    page.keyboard.type(words)


def test_a_story_with_a_photo_and_a_tweet_from_the_first_word_to_its_withdrawal(marek, picture, complaints):
    page = marek
    write(page, "Port Closes as Pilots Walk Out", "Pilots stopped work at noon.")
    upload(page, picture)
    page.keyboard.type("The port said so itself:")
    paste(page, EMBED)
    page.locator(".desk-card.tweet").get_by_text("All berths at Marsa Zahr").wait_for()
    page.keyboard.type("More to come.")
    press(page, "Publish")
    assert "Edition 1 is live" in message(page)

    desk = page.url
    page.locator(".messagelist").get_by_role("link", name="article", exact=True).click()
    address = page.url
    assert page.get_by_role("heading", level=1).inner_text() == "Port Closes as Pilots Walk Out"
    text = page.locator("main, body").first.inner_text()
    for words in [
        "Zein al-Rifai/AFP/Getty Images",
        "The quay on Monday evening",
        "All berths at Marsa Zahr",
        "More to",
    ]:
        assert words in text
    # Its own picture is really there, in the order written.
    assert page.locator("figure img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert text.index("stopped work") < text.index("All berths") < text.index("More to come")

    page.goto(desk)
    body(page).get_by_text("Pilots stopped work at noon.").click()
    page.keyboard.press("End")
    page.keyboard.type(" It was Monday.")
    page.locator("summary", has_text="Update").click()
    page.get_by_label("Correction").check()
    page.get_by_label("A sentence for readers").fill("An earlier version did not say which day it was.")
    press(page, "Update now")
    assert "Edition 2 is live with a correction" in message(page)
    page.goto(address)
    text = page.locator("body").inner_text()
    assert "It was Monday." in text
    assert "An earlier version did not say which day it was." in text

    page.goto(desk)
    page.get_by_text("Withdraw", exact=True).click()
    page.get_by_label("Why?").fill("The port never closed.")
    press(page, "Take it from readers")
    assert page.goto(address).status == 410
    assert "The port never closed." in page.locator("body").inner_text()
    assert complaints == []


def test_a_tweet_of_which_only_the_address_is_known_is_typed_by_hand(marek, complaints):
    page = marek
    write(page, "A Word From the Port", "It said:")
    page.get_by_role("button", name="Tweet", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Address of the post").fill(
        "https://x.com/PortMarsaZahr/status/605454868230578" + str(random.randint(400, 999))
    )
    dialog.get_by_role("button", name="Insert", exact=True).click()
    card = page.locator(".desk-card.tweet")
    card.get_by_label("Words of the post").fill("جميع الأرصفة مغلقة")
    card.get_by_label("Name", exact=True).fill("Port of Marsa Zahr")
    card.get_by_label("Language").fill("ar")
    card.get_by_role("button", name="Keep these words").click()
    said = page.locator(".desk-card.tweet .desk-said")
    said.wait_for()
    assert said.get_attribute("dir") == "rtl"
    assert complaints == []


def test_an_insert_never_takes_the_place_of_a_selected_card(marek):
    page = marek
    write(page, "Two Posts in a Row", "Words.")
    paste(page, EMBED)
    first = page.locator(".desk-card.tweet").first
    first.locator(".desk-said").click()
    paste(page, EMBED.replace("605454868230578199", "605454868230578222").replace("closed until", "open until"))
    page.get_by_text("open until").wait_for()
    assert page.locator(".desk-card.tweet .desk-said").all_inner_texts() == [
        "All berths at Marsa Zahr are closed until further notice.",
        "All berths at Marsa Zahr are open until further notice.",
    ]


def test_what_an_editor_deletes_goes_and_a_save_does_not_ask(marek, picture):
    page = marek
    write(page, "A Photo Too Many", "Words.")
    upload(page, picture)
    press(page, "Save")
    page.get_by_role("button", name="Remove photo").click()
    press(page, "Save")
    assert page.locator(".errornote").count() == 0
    body(page).wait_for()
    assert page.locator(".desk-card").count() == 0


def test_a_caption_belongs_to_its_use_and_is_kept(marek, picture):
    page = marek
    write(page, "A Caption of Its Own", "Words.")
    upload(page, picture)
    page.locator(".desk-card.photo").get_by_label("Caption").fill("The quay, as this story sees it")
    press(page, "Save")
    assert page.locator(".desk-card.photo").get_by_label("Caption").input_value() == "The quay, as this story sees it"


def test_tags_and_bylines_are_put_in_one_box_each(marek):
    page = marek
    write(page, "Filed Under Two Names", "Words.")
    box = page.get_by_label("Tags")
    box.fill("White House")
    box.press("Enter")
    box.fill("Harbor watch")
    press(page, "Save")  # what was typed and not entered counts
    chips = page.locator("#id_tag_names").locator("xpath=preceding-sibling::div[1]").locator("li")
    assert [re.sub(r"\s*×$", "", words).strip() for words in chips.all_inner_texts()] == ["White House", "Harbor watch"]


def test_a_new_article_is_begun_without_a_click(marek):
    page = marek
    page.goto(ADD)
    body(page).wait_for()
    page.keyboard.type("Typed at once")
    assert page.get_by_label("Headline").input_value() == "Typed at once"


def test_a_schedule_without_a_moment_is_asked_for_before_anything_is_sent(marek):
    page = marek
    write(page, "No Moment Given", "Words.")
    sent = []
    page.on("request", lambda asked: sent.append(asked.url) if re.search(r"/(add|change)/$", asked.url) else None)
    page.get_by_text("Schedule", exact=True).click()
    page.get_by_role("button", name="Schedule as it is now").click()
    assert page.evaluate("document.activeElement.id") == "schedule_at"
    assert [url for url in sent if "/checks/" not in url] == []
    press(page, "Save")
    assert len([url for url in sent if "/checks/" not in url]) == 1


def test_while_an_edition_waits_the_page_warns_and_a_correction_says_what_it_cancelled(marek):
    page = marek
    write(page, "Two Plans for One Article", "Words.")
    press(page, "Publish")
    page.get_by_text("Schedule", exact=True).click()
    page.get_by_label("Readers see it from").fill("2031-01-02T09:30")
    press(page, "Schedule as it is now")
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator("summary", has_text="Update").click()
        warning = page.locator(".desk-waiting").first.bounding_box()
        assert warning["x"] >= 0
        assert warning["x"] + warning["width"] <= width
        page.locator("summary", has_text="Update").click()
    page.locator("summary", has_text="Update").click()
    assert "updating now replaces it with the text on this page" in page.locator(".desk-waiting").first.inner_text()
    page.get_by_label("Correction").check()
    page.get_by_label("A sentence for readers").fill("An earlier version gave the wrong day.")
    press(page, "Update now")
    assert "The edition planned for 2031-01-02, 09:30 was cancelled." in message(page)


def test_on_a_phone_nothing_of_the_headline_or_the_tools_is_cut_off(marek):
    page = marek
    page.set_viewport_size({"width": 390, "height": 800})
    write(
        page, "The Harbor Pilots Walked Out at Noon on Monday, and Nobody Could Say When They Would Be Back " * 2, "W."
    )
    for part in ("#id_headline", ".desk-toolbar"):
        cut = page.locator(part).evaluate("e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]")
        assert cut == [0, 0], part
    press(page, "Save")
    page.goto("/admin/articles/article/")
    stage = page.locator("#result_list .field-stage_words").first.bounding_box()
    assert stage["x"] + stage["width"] <= 390


def test_who_only_reads_sees_the_pictures_of_an_article(marek, sign_in, picture):
    page = marek
    write(page, "A Picture to Look At", "Words to read.")
    upload(page, picture)
    press(page, "Save")
    desk = page.url
    page.context.clear_cookies()
    sign_in("pia").goto(desk)
    read = page.locator(".desk-reading")
    assert "Words to read." in read.inner_text()
    assert read.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.parametrize("module", ["nodes", "dialogs", "editor", "news-editor"])
def test_when_a_module_does_not_arrive_the_text_is_there_to_be_read_and_nothing_is_lost(marek, picture, module):
    page = marek
    write(page, f"Without {module}", "Words that stay.")
    upload(page, picture)
    press(page, "Save")
    page.route(re.compile(rf"/{module}(\.[0-9a-f]+)?\.js"), lambda route: route.abort())
    page.reload()
    page.wait_for_load_state("networkidle")
    plain = page.locator("#id_body")
    assert plain.is_visible()
    assert page.locator(".ProseMirror").count() == 0
    before = plain.input_value()
    assert not plain.is_editable()
    page.get_by_text("The editor did not load").wait_for()
    assert "Words that stay." in before
    assert "<news-photo data-id=" in before
    page.get_by_label("Headline").fill("Without it, saved")
    press(page, "Save")
    assert page.locator("#id_body").input_value() == before
    assert page.locator(".errornote").count() == 0


def test_markup_that_the_editor_does_not_know_is_not_edited(marek, newsroom_server):
    page = marek
    write(page, "Something From the Future", "Words.")
    press(page, "Save")
    pk = re.search(r"/(\d+)/change/", page.url)[1]
    html = '<p>Words.</p><news-map data-id="7"></news-map>'
    newsroom_server.manage(
        "shell",
        "-v0",
        "-c",
        "from django.db import connection\n"
        f"connection.cursor().execute('UPDATE articles_article SET body = %s WHERE id = %s', [{html!r}, {pk}])",
    )
    page.reload()
    page.locator(".desk-note").get_by_text("Editing is off").wait_for()
    plain = page.locator("#id_body")
    assert plain.input_value() == html
    assert plain.is_visible()
    assert not plain.is_editable()
    assert page.locator(".ProseMirror").get_attribute("contenteditable") == "false"
