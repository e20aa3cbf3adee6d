"""The desk's login, slowed down for whoever guesses."""

import hashlib

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

FAILURES = 5
SECONDS = 300
TOO_MANY = "Too many attempts to log in as this person. Wait five minutes and try again."


def tally_key(username: str, address: str) -> str:
    """Where the failures of one name from one address are counted. Hashed: a name may hold any character."""
    return "login-" + hashlib.sha256(f"{username.strip().casefold()}\n{address}".encode()).hexdigest()


class ThrottledLogin(AdminAuthenticationForm):
    """Refuses a name from one address for five minutes after five failures, without asking for the password at all.

    By name *and* address: counting names alone would let a stranger lock an editor out of their own desk. Counted in
    the cache, so each server process counts on its own.
    """

    def clean(self):
        username = self.data.get("username", "")
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        key = tally_key(username, address)
        if cache.get(key, 0) >= FAILURES:
            raise ValidationError(TOO_MANY, code="too_many")
        try:
            cleaned = super().clean()
        except ValidationError:
            count_failure(key)
            raise
        cache.delete(key)
        return cleaned


def count_failure(key: str) -> None:
    """One failure more; the five minutes run from the first."""
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two lines
            cache.set(key, 1, SECONDS)
