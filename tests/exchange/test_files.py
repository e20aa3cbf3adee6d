"""Files that are no texts, each with its sentence."""

import pytest

from articles.exchange.files import BadFile, contents, text_of


def test_marks_and_line_ends_of_other_systems_are_read():
    assert text_of(b"\xef\xbb\xbfOne\r\nTwo\rThree\n") == "One\nTwo\nThree\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("don’t".encode("cp1252"), r"wrong: byte 0x92 at offset 3 is not UTF-8"),
        ("\ufeffdon".encode() + b"\x92t", r"byte 0x92 at offset 6 "),
        ("The Slatest".encode("utf-16"), "UTF-16"),
        (b"The Slatest\n\nHead\n\nA \x00 b", r"not a text: character U\+0000 at offset 21"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text: byte 0x00 at offset 8"),
        (b"%PDF-1.7\n\x01\x02", r"not a text: character U\+0001 at offset 9"),
        ("é don\u0092t".encode(), r"converted wrongly: character U\+0092 at offset 6"),
    ],
)
def test_what_is_not_a_text_in_utf_8_is_refused(data, sentence):
    with pytest.raises(BadFile, match=sentence):
        text_of(data)


def test_a_missing_file_a_directory_and_a_giant_are_refused(tmp_path):
    giant = tmp_path / "giant.txt"
    with giant.open("wb") as file:
        file.truncate(8_000_001)
    for path, sentence in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "a directory"),
        (giant, "larger than 8 MB"),
    ):
        with pytest.raises(BadFile, match=sentence):
            contents(path)
