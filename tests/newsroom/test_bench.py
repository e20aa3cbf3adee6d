"""The bench measures what it says. How fast things are is not asserted here: machines differ."""

import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from articles.exchange.seeding import seed
from newsroom.bench import processes
from newsroom.bench.addresses import cases
from newsroom.bench.readers import length, read
from newsroom.bench.report import growth, table

FIGURES = {
    "per_second": 300.0,
    "cpu_ms": 2.5,
    "database_cpu_ms": 0.0,
    "p50_ms": 3.0,
    "p99_ms": 4.0,
    "p99_of_many_ms": 30.0,
    "busy": 1.0,
}


class Paper(BaseHTTPRequestHandler):
    """Knows one page, and hangs up on whoever asks for /rude/."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/rude/":
            self.close_connection = True
            return
        self.send_response(200 if self.path == "/page/" else 404)
        self.send_header("Content-Length", "300000")
        self.end_headers()
        self.wfile.write(b"x" * 300_000)

    def log_message(self, *args):
        pass


@pytest.fixture
def port():
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        server.daemon_threads = True
        server.handle_error = lambda *args: None  # readers leave in the middle of an answer when their time is over
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_the_readers_read_in_turn_and_count_the_answers(port):
    figures = read(port, ["/page/", "/page/", "/nowhere/"], connections=1, seconds=0.5)
    assert figures["requests"] == sum(figures["statuses"].values()) > 3
    assert abs(figures["statuses"][200] - 2 * figures["statuses"][404]) <= 2
    assert 0 < figures["p50"] <= figures["p99"]


def test_the_readers_say_so_when_the_server_hangs_up(port):
    with pytest.raises(ConnectionError):
        read(port, ["/rude/"], connections=1, seconds=5)


def test_an_answer_without_a_length_is_refused():
    assert length(b"HTTP/1.1 200 OK\r\ncontent-length: 42\r\nX: y") == 42
    with pytest.raises(ValueError, match="Content-Length"):
        length(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked")


def test_the_clock_counts_work_and_not_sleep():
    before = processes.cpu_seconds(os.getpid())
    start = time.process_time()
    while time.process_time() < start + 0.2:
        pass
    worked = processes.cpu_seconds(os.getpid())
    assert worked - before >= 0.15
    assert processes.parent_of(os.getpid()) == os.getppid()


def test_every_page_of_the_bench_answers(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    list(seed(600))
    asked = {path: case.cookie for case in cases() for path in case.paths[:3]}
    assert len([path for path in asked if path.startswith("/admin/")]) > 10
    answers = {path: client.get(path, headers={"cookie": cookie}).status_code for path, cookie in asked.items()}
    assert answers == dict.fromkeys(asked, 200)


def test_the_table_marks_a_page_over_its_target():
    run = {
        "articles": 10_000,
        "editions": 15_000,
        "database": "sqlite",
        "constant": FIGURES | {"cpu_ms": 0.05},
        "pages": {"article": FIGURES | {"target": 3}, "feed": FIGURES | {"target": 2}},
    }
    lines = list(table(run))
    article, feed = (next(line for line in lines if line.startswith(name)) for name in ("article", "feed"))
    assert "≤ 3" in article
    assert "50.0" in article
    assert "> 2 !" in feed


def test_growth_is_told_between_the_smallest_and_the_largest():
    runs = [{"articles": n, "pages": {"article": {"cpu_ms": cost}}} for n, cost in ((1_000, 2.0), (100_000, 3.0))]
    assert any(line.startswith("article") and line.endswith("× 1.50") for line in growth(runs))
    assert not list(growth(runs[:1]))
