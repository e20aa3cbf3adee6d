"""Marek arranges the front: by button and by dragging, pinned and planned; looks at it, and saves."""

import pytest
from axe_playwright_python.sync_playwright import Axe

SCREEN = "/admin/articles/slot/"


def order(page) -> list[str]:
    return [words.strip() for words in page.locator(".front-place").evaluate_all(
        "places => places.map(place => place.querySelector('[data-headline]')?.textContent ?? '')"
    )]  # fmt: skip


def place(page, number: int):
    return page.locator(".front-place").nth(number - 1)


def drag(page, start: int, end: int, then: str = "") -> None:
    """Drag one place over another; `then` is a key that is pressed before it is let go."""
    grip = place(page, start).locator(".front-handle").bounding_box()
    goal = place(page, end).bounding_box()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, goal["y"] + 5, steps=8)
    if then:
        page.keyboard.press(then)
    page.mouse.up()


@pytest.fixture
def heard(page) -> list[str]:
    """Errors of our scripts, and breaches of the policy."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    return found


def test_a_front_from_the_first_move_to_what_readers_see(page, sign_in, heard):
    page.set_viewport_size({"width": 1200, "height": 1600})
    sign_in("marek").goto(SCREEN)
    first, second, third, fourth, *_ = order(page)

    place(page, 1).get_by_role("button", name="Move down").press("Enter")
    assert order(page)[:4] == [second, first, third, fourth]
    assert page.get_by_role("status").filter(has_text=f"{first} is in place 2 of 7.").count() == 1
    drag(page, 4, 1)
    assert order(page)[:4] == [fourth, second, first, third]
    moved = order(page)
    drag(page, 2, 5, then="Escape")
    assert order(page) == moved
    place(page, 1).get_by_label("Pinned").check()

    page.get_by_role("button", name="Plan a story").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Words of its headline").fill("man in the lamp")
    dialog.get_by_role("button", name="The Man in the Lamp").click()
    plan = page.locator("#front-plans .front-row").last
    plan.get_by_label("Place").fill("2")
    plan.get_by_label("From").fill("2040-03-05T09:00")
    plan.get_by_label("Until").fill("2040-03-06T09:00")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview", exact=True).click()
    preview = opened.value
    assert "Nothing of it is saved" in preview.locator("main").inner_text()
    shown = preview.locator(".lead h2").inner_text()
    preview.close()
    assert page.locator("#front-unsaved").is_visible()

    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    assert "The front is arranged." in page.locator(".messagelist").inner_text()
    assert order(page) == moved
    assert place(page, 1).get_by_label("Pinned").is_checked()
    assert page.locator("#front-plans").get_by_text("The Man in the Lamp").is_visible()
    for scheme in ("light", "dark"):
        # Without motion: the admin's links fade from one colour to the next, and between the two is no colour of ours.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    page.goto("/")
    assert page.locator(".lead h2").inner_text() == shown
    assert heard == []
