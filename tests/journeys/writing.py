"""What hands do on the writing page, for the journeys that write."""

import re

ADD = "/admin/articles/article/add/"
SAVES = re.compile(r"/admin/articles/article/(add|\d+/change)/$")

PASTE = """(element, parts) => {
    const data = new DataTransfer()
    for (const [kind, text] of Object.entries(parts)) data.setData(kind, text)
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""
DRAG = """(element, [type, name, bytes, x, y]) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/jpeg" }))
    const at = { dataTransfer: data, bubbles: true, cancelable: true, clientX: x, clientY: y }
    const pasted = () => new ClipboardEvent("paste", { clipboardData: data, ...at })
    element.dispatchEvent(type === "paste" ? pasted() : new DragEvent(type, at))
}"""


def body(page):
    return page.get_by_role("textbox", name="Body")


def html(page) -> str:
    """The body as the form would send it."""
    return page.locator("#id_body").input_value()


def begin(page, headline: str = "") -> None:
    page.goto(ADD)
    body(page).wait_for()
    if headline:
        page.get_by_label("Headline").fill(headline)


def paste(page, **parts: str) -> None:
    """Paste `text` and `html` at the caret."""
    kinds = {"text": "text/plain", "html": "text/html"}
    body(page).evaluate(PASTE, {kinds[name]: words for name, words in parts.items()})


def emptied(page) -> None:
    """The caret in an empty text."""
    body(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def bring(page, kind: str, name: str, content: bytes, target=None, at=(0, 0)) -> None:
    """Drop a picture file on `target` (kind "drop") or paste it there (kind "paste")."""
    (target or body(page)).evaluate(DRAG, [kind, name, list(content), *at])


def press_to_save(page, button) -> None:
    """Click a button that saves, and wait for what comes of it: in the page, or without its script on the next one."""

    def is_save(response) -> bool:
        return response.request.method == "POST" and bool(SAVES.search(response.url.partition("?")[0]))

    with page.expect_response(is_save):
        button.click()
    page.wait_for_load_state()
    page.locator("#article_form:not([aria-busy]), .desk-conflict").first.wait_for()
