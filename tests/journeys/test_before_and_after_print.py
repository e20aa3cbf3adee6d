"""Marek looks before he prints, a lawyer reads without a login, and an old edition comes back."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = "() => [...document.images].map(each => each.complete && each.naturalWidth > 0)"


def violations(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {node['target']} {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.fixture
def heard(page) -> list[str]:
    """Errors of our scripts, and breaches of the policy."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    return found


@pytest.fixture(scope="module")
def number(newsroom_server) -> str:
    """The id of a story with a lead photo that readers see, with two editions."""
    return newsroom_server.manage("shell", "--no-imports", "-c", MADE).splitlines()[-1]


MADE = """
from articles.models import Article, Column
from articles.publishing import correct, publish
from media.models import Photo
photo = Photo.objects.exclude(file="").filter(edition_photos__position=0).first()
article = Article.objects.create(
    headline="Is the Harbor Open?", column=Column.objects.first(), lead_photo=photo, body="<p>At pier four.</p>"
)
publish(article)
article.body = "<p>At pier five.</p>"
article.save()
correct(article, note="An earlier version gave the wrong pier.")
print(article.pk)
"""


def test_a_preview_is_the_page_of_what_is_on_the_screen(page, sign_in, heard, number):
    sign_in("marek").goto(f"/admin/articles/article/{number}/change/")
    page.locator("#id_headline").fill("Never Saved")
    page.locator(".ProseMirror p").first.click()
    page.keyboard.type("Typed just now. ")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    preview = opened.value
    preview.wait_for_load_state()
    assert preview.locator("h1").inner_text() == "Never Saved"
    assert "Typed just now." in preview.locator(".prose").inner_text()
    assert "Nothing of it is saved" in preview.locator(".looking").inner_text()
    assert preview.evaluate(PICTURES) == [True]
    assert violations(preview) == []
    preview.close()
    # The writing page stands as it was, with all that was typed.
    assert page.locator("#id_headline").input_value() == "Never Saved"
    assert heard == []


def test_a_lawyer_reads_it_without_a_login_until_the_link_is_called_back(
    page, sign_in, browser, newsroom_server, number
):
    sign_in("marek").goto(f"/admin/articles/article/{number}/change/")
    page.get_by_role("link", name="Send to a reader without a login").click()
    page.get_by_label("For whom").fill("A. Lawyer")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Address for A. Lawyer").input_value()
    assert violations(page) == []

    context = browser.new_context()
    lawyer = context.new_page()
    assert lawyer.goto(newsroom_server.url + link[link.index("/proof/") :]).status == 200
    lawyer.wait_for_load_state("networkidle")
    assert "Proof for A. Lawyer" in lawyer.locator(".looking").inner_text()
    assert lawyer.evaluate(PICTURES) == [True]
    assert violations(lawyer) == []
    assert context.cookies() == []
    lawyer.get_by_role("link", name="Search", exact=True).first.click()
    lawyer.wait_for_load_state()
    assert lawyer.evaluate("document.referrer") == ""

    page.get_by_role("button", name="Call back the link for A. Lawyer").click()
    page.get_by_text("The link is called back").wait_for()
    assert lawyer.goto(newsroom_server.url + link[link.index("/proof/") :]).status == 404
    context.close()


def test_editions_are_compared_and_an_old_one_is_printed_again(page, sign_in, number):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in("marek").goto(f"/admin/articles/article/{number}/history/")
    assert violations(page) == []
    page.get_by_role("radio", name="from edition 1").check()
    page.get_by_role("button", name="Compare the two side by side").click()
    assert page.locator("section del").all_inner_texts() == ["four."]
    assert page.locator("section ins").first.inner_text() == "five."
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="History").click()
    page.get_by_text("Go back to edition 1").click()
    page.get_by_label("Why? It stays in the record.").locator("visible=true").fill("It was pier four after all.")
    page.get_by_role("button", name="Print edition 1 again").click()
    page.get_by_text("Edition 3 is live with the words of edition 1").wait_for()
    page.goto(f"/admin/articles/article/{number}/editions/3/")
    assert "At pier four." in page.locator(".prose").inner_text()
