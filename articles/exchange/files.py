"""From a file to its text. Every way in which a file can fail to be a text has its own sentence."""

import re
from pathlib import Path

LARGEST = 8_000_000  # of one story

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LOST_IN_CONVERSION = re.compile(r"[\x80-\x84\x86-\x9f]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class BadFile(ValueError):
    """Why a file cannot be read as a text, as a sentence for the person who sent it."""


def contents(path: Path, *, largest: int = LARGEST) -> bytes:
    """The bytes of a file of at most `largest` bytes. Raises BadFile: it is missing, a directory, or cannot be read."""
    try:
        if path.is_dir():
            raise BadFile("This is a directory. Name the files in it.")
        if path.stat().st_size > largest:
            raise BadFile(f"The file is larger than {largest // 1_000_000} MB.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile("There is no such file.") from error
    except OSError as error:
        raise BadFile(f"The file cannot be read: {error.strerror}.") from error


def text_of(data: bytes) -> str:
    """The text of UTF-8 bytes, without byte order mark, with "\\n" at line ends. Raises BadFile with a byte offset."""
    if data.startswith(_UTF16_MARKS):
        raise BadFile("The file is UTF-16 (byte offset 0). Save it as UTF-8.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise BadFile(f"This is not a text: byte 0x00 at offset {data.index(0)}.") from error
        byte = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise BadFile(f"The encoding is wrong: {byte} is not UTF-8. Save the file as UTF-8.") from error
    for wrong, sentence in (
        (_NOT_TEXT, "This is not a text: character {char} at offset {offset}."),
        # A curly apostrophe of Windows-1252 read as Latin-1: dropped as a control, "don’t" was printed "dont".
        (_LOST_IN_CONVERSION, "The encoding was converted wrongly: character {char} at offset {offset}."),
    ):
        if found := wrong.search(text):
            offset = len(text[: found.start()].encode())
            raise BadFile(sentence.format(char=f"U+{ord(found[0]):04X}", offset=offset))
    return re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))
