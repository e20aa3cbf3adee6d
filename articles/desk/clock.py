"""Moments and people as the desk says them."""

from datetime import datetime

from django.utils import timezone

from articles.desk.moments import in_words


def clock(at: datetime, now: datetime | None = None) -> str:
    """A moment in the newsroom's zone: "14:05" today, "2026-11-21, 14:05" on another day."""
    local = timezone.localtime(at)
    today = timezone.localtime(now or timezone.now()).date()
    return f"{local:%H:%M}" if local.date() == today else in_words(at)


def called(user) -> str:
    """How colleagues know somebody; nobody (None) is "Somebody": a script, or an account that is gone."""
    return (user.get_full_name() or user.get_username()) if user else "Somebody"
