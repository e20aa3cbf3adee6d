"""Mistakes that feeds make, by the names that the W3C feed validator gives them; each is a function from XML to what is
wrong in it.

These are the rules that our feeds could break. Where ours are stricter than the validator's, the docstring says so.
"""

import re
from calendar import day_abbr, month_abbr
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint
from html.parser import HTMLParser
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DAYS, MONTHS = "|".join(day_abbr), "|".join(list(month_abbr)[1:])
RFC2822 = re.compile(rf"({DAYS}), \d\d ({MONTHS}) \d{{4}} \d\d:\d\d:\d\d ([+-]\d{{4}}|GMT)", re.ASCII)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
TAG = re.compile(
    r"tag:([a-z0-9._+-]+@)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?:[\w.~!$&'()*+,;=:@/?%-]*(#\S*)?",
    re.ASCII | re.IGNORECASE,
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
MIME = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+(;.*)?", re.ASCII | re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:.", re.ASCII | re.IGNORECASE)
NO_URI = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")
RELS = {"alternate", "related", "self", "enclosure", "via", "first", "last", "next", "previous", "hub", "license",
        "current", "next-archive", "prev-archive", "edit", "replies", "service", "payment"}  # fmt: skip
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
PLAIN = ("title", "category", f"{DC}creator", f"{ATOM}name", f"{MEDIA}description", f"{MEDIA}credit")
TAGS = frozenset(
    ["a", "blockquote", "br", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "img", "li", "ol", "p",
     "small", "strong", "sub", "sup", "ul"]
)  # fmt: skip
EMPTY = {"br", "hr", "img"}

Found = Iterator[str]
RULES: dict[str, Callable[[etree._Element], Found]] = {}


def rule(*names: str):
    """One function may stand for several names of the same mistake."""

    def register(function):
        return RULES.update(dict.fromkeys(names, function)) or function

    return register


def texts(root: etree._Element, *names: str) -> Iterator[str]:
    return (each.text or "" for name in names for each in root.iter(name))


def mistakes(xml: bytes) -> dict[str, list[str]]:
    """The names of what is wrong, and the places. What no parser reads is a SAXError alone."""
    try:
        root, declared = map(parsed, (xml, re.sub(b"&#x(26|3C);", b"_", xml)))
    except etree.XMLSyntaxError as error:
        return {"SAXError": [str(error)]}
    found = {name: list(function(declared if function is html_in_words else root)) for name, function in RULES.items()}
    return {name: places for name, places in found.items() if places}


def parsed(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


# Dates.


@rule("InvalidRFC2822Date", "ProblematicalRFC822Date")
def rfc2822(root: etree._Element) -> Found:
    """Stricter: only the one form that every reader takes."""
    for text in texts(root, "pubDate", "lastBuildDate"):
        try:
            right = RFC2822.fullmatch(text) and day_abbr[parsedate_to_datetime(text).weekday()] == text[:3]
        except ValueError:
            right = False
        if not right:
            yield text


@rule("InvalidRFC3339Date")
def rfc3339(root: etree._Element) -> Found:
    for text in texts(root, f"{ATOM}updated", f"{ATOM}published"):
        if not RFC3339.fullmatch(text.strip()) or moment(text) is None:
            yield text


def moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()) if text[:4].isdigit() else parsedate_to_datetime(text)
    except ValueError:
        return None


@rule("ImplausibleDate")
def implausible(root: etree._Element) -> Found:
    for text in texts(root, "pubDate", "lastBuildDate", f"{ATOM}updated", f"{ATOM}published"):
        at = moment(text)
        if at and at.tzinfo and not datetime(1970, 1, 1, tzinfo=UTC) <= at <= datetime.now(UTC) + timedelta(days=1):
            yield text


# Addresses and names.


def addresses(root: etree._Element) -> Iterator[str]:
    yield from texts(root, "link", f"{ATOM}id", f"{ATOM}uri")
    for each in root.iter(f"{ATOM}link", f"{ATOM}category", f"{MEDIA}content", f"{MEDIA}credit", "category"):
        yield from (each.get(name, "") for name in ("href", "scheme", "url", "domain") if name in each.attrib)


@rule("InvalidFullLink")
def relative(root: etree._Element) -> Found:
    yield from (each for each in addresses(root) if not SCHEME.match(each.strip()))


@rule("InvalidUriChar")
def characters(root: etree._Element) -> Found:
    yield from (each for each in addresses(root) if NO_URI.search(each))


@rule("InvalidLink")
def no_link(root: etree._Element) -> Found:
    yield from characters(root)
    yield from (each for each in texts(root, "link") if not SCHEME.match(each))


@rule("InvalidTAG")
def tags(root: etree._Element) -> Found:
    for each in texts(root, f"{ATOM}id", "guid"):
        if each.startswith("tag:") and (not TAG.fullmatch(each) or not real_date(each.split(":")[1].split(",")[-1])):
            yield each


def real_date(written: str) -> bool:
    try:
        return bool(datetime.fromisoformat((written + "-01-01")[:10]))
    except ValueError:
        return False


@rule("NonCanonicalURI")
def canonical(root: etree._Element) -> Found:
    for each in texts(root, f"{ATOM}id"):
        parts = urlsplit(each)
        if parts.scheme not in ("http", "https"):
            continue
        default = {"http": ":80", "https": ":443"}[parts.scheme]
        encoded = re.findall("%(..)", each)
        if (
            not parts.path
            or re.search(r"/\.{1,2}(/|$)", parts.path)
            or parts.netloc != parts.netloc.lower()
            or not each.startswith(parts.scheme)
            or parts.netloc.endswith((default, ":"))
            or "@" in parts.netloc
            or any(code != code.upper() or re.match(r"[\w.~-]", chr(int(code, 16)), re.ASCII) for code in encoded)
        ):
            yield each


@rule("DuplicateValue", "DuplicateEntries", "DuplicateIds")
def twice(root: etree._Element) -> Found:
    ids = [each.text for each in root.iter("guid")] + [each.findtext(f"{ATOM}id") for each in root.iter(f"{ATOM}entry")]
    yield from (str(each) for each, times in Counter(ids).items() if times > 1)


@rule("MissingGuid")
def guid(root: etree._Element) -> Found:
    yield from ("item" for each in root.iter("item") if each.find("guid") is None)


# Links.


def links(root: etree._Element) -> list[etree._Element]:
    return root.findall(f"{ATOM}link") + root.findall(f"channel/{ATOM}link")


@rule("MissingSelf")
def self_link(root: etree._Element) -> Found:
    if root.tag in (f"{ATOM}feed", "rss") and not any(each.get("rel", "").endswith("self") for each in links(root)):
        yield root.tag


@rule("DuplicateAtomLink")
def same_link(root: etree._Element) -> Found:
    for parent in (root, *root.iter("channel", f"{ATOM}entry")):
        found = [
            (each.get("rel", "alternate"), each.get("type"), each.get("hreflang"))
            for each in parent.findall(f"{ATOM}link")
        ]
        yield from (
            str(each) for each, times in Counter(found).items() if times > 1 and each[0] in ("alternate", "self")
        )


@rule("UnregisteredAtomLinkRel")
def rel(root: etree._Element) -> Found:
    for each in root.iter(f"{ATOM}link"):
        if (name := each.get("rel", "alternate")) not in RELS and not SCHEME.match(name):
            yield name


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


# Elements.


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


# Words and HTML.


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
