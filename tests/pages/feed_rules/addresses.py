"""Addresses, names (RFC 4151) and links of both formats."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from tests.pages.feed_rules.ground import ATOM, MEDIA, Found, rule, texts

TAG = re.compile(
    r"tag:([a-z0-9._+-]+@)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?:[\w.~!$&'()*+,;=:@/?%-]*(#\S*)?",
    re.ASCII | re.IGNORECASE,
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:.", re.ASCII | re.IGNORECASE)
NO_URI = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")
RELS = {"alternate", "related", "self", "enclosure", "via", "first", "last", "next", "previous", "hub", "license",
        "current", "next-archive", "prev-archive", "edit", "replies", "service", "payment"}  # fmt: skip


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
