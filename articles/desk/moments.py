"""Moments as people type them, in the newsroom's zone."""

from datetime import datetime

from django import forms
from django.utils import timezone

from articles.publishing import PublishingError

# What a datetime-local field sends, and what a person types without one.
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]

CLOCK_CHANGE = "The clocks change then: this time does not exist, or exists twice. Choose another minute."

# Beyond it a year is a slip of the finger, and near 9999 a moment has no place in other zones.
LAST_YEAR = 2099


def moment(words: str, asked: str) -> datetime:
    """A moment in the newsroom’s zone, as typed into the field `asked`, by which a refusal names it.

    One that a clock change skips or repeats is asked back, and so is one after LAST_YEAR. Raises PublishingError.
    """
    try:
        at = forms.DateTimeField(input_formats=MOMENTS).clean(words)
        if at.year <= LAST_YEAR:
            return at
    except forms.ValidationError as error:
        told = CLOCK_CHANGE if error.code == "ambiguous_timezone" else " ".join(error.messages)
        raise PublishingError(f"“{asked}”: {told}") from error
    except OverflowError:
        pass
    raise PublishingError(f"“{asked}”: Choose a moment before the end of {LAST_YEAR}.")


def in_words(at: datetime) -> str:
    """A moment in the newsroom's zone, as in "2026-11-21, 14:05"."""
    return f"{timezone.localtime(at):%Y-%m-%d, %H:%M}"


def in_field(at: datetime | None) -> str:
    """The value of a datetime-local field, "" for no moment."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}" if at else ""
