"""The desk's login, slowed down for whoever guesses."""

import hashlib
import ipaddress
import unicodedata

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import HttpRequest

FAILURES = 5
FAILURES_OF_ADDRESS = 50
SECONDS = 300
NAME_LENGTH = 150  # what an account's name may have
TOO_MANY = "Too many attempts to log in. Wait five minutes and try again."

# Counted apart from every other cache: what is kept there would push the counters out.
tallies = caches["login"]


def one_spelling(username: str) -> str:
    """What Django takes a typed name for, whatever the case: it reads “mareｋ” as “marek” before it looks."""
    return unicodedata.normalize("NFKC", username.strip()).strip().casefold()[:NAME_LENGTH]


def hashed(words: str) -> str:
    """A key for the cache: a name may hold any character."""
    return "login-" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def tally_key(username: str, address: str) -> str:
    """Where the failures of one name from one address are counted."""
    return hashed(f"{one_spelling(username)}\n{address}")


def address_key(address: str) -> str:
    """Where the failures of an address are counted, whatever the name."""
    return hashed(address)


def address_of(request: HttpRequest | None) -> str:
    """Who asks: the peer, or behind a proxy the last entry of X-Forwarded-For.

    The last one is the proxy's own word; those before it came with the request and may say anything. An IPv6 visitor
    is a network of /64: whoever has one address there has them all.
    """
    if request is None:
        return ""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # What cannot be read counts as the proxy's: a visitor's invention must not be a fresh start.
        address = readable(request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()) or address
    return readable(address) or address


def readable(address: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one; "" when it is neither."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((int(ip), 64), strict=False))


class ThrottledLogin(AdminAuthenticationForm):
    """Refuses for five minutes, without asking for the password: a name from one address after five failures, and an
    address after fifty, whatever the names.

    Names alone are not counted: a stranger could lock an editor out of their own desk. Counted in the server process,
    of which there is one; a restart forgets.
    """

    def clean(self):
        address = address_of(self.request)
        person = tally_key(self.data.get("username", ""), address)
        limits = {person: FAILURES, address_key(address): FAILURES_OF_ADDRESS}
        if any(tallies.get(key, 0) >= limit for key, limit in limits.items()):
            raise ValidationError(TOO_MANY, code="too_many")
        try:
            cleaned = super().clean()
        except ValidationError:
            for key in limits:
                count_failure(key)
            raise
        # A form without a password raises nothing here and lets nobody in: it must not end the count.
        if self.get_user():
            tallies.delete(person)
        return cleaned


def count_failure(key: str) -> None:
    """One failure more; the five minutes run from the first."""
    if not tallies.add(key, 1, SECONDS):
        try:
            tallies.incr(key)
        except ValueError:  # it ran out between the two lines
            tallies.set(key, 1, SECONDS)
