"""The cast at the desk: Ines writes, Marek edits, Vera makes accounts."""

import pytest
from django.core.cache import cache

from tests.factories import make_user


@pytest.fixture(autouse=True)
def nobody_failed_to_log_in():
    cache.clear()


@pytest.fixture
def at_desk(client, db):
    """Sits somebody down at the desk: `at_desk("marek", "Editors")` gives a client that is logged in."""

    def sit(name: str, *groups: str, **fields):
        client.force_login(make_user(name, *groups, **fields))
        return client

    return sit


@pytest.fixture
def editor(at_desk):
    return at_desk("marek", "Editors")


@pytest.fixture
def reporter(at_desk):
    return at_desk("ines", "Reporters")
