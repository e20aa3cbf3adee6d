"""Settings of the newsroom: one file, read from the environment, with plain defaults.

What `manage.py newsroom_setup` asked for is kept in `var/newsroom.env` (KEY=value lines); the environment wins over
it. Wrong values are reported by `newsroom/checks.py`, each with a hint.
"""

import ipaddress
import os
import re
import secrets
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
# A relative folder is one of the repository's, from wherever a command is given.
VAR_DIR = BASE_DIR / (os.environ.get("VAR_DIR") or "var")
ENV_FILE = VAR_DIR / "newsroom.env"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

# What the environment said and could not be used: name → reason. A plain default stands in and `checks.py` reports
# the reason with a hint, so that a typing error is a sentence and not a traceback.
REFUSED: dict[str, str] = {}


def kept_answers() -> dict[str, str]:
    """The KEY=value lines of `var/newsroom.env`, empty when the newsroom was not set up by hand."""
    try:
        text = ENV_FILE.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        REFUSED["newsroom.env"] = f"{ENV_FILE} cannot be read ({error})"
        return {}
    lines = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {key.strip(): value.strip() for key, value in lines}


# What the file said when this process began: a server compares, and begins again when it says something else.
KEPT = kept_answers()
# An empty value is one that was not given.
environment = {name: value for said in (KEPT, os.environ) for name, value in said.items() if value.strip()}


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in environment.get(name, default).split(",") if word.strip()]


def usable(name: str, default: Any, read: Callable[[str], Any]) -> Any:
    """What `read` makes of the value; when it raises ValueError the default, and the reason goes to REFUSED."""
    if name not in environment:
        return default
    try:
        return read(environment[name])
    except ValueError as error:
        REFUSED[name] = str(error)
        return default


def flag(name: str, default: bool = False) -> bool:
    return usable(name, default, yes_or_no)


def yes_or_no(value: str) -> bool:
    word = value.strip().lower()
    if word not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ValueError(f"{value!r} is neither 1 nor 0")
    return word in {"1", "true", "yes", "on"}


def host(value: str) -> str:
    """Where to listen: an IP address, or localhost. A name is refused, for it may stand for several addresses."""
    if value != "localhost":
        try:
            ipaddress.ip_address(value)
        except ValueError:
            raise ValueError(f"{value!r} is no IP address") from None
    return value


def log_level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
        raise ValueError(f"{value!r} is no level of logging")
    return value.upper()


def port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError(f"{value!r} is not a number from 1 to 65535")
    return int(value)


def zone(value: str) -> str:
    try:
        return zoneinfo.ZoneInfo(value).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no time zone is called {value!r}") from None


def site(value: str) -> str:
    """The public address without a slash at its end: scheme and host, and nothing after them."""
    parts = urlsplit(value)  # raises ValueError for a malformed host
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{value!r} does not begin with http:// or https:// and a host")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(f"{value!r} has more than a scheme and a host")
    return f"{parts.scheme}://{parts.netloc}"


def email(value: str) -> str:
    """Where readers write to. Refused when no mail program would take it."""
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+", value):
        raise ValueError(f"{value!r} is no address of electronic mail")
    return value


def database(url: str) -> dict[str, Any]:
    try:
        config = dict(dj_database_url.parse(url))
    except Exception:
        # The address may hold a password: it is not repeated, and neither is what the parser says about it.
        raise ValueError("it cannot be read as an address of a database") from None
    if str(config["ENGINE"]).rpartition(".")[2] not in {"sqlite3", "postgresql"}:
        raise ValueError("the site keeps its rows in PostgreSQL or SQLite only")
    return config


def tuned(config: dict[str, Any]) -> dict[str, Any]:
    """The same database, with the options that this site needs of it."""
    if config["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE: a verb that reads and then writes must hold the write lock from its first line, or two
        # editors who publish at once get "database is locked" instead of a turn each.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000",
        }
    config["CONN_MAX_AGE"] = 600
    config["CONN_HEALTH_CHECKS"] = False
    return config


def secret_key() -> str:
    """SECRET_KEY, or one made once and kept in `var/` so that sessions outlive a restart."""
    if "SECRET_KEY" in environment:
        return environment["SECRET_KEY"]
    path = VAR_DIR / "secret_key"
    try:
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        REFUSED["VAR_DIR"] = f"{VAR_DIR}: {error.strerror}"
        return secrets.token_urlsafe(50)


NEWSROOM_NAME = environment.get("NEWSROOM_NAME", "Halyard")
# Where the server listens. Demo accounts exist only on loopback.
HOST = usable("HOST", "127.0.0.1", host)
PORT = usable("PORT", 8000, port)
SITE_URL = usable("SITE_URL", f"http://127.0.0.1:{PORT}", site)
SITE_HOST = urlsplit(SITE_URL).hostname
SERVER_THREADS = 4
DEMO = flag("DEMO", True)
DEBUG = flag("DEBUG")
BEHIND_PROXY = flag("BEHIND_PROXY")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = words("ALLOWED_HOSTS", f"127.0.0.1,localhost,{SITE_HOST}")
SECURE = SITE_URL.startswith("https://")
PURGE_BACKENDS = words("PURGE_BACKENDS")
# Who tells subscribed feed readers at once that something was published: https://www.w3.org/TR/websub/
WEBSUB_HUBS = words("WEBSUB_HUBS")
# Where readers report mistakes and finders report holes. "": pages offer neither, for nobody would read it.
CONTACT_EMAIL = usable("CONTACT_EMAIL", "desk@halyard.example" if DEMO else "", email)

TIME_ZONE = usable("TIME_ZONE", "America/New_York", zone)
LANGUAGE_CODE = "en-us"
USE_TZ = True
USE_I18N = False

INSTALLED_APPS = [
    "newsroom",
    "newsroom.desk_site.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "js_asset",
    "django_prose_editor",
    "taggit",
    "media",
    "articles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# Addresses are rows: the page view itself answers a missing slash, in one hop with every other redirect.
APPEND_SLASH = False

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "newsroom.sqlite3"}
DATABASES = {"default": tuned(usable("DATABASE_URL", SQLITE, database))}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Failures to log in. Roomy: in a cache of 300 entries, 300 invented names make the server forget who is guessing.
    "login": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "login",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
if DEMO and HOST in LOOPBACK:
    AUTHENTICATION_BACKENDS.append("newsroom.demo_login.DemoBackend")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

MEDIA_ROOT = BASE_DIR / environment.get("MEDIA_ROOT", VAR_DIR / "uploads")
MEDIA_URL = "/files/"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
# Pictures and fonts are small already. The editor's source map (2 MB, twice) took half of the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "avif", "gz", "br", "woff", "woff2", "map"]
WHITENOISE_AUTOREFRESH = DEBUG

# The public pages need no script at all; the desk's own scripts are files of this site. The nonce serves the
# desk's import map only: it is written into the policy when a page asks for it.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = SECURE and flag("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
# A year's promise for every host of the domain, and one that browsers carry for good: the owner of the domain makes
# them, not a newsroom on one host of it. So the two deployment checks that ask for them are silent.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE and flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = SECURE and flag("SECURE_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [SITE_URL]
LOGIN_URL = "/admin/login/"

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": usable("LOG_LEVEL", "WARNING", log_level)},
}
