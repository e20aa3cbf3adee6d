"""A photograph as an agency sends it, with whatever its file should say of itself."""

import hashlib
import io
import struct
from xml.sax.saxutils import escape

from PIL import Image

from media.iptc import DIGEST_RESOURCE, IIM_RESOURCE, NAMES

NUMBERS = {name: key for key, name in NAMES.items()}
AGENCY = {
    "byline": "ZEIN AL-RIFAI",
    "credit": "AFP/Getty Images",
    "caption": "Smoke over Aleppo.",
    "copyright": "2015 AFP",
}
PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">{}'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def record(coded: str = "utf-8", says_so: bool = True, **texts: str | list[str]) -> bytes:
    """An IIM record of `texts`, written in the character set `coded`."""
    sets = [(1, 90, b"\x1b%G")] if coded == "utf-8" and says_so else []
    for name, said in texts.items():
        values = said if isinstance(said, list) else [said]
        sets += [(*NUMBERS[name], value.encode(coded)) for value in values]
    return b"".join(struct.pack(">BBBH", 0x1C, *key, len(value)) + value for *key, value in sets)


def resource(number: int, content: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(content)) + content + b"\0" * (len(content) % 2)


def digest_of(iim: bytes) -> bytes:
    return resource(DIGEST_RESOURCE, hashlib.md5(iim).digest())


def segment(block: bytes) -> bytes:
    """Resources as one APP13 segment of a JPEG."""
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def packet(**elements: str) -> bytes:
    """An XMP packet of simple properties: dc_creator="…" is dc:creator."""
    properties = "".join(
        f"<{name}>{escape(text)}</{name}>" for key, text in elements.items() for name in [key.replace("_", ":", 1)]
    )
    return PACKET.format(properties).encode()


def wire_photo(iim: bytes = b"", *, segments: bytes = b"", colour: str = "teal", **how) -> io.BytesIO:
    """A JPEG with an IIM record, or with APP13 segments as they are; `how` goes to Pillow (xmp=, exif=)."""
    plain = io.BytesIO()
    Image.new("RGB", (80, 50), colour).save(plain, "JPEG", **how)
    segments = segments or (segment(resource(IIM_RESOURCE, iim)) if iim else b"")
    head, rest = plain.getvalue()[:2], plain.getvalue()[2:]
    return io.BytesIO(head + segments + rest)
