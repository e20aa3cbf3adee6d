"""An archive of any size in minutes: stories for measuring and for trying out, published ten years deep."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from articles.exchange.seeding.cast import gather
from articles.exchange.seeding.draws import draw
from articles.exchange.seeding.rows import publish_all
from articles.exchange.seeding.texts import write
from articles.models import Article

__all__ = ["seed"]

BATCH = 1_000


def seed(count: int, *, dice: int = 2015, until: datetime | None = None) -> Iterator[int]:
    """Add `count` published stories, each batch in a transaction of its own; yields how many are there so far.

    The same `dice` and `until` (by default yesterday at this hour) give the same stories. The database's statistics
    are taken anew at the end: without them it plans for the empty archive that it was.
    """
    rolled = Random(dice)  # noqa: S311 — dice for looks, not for secrets
    end = until or timezone.now() - timedelta(days=1)
    cast = gather()
    draws = draw(count, rolled, cast, write(count, rolled, cast), end)
    serial = Article.objects.aggregate(last=Max("id"))["last"] or 0
    done = 0
    while batch := list(islice(draws, BATCH)):
        publish_all(batch, serial + done + 1)
        done += len(batch)
        yield done
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
