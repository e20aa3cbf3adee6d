"""IPTC-IIM: the fields that agencies have written into picture files since 1991.

https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf. A data set is 0x1C, record, number, length, value; the text
is in whatever the sender's machine spoke, unless data set 1:90 says UTF-8.
"""

import hashlib
import struct
from collections.abc import Iterator

DATA_SET = b"\x1c"
UTF_8 = b"\x1b%G"
CODED_CHARACTER_SET = (1, 90)
# Adobe Photoshop File Formats Specification, "Image resource blocks": IPTC-NAA record, and the MD5 of it that a program
# which knows XMP leaves behind: https://www.adobe.com/devnet-apps/photoshop/fileformatashtml/
RESOURCE = b"8BIM"
IIM_RESOURCE = 0x0404
DIGEST_RESOURCE = 0x0425
# Where a record begins that a program hung on behind the picture (FotoStation, AFCP): its version, 2:00, two bytes.
HUNG_ON = b"\x1c\x02\x00\x00\x02"

NAMES = {
    (2, 5): "title",
    (2, 25): "keywords",
    (2, 40): "instructions",
    (2, 55): "date",
    (2, 60): "time",
    (2, 80): "byline",
    (2, 90): "city",
    (2, 101): "country",
    (2, 105): "headline",
    (2, 110): "credit",
    (2, 115): "source",
    (2, 116): "copyright",
    (2, 120): "caption",
}


def resources(block: bytes) -> Iterator[tuple[int, bytes]]:
    """The Photoshop resources in the joined APP13 segments of a JPEG or in a TIFF's tag: number and bytes."""
    at = block.find(RESOURCE)
    while at >= 0 and at + 12 <= len(block):
        number, named = struct.unpack_from(">HB", block, at + 4)
        start = at + 6 + ((named + 2) & ~1)  # the name and its length fill an even number of bytes
        if start + 4 > len(block):
            return
        (length,) = struct.unpack_from(">I", block, start)
        yield number, block[start + 4 : start + 4 + length]
        at = block.find(RESOURCE, start + 4 + length)


def is_overtaken(record: bytes, digest: bytes) -> bool:
    """Whether the record was changed by a program that did not know the XMP beside it: its MD5 is another.

    As the Metadata Working Group's guidelines tell it (2.0, section 3.3).
    """
    return len(digest) == 16 and any(digest) and hashlib.md5(record, usedforsecurity=False).digest() != digest


def fields(record: bytes) -> dict[str, list[str]]:
    """The texts of a record by the names of NAMES, in their order. What is damaged ends the reading, nothing raises."""
    found: dict[str, list[bytes]] = {}
    speaks_utf_8 = False
    for key, value in data_sets(record):
        if key == CODED_CHARACTER_SET:
            speaks_utf_8 = value == UTF_8
        elif key in NAMES and value.strip(b" \0"):
            found.setdefault(NAMES[key], []).append(value)
    decoded = decoder(b" ".join(value for values in found.values() for value in values), speaks_utf_8)
    return {name: [value.decode(decoded, "replace").strip(" \0") for value in values] for name, values in found.items()}


def data_sets(record: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = record.find(DATA_SET)
    while 0 <= at <= len(record) - 5 and record[at : at + 1] == DATA_SET:
        kind, number, length = struct.unpack_from(">BBH", record, at + 1)
        start = at + 5
        if length & 0x8000:  # an extended data set: the length of the length
            size = length & 0x7FFF
            if size > 4 or start + size > len(record):
                return
            length = int.from_bytes(record[start : start + size], "big")
            start += size
        if start + length > len(record):
            return
        yield (kind, number), record[start : start + length]
        at = start + length


def decoder(texts: bytes, speaks_utf_8: bool) -> str:
    """The name of the character set in which a record's texts are most likely written."""
    try:
        texts.decode("utf-8")
    except UnicodeDecodeError:
        if speaks_utf_8:
            return "utf-8"
        return min(("cp1252", "mac_roman"), key=lambda name: oddity(texts.decode(name, "replace")))
    return "utf-8"


def oddity(text: str) -> int:
    """How unlike a text of names and sentences: a capital or a sign inside a word is what a wrong set makes of é."""
    odd = text.count("\ufffd")
    for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if sign.isascii() or not (before.isalpha() or after.isalpha()):
            continue
        capital_within = sign.isupper() if before.islower() else sign.islower() and after.isupper()
        odd += capital_within or not (sign.isalpha() or sign in "’‘“”«»–—…©®°ªº")
    return odd
