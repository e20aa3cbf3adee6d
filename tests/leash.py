"""Runs a command that ends when whoever started it does, even killed: the other end of our standard input closes then.

A server that outlives its tests keeps its port, its folder and a core. Works on Linux and macOS alike.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

PATIENCE = 30  # seconds for a server to end well


def leashed(command: list[str], **how) -> subprocess.Popen:
    """The command started so that it does not outlive this process. `how` is that of Popen."""
    leash = [sys.executable, str(Path(__file__).resolve()), *command]
    return subprocess.Popen(leash, stdin=subprocess.PIPE, **how)


def listen(end: Event) -> None:
    """Wait until nobody holds the other end any more."""
    os.read(0, 1)  # nobody writes: this is the end
    end.set()


def let_go(process: subprocess.Popen, end: Event) -> None:
    """End the command when that is due: well, and by force when it does not."""
    end.wait()
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def main(command: list[str]) -> int:
    end = Event()
    # Before there is anything to end: whoever tells us to stop early must be heard, too.
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    # A group of its own: Ctrl-C reaches the tests, and they let go.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for task, *given in ((listen, end), (let_go, process, end)):
        Thread(target=task, args=given, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
