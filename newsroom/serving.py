"""`manage.py serve`: make ready, greet, and run the production server."""

import errno
import socket
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections, transaction
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from articles.exchange.demo import loader
from articles.models import Column
from newsroom import upkeep
from newsroom.demo_login import PASSWORD, make_demo_accounts, open_logins
from newsroom.restarting import Restart


class CannotServe(Exception):
    """The server cannot start; the message says why and what to do."""


def load_demo_when_empty(tell: Callable[[str], object]) -> bool:
    """Fill a database that has no column yet with the demo's newsroom. Returns whether it did."""
    if not settings.DEMO or Column.objects.exists():
        return False
    tell("Printing the demo's stories and drawing its photographs …")
    with transaction.atomic():  # a demo that broke off half-way would never be completed
        make_demo_accounts()
        loader.load()
    return True


def greeting() -> list[str]:
    """What stands on the terminal when the site is up: where it is, and who may sign in or what to do first."""
    lines = [f"{settings.NEWSROOM_NAME} is at {settings.SITE_URL}/, its desk at {settings.SITE_URL}/admin/"]
    if logins := open_logins():
        lines.append(f"Demo logins, open on this machine only, password “{PASSWORD}”:")
        lines += [f"  {username:<6} {role}" for username, role in logins]
    elif not Column.objects.exists():
        lines.append("The newsroom is empty: `.venv/bin/python manage.py newsroom_setup` asks for its name, zone,")
        lines.append("first column and first account.")
    elif not User.objects.filter(is_superuser=True, is_active=True).exists():
        lines.append("Nobody can sign in: `.venv/bin/python manage.py createsuperuser` makes the first account.")
    return [*lines, "Ctrl-C stops it."]


def make_ready(tell: Callable[[str], object]) -> None:
    """Do every step that is needed, say what takes a while, and greet."""
    upkeep.make_folders()
    upkeep.migrate_when_needed(tell)
    upkeep.index_when_needed(tell)
    upkeep.collect_when_changed(tell)
    load_demo_when_empty(tell)
    for line in greeting():
        tell(line)


def check_port() -> None:
    """Raise CannotServe when the address is taken: the server's own complaint is a traceback."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as error:
            elsewhere = error.errno not in {errno.EADDRINUSE, errno.EACCES}
            other = settings.PORT + 1 if settings.PORT >= 1024 else 8000
            advice = "HOST is an address of this machine." if elsewhere else f"Another port: PORT={other} make run"
            raise CannotServe(f"{settings.HOST}:{settings.PORT}: {error.strerror}. {advice}") from error


def serve() -> None:
    """Run the production server in this process until it is told to stop; with new settings it begins again."""
    restart = Restart()
    restart.watch()
    # The worker is forked from here: a connection that both hold would be closed by one under the other.
    connections.close_all()
    Granian(
        "newsroom.wsgi:with_errands",
        factory=True,
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.SERVER_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
    if restart.wanted:
        restart.now()
