"""Moments as people type them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from articles.exchange.times import BadTime, moment

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2015-06-01T17:43", datetime(2015, 6, 1, 21, 43, tzinfo=UTC)),
        ("2015-06-01 17:43:30", datetime(2015, 6, 1, 21, 43, 30, tzinfo=UTC)),
        ("2015-06-01T17:43Z", datetime(2015, 6, 1, 17, 43, tzinfo=UTC)),
        ("2025-11-02T01:30-04:00", datetime(2025, 11, 2, 5, 30, tzinfo=UTC)),
        ("2025-11-02T01:30-05:00", datetime(2025, 11, 2, 6, 30, tzinfo=UTC)),
        ("2026-03-08T03:00", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_time_without_offset_is_the_newsrooms(typed, meant):
    assert moment(typed, NEW_YORK) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-03-08T02:30", "does not exist in America/New_York"),
        ("2025-11-02T01:30", "happened twice.*2025-11-02T01:30-04:00 or 2025-11-02T01:30-05:00"),
        ("2015-06-31T10:00", "not in the calendar"),
        ("2015-06-01T25:00", "not in the calendar"),
        ("2015-06-01", "Write it like"),
        ("June 1, 2015", "Write it like"),
        ("0001-01-01T00:00", "before the first newspaper"),
        ("9999-12-31T23:59", "out of the calendar"),
        ("9999-12-31T23:59-05:00", "out of the calendar"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(typed, sentence):
    with pytest.raises(BadTime, match=sentence):
        moment(typed, NEW_YORK)
