"""System checks: a wrong value in the environment is refused with a sentence and a hint, before anybody is served."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.module_loading import import_string

# A value that settings.py could not use → id and hint.
REFUSALS = {
    "TIME_ZONE": ("newsroom.E001", "Name the newsroom's zone as the tz database does, such as America/New_York."),
    "SITE_URL": ("newsroom.E002", "Give the public address, such as https://news.example.com, and no path after it."),
    "DATABASE_URL": (
        "newsroom.E003",
        "Write postgres://user:password@host:5432/name or sqlite:////absolute/path, with special characters as %XX.",
    ),
    "PORT": ("newsroom.E004", "PORT=8000 make run"),
    "newsroom.env": ("newsroom.E012", "Lines of KEY=value in UTF-8, in a file that the server's account may read."),
    "HOST": ("newsroom.E014", "127.0.0.1 listens to this machine alone, 0.0.0.0 and :: to every network."),
    "CONTACT_EMAIL": ("newsroom.E017", "CONTACT_EMAIL=desk@example.com, an inbox that somebody reads."),
    "LOG_LEVEL": ("newsroom.E015", "DEBUG, INFO, WARNING, ERROR or CRITICAL."),
} | {
    name: ("newsroom.E013", f"{name}=1 or {name}=0.")
    for name in (
        "DEMO", "DEBUG", "BEHIND_PROXY", "SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD",
    )
}  # fmt: skip
CODE_FOLDERS = ("newsroom", "articles", "media", "templates", "tests", "docs")
OLDEST_SQLITE = (3, 35)


@register()
def values_are_usable(**kwargs) -> list[CheckMessage]:
    """E001–E004, E012–E015, E017: what settings.py refused; a plain default stood in for it."""
    return [
        Error(f"{name}: {settings.REFUSED[name]}.", hint=hint, id=code)
        for name, (code, hint) in REFUSALS.items()
        if name in settings.REFUSED
    ]


@register()
def secret_key_is_secret(**kwargs) -> list[CheckMessage]:
    """E005: whoever guesses the key signs in as anybody. Django itself asks only under `check --deploy`."""
    key = settings.SECRET_KEY
    if settings.DEBUG or (len(key) >= 50 and len(set(key)) >= 5 and not key.startswith("django-insecure-")):
        return []
    hint = "Leave SECRET_KEY out and one is made and kept in var/, or set 50 random characters."
    return [Error("SECRET_KEY is too short or was made for development.", hint=hint, id="newsroom.E005")]


@register()
def hosts_are_named(**kwargs) -> list[CheckMessage]:
    """E006: with "*" anybody's Host header ends up in links and caches; with none nobody is answered."""
    if settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "ALLOWED_HOSTS=news.example.com,www.news.example.com; left out, it is the host of SITE_URL and loopback."
    return [Error("ALLOWED_HOSTS names no host, or every host.", hint=hint, id="newsroom.E006")]


def may_write(folder: Path) -> bool:
    """Whether files can be put there; for a folder yet to be made, its nearest parent is asked."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


@register()
def folders_can_be_written(**kwargs) -> list[CheckMessage]:
    """E007, E008: the site's own state, and the photographs."""
    problems: list[CheckMessage] = []
    if "VAR_DIR" in settings.REFUSED or not may_write(Path(settings.VAR_DIR)):
        hint = "Give the folder to the account that runs the server, or set VAR_DIR to another."
        problems.append(Error(f"Nothing can be written to {settings.VAR_DIR}.", hint=hint, id="newsroom.E007"))
    if not may_write(Path(settings.MEDIA_ROOT)):
        hint = "Give the folder to the account that runs the server, or set MEDIA_ROOT to another."
        problems.append(Error(f"Photos cannot be written to {settings.MEDIA_ROOT}.", hint=hint, id="newsroom.E008"))
    return problems


@register()
def photos_stay_out_of_the_code(**kwargs) -> list[CheckMessage]:
    """E009: `media/` is a Python package here; uploads among the code are one upgrade away from being lost."""
    root = Path(settings.MEDIA_ROOT).resolve()
    base = Path(settings.BASE_DIR).resolve()
    if root != base and not any(root.is_relative_to(base / folder) for folder in CODE_FOLDERS):
        return []
    hint = "Leave MEDIA_ROOT out (var/uploads), or name a folder of its own."
    return [Error(f"MEDIA_ROOT={root} is among the code.", hint=hint, id="newsroom.E009")]


@register()
def sqlite_is_new_enough(**kwargs) -> list[CheckMessage]:
    """E010: RETURNING and dropping of columns came with 3.35 (March 2021)."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not on_sqlite or sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return []
    hint = "Take a newer Python, or PostgreSQL by DATABASE_URL."
    return [Error(f"SQLite {sqlite3.sqlite_version} is older than 3.35.", hint=hint, id="newsroom.E010")]


@register()
def demo_stays_at_home(**kwargs) -> list[CheckMessage]:
    """E011: the demo passwords are printed in the README; they may open this machine's own site and no other."""
    if "newsroom.demo_login.DemoBackend" not in settings.AUTHENTICATION_BACKENDS:
        return []
    places = {
        "HOST": [settings.HOST],
        "ALLOWED_HOSTS": settings.ALLOWED_HOSTS,
        "SITE_URL": [urlsplit(settings.SITE_URL).hostname],
    }
    abroad = [name for name, hosts in places.items() if not settings.LOOPBACK.issuperset(hosts)]
    if not abroad:
        return []
    hint = "DEMO=0 closes the demo logins; `manage.py newsroom_setup` makes accounts of your own."
    return [Error(f"The demo logins are open and {', '.join(abroad)} leads outside.", hint=hint, id="newsroom.E011")]


@register()
def purge_backends_can_be_called(**kwargs) -> list[CheckMessage]:
    """E016: otherwise it is found out by the first story that stays in the CDN."""
    problems = [(path, why_not(path)) for path in settings.PURGE_BACKENDS]
    hint = "PURGE_BACKENDS=package.module.function, which is called with a list of cache keys; several with commas."
    return [Error(f"PURGE_BACKENDS: {path}: {why}.", hint=hint, id="newsroom.E016") for path, why in problems if why]


@register()
def hubs_may_be_told(**kwargs) -> list[CheckMessage]:
    """E019: a hub is told of every publication, so nobody may listen on the way."""
    problems = [(hub, unfit(hub)) for hub in settings.WEBSUB_HUBS]
    hint = "WEBSUB_HUBS=https://pubsubhubbub.appspot.com/, several with commas; http:// on this machine alone."
    return [Error(f"WEBSUB_HUBS: {hub}: {why}.", hint=hint, id="newsroom.E019") for hub, why in problems if why]


@register(Tags.security, deploy=True)
def readers_can_write(**kwargs) -> list[CheckMessage]:
    """W018: without an address no page offers to report a mistake, and there is no security.txt."""
    if settings.CONTACT_EMAIL:
        return []
    hint = "CONTACT_EMAIL=desk@example.com, an inbox that somebody reads."
    return [Warning("Readers cannot report a mistake: CONTACT_EMAIL is not set.", hint=hint, id="newsroom.W018")]


def why_not(path: str) -> str:
    """Why a dotted path cannot be called, "" when it can."""
    try:
        return "" if callable(import_string(path)) else "it is not a function"
    except Exception as error:  # a module may fail in any way while it is read
        return f"it cannot be imported ({type(error).__name__}: {error})"


def unfit(hub: str) -> str:
    """Why a hub must not be spoken to, "" when it may: in the clear only on this machine."""
    try:
        parts = urlsplit(hub)
        port = parts.port
    except ValueError:
        return "it is no address"
    if not parts.hostname or parts.username is not None or parts.fragment or port == 0 or not hub.isascii():
        return "it is no plain address of a host"
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in settings.LOOPBACK):
        return ""
    return "it does not begin with https://"
