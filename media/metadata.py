"""What a picture file says of itself: IPTC-IIM, XMP and EXIF, side by side, and which of them is believed.

Nothing here decides what the newsroom prints: it is read off, kept with the photo, and shown where it came from.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image

from media import iptc, xmp

FIELDS = {
    "byline": "By-line",
    "credit": "Credit",
    "source": "Source",
    "copyright": "Copyright",
    "headline": "Headline",
    "title": "Title",
    "caption": "Caption",
    "alt_text": "Alt text",
    "keywords": "Keywords",
    "city": "City",
    "country": "Country",
    "date": "Date",
    "usage_terms": "Usage terms",
    "instructions": "Instructions",
    "web_statement": "Web statement",
    "licensor": "Licensor",
    "licensor_url": "Licensor’s page",
}
XMP, IIM, EXIF = "XMP", "IPTC-IIM", "EXIF"
LONGEST = 10_000  # characters of a value; a caption has some hundreds
MOST = 100  # values of one field: keywords

# Fields of which a file may hold several values, and what stands between them.
JOINED = {"keywords": ", ", "byline": ", "}

TIFF_IPTC, TIFF_PHOTOSHOP, TIFF_XMP = 33723, 34377, 700
EXIF_NAMES = {0x010E: "caption", 0x013B: "byline", 0x8298: "copyright"}
EXIF_IFD, TAKEN, TAKEN_OFFSET = 0x8769, 0x9003, 0x9011
PACKETS = ("xmp", "XML:com.adobe.xmp")
# What cameras write into the caption by themselves.
OF_CAMERAS = ("OLYMPUS DIGITAL CAMERA", "GE DIGITAL CAMERA", "SONY DSC", "SAMSUNG CSC", "DCF 1.0", "DIGITAL CAMERA")


@dataclass(frozen=True)
class Reading:
    """One value of one field, and where in the file it stands."""

    field: str
    value: str
    where: str


@dataclass(frozen=True)
class Told:
    """What the places of a file say of one field."""

    label: str
    readings: list[Reading]

    @property
    def answers(self) -> list[tuple[str, list[str]]]:
        """Each thing that is said, the most believed first, and where it stands; spaces, capitals and how a day is
        written aside."""
        said: dict[str, tuple[str, list[str]]] = {}
        for reading in self.readings:
            said.setdefault(alike(reading), (reading.value, []))[1].append(reading.where)
        return list(said.values())

    @property
    def disagree(self) -> bool:
        return len(self.answers) > 1


@dataclass(frozen=True)
class Readings:
    """All that a file says, the most believed first."""

    all: tuple[Reading, ...] = ()

    def said(self, field: str) -> str:
        """The value that is believed; "" when the file is silent."""
        return next((reading.value for reading in self.all if reading.field == field), "")

    def by_field(self) -> list["Told"]:
        """The fields that the file fills, in the order of FIELDS, each with all that is said of it."""
        told = {name: [reading for reading in self.all if reading.field == name] for name in FIELDS}
        return [Told(FIELDS[name], readings) for name, readings in told.items() if readings]

    def plain(self) -> list[dict[str, str]]:
        """As JSON keeps them."""
        return [vars(reading) for reading in self.all]

    @classmethod
    def kept(cls, rows: list[dict[str, str]]) -> "Readings":
        return cls(tuple(Reading(**row) for row in rows))


def alike(reading: Reading) -> str:
    day = moment(reading.value) if reading.field == "date" else None
    return str(day.date()) if day else " ".join(reading.value.split()).casefold()


def read(picture: Image.Image, content: bytes) -> Readings:
    """What an opened picture says of itself; `content` are the bytes of its file. Nothing raises.

    XMP is believed before IIM, as it is the younger, unless the IIM was changed after it (media.iptc.is_overtaken).
    EXIF comes last: the Metadata Working Group would have it first, but there a camera's owner and "OLYMPUS DIGITAL
    CAMERA" stand where an agency's caption should.
    """
    packet, record, digest = embedded(picture, content)
    places = {XMP: xmp.fields(packet), IIM: iptc.fields(record)}
    if iptc.is_overtaken(record, digest):
        places = {IIM: places[IIM], XMP: places[XMP]}
    return Readings(
        tuple(
            Reading(field, text, where)
            for where, fields in {**places, EXIF: from_exif(picture)}.items()
            for field, values in in_our_words(fields).items()
            if (text := one_text(field, values))
        )
    )


def one_text(field: str, values: list[str]) -> str:
    """The values of a field as one; of one that may have a single value the first."""
    several = list(dict.fromkeys(values))[:MOST]
    text = JOINED[field].join(several) if field in JOINED else several[0]
    return text.replace("\0", "")[:LONGEST].strip()


def embedded(picture: Image.Image, content: bytes) -> tuple[bytes, bytes, bytes]:
    """A file's XMP packet, IIM record, and digest of the latter; b"" for what it has not."""
    block = photoshop_block(picture)
    found = dict(reversed(list(iptc.resources(block))))
    record = found.get(iptc.IIM_RESOURCE) or tag(picture, TIFF_IPTC)
    if not record:
        record = content[content.rfind(iptc.HUNG_ON) :] if iptc.HUNG_ON in content else b""
    packet = next((as_bytes(picture.info[name]) for name in PACKETS if picture.info.get(name)), b"")
    packet = packet or tag(picture, TIFF_XMP) or xmp.scanned(content)
    return packet, record, found.get(iptc.DIGEST_RESOURCE, b"")


def photoshop_block(picture: Image.Image) -> bytes:
    """The Photoshop resources: of a JPEG all its APP13 segments in a row, for one that is too long is continued."""
    name = b"Photoshop 3.0\0"
    segments = (body for kind, body in getattr(picture, "applist", []) if kind == "APP13" and body.startswith(name))
    return b"".join(body.removeprefix(name) for body in segments) or tag(picture, TIFF_PHOTOSHOP)


def tag(picture: Image.Image, number: int) -> bytes:
    """The bytes of a TIFF's tag, as they stand in the file: some programs say of theirs that they are numbers."""
    kept = getattr(getattr(picture, "tag_v2", None), "_tagdata", {})  # as Pillow's own reader of IPTC does
    return as_bytes(kept.get(number, b""))


def as_bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    try:
        return bytes(value)
    except (TypeError, ValueError):
        return b""


def from_exif(picture: Image.Image) -> dict[str, list[str]]:
    try:
        exif = picture.getexif()
        inner = exif.get_ifd(EXIF_IFD)
    except Exception:  # whatever a broken block makes the decoder raise
        return {}
    found = {name: [text] for number, name in EXIF_NAMES.items() if (text := words(exif.get(number)))}
    if found.get("caption", [""])[0].upper().startswith(OF_CAMERAS):
        del found["caption"]
    if taken := words(inner.get(TAKEN)):
        found["date"] = [f"{taken} {words(inner.get(TAKEN_OFFSET))}".strip()]
    return found


def words(value: Any) -> str:
    """An EXIF text: ASCII says the standard, UTF-8 say most programs, and Pillow reads both as Latin-1."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.replace("\0", "").strip()


def in_our_words(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """IIM parts a moment into date and time: here it is one."""
    if "time" in fields:
        fields = {**fields, "date": [f"{fields['date'][0]} {fields['time'][0]}"]} if "date" in fields else fields
        fields.pop("time", None)
    return fields


def moment(text: str) -> datetime | None:
    """A moment as XMP, IIM or EXIF write it; naive when no zone is said, None when it is none."""
    iso = re.sub(r"^(\d{4}):(\d\d):(\d\d)", r"\1-\2-\3", text)  # EXIF parts its dates by colons
    try:
        return datetime.fromisoformat(re.sub(r" (?=[+-])", "", iso).replace(" ", "T", 1))
    except ValueError:
        return None
