"""A journey goes through the front door: a real server process with the demo's content, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import ARGUMENTS, chromium
from tests.leash import leashed

# Sync Playwright runs an event loop in this thread, and Django's ORM refuses to work beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds until the first page: migrations, static files and the demo’s pictures come before it


def pytest_collection_modifyitems(items):
    """Every test of this folder is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass
class Server:
    """A running newsroom of one's own."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a `manage.py` command on the server's database and return what it printed; it must succeed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    """Return when the address answers with a page; fail with the server's words when it does not."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The server did not answer at {url}:\n{log.read_text()}")


@contextmanager
def running(home: Path, **settings: str) -> Iterator[Server]:
    """`manage.py serve` on a free port with `home` as its `var/`, until the block ends."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}}
    port = free_port()
    environment = kept | {"VAR_DIR": str(home), "PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1"} | settings
    log = home / "server.log"
    with log.open("w") as words:
        command = [sys.executable, "manage.py", "serve"]
        process = leashed(command, cwd=ROOT, env=environment, stdout=words, stderr=words)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/admin/login/", process, log)
        yield Server(url, environment)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def newsroom_server(tmp_path_factory) -> Iterator[Server]:
    """A newsroom with the demo in it, one for all journeys."""
    with running(tmp_path_factory.mktemp("newsroom"), DEMO="1") as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, newsroom_server) -> Iterator[Page]:
    """A fresh visitor; addresses may be given as paths."""
    context = browser.new_context(base_url=newsroom_server.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(page):
    """Sign in at the desk with one of the demo's accounts."""

    def as_(username: str) -> Page:
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill("newsroom")
        page.locator("input[type=submit], button[type=submit]").first.click()
        page.wait_for_url("**/admin/")
        return page

    return as_
