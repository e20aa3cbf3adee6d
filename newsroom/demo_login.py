"""The demo's accounts: one for each group of the desk, open only from the machine that the server runs on.

The accounts are stored without a usable password, so that a copy of the database carries no open door: who knows the
demo's password still needs this backend, which settings.py lists only for a demo that listens on loopback.
"""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest
from django.http.request import split_domain_port

PASSWORD = "newsroom"  # noqa: S105 - printed in the README, on purpose
ACCOUNTS = {
    "ines": ("Ines", "Reporters"),
    "marek": ("Marek", "Editors"),
    "pia": ("Pia", "Picture desk"),
    "tom": ("Tom", "Tag staff"),
    "mona": ("Mona", "Managing editors"),
}
# A proxy in front makes every visitor look like loopback; these headers tell that one is there.
PROXY_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class DemoBackend(BaseBackend):
    def authenticate(self, request: HttpRequest | None, username=None, password=None, **kwargs) -> User | None:
        if username not in ACCOUNTS or password != PASSWORD or not (request and is_from_here(request)):
            return None
        user = User.objects.filter(username=username, is_active=True).first()
        # An account that was given a password of its own is nobody's demo any more.
        return user if user and not user.has_usable_password() else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first() if demo_is_open() else None


def demo_is_open() -> bool:
    return settings.DEMO and settings.HOST in settings.LOOPBACK


def is_from_here(request: HttpRequest) -> bool:
    """Whether a request was made on this machine, to a name of this machine, with no proxy between."""
    host, _port = split_domain_port(request.get_host())
    return (
        demo_is_open()
        # nginx, left to itself, names neither the visitor nor itself, but it asks in HTTP/1.0, as no browser does.
        and request.META.get("SERVER_PROTOCOL") != "HTTP/1.0"
        and host.strip("[]") in settings.LOOPBACK
        and request.META.get("REMOTE_ADDR") in settings.LOOPBACK
        and not any(header in request.META for header in PROXY_HEADERS)
    )


@transaction.atomic
def make_demo_accounts() -> list[User]:
    """One account for each group, with no usable password. Accounts that are there already are left as they are."""
    accounts = []
    for username, (first_name, group) in ACCOUNTS.items():
        user, created = User.objects.get_or_create(
            username=username, defaults={"first_name": first_name, "is_staff": True}
        )
        if created:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            user.groups.add(Group.objects.get(name=group))
        accounts.append(user)
    return accounts


def open_logins() -> list[tuple[str, str]]:
    """Username and role of every demo account that can be used now."""
    if not demo_is_open():
        return []
    usable = {user.username for user in User.objects.filter(username__in=ACCOUNTS, is_active=True)
              if not user.has_usable_password()}  # fmt: skip
    return [(username, group) for username, (_name, group) in ACCOUNTS.items() if username in usable]
