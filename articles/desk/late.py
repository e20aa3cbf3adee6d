"""What must follow a publication and has not: the alarm of the desk."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Errand
from articles.models.errand import TRIES

WORDS = {"purge": "caches outside have not been told", "websub": "hubs have not been told"}
SHOWN = 100


@dataclass(frozen=True)
class Late:
    """`count` errands, at most SHOWN of which were counted; the oldest was to be done at `since`."""

    count: int
    since: datetime
    what: list[str]
    given_up: int
    last_error: str

    @property
    def more(self) -> bool:
        return self.count == SHOWN


def late(now: datetime) -> Late | None:
    """What is more than a minute late, None when nothing is. One query."""
    rows = list(Errand.objects.late(now)[:SHOWN])
    if not rows:
        return None
    return Late(
        count=len(rows),
        since=rows[0].wanted_at,
        what=sorted({WORDS.get(row.kind, row.kind) for row in rows}),
        given_up=sum(row.attempts >= TRIES for row in rows),
        last_error=next((row.last_error for row in rows if row.last_error), ""),
    )
