"""What must follow is done once, whoever runs it, and what fails can be seen and comes again."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Errand
from articles.models.errand import CLAIM, TRIES
from newsroom import worker

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """A deed called "note" that keeps the payloads it was given."""
    payloads = []
    monkeypatch.setitem(worker.DEEDS, "note", payloads.append)
    return payloads


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(worker.timezone, "now", lambda: NOW)


def errand(kind="note", minutes=-1, **fields):
    return Errand.objects.create(kind=kind, due_at=NOW + timedelta(minutes=minutes), **fields)


def fail(payload):
    raise OSError("the CDN is away")


@pytest.mark.django_db
def test_it_works(done):
    row = errand(payload={"keys": ["front"]})
    assert worker.run_due(NOW) == 1
    row.refresh_from_db()
    assert done == [{"keys": ["front"]}]
    assert row.done_at is not None


@pytest.mark.django_db
def test_what_is_not_due_waits(done):
    errand(minutes=5)
    assert worker.run_due(NOW) == 0
    assert worker.run_due(NOW + timedelta(minutes=6)) == 1


@pytest.mark.django_db
def test_oldest_first(done):
    for minutes in (-1, -3, -2):
        errand(minutes=minutes, payload={"at": minutes})
    worker.run_due(NOW)
    assert [payload["at"] for payload in done] == [-3, -2, -1]


@pytest.mark.django_db
def test_two_runners_that_saw_the_same_row_do_it_once(done):
    row = errand()
    first, second = Errand.objects.get(pk=row.pk), Errand.objects.get(pk=row.pk)
    assert worker.run(first, NOW) is True
    assert worker.run(second, NOW) is False
    assert len(done) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory belongs to one thread")
def test_four_runners_at_once_do_each_errand_once(done):
    for number in range(40):
        errand(payload={"number": number})
    barrier = threading.Barrier(4)

    def runner():
        barrier.wait()
        worker.run_due(NOW)
        connection.close()

    threads = [threading.Thread(target=runner) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(payload["number"] for payload in done) == list(range(40))


@pytest.mark.django_db
def test_a_runner_that_died_lets_go(done):
    row = errand()
    Errand.objects.claim(row, NOW)  # … and no more was heard of it
    assert worker.run_due(NOW) == 0
    assert worker.run_due(NOW + CLAIM) == 1


@pytest.mark.django_db
def test_one_that_comes_back_after_its_claim_does_not_write_over_the_next(done, monkeypatch):
    row = errand()

    def slow(payload):  # meanwhile the claim ran out, and another runner took the errand
        Errand.objects.filter(pk=row.pk).update(attempts=2, due_at=NOW + timedelta(hours=1))

    monkeypatch.setitem(worker.DEEDS, "note", slow)
    worker.run(row, NOW)
    row.refresh_from_db()
    assert row.done_at is None
    assert row.attempts == 2


@pytest.mark.django_db
def test_a_failure_is_a_row_one_can_see(monkeypatch, clock):
    monkeypatch.setitem(worker.DEEDS, "note", fail)
    row = errand()
    assert worker.run_due(NOW) == 0
    row.refresh_from_db()
    assert row.last_error == "OSError: the CDN is away"
    assert (row.done_at, row.attempts, row.due_at) == (None, 1, NOW + timedelta(seconds=30))


@pytest.mark.django_db
def test_it_comes_again_and_then_is_done(monkeypatch, clock, done):
    with monkeypatch.context() as patch:
        patch.setitem(worker.DEEDS, "note", fail)
        row = errand()
        worker.run_due(NOW)
    assert worker.run_due(NOW + timedelta(seconds=29)) == 0
    assert worker.run_due(NOW + timedelta(seconds=30)) == 1
    row.refresh_from_db()
    assert row.last_error == ""


@pytest.mark.django_db
def test_after_many_tries_it_is_left_for_a_person(monkeypatch):
    monkeypatch.setitem(worker.DEEDS, "note", fail)
    row = errand()
    for _ in range(TRIES + 2):
        worker.run_due(NOW)
        Errand.objects.update(due_at=NOW)
    row.refresh_from_db()
    assert row.attempts == TRIES
    assert row.last_error


def test_rests_grow_to_six_hours():
    rests = [worker.retry_after(attempts).total_seconds() for attempts in range(1, TRIES + 1)]
    assert rests == [30, 120, 480, 1920, 7680, 21600, 21600, 21600]


@pytest.mark.django_db
def test_an_errand_that_nobody_knows_fails_by_name():
    row = errand("teleport")
    worker.run_due(NOW)
    row.refresh_from_db()
    assert "teleport" in row.last_error


purged = []


def remember(keys):
    purged.append(keys)


@pytest.mark.django_db
def test_a_purge_reaches_every_backend(settings):
    purged.clear()
    settings.PURGE_BACKENDS = [f"{__name__}.remember"] * 2
    errand("purge", payload={"keys": ["article-1", "front"]})
    assert worker.run_due(NOW) == 1
    assert purged == [["article-1", "front"]] * 2


@pytest.mark.django_db
def test_the_watch_outlives_a_database_that_is_away(monkeypatch):
    stop, looks = threading.Event(), []

    def look():
        looks.append(1)
        if len(looks) == 2:
            stop.set()
        raise OSError("no database")

    monkeypatch.setattr(worker, "run_due", look)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.run_until(stop, pause=0)
    assert len(looks) == 2


@pytest.mark.django_db
def test_the_command_runs_once(done, capsys):
    errand()
    call_command("run_errands", "--once")
    assert "Errands done: 1" in capsys.readouterr().out
