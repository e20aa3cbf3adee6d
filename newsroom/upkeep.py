"""What a start brings up to date, each step only when it is needed: folders, database, static files."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.publishing.indexing import BATCH, reindex


def make_folders() -> None:
    for folder in (settings.VAR_DIR, settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)


def migrate_when_needed(tell: Callable[[str], object]) -> bool:
    """Bring the database to today's shape. Returns whether anything was left to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    tell("Bringing the database to today's shape …")
    call_command("migrate", verbosity=0, interactive=False)
    return True


def index_when_needed(tell: Callable[[str], object]) -> int:
    """File what search does not find yet: editions of a database that is older than the index. Returns how many."""
    done = 0
    for done in reindex():
        if done == BATCH:
            tell("Filing the archive in the index for search …")
    return done


def static_fingerprint() -> str:
    """One hash over every static file's place, size and time: quick to take, different when any file was touched."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            seen.update(f"{storage.location}|{name}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def collect_when_changed(tell: Callable[[str], object]) -> bool:
    """Run collectstatic when a source changed since the last time. Returns whether it ran."""
    kept = Path(settings.VAR_DIR) / "static.fingerprint"
    now = static_fingerprint()
    if kept.exists() and kept.read_text(encoding="ascii") == now and Path(settings.STATIC_ROOT).is_dir():
        return False
    tell("Collecting static files …")
    # whitenoise tells of every file that it makes smaller, whatever the verbosity.
    logging.disable(logging.INFO)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    logging.disable(logging.NOTSET)
    kept.write_text(now, encoding="ascii")  # last: a run that broke off is done again
    return True
