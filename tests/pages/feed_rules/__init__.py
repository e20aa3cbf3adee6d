"""Mistakes that feeds make, by the names that the W3C feed validator gives them; each is a function from XML to what is
wrong in it.

These are the rules that our feeds could break. Where ours are stricter than the validator's, the docstring says so.
"""

import re

from lxml import etree

from tests.pages.feed_rules import addresses, dates, elements, words
from tests.pages.feed_rules.ground import RULES

__all__ = ["RULES", "addresses", "dates", "elements", "mistakes", "words"]


def mistakes(xml: bytes) -> dict[str, list[str]]:
    """The names of what is wrong, and the places. What no parser reads is a SAXError alone."""
    try:
        root, declared = map(parsed, (xml, re.sub(b"&#x(26|3C);", b"_", xml)))
    except etree.XMLSyntaxError as error:
        return {"SAXError": [str(error)]}
    found = {
        name: list(function(declared if function is words.html_in_words else root)) for name, function in RULES.items()
    }
    return {name: places for name, places in found.items() if places}


def parsed(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
