"""No server outlives the tests that started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.leash import PATIENCE, leashed

ROOT = Path(__file__).resolve().parents[1]
# Says its number and stays.
SERVER = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
TESTS = f"import sys; from tests.leash import leashed; leashed([sys.executable, '-c', {SERVER!r}]).wait()"


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends(pid: int) -> bool:
    give_up = time.monotonic() + PATIENCE
    while lives(pid) and time.monotonic() < give_up:
        time.sleep(0.05)
    return not lives(pid)


def test_a_server_dies_with_tests_that_are_killed():
    tests = subprocess.Popen([sys.executable, "-c", TESTS], cwd=ROOT, stdout=subprocess.PIPE)
    server = int(tests.stdout.readline())
    assert lives(server)
    tests.kill()
    tests.wait()
    tests.stdout.close()
    assert ends(server)


def test_a_server_that_is_told_to_stop_stops():
    leash = leashed([sys.executable, "-c", SERVER], stdout=subprocess.PIPE)
    server = int(leash.stdout.readline())
    leash.terminate()
    assert leash.wait(PATIENCE) == -signal.SIGTERM % 256
    assert not lives(server)
    for end in (leash.stdin, leash.stdout):
        end.close()


def test_what_the_command_answers_is_answered():
    assert leashed([sys.executable, "-c", "raise SystemExit(3)"]).wait(PATIENCE) == 3
