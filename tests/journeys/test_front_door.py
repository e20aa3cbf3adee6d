"""The server as a newcomer finds it after `make run`."""

import pytest


def test_the_front_page_shows_stories(page):
    answer = page.goto("/")
    assert answer.status == 200
    assert page.locator("article").count() > 0


@pytest.mark.parametrize("username", ["ines", "marek", "pia", "tom", "mona"])
def test_each_demo_login_opens_the_desk(sign_in, username):
    page = sign_in(username)
    assert page.get_by_text("You don’t have permission").count() == 0
    assert page.locator("#user-tools").is_visible()


def test_a_wrong_password_does_not(page):
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill("newsroom1")
    page.locator("input[type=submit], button[type=submit]").first.click()
    assert page.locator(".errornote").is_visible()


def test_no_page_asks_a_third_party_for_anything(page, newsroom_server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.locator("article a").first.click()
    page.wait_for_load_state("networkidle")
    assert len(asked) > 1
    assert [url for url in asked if not url.startswith((newsroom_server.url, "data:"))] == []
