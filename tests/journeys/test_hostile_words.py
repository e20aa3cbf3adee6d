"""Whatever an editor types is words: no payload runs, anywhere at the desk or in public, and the policy has nothing
to report."""

import json
from pathlib import Path

import pytest

from tests.journeys.conftest import ROOT
from tests.journeys.hostile import SAMPLES
from tests.journeys.writing import body

COLLECTED = ROOT.parent / "shared" / "corpora" / "xss" / "xss.jsonl"
# Whatever a payload calls is written down, and so is each breach of the policy.
LISTEN = """(() => {
    const heard = (window.__heard = [])
    for (const name of ["alert", "prompt", "confirm", "print"])
        window[name] = (...said) => heard.push(`${name}(${said.join()}) ran`)
    document.addEventListener("securitypolicyviolation", (breach) =>
        heard.push(`policy: ${breach.violatedDirective} ${breach.blockedURI} ${breach.sample}`))
})()"""
# The reports of Chromium's own viewer of XML.
DRAWN = ("Applying inline style violates", "policy: style-src-elem inline")
# What would run at a click or a touch: none of ours is written so. Said of every page, in every frame of it.
LOOK = """() => {
    const wrong = [...(window.__heard ?? ["nobody listened"])]
    const runs = /^[\\s\\0-\\x20]*(javascript|vbscript|data)\\s*:/i
    for (const element of document.querySelectorAll("*"))
        for (const { name, value } of element.attributes) {
            if (/^on/i.test(name)) wrong.push(`${element.tagName} ${name}=${value}`)
            const leads = ["href", "src", "action", "formaction", "xlink:href", "srcdoc", "data"].includes(name)
            if (leads && runs.test(value.replace(/[\\t\\n\\r]/g, "")) && !/^data:image\\//.test(value))
                wrong.push(`${element.tagName} ${name}=${value}`)
        }
    return wrong
}"""

SEND = """(form, [address, more]) => {
    for (const [name, value] of Object.entries(more))
        form.insertAdjacentHTML("beforeend", `<input type="hidden" name="${name}" value="${value}">`)
    form.action = address
    HTMLFormElement.prototype.submit.call(form)
}"""


def payloads() -> list[str]:
    """Our own samples, and the collection where it is there."""
    if not COLLECTED.exists():
        print(f"{COLLECTED} is not there: only the {len(SAMPLES)} samples of our own were tried.")
        return SAMPLES * 24  # enough for a few stories
    lines = COLLECTED.read_text(encoding="utf-8").splitlines()
    return [*SAMPLES, *(json.loads(line)["payload"] for line in lines)]


@pytest.fixture(scope="module")
def stories(newsroom_server, tmp_path_factory) -> list[dict]:
    source: Path = tmp_path_factory.mktemp("hostile") / "payloads.json"
    source.write_text(json.dumps(payloads()), encoding="utf-8")
    order = f"from tests.journeys.hostile import fill; fill({str(source)!r})"
    told = newsroom_server.manage("shell", "--no-imports", "-c", order)
    return [json.loads(line.split("\t")[1]) for line in told.splitlines() if line.startswith("hostile\t")]


class Listener:
    """A person at the desk whose browser tells everything that ran, was refused, broke, or asked elsewhere."""

    def __init__(self, page, home: str):
        self.page, self.home, self.wrong = page, home, []
        page.context.add_init_script(LISTEN)
        page.on("dialog", self.answer)
        page.on("pageerror", lambda error: self.tell(f"an error: {error}"))
        page.on("console", lambda said: "Content Security Policy" in said.text and self.tell(said.text))
        page.on("request", lambda asked: self.is_elsewhere(asked.url) and self.tell(f"asked {asked.url}"))

    def answer(self, dialog) -> None:
        """Leave a page with words that are not saved; whatever else asks is no question of ours."""
        if dialog.type != "beforeunload":
            self.tell(f"a dialog: {dialog.message}")
        dialog.accept()

    def is_elsewhere(self, url: str) -> bool:
        return not url.startswith((self.home, "data:image/", "blob:", "about:blank"))

    def tell(self, what: str) -> None:
        """Write it down; but that a browser draws XML with a style of its own is nobody's breach."""
        if self.page.url.endswith(".xml") and what.startswith(DRAWN):
            return
        self.wrong.append(f"{self.page.url.removeprefix(self.home)}: {what[:300]}")

    def open(self, address: str) -> None:
        self.page.goto(address, wait_until="load")  # by then a picture has failed, and told its handler
        self.look()

    def look(self) -> None:
        for frame in self.page.frames:
            for what in frame.evaluate(LOOK):
                self.tell(what)


@pytest.fixture
def listener(page, sign_in, newsroom_server) -> Listener:
    page.set_default_timeout(20_000)
    return Listener(sign_in("marek"), newsroom_server.url)


PLACES = [
    "/admin/", "/admin/articles/article/", "/admin/articles/article/add/", "/admin/articles/slot/",
    "/admin/articles/article/?q=alert", "/admin/articles/article/?author=alert&tag=alert%3Cscript%3E",
    "/admin/articles/tag/", "/admin/articles/author/", "/admin/articles/column/", "/admin/articles/edition/",
    "/admin/articles/correction/", "/admin/media/photo/", "/admin/media/tweet/", "/admin/media/agency/",
    "/", "/hostile/", "/hostile/about/", "/corrections/", "/search/?q=alert", "/search/?q=script&column=hostile",
    "/hostile/feed/", "/feed/", "/corrections/feed/", "/news-sitemap.xml",
    "/admin/articles/article/embed/photos/?q=", "/admin/articles/article/embed/tweets/?q=",
    "/admin/articles/article/embed/tags/?q=h", "/admin/articles/article/embed/authors/?q=a",
    "/admin/articles/slot/stories/?q=",
]  # fmt: skip


def test_no_word_runs(listener, stories):
    assert len(stories) > 0
    for story in stories:
        write(listener, story)
        for address in story["seen"]:
            listener.open(address)
    for address in PLACES:
        listener.open(address)
    pick(listener, stories)
    do_with_many(listener)
    assert listener.wrong == []
    assert listener.page.url.startswith(listener.home)


def write(listener: Listener, story: dict) -> None:
    """The writing page as it is saved and as it was left; its preview; and what is asked when somebody was quicker."""
    page, desk = listener.page, f"/admin/articles/article/{story['pk']}/"
    for address in (f"{desk}change/", f"{desk}change/?recovery={story['recovery']}"):
        page.goto(address, wait_until="load")
        for drawn in (body(page), page.locator(".desk-card img").first, page.locator(".desk-card .desk-said").first):
            drawn.wait_for(state="attached")
        listener.look()
    send(page, f"{desk}preview/")
    assert "No preview" not in page.title(), page.locator("#content").inner_text()
    listener.look()
    page.go_back(wait_until="load")
    send(page, f"{desk}change/", _continue="1")
    assert "Two versions" in page.title()
    listener.look()


def send(page, address: str, **more: str) -> None:
    """Send the page's form as a browser without its script would."""
    with page.expect_navigation(wait_until="load"):
        page.locator("#article_form").evaluate(SEND, [address, more])


def pick(listener: Listener, stories: list[dict]) -> None:
    """The picker of photos, in which each story's photo is found."""
    page = listener.page
    page.goto(f"/admin/articles/article/{stories[0]['pk']}/change/")
    page.locator(".desk-leadbuttons button").first.click()
    search = page.get_by_role("dialog").get_by_role("searchbox").or_(page.get_by_label("Find a photo by"))
    for start in range(0, len(stories), 10):
        search.first.fill(f"h{start // 10:03}")
        page.wait_for_timeout(600)
        listener.look()


def do_with_many(listener: Listener) -> None:
    """Every headline of a page of the list in a message; and the messages of what may not be thrown away."""
    page = listener.page
    for action in ("put_them_away", "copy_them"):
        page.goto("/admin/articles/article/")
        page.locator("#action-toggle").check()
        page.locator("select[name=action]").select_option(action)
        page.locator(".actions button[type=submit], .actions button[name=index]").first.click()
        page.wait_for_load_state("load")
        assert page.locator(".messagelist li").count() > 4
        listener.look()


def test_what_runs_is_heard(listener):
    """The listener must be able to fail: a script, a handler, an address, a breach, another's server."""
    hole = (
        "<script>alert(1)</script><img src=x onerror=\"confirm(2)\"><a href='java\tscript:alert(3)'>Read</a>"
        "<img src=https://elsewhere.example/>"
    )
    drawing = "<x><s xmlns='http://www.w3.org/1999/xhtml'><script>alert(4)</script><style>p {}</style></s></x>"

    def made_up(route) -> None:
        is_xml, held = route.request.url.endswith(".xml"), "held" in route.request.url
        kind = "application/xml" if is_xml else "text/html"
        headers = {"content-type": kind} | ({"content-security-policy": "script-src 'self'"} if held else {})
        route.fulfill(body=drawing if is_xml else hole, headers=headers)

    for address in ("**/hole/", "**/held/", "**/drawn.xml", "**/held.xml"):
        listener.page.route(address, made_up)
    listener.page.route("https://elsewhere.example/**", lambda route: route.abort())
    for address in ("/hole/", "/held/", "/drawn.xml", "/held.xml"):
        listener.open(address)
    heard = "\n".join(listener.wrong)
    expected = ["alert(1) ran", "confirm(2) ran", "IMG onerror", "A href=java", "/held/: policy: script-src",
                "asked https://elsewhere.example/", "alert(4) ran", "/held.xml: policy: script-src"]  # fmt: skip
    assert [what for what in expected if what not in heard] == []
