"""Each wrong value of the environment is one sentence with a hint."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as real
from django.core.checks import run_checks
from django.db import connection

from newsroom import checks
from newsroom import settings as values


@pytest.mark.parametrize("address", ["mysql://u:secret@host/name", "nonsense", "postgres://u:se/cret@host:x/name"])
def test_a_database_address_that_cannot_be_used_is_refused_without_its_password(address):
    with pytest.raises(ValueError, match=r"database|SQLite") as refusal:
        values.database(address)
    assert "cret" not in str(refusal.value)


def ids(messages):
    assert all(message.hint for message in messages)
    return [message.id for message in messages]


def test_as_it_comes_nothing_is_wrong(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]  # the test client adds a host of its own
    assert [message for message in run_checks() if message.id.startswith("newsroom.")] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("TIME_ZONE", "E001"), ("SITE_URL", "E002"), ("DATABASE_URL", "E003"), ("PORT", "E004"),
        ("newsroom.env", "E012"), ("DEMO", "E013"), ("DEBUG", "E013"), ("HOST", "E014"), ("LOG_LEVEL", "E015"),
        ("CONTACT_EMAIL", "E017"),
    ],
)  # fmt: skip
def test_a_value_that_settings_refused_is_reported(settings, name, code):
    settings.REFUSED = {name: "it is wrong"}
    assert ids(checks.values_are_usable()) == [f"newsroom.{code}"]


@pytest.mark.parametrize(
    "address", ["desk", "desk@localhost", "Desk <desk@example.com>", "a b@example.com", "@example.com"]
)
def test_a_contact_that_no_mail_reaches_is_refused(address):
    with pytest.raises(ValueError, match="electronic mail"):
        values.email(address)
    assert values.email("desk@example.com") == "desk@example.com"


def test_a_newsroom_that_readers_cannot_write_to_is_told_before_it_is_deployed(settings):
    assert checks.readers_can_write() == []
    settings.CONTACT_EMAIL = ""
    assert ids(checks.readers_can_write()) == ["newsroom.W018"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "America", "/etc/localtime"])
def test_a_zone_that_does_not_exist_is_refused(zone):
    with pytest.raises(ValueError, match="time zone"):
        values.zone(zone)


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1", "8000.5", "٨٠٠٠"])
def test_a_port_is_a_number(port):
    with pytest.raises(ValueError, match="65535"):
        values.port(port)


@pytest.mark.parametrize(
    "address",
    ["news.example.com", "ftp://example.com", "https://", "https://example.com/news", "https://u:p@example.com", "http://["],
)  # fmt: skip
def test_a_site_address_is_a_scheme_and_a_host(address):
    with pytest.raises(ValueError, match=r"scheme|http|IPv6"):
        values.site(address)


@pytest.mark.parametrize("host", ["999.1.1.1", "news.example.com", "[::1]", "127.0.0.1:8000"])
def test_the_server_listens_at_an_address_and_not_at_a_name(host):
    with pytest.raises(ValueError, match="IP address"):
        values.host(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0.0.0.0", "localhost"])
def test_the_server_may_listen_there(host):
    assert values.host(host) == host


@pytest.mark.parametrize("word", ["maybe", "2", "ja", "Trueish"])
def test_a_switch_is_on_or_off(word):
    with pytest.raises(ValueError, match="neither"):
        values.yes_or_no(word)


def test_a_level_that_logging_does_not_know_is_refused():
    assert values.log_level("info") == "INFO"
    with pytest.raises(ValueError, match="level"):
        values.log_level("foo")


@pytest.mark.parametrize(("path", "why"), [("no.such", "imported"), ("purge", "imported"), ("os.path", "function")])
def test_a_purge_backend_that_cannot_be_called_is_refused(settings, path, why):
    settings.PURGE_BACKENDS = [path]
    (error,) = checks.purge_backends_can_be_called()
    assert error.id == "newsroom.E016"
    assert path in error.msg
    assert why in error.msg


def test_a_purge_backend_that_can_be_called_is_fine(settings):
    settings.PURGE_BACKENDS = ["logging.info"]
    assert checks.purge_backends_can_be_called() == []


def test_a_slash_at_the_end_of_the_site_address_is_forgiven():
    assert values.site("https://news.example.com:8443/") == "https://news.example.com:8443"


@pytest.mark.parametrize("key", ["short", "x" * 60, "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz01234567"])
def test_a_guessable_secret_key_is_refused(settings, key):
    settings.SECRET_KEY = key
    assert ids(checks.secret_key_is_secret()) == ["newsroom.E005"]


def test_in_development_the_key_may_be_short(settings):
    settings.SECRET_KEY, settings.DEBUG = "short", True
    assert checks.secret_key_is_secret() == []


@pytest.mark.parametrize("hosts", [[], ["*"], ["news.example.com", "*"]])
def test_hosts_are_named(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert ids(checks.hosts_are_named()) == ["newsroom.E006"]


def test_a_var_that_is_a_file_cannot_be_written(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.write_text("")
    assert ids(checks.folders_can_be_written()) == ["newsroom.E007"]


def test_uploads_below_a_file_cannot_be_written(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "uploads"
    assert ids(checks.folders_can_be_written()) == ["newsroom.E008"]


@pytest.mark.parametrize("folder", ["media", "media/uploads", "articles", ""])
def test_uploads_stay_out_of_the_code(settings, folder):
    settings.MEDIA_ROOT = real.BASE_DIR / folder
    assert ids(checks.photos_stay_out_of_the_code()) == ["newsroom.E009"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asked of SQLite only")
def test_an_old_sqlite_is_refused(monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 34, 1))
    assert ids(checks.sqlite_is_new_enough()) == ["newsroom.E010"]


def manage(*arguments, **environment):
    """Run manage.py with an environment of its own. Returns its exit status and all that it said."""
    command = [sys.executable, str(real.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(
        command, env={"PATH": os.environ["PATH"]} | environment, cwd="/", capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_all_wrong_at_once_is_a_list_and_not_a_traceback(tmp_path):
    (tmp_path / "file").write_text("")
    status, words = manage(
        "check", TIME_ZONE="Mars/Olympus", SITE_URL="example.com", DATABASE_URL="mysql:/secret@", PORT="x",
        SECRET_KEY="short", ALLOWED_HOSTS="*", VAR_DIR=str(tmp_path / "file"), DEMO="0",
        LOG_LEVEL="foo", HOST="999.1.1.1", DEBUG="maybe", PURGE_BACKENDS="no.such",
    )  # fmt: skip
    assert status == 1
    assert "Traceback" not in words
    assert "secret@" not in words
    assert all(f"newsroom.E{number:03}" in words for number in [*range(1, 9), 13, 14, 15, 16])


def test_an_empty_value_is_one_that_was_not_given(tmp_path):
    (tmp_path / "newsroom.env").write_text("NEWSROOM_NAME=The Harbour Post\n")
    asked = "from django.conf import settings as s; print(s.NEWSROOM_NAME, len(s.SECRET_KEY) > 60, s.TIME_ZONE)"
    status, words = manage(
        "shell", "--no-imports", "-c", asked, NEWSROOM_NAME="", SECRET_KEY="", TIME_ZONE=" ", VAR_DIR=str(tmp_path)
    )
    assert words == "The Harbour Post True America/New_York\n"
    assert status == 0


def test_a_relative_folder_is_the_repositorys_from_wherever_it_is_given(tmp_path):
    asked = "from django.conf import settings as s; print(s.MEDIA_ROOT)"
    _status, words = manage("shell", "--no-imports", "-c", asked, MEDIA_ROOT="photos", VAR_DIR=str(tmp_path))
    assert words == f"{real.BASE_DIR / 'photos'}\n"


def test_a_file_of_settings_that_cannot_be_read_is_a_sentence(tmp_path):
    (tmp_path / "newsroom.env").write_bytes(b"NEWSROOM_NAME=Caf\xe9\n")
    status, words = manage("check", VAR_DIR=str(tmp_path))
    assert status == 1
    assert "newsroom.E012" in words
    assert "Traceback" not in words


def test_a_site_on_https_passes_the_deployment_checks(tmp_path):
    status, words = manage(
        "check", "--deploy", "--fail-level", "WARNING", SITE_URL="https://news.example.com", DEMO="0",
        CONTACT_EMAIL="desk@example.com", VAR_DIR=str(tmp_path),
    )  # fmt: skip
    assert words == "System check identified no issues (2 silenced).\n"
    assert status == 0


@pytest.mark.parametrize(("given", "promised"), [({}, "False False"), ({"SECURE_HSTS_PRELOAD": "1"}, "False True")])
def test_nothing_is_promised_for_other_hosts_of_the_domain_unasked(tmp_path, given, promised):
    asked = "from django.conf import settings as s; print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    _status, words = manage(
        "shell",
        "--no-imports",
        "-c",
        asked,
        SITE_URL="https://news.example.com",
        DEMO="0",
        VAR_DIR=str(tmp_path),
        **given,
    )
    assert words == f"{promised}\n"
