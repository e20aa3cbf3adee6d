from datetime import UTC, datetime

import pytest

from articles.pages import cursor


def test_a_cursor_reads_back_what_was_written():
    place = datetime(2015, 6, 1, 21, 43, 0, 123456, tzinfo=UTC), 7
    assert cursor.written(*place) == "20150601T214300.123456Z-7"
    assert cursor.read(cursor.written(*place)) == place


@pytest.mark.parametrize(
    "text",
    ["", "7", "20150601T214300.000000Z", "20151301T214300.000000Z-1", "20150601T214300.000000Z-1x", "٢٠١٥", "1" * 999],
)
def test_what_we_did_not_write_is_no_cursor(text):
    with pytest.raises(ValueError):  # noqa: PT011 — strptime has its own words
        cursor.read(text)
