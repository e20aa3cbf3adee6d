"""XMP: the fields of a picture file as RDF, read and written.

The packet is ISO 16684-1; the properties are those of the IPTC Photo Metadata Standard, of PLUS and of Adobe:
https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata, https://developer.adobe.com/xmp/docs/.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"

NAMES = {
    f"{DC}title": "title",
    f"{DC}subject": "keywords",
    f"{DC}creator": "byline",
    f"{DC}rights": "copyright",
    f"{DC}Rights": "copyright",  # as Getty Images wrote it
    f"{DC}description": "caption",
    f"{PHOTOSHOP}Instructions": "instructions",
    f"{PHOTOSHOP}DateCreated": "date",
    f"{PHOTOSHOP}City": "city",
    f"{PHOTOSHOP}Country": "country",
    f"{PHOTOSHOP}Headline": "headline",
    f"{PHOTOSHOP}Credit": "credit",
    f"{PHOTOSHOP}Source": "source",
    f"{IPTC}AltTextAccessibility": "alt_text",
    f"{RIGHTS}UsageTerms": "usage_terms",
    f"{RIGHTS}WebStatement": "web_statement",
    f"{PLUS}LicensorName": "licensor",
    f"{PLUS}LicensorURL": "licensor_url",
}


OPENS, CLOSES = b"<x:xmpmeta", b"</x:xmpmeta>"
# How "<?" is written in the character sets that a packet may have beside UTF-8.
WIDE = {b"\0<\0?": "utf-16-be", b"<\0?\0": "utf-16-le", b"\0\0\0<": "utf-32-be", b"<\0\0\0": "utf-32-le"}


def scanned(content: bytes) -> bytes:
    """The first packet in a file of whatever format, as part 3 of the standard lets one look for it; else b""."""
    start = content.find(OPENS)
    end = content.find(CLOSES, start)
    return content[start : end + len(CLOSES)] if 0 <= start < end else b""


def fields(packet: bytes) -> dict[str, list[str]]:
    """The texts of a packet by the names of NAMES; none from one that is no XML, or asks for entities."""
    if wide := WIDE.get(packet[:4]):
        packet = packet.decode(wide, "replace").replace("\ufeff", "").encode()
    try:
        root = fromstring(packet.strip(b" \t\r\n\0"))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return {}
    found: dict[str, list[str]] = {}
    for name, value in properties(root):
        found.setdefault(name, []).append(value)
    return found


def properties(root: Element) -> Iterator[tuple[str, str]]:
    """Every property that we know, as attribute or element, wherever it stands in the packet."""
    for element in root.iter():
        if element.tag in NAMES:
            for value in values(element):
                yield NAMES[element.tag], value
        for attribute, value in element.attrib.items():
            if attribute in NAMES and value.strip():
                yield NAMES[attribute], value.strip()


def values(element: Element) -> list[str]:
    """The texts of a property: its own, those of a list, or of alternatives the one for everybody."""
    items = element.findall(f"*/{RDF}li")
    if element.find(f"{RDF}Alt") is not None:
        items = sorted(items, key=lambda item: item.get(LANGUAGE) != "x-default")[:1]
    texts = [item.text for item in items] if items else [element.text]
    return [text.strip(" \t\r\n\0") for text in texts if text and text.strip(" \t\r\n\0")]
