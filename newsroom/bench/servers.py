"""The servers under test, each started on the first core and stopped afterwards."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.bench import processes

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds until the first answer


@contextmanager
def running(*command: str, port: int) -> Iterator[int]:
    """`python command…` on the first core, answering on `port`; yields its process id."""
    processes.pin(0)
    try:
        server = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    finally:
        processes.pin(None)
    try:
        wait_for(port, server)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen) -> None:
    """Return when somebody answers HTTP. Raises RuntimeError when the server ends or stays silent."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("The server did not answer; run `manage.py serve` to see why.")
