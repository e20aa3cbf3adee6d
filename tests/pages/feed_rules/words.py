"""Words and HTML: plain where words stand, whole and harmless where HTML does."""

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from html.parser import HTMLParser

from lxml import etree

from tests.pages.feed_rules.addresses import SCHEME
from tests.pages.feed_rules.ground import ATOM, DC, ENCODED, MEDIA, Found, rule, texts

PLAIN = ("title", "category", f"{DC}creator", f"{ATOM}name", f"{MEDIA}description", f"{MEDIA}credit")
TAGS = frozenset(
    ["a", "blockquote", "br", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "img", "li", "ol", "p",
     "small", "strong", "sub", "sup", "ul"]
)  # fmt: skip
EMPTY = {"br", "hr", "img"}


@rule("ContainsHTML", "ContainsUndeclaredHTML")
def html_in_words(root: etree._Element) -> Found:
    """Words that read as HTML where plain words stand: the validator guesses that they were escaped once too often.

    It believes & and < that are written as &#x26; and &#x3C;, as the RSS Profile asks of plain words.
    """
    texts_of_atom = [f"{ATOM}{name}" for name in ("title", "subtitle", "summary", "content")]
    plain = [*texts(root, *PLAIN), *(each.get("label", "") for each in root.iter(f"{ATOM}category"))]
    plain += [
        each.text or "" for each in root.iter(*texts_of_atom) if each.get("type", "text") in ("text", "text/plain")
    ]
    for each in plain:
        entities = [name for name in re.findall(r"&(#|\w+)", each) if name == "#" or name in name2codepoint]
        if entities or re.search(r"</[a-z]\w*>|<br ?/?>", each, re.IGNORECASE):
            yield each


def markup(root: etree._Element) -> Iterator[str]:
    yield from texts(root, "description", ENCODED)
    for each in root.iter(*(f"{ATOM}{name}" for name in ("title", "summary", "content", "subtitle"))):
        if each.get("type") in ("html", "text/html"):
            yield each.text or ""


class Reading(HTMLParser):
    """What stands in a fragment of HTML, and what is not closed in order."""

    def __init__(self, fragment: str):
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.strange: list[str] = []
        self.broken: list[str] = []
        self.feed(fragment)
        self.close()
        self.broken += self.open

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in TAGS:
            self.strange.append(tag)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.open.pop()

    def handle_data(self, data):
        self.broken += [data] if "<" in data else []

    def handle_pi(self, data):
        self.strange.append(f"?{data}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(f"/{tag}")


@rule("SecurityRisk", "SecurityRiskAttr")
def risks(root: etree._Element) -> Found:
    for fragment in markup(root):
        read = Reading(fragment)
        yield from read.strange
        for tag, name, value in read.attributes:
            script = re.match(r"(javascript|vbscript|data):", re.sub(r"[\s\x00-\x20]", "", value), re.IGNORECASE)
            if name.startswith("on") or script or name == "style":
                yield f"{tag} {name}={value}"


@rule("DangerousStyleAttr")
def styles(root: etree._Element) -> Found:
    """Stricter: no style at all."""
    for fragment in markup(root):
        yield from (value for _, name, value in Reading(fragment).attributes if name == "style")


@rule("ContainsRelRef")
def relative_in_html(root: etree._Element) -> Found:
    for fragment in markup(root):
        for _, name, value in Reading(fragment).attributes:
            if name in ("href", "src", "cite") and not SCHEME.match(value):
                yield value


@rule("NotHtml")
def broken_html(root: etree._Element) -> Found:
    for fragment in markup(root):
        read = Reading(fragment)
        yield from (f"{tag} in {fragment[:60]}" for tag in read.broken + read.strange)
