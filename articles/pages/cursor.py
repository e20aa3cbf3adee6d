"""A place in a river, as it stands in `?before=`: the printed time in UTC and the edition's number in the table."""

import re
from datetime import UTC, datetime

FORM = re.compile(r"(\d{8}T\d{6}\.\d{6})Z-(\d{1,18})", re.ASCII)
TIME = "%Y%m%dT%H%M%S.%f"


def written(printed: datetime, pk: int) -> str:
    """20150601T214300.000000Z-123: below this edition the next page begins."""
    return f"{printed.astimezone(UTC).strftime(TIME)}Z-{pk}"


def read(cursor: str) -> tuple[datetime, int]:
    """The printed time and the edition's id. Raises ValueError for anything that `written` does not write."""
    form = FORM.fullmatch(cursor)
    if not form:
        raise ValueError("This is not a place in a river.")
    return datetime.strptime(form[1], TIME).replace(tzinfo=UTC), int(form[2])
