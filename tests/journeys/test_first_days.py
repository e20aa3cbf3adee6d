"""A newsroom of one's own: it starts empty, is set up while it runs, and keeps what was written."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys.conftest import running

SETUP = ["newsroom_setup", "--no-input", "--name=The Harbour Post", "--zone=Europe/Berlin", "--column=The Slatest",
         "--username=olga", "--password=kelp-lantern-42"]  # fmt: skip


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def text_of(url: str) -> str:
    """The page, "" while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def comes_true(condition: Callable[[], bool], patience: float = 30) -> bool:
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        if condition():
            return True
        time.sleep(0.3)
    return False


def has_been_done(server) -> bool:
    """Whether the server's own runner has done the errand "purge"."""
    rows = json.loads(server.manage("dumpdata", "articles.errand"))
    return bool(rows) and all(row["fields"]["done_at"] for row in rows)


def test_from_an_empty_newsroom_to_the_second_start(tmp_path):
    with running(tmp_path, DEMO="0") as server:
        assert status(f"{server.url}/") == 200
        assert "newsroom_setup" in (tmp_path / "server.log").read_text()
        assert status(f"{server.url}/the-slatest/") == 404
        server.manage(*SETUP)
        assert comes_true(lambda: "The Harbour Post is at" in (tmp_path / "server.log").read_text())
        assert comes_true(lambda: "The Harbour Post" in text_of(f"{server.url}/the-slatest/"))

    with running(tmp_path) as server:
        assert status(f"{server.url}/the-slatest/") == 200
        told = (tmp_path / "server.log").read_text()
        assert "The Harbour Post is at" in told
        assert "Collecting" not in told
        assert "Demo logins" not in told


def test_a_server_that_was_set_up_while_it_runs_dates_by_the_new_zone(tmp_path):
    """Its own process, not only the command's: what it dates wrongly stands in an address for ever."""
    here = "Pacific/Kiritimati"  # fourteen hours ahead: never the day of the zone that the server began with
    with running(tmp_path, DEMO="0", TIME_ZONE="") as server:
        server.manage(*[f"--zone={here}" if word.startswith("--zone") else word for word in SETUP])
        story = tmp_path / "story.txt"
        story.write_text("Port Closed\n\nPilots stopped work at noon.")
        assert comes_true(lambda: "The Harbour Post is at" in (tmp_path / "server.log").read_text())
        server.manage("import_articles", str(story), "--column", "The Slatest", "--publish")
        day = datetime.now(ZoneInfo(here))
        assert comes_true(lambda: "Port Closed" in text_of(f"{server.url}/the-slatest/{day:%Y/%m/%d}/"))
        assert text_of(f"{server.url}/the-slatest/{day:%Y/%m/%d}/port-closed/").count("Port Closed") > 0


def test_a_file_of_settings_that_cannot_be_used_does_not_stop_a_server_that_runs(tmp_path):
    with running(tmp_path, DEMO="0") as server:
        (tmp_path / "newsroom.env").write_text("TIME_ZONE=Mars/Olympus\n")
        assert comes_true(lambda: "goes on with the settings it has" in (tmp_path / "server.log").read_text())
        assert "newsroom.E001" in (tmp_path / "server.log").read_text()
        assert status(f"{server.url}/") == 200


def test_the_server_runs_errands_by_itself(tmp_path):
    errand = [
        {
            "model": "articles.errand",
            "pk": 1,
            "fields": {"kind": "purge", "payload": {"keys": []}, "due_at": "2026-01-01T00:00Z",
                       "created_at": "2026-01-01T00:00Z"},
        }
    ]  # fmt: skip
    (tmp_path / "errand.json").write_text(json.dumps(errand))
    with running(tmp_path, DEMO="0") as server:
        server.manage("loaddata", str(tmp_path / "errand.json"))
        assert comes_true(lambda: has_been_done(server))
