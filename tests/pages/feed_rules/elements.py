"""Elements: those that must be there, those that may stand once, and what may stand in them."""

import re
from collections import Counter
from collections.abc import Callable

from lxml import etree

from tests.pages.feed_rules.ground import ATOM, DC, ENCODED, LANG, MEDIA, Found, rule, texts

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
MIME = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+(;.*)?", re.ASCII | re.IGNORECASE)
ONCE = {
    "channel": {"title", "link", "description", "language", "lastBuildDate", "pubDate"},
    "item": {"title", "link", "description", "pubDate", "guid", ENCODED},
    f"{ATOM}feed": {f"{ATOM}{name}" for name in ("id", "title", "updated", "subtitle")},
    f"{ATOM}entry": {f"{ATOM}{name}" for name in ("id", "title", "updated", "published", "summary", "content")},
    f"{ATOM}author": {f"{ATOM}{name}" for name in ("name", "uri")},
}
NEEDED = {
    "channel": {"title": "MissingTitle", "link": "MissingLink", "description": "MissingDescription"},
    f"{ATOM}feed": dict.fromkeys((f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated"), "MissingElement"),
    f"{ATOM}entry": dict.fromkeys((f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated"), "MissingElement"),
    f"{ATOM}author": {f"{ATOM}name": "MissingElement"},
}


@rule("DuplicateElement")
def several(root: etree._Element) -> Found:
    for parent, once in ONCE.items():
        for each in root.iter(parent):
            times = Counter(child.tag for child in each)
            yield from (str(name) for name in once if times[name] > 1)


def missing(name: str) -> Callable[[etree._Element], Found]:
    def check(root: etree._Element) -> Found:
        for parent, needed in NEEDED.items():
            for each in root.iter(parent):
                yield from (child for child, event in needed.items() if event == name and each.find(child) is None)

    return check


for _name in ("MissingElement", "MissingTitle", "MissingLink", "MissingDescription"):
    rule(_name)(missing(_name))


@rule("NotBlank", "AttrNotBlank")
def blank(root: etree._Element) -> Found:
    """Stricter: no element and no attribute of ours says nothing."""
    for each in root.iter(etree.Element):
        if not (each.text or "").strip() and not len(each) and not each.attrib:
            yield str(each.tag)
        if (
            each.tag == f"{ATOM}content"
            and not (each.text or "").strip()
            and not len(each)
            and "src" not in each.attrib
        ):
            yield str(each.tag)
        yield from (f"{each.tag}@{name}" for name, value in each.attrib.items() if not value.strip())


@rule("UnexpectedWhitespace")
def spaces(root: etree._Element) -> Found:
    for text in texts(root, f"{ATOM}id", f"{ATOM}updated", f"{ATOM}published", f"{ATOM}uri", "guid", "pubDate"):
        if text != text.strip():
            yield text


@rule("InvalidLanguage")
def languages(root: etree._Element) -> Found:
    said = [
        *texts(root, "language", f"{DC}language"),
        *(each.get(LANG) for each in root.iter() if each.get(LANG) is not None),
    ]
    yield from (each for each in said if not LANGUAGE.fullmatch(each))


@rule("InvalidPositiveInteger")
def sizes(root: etree._Element) -> Found:
    for each in root.iter(f"{MEDIA}content"):
        yield from (
            value for name in ("width", "height") if not re.fullmatch(r"[1-9]\d*", value := each.get(name, "1"))
        )


@rule("InvalidMIMEType")
def types(root: etree._Element) -> Found:
    for each in root.iter(f"{ATOM}link", f"{ATOM}content", f"{MEDIA}content", f"{ATOM}title", f"{ATOM}summary"):
        kind, where = each.get("type", "text/plain"), etree.QName(each)
        written = {"text", "html", "xhtml"} if where.localname != "link" and where.namespace == ATOM[1:-1] else set()
        media = where.localname not in ("title", "summary")
        if (
            kind not in written
            and not (media and MIME.fullmatch(kind))
            and not (kind == "text/plain" and "type" not in each.attrib)
        ):
            yield kind
