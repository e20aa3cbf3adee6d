from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.pages.ap_style import Moment, counted, lasted, listed

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ((2015, 6, 1, 17, 43), "June 1, 2015, 5:43 p.m."),
        ((2026, 11, 21, 9, 5), "Nov. 21, 2026, 9:05 a.m."),
        ((2026, 1, 2, 0, 0), "Jan. 2, 2026, midnight"),
        ((2026, 2, 3, 12, 0), "Feb. 3, 2026, noon"),
        ((2026, 3, 4, 12, 1), "March 4, 2026, 12:01 p.m."),
        ((2026, 4, 5, 0, 1), "April 5, 2026, 12:01 a.m."),
        ((2026, 5, 6, 17, 0), "May 6, 2026, 5 p.m."),
        ((2026, 7, 7, 11, 59), "July 7, 2026, 11:59 a.m."),
        ((2026, 8, 8, 1, 0), "Aug. 8, 2026, 1 a.m."),
        ((2026, 9, 9, 23, 59), "Sept. 9, 2026, 11:59 p.m."),
        ((2026, 10, 31, 13, 0), "Oct. 31, 2026, 1 p.m."),
        ((2026, 12, 24, 10, 30), "Dec. 24, 2026, 10:30 a.m."),
    ],
)
def test_a_moment_is_said_in_ap_style(moment, said):
    assert Moment(datetime(*moment, tzinfo=NEW_YORK)).full == said


def test_a_moment_is_said_in_the_newsrooms_zone_with_its_offset():
    moment = Moment(datetime(2015, 6, 1, 21, 43, tzinfo=UTC))
    assert (moment.clock, moment.iso) == ("5:43 p.m.", "2015-06-01T17:43:00-04:00")
    assert Moment(datetime(2015, 1, 1, 4, 0, tzinfo=UTC)).day == "Wednesday, Dec. 31, 2014"


def test_the_hour_of_the_clocks_change_is_said_twice_with_two_offsets():
    first, second = Moment(datetime(2026, 11, 1, 5, 30, tzinfo=UTC)), Moment(datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    assert first.clock == second.clock == "1:30 a.m."
    assert (first.iso[-6:], second.iso[-6:]) == ("-04:00", "-05:00")


def test_noon_and_midnight_have_no_half_beside_them():
    noon = Moment(datetime(2026, 2, 3, 12, 0, tzinfo=NEW_YORK))
    assert (noon.hour, noon.half) == ("noon", "")


def test_a_later_moment_of_the_same_day_leaves_the_day_out():
    printed = Moment(datetime(2015, 6, 1, 18, 2, tzinfo=NEW_YORK))
    assert Moment(datetime(2015, 6, 1, 18, 40, tzinfo=NEW_YORK)).after(printed) == "6:40 p.m."
    assert Moment(datetime(2015, 6, 2, 9, 15, tzinfo=NEW_YORK)).after(printed) == "June 2, 2015, 9:15 a.m."


@pytest.mark.parametrize(("number", "said"), [(1, "one post"), (9, "nine posts"), (10, "10 posts")])
def test_numbers_below_ten_are_words(number, said):
    assert counted(number, "post") == said


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_listed_without_the_last_comma(names, said):
    assert listed(names) == said


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(hours=2, minutes=46, seconds=59), "two hours and 46 minutes"),
        (timedelta(hours=3), "three hours"),
        (timedelta(hours=1, minutes=1), "one hour and one minute"),
        (timedelta(hours=12), "12 hours"),
        (timedelta(seconds=59), "no minutes"),
    ],
)
def test_a_time_that_passed_is_said_in_hours_and_minutes(time, said):
    assert lasted(time) == said
