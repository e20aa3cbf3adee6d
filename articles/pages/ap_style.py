"""Dates, times and numbers as the Associated Press writes them, in the newsroom's zone.

June 1, 2015, 5:43 p.m. · Nov. 21, 2026 · 5 p.m. · noon · midnight · nine posts · 10 posts
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.safestring import SafeString
from django.utils.timezone import get_default_timezone

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Five months are never shortened beside a day.
BESIDE_A_DAY = (
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Moment:
    """A moment as pages print it; `iso` is for machines, with the newsroom's offset at that time."""

    __slots__ = ("local",)

    def __init__(self, moment: datetime):
        self.local = moment.astimezone(get_default_timezone())

    @classmethod
    def from_iso(cls, moment: str) -> "Moment":
        """From ISO 8601 with an offset, as documents keep times. Raises ValueError."""
        return cls(datetime.fromisoformat(moment))

    def __str__(self) -> str:
        return self.full

    @property
    def iso(self) -> str:
        return self.local.isoformat(timespec="seconds")

    @property
    def date(self) -> str:
        """June 1, 2015"""
        return f"{BESIDE_A_DAY[self.local.month - 1]} {self.local.day}, {self.local.year}"

    @property
    def weekday(self) -> str:
        """Monday"""
        return WEEKDAYS[self.local.weekday()]

    @property
    def day(self) -> str:
        """Monday, June 1, 2015"""
        return f"{self.weekday}, {self.date}"

    @property
    def month(self) -> str:
        """June 2015"""
        return f"{MONTHS[self.local.month - 1]} {self.local.year}"

    @property
    def hour(self) -> str:
        """5:43, as it stands large in the rail; 5 on the hour; noon or midnight."""
        hour, minute = self.local.hour, self.local.minute
        if minute:
            return f"{hour % 12 or 12}:{minute:02}"
        return {0: "midnight", 12: "noon"}.get(hour, str(hour % 12))

    @property
    def half(self) -> str:
        """p.m., small beside the hour; "" beside noon and midnight, which have none."""
        if self.local.minute == 0 and self.local.hour % 12 == 0:
            return ""
        return "a.m." if self.local.hour < 12 else "p.m."

    @property
    def clock(self) -> str:
        """5:43 p.m."""
        return f"{self.hour} {self.half}".rstrip()

    @property
    def large(self) -> SafeString:
        """The clock as it stands in the rail at the size of a headline: 5:43 and a small p.m."""
        half = self.half
        return SafeString(f"{self.hour} <small>{half}</small>" if half else self.hour)

    @property
    def full(self) -> str:
        """June 1, 2015, 5:43 p.m."""
        return f"{self.date}, {self.clock}"

    @property
    def day_path(self) -> str:
        """2015/06/01/, as it stands in addresses"""
        return f"{self.local:%Y/%m/%d}/"

    @property
    def month_path(self) -> str:
        """2015/06/"""
        return f"{self.local:%Y/%m}/"

    def after(self, earlier: "Moment") -> str:
        """This moment as said beside an earlier one: without the day where it is the same."""
        return self.clock if self.local.date() == earlier.local.date() else self.full


def counted(number: int, noun: str, several: str = "") -> str:
    """one post, nine posts, 10 posts; `several` is a plural that is not made by an s"""
    words = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{words} {noun if number == 1 else several or noun + 's'}"


def lasted(time: timedelta) -> str:
    """two hours and 46 minutes; three hours. Seconds are dropped, as on a clock."""
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    parts = [counted(number, noun) for number, noun in ((hours, "hour"), (minutes, "minute")) if number]
    return listed(parts) or counted(0, "minute")


def listed(names: Sequence[str]) -> str:
    """A, B and C: no comma before the last."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
