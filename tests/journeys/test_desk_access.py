"""axe at the desk: every page that the admin serves, in light and dark, wide and narrow.

Which pages there are is asked of the URL table: whatever answers a GET with a page is shown to axe. An address of which
a part has no row here, or that refuses a superuser what no table allows to be refused, is a failure.
"""

import json
import re
from collections.abc import Iterator

import pytest

from tests.desk.matrix import addresses, named
from tests.journeys.test_access import violations
from tests.journeys.writing import body, press_to_save

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 800}
ALL, CONTRAST = None, ["color-contrast", "link-in-text-block"]
# Both shapes and both schemes are seen whole; in the two combinations that are left, only colours can be new. The
# lists and forms of the stock admin share one sheet of styles: they are seen in two.
SIGHTS = [(WIDE, "light", ALL), (NARROW, "dark", ALL), (NARROW, "light", CONTRAST), (WIDE, "dark", CONTRAST)]
STOCK = re.compile(r"/admin/((auth|media)/|articles/(author|column|tag|correction|edition)/)")

# Editions and corrections are a record; a story is deleted from the trash alone; no row has a page "on site".
REFUSED = {
    "<anything>": {404},
    "autocomplete/": {403},
    "r/<type>/<row>/": {404},
    "articles/edition/add/": {403},
    "articles/edition/<edition>/delete/": {403},
    "articles/correction/add/": {403},
    "articles/correction/<correction>/delete/": {403},
    "articles/article/<story>/delete/": {200, 403},
    "articles/article/<story>/editions/<number>/": {200, 404},
    "articles/article/<story>/history/compare/": {200, 404},
}
# With what is asked of a page, and the pages that are one address with another question.
ASKED = {
    "articles/article/<story>/history/compare/": ["?from=1&to=2"],
    "articles/article/": ["", "?stage=trash", "?q=port&stage=live&author=Marek&tag=Ports&printed=2026", "?q=zebra"],
    "articles/author/add/": ["", "?_popup=1"],
    "media/photo/": ["", "?_popup=1"],
}

PREPARE = """
import json
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils import timezone
from articles.models import Article, Correction
from media.models import Photo, Tweet
User.objects.create_superuser("vera", password="newsroom")
note = Correction.objects.filter(edition__article__language="en").earliest("pk")
column = note.edition.column
away = Article.objects.create(headline="Nobody Wanted It", column=column, trashed_at=timezone.now())
photo = Photo.objects.exclude(file="").latest("pk")
rows = {
    "story": [note.edition.article_id, away.pk], "edition": [note.edition_id], "correction": [note.pk], "number": [1],
    "photo": [photo.pk], "sha": [photo.sha256], "tweet": [Tweet.objects.latest("pk").pk], "proof": [1],
    "app": ["articles"], "type": [1], "anything": ["nothing/"], "r/1/row": [1],
}
for model in admin.site._registry:
    if row := model._default_manager.first():
        rows[f"{model._meta.label_lower.replace('.', '/')}/row"] = [row.pk]
print(json.dumps(rows))
"""


def filled(address: str, rows: dict[str, list]) -> Iterator[str]:
    """The address with each row in the place of its name. Raises KeyError for a name without a row."""
    name = re.search(r"<(\w+)>", address)
    if name is None:
        yield address
        return
    known = address[: name.start()] + "row" if name[1] == "row" else name[1]
    for row in rows[known]:
        yield from filled(address.replace(name[0], str(row), 1), rows)


@pytest.fixture(scope="module")
def vera(browser, newsroom_server) -> Iterator:
    """Who may do everything, and sees it without motion: between two schemes the colours are neither."""
    rows = json.loads(newsroom_server.manage("shell", "--no-imports", "-c", PREPARE))
    context = browser.new_context(base_url=newsroom_server.url, viewport=WIDE, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.rows = rows
    log_in(page, "vera")
    yield page
    context.close()


def log_in(page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("newsroom")
    page.locator("[type=submit]").first.click()
    page.wait_for_url("**/admin/")


def pages(page) -> Iterator[str]:
    """Every address that answers with a page; the others must have the reason that is theirs."""
    for address in sorted(map(named, addresses())):
        if address in {"login/", "logout/"}:  # seen below, by who is not logged in
            continue
        refused = REFUSED.get(address, {200})
        for path in filled(address, page.rows):
            for asked in ASKED.get(address, [""]):
                answer = page.request.get(f"/admin/{path}{asked}", max_redirects=0)
                assert answer.status in refused | {302, 405}, f"{answer.status} {path}{asked}"
                if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
                    yield f"/admin/{path}{asked}"


def wrong(page, where: str) -> list[str]:
    """What axe finds in a page as it stands, and whether a phone must scroll it sideways."""
    found = []
    for size, scheme, rules in SIGHTS[:2] if STOCK.match(where) else SIGHTS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += [f"{where} {size['width']} {scheme}: {each}" for each in violations(page, rules)]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(f"{where} {size['width']} {scheme}: it must be scrolled sideways")
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return found


def test_axe_finds_nothing_on_any_page_of_the_desk(vera):
    seen, found = 0, []
    for address in pages(vera):
        vera.goto(address)
        vera.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found += wrong(vera, address)
        seen += 1
    assert seen > 60
    assert "\n".join(found) == ""


def test_axe_finds_nothing_at_the_door(browser, newsroom_server):
    context = browser.new_context(base_url=newsroom_server.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/admin/login/")
    found = wrong(page, "login")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    page.locator("[type=submit]").first.click()
    page.locator(".errornote").wait_for()
    found += wrong(page, "a wrong password")
    log_in(page, "ines")
    found += wrong(page, "a reporter's desk")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logout/")
    found += wrong(page, "logged out")
    context.close()
    assert "\n".join(found) == ""


def test_axe_finds_nothing_in_what_a_page_asks_and_answers(vera):
    page = vera
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline").fill("Two Are Quicker Than One")
    body(page).click()
    page.keyboard.type("Pilots stopped work at noon. TK")
    press_to_save(page, page.get_by_role("button", name="Save", exact=True))
    desk = page.url
    save = page.get_by_role("button", name="Save", exact=True)

    page.get_by_role("button", name="Photo").first.click()
    page.locator(".desk-dialog .desk-choice").first.wait_for()
    found = wrong(page, "photos to choose from")
    page.keyboard.press("Escape")

    page.evaluate("document.querySelector('#id_version').value = '0'")
    page.get_by_label("Headline").fill("One Was Later")
    save.click()
    page.get_by_role("dialog").locator(".desk-conflict").wait_for()
    found += wrong(page, "two versions, in the page")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('#article_form'))")
    page.wait_for_load_state()
    page.locator(".desk-conflict").wait_for()
    found += wrong(page, "two versions, on a page")

    page.goto(desk)
    page.locator(".desk-offer").wait_for()
    found += wrong(page, "what was not saved, on its page")

    page.goto("/admin/articles/article/")
    page.locator("#result_list .action-select").first.check()
    page.get_by_label("Action:").select_option("copy_them")
    page.get_by_role("button", name="Go").click()
    page.locator(".messagelist").wait_for()
    found += wrong(page, "many at once")
    for form in ("articles/tag/add/", "articles/article/add/", "password_change/"):
        page.goto(f"/admin/{form}")
        page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('#content form'))")
        page.wait_for_load_state()
        page.locator(".errorlist").first.wait_for()
        found += wrong(page, f"{form} sent empty")
    assert "\n".join(found) == ""
