"""The errand runner: claims what is due, does it, and leaves a failure as a row that one can see and retry.

It runs as a thread of the server process and, on other machines, as `manage.py run_errands`. Any number of runners
may work side by side: the claim is one conditional UPDATE.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from articles.models import Errand
from newsroom import websub

logger = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between two looks at the table
BATCH = 50
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=6)


def purge(payload: dict) -> None:
    """Hand the cache keys of `payload["keys"]` to each backend of PURGE_BACKENDS (dotted paths of `purge(keys)`)."""
    for path in settings.PURGE_BACKENDS:
        import_string(path)(payload["keys"])


DEEDS: dict[str, Callable[[dict], None]] = {"purge": purge, "websub": websub.ping}


def retry_after(attempts: int) -> timedelta:
    """How long a failed errand rests: 30 seconds, then four times as long each time, six hours at most."""
    return min(FIRST_RETRY * 4 ** (attempts - 1), LONGEST_RETRY)


def run(errand: Errand, moment: datetime) -> bool:
    """Claim one errand and do it. False when another runner was quicker or the deed failed."""
    if not Errand.objects.claim(errand, moment):
        return False
    attempt = errand.attempts + 1
    # A deed that outlives its claim may be in other hands by now: only the holder of this attempt writes the outcome.
    held = Errand.objects.filter(pk=errand.pk, done_at=None, attempts=attempt)
    try:
        if errand.kind not in DEEDS:
            raise LookupError(f"nobody here knows how to do {errand.kind!r}")
        DEEDS[errand.kind](errand.payload)
    except Exception as error:
        logger.exception("Errand %s (%s) failed, attempt %s", errand.pk, errand.kind, attempt)
        retry_at = timezone.now() + retry_after(attempt)
        held.update(due_at=retry_at, last_error=f"{type(error).__name__}: {error}"[:2000])
        return False
    held.update(done_at=timezone.now(), last_error="")
    return True


def run_due(moment: datetime | None = None) -> int:
    """Do everything that is due, oldest first. Returns how many errands were done."""
    moment = moment or timezone.now()
    done = 0
    while batch := list(Errand.objects.due(moment)[:BATCH]):
        # Done, failed or taken by another, an errand leaves this moment's list: the loop ends.
        done += sum(run(errand, moment) for errand in batch)
    return done


def run_until(stop: threading.Event, pause: float = PAUSE) -> None:
    """Look for errands until told to stop. A database that is away for a while does not end the watch."""
    while not stop.is_set():
        try:
            run_due()
        except Exception:
            logger.exception("The errand runner could not look at its table")
        close_old_connections()
        stop.wait(pause)


def start() -> threading.Event:
    """Start the runner as a thread of this process. Setting the event that is returned stops it."""
    stop = threading.Event()
    threading.Thread(target=run_until, args=[stop], name="errands", daemon=True).start()
    return stop
