from datetime import UTC, datetime

import pytest
import time_machine

# The database guards the record by its own clock, so tests that move the time move it forward.
NOON = datetime(2031, 3, 3, 17, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    """Stands at NOON, and goes on when it is told to."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
