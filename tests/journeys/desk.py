"""What every journey over the writing page does."""

import re

SAVES = re.compile(r"/admin/articles/article/(add|\d+/change)/$")


def press_to_save(page, button) -> None:
    """Click a button that saves, and wait for what comes of it: in the page, or without its script on the next one."""

    def is_save(response) -> bool:
        return response.request.method == "POST" and bool(SAVES.search(response.url.partition("?")[0]))

    with page.expect_response(is_save):
        button.click()
    page.wait_for_load_state()
    page.locator("#article_form:not([aria-busy]), .desk-conflict").first.wait_for()
