"""Words from elsewhere arrive at the desk: from Google Docs, Word, LibreOffice, a web page, an article of ours."""

import re
from pathlib import Path

import pytest

from articles import body as grammar
from tests.journeys.writing import begin, emptied, html, paste

PASTES = Path(__file__).parents[1] / "desk" / "pastes"
SAMPLES = sorted(path for path in PASTES.iterdir() if not path.name.endswith(".body.html"))
LEFT_OVER = re.compile(r"style=|class=(?!\"pull-quote)|<span|google\.com/url|safelinks|facebook|<p></p>")
OF_OURS = re.compile(r"</?(?:p|h2|h3|ul|ol|li|blockquote|aside|hr|br|a|strong|em|sub|sup)\b")


def one_line(source: str) -> str:
    return "".join(source.splitlines())


@pytest.fixture
def writing(sign_in):
    page = sign_in("marek")
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if said.type in {"error", "warning"} else None)
    begin(page, "What the Pilots Want")
    yield page
    assert heard == []


def test_what_is_pasted_arrives_as_clean_structure_and_the_server_takes_it(writing):
    page = writing
    arrived = {}
    for path in SAMPLES:
        emptied(page)
        source = path.read_text()
        if path.suffix == ".txt":
            paste(page, text=source)
        else:
            paste(page, html=source, text=re.sub("<[^>]*>", "", source))
        arrived[path.stem] = html(page)
        page.keyboard.press("Control+z")
        assert html(page) == "", f"{path.stem}: one undo takes it all back"
    wanted = {path.stem: one_line((PASTES / f"{path.stem}.body.html").read_text()) for path in SAMPLES}
    for name, body in arrived.items():
        assert grammar.clean(body) == grammar.clean(wanted[name]), name
        assert not LEFT_OVER.search(body), name
        assert {tag for tag in re.findall(r"</?[a-z0-9-]+\b", body) if not OF_OURS.match(tag)} == set(), name


def test_what_is_left_out_is_said(writing):
    page = writing
    said = page.locator(".desk-foot [role=status]")
    emptied(page)
    paste(page, html=(PASTES / "google-docs.html").read_text())
    assert "a picture, a struck-out passage" in said.inner_text()
    assert html(page).count("<news-photo") == html(page).count("<img") == 0


def test_a_heading_pasted_behind_a_paragraph_stands_below_it(writing):
    page = writing
    emptied(page)
    page.keyboard.type("There is more.")
    paste(page, html="<h2>What comes next</h2><p>Talks.</p>")
    assert html(page) == "<p>There is more.</p><h2>What comes next</h2><p>Talks.</p>"
    page.keyboard.press("Control+z")
    assert html(page) == "<p>There is more.</p>"
    page.keyboard.press("Control+y")
    page.keyboard.type(" Then rest.")
    assert html(page).endswith("<p>Talks. Then rest.</p>")


def test_a_paste_in_the_middle_of_a_sentence_and_over_words(writing):
    page = writing
    emptied(page)
    page.keyboard.type("The port  closed.")
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    paste(
        page,
        html="<meta charset='utf-8'><b style='font-weight:normal'><span style='font-style:italic'>really</span></b>",
    )
    assert html(page) == "<p>The port <em>really</em> closed.</p>"
    page.keyboard.press("Control+a")
    paste(page, text="https://example.org/?utm_source=x&id=1")
    assert '<a href="https://example.org/?' in html(page)
    page.keyboard.press("Control+z")
    assert html(page) == "<p>The port <em>really</em> closed.</p>"
