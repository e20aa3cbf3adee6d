"""Dates: RFC 2822 in RSS, RFC 3339 in Atom, and in both such as could be."""

import re
from calendar import day_abbr, month_abbr
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from lxml import etree

from tests.pages.feed_rules.ground import ATOM, Found, rule, texts

DAYS, MONTHS = "|".join(day_abbr), "|".join(list(month_abbr)[1:])
RFC2822 = re.compile(rf"({DAYS}), \d\d ({MONTHS}) \d{{4}} \d\d:\d\d:\d\d ([+-]\d{{4}}|GMT)", re.ASCII)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


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
