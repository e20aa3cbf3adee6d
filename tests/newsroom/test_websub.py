"""Word to hubs: written with a publication, told by the worker, to nobody else."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from articles.models import Errand
from articles.publishing import cancel, publish, schedule, withdraw
from articles.publishing.story import GRACE, UNDO
from newsroom import checks, websub, worker
from tests.factories import make_article, make_column, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


class Hub(BaseHTTPRequestHandler):
    def do_POST(self):
        words = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append((self.path, self.headers["Content-Type"], parse_qs(words)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        """Silence."""


@pytest.fixture
def hub(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.told, server.status = [], 204
    server.address = f"http://127.0.0.1:{server.server_port}/hub?for=us"
    settings.WEBSUB_HUBS = [server.address]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def words() -> list[Errand]:
    return list(Errand.objects.filter(kind="websub"))


def run(moment=None) -> None:
    """The errands that are due once nobody can take a publication back any more."""
    worker.run_due(moment or timezone.now() + UNDO + GRACE)


def test_a_publication_tells_the_hub_of_every_feed_that_shows_it(hub):
    published(tags=["Labor"], authors=["Ines Corvald"])
    run()
    ((path, kind, said),) = hub.told
    assert path == "/hub?for=us"
    assert kind == "application/x-www-form-urlencoded"
    assert said["hub.mode"] == ["publish"]
    lists = ["/by/ines-corvald/", "/the-slatest/", "/", "/tag/labor/"]
    assert said["hub.url"] == [f"{SITE}{path}feed/{form}" for path in lists for form in ("", "atom/", "json/")]
    assert [errand.done_at is not None for errand in words()] == [True]


def test_without_a_hub_there_is_nothing_to_do(settings):
    settings.WEBSUB_HUBS = []
    published()
    assert words() == []


def test_a_publication_that_fails_tells_nobody(hub):
    with transaction.atomic():
        publish(make_article())
        assert len(words()) == 1
        transaction.set_rollback(True)
    assert words() == []


def test_each_hub_is_an_errand_of_its_own(hub, settings):
    hub_that_is_away = "http://127.0.0.1:9/"
    settings.WEBSUB_HUBS = [hub_that_is_away, hub.address]
    published()
    run()
    assert len(hub.told) == 1
    away, told = sorted(words(), key=lambda errand: errand.done_at is not None)
    assert away.payload["hub"] == hub_that_is_away
    assert away.last_error
    assert told.last_error == ""


@pytest.mark.parametrize("status", [301, 307, 404, 500])
def test_a_hub_that_refuses_or_sends_elsewhere_is_asked_again_later(hub, status):
    hub.status = status
    published()
    run()
    (errand,) = words()
    assert errand.done_at is None
    assert str(status) in errand.last_error
    assert [path for path, *_ in hub.told] == ["/hub?for=us"]  # and nobody went to /elsewhere


def test_a_hub_that_says_nothing_is_left_in_time(settings, monkeypatch):
    silent = ThreadingHTTPServer(("127.0.0.1", 0), Hub)  # listens, and never answers
    settings.WEBSUB_HUBS = [f"http://127.0.0.1:{silent.server_port}/"]
    monkeypatch.setattr(websub, "TIMEOUT", 0.2)
    published()
    run()
    silent.server_close()
    (errand,) = words()
    assert "TimeoutError" in errand.last_error


def test_a_schedule_is_told_when_its_time_has_come(hub):
    at = timezone.now() + timedelta(hours=1)
    schedule(make_article(tags=["Waiting"]), at=at)
    run()
    assert hub.told == []
    assert [errand.due_at for errand in words()] == [at]


def test_a_cancelled_schedule_does_not_betray_its_tags(hub):
    published(tags=["Labor"])
    article = make_article(tags=["Secret"], authors=["Nobody Yet"])
    schedule(article, at=timezone.now() + timedelta(hours=1))
    cancel(article)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        run()
    assert all(errand.done_at for errand in words())
    assert "secret" not in str(hub.told)
    assert "nobody-yet" not in str(hub.told)
    assert "/tag/labor/feed/" in str(hub.told)


def test_a_withdrawal_is_told_too(hub):
    (edition,) = published()
    run()
    hub.told.clear()
    withdraw(edition.article, reason="It was wrong.")
    run()
    assert len(hub.told) == 1


def test_a_moved_column_is_told_by_its_new_address(hub):
    published()
    column = make_column()
    column.slug = "today"
    column.save()
    run()
    assert f"{SITE}/today/feed/" in hub.told[0][2]["hub.url"]


def test_a_hub_that_is_none_any_more_is_told_nothing(hub, settings):
    published()
    settings.WEBSUB_HUBS = []
    run()
    assert hub.told == []
    assert words()[0].done_at


@pytest.mark.parametrize(
    "hub",
    ["http://hub.example.com/", "ftp://127.0.0.1/", "https://", "https://u:p@h.example/", "https://h.example:99999/",
     "https://[::1", "javascript:1", "//hub", "https://h.example/#a", "https://hüb.example/"],
)  # fmt: skip
def test_a_hub_that_may_not_be_told_is_refused_by_name(settings, hub):
    settings.WEBSUB_HUBS = ["https://hub.example.com/", "http://localhost:8080/", hub]
    (error,) = checks.hubs_may_be_told()
    assert error.id == "newsroom.E019"
    assert hub in error.msg
    settings.WEBSUB_HUBS = [hub]
    with pytest.raises(websub.HubRefused):
        websub.ping({"hub": hub, "keys": ["front"]})
