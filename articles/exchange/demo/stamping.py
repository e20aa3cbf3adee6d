"""Writes a picture's credit into its JPEG file, the way agencies do: as IPTC-IIM and as XMP.

IIM is the older form and is still what most agencies send: datasets in a Photoshop resource block in the APP13
segment (IPTC-NAA Information Interchange Model 4.2, https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf;
resource blocks: Adobe Photoshop File Formats, "Image Resource Blocks"). XMP holds the same facts as RDF in an APP1
segment (IPTC Photo Metadata Standard 2024, https://iptc.org/std/photometadata/specification/).
"""

from __future__ import annotations

import struct
from typing import Any
from xml.sax.saxutils import escape

IIM_RESOURCE = 0x0404
UTF8_MARK = b"\x1b%G"
# Dataset numbers of record 2 by the name of the field in photos.toml. Longest values as the specification allows.
RECORD_2 = {
    "headline": (105, 256),
    "keywords": (25, 64),
    "date": (55, 8),
    "photographer": (80, 32),
    "city": (90, 32),
    "country": (101, 64),
    "credit": (110, 32),
    "source": (115, 32),
    "copyright_notice": (116, 128),
    "caption": (120, 2000),
}
MARKER_APP0, MARKER_APP1, MARKER_APP13 = 0xE0, 0xE1, 0xED


def facts(photo: dict[str, Any]) -> dict[str, Any]:
    """The photo's row as the file tells it: who, for whom, what and where; missing fields are left out.

    Credit is the chain of agencies to be named (the credit line for a picture without one), source the first of them.
    """
    agencies = photo.get("agencies", [])
    told = {
        **{key: photo.get(key) for key in ("headline", "keywords", "photographer", "city", "country", "caption")},
        "copyright_notice": photo.get("copyright_notice"),
        "usage_terms": photo.get("usage_terms"),
        "alt_text": photo.get("alt_text"),
        "date": str(photo["date"]).replace("-", "") if photo.get("date") else None,
        "credit": "/".join(agencies) or photo.get("credit_line"),
        "source": agencies[0] if agencies else None,
    }
    return {key: value for key, value in told.items() if value}


def iim_segment(told: dict[str, Any]) -> bytes:
    """The facts as one APP13 segment with UTF-8 text, marker and length included.

    A value longer than the specification allows is cut between two characters; XMP keeps it whole.
    """
    datasets = _dataset(1, 90, UTF8_MARK) + _dataset(2, 0, struct.pack(">H", 4))
    for name, (number, longest) in RECORD_2.items():
        values = told.get(name, [])
        for value in [values] if isinstance(values, str) else values:
            datasets += _dataset(2, number, value.encode()[:longest].decode(errors="ignore").encode())
    resource = b"8BIM" + struct.pack(">HxxI", IIM_RESOURCE, len(datasets)) + datasets + b"\0" * (len(datasets) % 2)
    return _segment(MARKER_APP13, b"Photoshop 3.0\0" + resource)


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def with_segment(jpeg: bytes, segment: bytes) -> bytes:
    """The JPEG with a segment added behind its leading APP0 and APP1 segments. Raises ValueError for other files."""
    if jpeg[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG file: it does not begin with a start-of-image marker")
    at = 2
    while jpeg[at] == 0xFF and jpeg[at + 1] in (MARKER_APP0, MARKER_APP1):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return jpeg[:at] + segment + jpeg[at:]


def xmp_packet(told: dict[str, Any]) -> bytes:
    """The facts as an XMP packet for Pillow's `save(xmp=…)`."""
    fields = [
        _ordered("dc:creator", "Seq", [told.get("photographer")]),
        _ordered("dc:subject", "Bag", told.get("keywords", [])),
        *(
            _in_any_language(name, told.get(key))
            for name, key in (
                ("dc:title", "headline"),
                ("dc:description", "caption"),
                ("dc:rights", "copyright_notice"),
                ("xmpRights:UsageTerms", "usage_terms"),
                ("Iptc4xmpCore:AltTextAccessibility", "alt_text"),
            )
        ),
        *(
            f"<{name}>{escape(told[key])}</{name}>"
            for name, key in (
                ("photoshop:Headline", "headline"),
                ("photoshop:Credit", "credit"),
                ("photoshop:Source", "source"),
                ("photoshop:City", "city"),
                ("photoshop:Country", "country"),
            )
            if told.get(key)
        ),
    ]
    if date := told.get("date"):
        fields.append(f"<photoshop:DateCreated>{date[:4]}-{date[4:6]}-{date[6:]}</photoshop:DateCreated>")
    if told.get("copyright_notice"):
        fields.append("<xmpRights:Marked>True</xmpRights:Marked>")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
        f'{"".join(fields)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _ordered(name: str, container: str, values: list[str | None]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>" if items else ""


def _in_any_language(name: str, value: str | None) -> str:
    if not value:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>'
