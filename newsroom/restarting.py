"""A running server begins again when `var/newsroom.env` says something new.

Settings are read once, when a process begins. A server that was empty when it started would go on in the default zone
after `newsroom_setup`, and date the addresses of its first stories by it for ever.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from django.conf import settings

from newsroom.settings import kept_answers

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at the file


def can_be_used() -> bool:
    """Whether a server would start with the settings as they are now; if not, the terminal is told why."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "check"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0  # noqa: S603


def watch(begin_again: Callable[[], object], pause: float = PAUSE) -> None:
    """Call `begin_again` once, when the file says something else than when this process began."""
    seen = settings.KEPT
    while True:
        time.sleep(pause)
        now = kept_answers()
        if now != seen and can_be_used():
            begin_again()
            return
        if now != seen:
            logger.error("%s cannot be used; the server goes on with the settings it has.", settings.ENV_FILE)
            seen = now


class Restart:
    """Stops a server that runs in this process, and remembers that it is to begin again."""

    def __init__(self) -> None:
        self.wanted = False

    def watch(self) -> None:
        threading.Thread(target=watch, args=[self.ask], name="newsroom.env", daemon=True).start()

    def ask(self) -> None:
        self.wanted = True
        os.kill(os.getpid(), signal.SIGINT)  # the server ends as it would for Ctrl-C: open answers are finished

    def now(self) -> None:
        """Begin again in the same process: a terminal and a service manager see the same one."""
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def watch_under_the_reloader() -> None:
    """The same for `make dev`: the reloader starts its child anew when it ends with 3, and sees no new file itself."""
    threading.Thread(target=watch, args=[lambda: os._exit(3)], name="newsroom.env", daemon=True).start()
