"""A newsroom of the bench's own: folder, database and environment, gone afterwards."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

NAME = f"newsroom_bench_{os.getpid()}"


@contextmanager
def premises() -> Iterator[dict[str, str]]:
    """The environment of a newsroom that nobody else uses.

    On PostgreSQL it gets a database of its own on the server of DATABASE_URL: ten thousand invented stories in the
    newsroom's own archive could never be deleted.
    """
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=settings.VAR_DIR) as folder, own_database(folder) as url:
        port = free_port()
        yield os.environ | {
            "VAR_DIR": folder,
            "MEDIA_ROOT": str(Path(folder) / "uploads"),
            "DATABASE_URL": url,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DEBUG": "0",
            "DEMO": "0",
            "PAGE_CACHE": "off",
            "LOG_LEVEL": "ERROR",
        }


@contextmanager
def own_database(folder: str) -> Iterator[str]:
    """The address of an empty database, SQLite in `folder` or beside the newsroom's on its PostgreSQL."""
    if connection.vendor != "postgresql":
        yield f"sqlite:///{Path(folder) / 'newsroom.sqlite3'}"
        return
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{NAME}"')
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
