"""A moment as a person types it on a command line."""

import re
from datetime import UTC, datetime, tzinfo

# No newspaper is older; and strftime writes the year 1 as "1", which is no address.
FIRST_NEWSPAPER = 1605

_TYPED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?", re.ASCII | re.IGNORECASE)


class BadTime(ValueError):
    """Why a time is refused, as a sentence for the person who typed it."""


def moment(typed: str, zone: tzinfo) -> datetime:
    """The aware moment of "2015-06-01T17:43"; without an offset it is wall-clock time in `zone`.

    Raises BadTime when it is no time, when clocks jumped over it, and when they showed it twice: then only an offset
    can tell which one is meant.
    """
    typed = typed.strip()
    if not _TYPED.fullmatch(typed):
        raise BadTime(f"“{typed}” is not a date with a time. Write it like 2015-06-01T17:43.")
    try:
        said = datetime.fromisoformat(typed.upper())
        if said.year < FIRST_NEWSPAPER:
            raise BadTime(f"{typed} is before the first newspaper, of {FIRST_NEWSPAPER}.")
        when = said if said.tzinfo else _on_the_wall(said, zone)
        when.astimezone(UTC)
        return when
    except OverflowError as error:
        raise BadTime(f"{typed} is out of the calendar's range.") from error
    except BadTime:
        raise
    except ValueError as error:
        raise BadTime(f"{typed} is not in the calendar or on the clock.") from error


def _on_the_wall(said: datetime, zone: tzinfo) -> datetime:
    first, second = said.replace(tzinfo=zone), said.replace(tzinfo=zone, fold=1)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != said:
        raise BadTime(f"{said:%Y-%m-%dT%H:%M} does not exist in {zone}: clocks were put forward over it.")
    if first.utcoffset() != second.utcoffset():
        choices = " or ".join(each.isoformat(timespec="minutes") for each in (first, second))
        raise BadTime(f"{said:%Y-%m-%dT%H:%M} happened twice in {zone}. Write {choices}.")
    return first
