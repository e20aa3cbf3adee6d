"""Moments as people type them, in the newsroom's zone."""

from datetime import UTC, datetime

from django import forms
from django.utils import timezone

from articles.publishing import PublishingError

# What a datetime-local field sends, and what a person types without one.
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]

# Beyond it a year is a slip of the finger, and near 9999 a moment has no place in other zones.
LAST_YEAR = 2099


class Twice(PublishingError):
    """The clocks are put back then: somebody must say which of the two moments is meant, in the form's `field`."""

    field = ""


def moment(words: str, asked: str, which: str = "") -> datetime:
    """A moment in the newsroom’s zone, as typed into the field `asked`, by which a refusal names it.

    One that a clock change skips is asked back, and so is one after LAST_YEAR: raises PublishingError. Of one that
    comes twice `which` says "first" or "second"; without it raises Twice.
    """
    try:
        at = forms.DateTimeField(input_formats=MOMENTS).clean(words)
        if at.year <= LAST_YEAR:
            return at
    except forms.ValidationError as error:
        if error.code == "ambiguous_timezone":
            return at_the_clock_change(words, asked, which)
        raise PublishingError(f"“{asked}”: {' '.join(error.messages)}") from error
    except OverflowError:
        pass
    raise PublishingError(f"“{asked}”: Choose a moment before the end of {LAST_YEAR}.")


def at_the_clock_change(words: str, asked: str, which: str) -> datetime:
    with timezone.override(UTC):  # where every time of day exists, and once
        typed = forms.DateTimeField(input_formats=MOMENTS).clean(words).replace(tzinfo=None)
    first, second = (typed.replace(tzinfo=timezone.get_current_timezone(), fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) != typed:
        raise PublishingError(f"“{asked}”: the clocks are put forward then, and {typed:%H:%M} does not exist.")
    if which in ("first", "second"):
        return first if which == "first" else second
    raise Twice(
        f"“{asked}”: the clocks are put back then, and {typed:%H:%M} comes twice. Choose the first "
        f"({first:%Z}) or the second ({second:%Z})."
    )


def in_words(at: datetime) -> str:
    """A moment in the newsroom's zone, as in "2026-11-21, 14:05"."""
    return f"{timezone.localtime(at):%Y-%m-%d, %H:%M}"


def in_field(at: datetime | None) -> str:
    """The value of a datetime-local field, "" for no moment."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}" if at else ""
