"""What the rules stand on: the names of the formats, and the list of rules."""

from collections.abc import Callable, Iterator

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Found = Iterator[str]
RULES: dict[str, Callable[[etree._Element], Found]] = {}


def rule(*names: str):
    """One function may stand for several names of the same mistake."""

    def register(function):
        return RULES.update(dict.fromkeys(names, function)) or function

    return register


def texts(root: etree._Element, *names: str) -> Iterator[str]:
    return (each.text or "" for name in names for each in root.iter(name))
