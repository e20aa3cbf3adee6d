"""A newsroom of one's own: it starts empty, is set up while it runs, and keeps what was written."""

import json
import time
import urllib.error
import urllib.request

from tests.journeys.conftest import running

SETUP = ["newsroom_setup", "--no-input", "--name=The Harbour Post", "--zone=Europe/Berlin", "--column=The Slatest",
         "--username=olga", "--password=kelp-lantern-42"]  # fmt: skip


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def has_been_done(server, patience: float = 20) -> bool:
    """Whether the server's own runner has done the errand "purge"."""
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        rows = json.loads(server.manage("dumpdata", "articles.errand"))
        if rows and all(row["fields"]["done_at"] for row in rows):
            return True
        time.sleep(0.5)
    return False


def test_from_an_empty_newsroom_to_the_second_start(tmp_path):
    with running(tmp_path, DEMO="0") as server:
        assert status(f"{server.url}/") == 200
        assert "newsroom_setup" in (tmp_path / "server.log").read_text()
        assert status(f"{server.url}/the-slatest/") == 404
        server.manage(*SETUP)
        assert status(f"{server.url}/the-slatest/") == 200

    with running(tmp_path) as server:
        assert status(f"{server.url}/the-slatest/") == 200
        told = (tmp_path / "server.log").read_text()
        assert "The Harbour Post is at" in told
        assert "Collecting" not in told
        assert "Demo logins" not in told


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
        assert has_been_done(server)
