"""Readers who ask again as soon as they are answered, over keep-alive connections: the load, a process of its own.

    python -m newsroom.bench.readers    reads {"port", "paths", "connections", "seconds", "cookie"} on stdin

http.client takes 200 µs for each answer, more than the server takes for constant bytes: so plain sockets, and only as
much HTTP as our own server speaks.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from itertools import cycle
from statistics import quantiles


class Reader:
    """One connection with at most one request under way."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got = bytearray()
        self.missing: int | None = None  # bytes of the body that are still to come; None before the headers ended
        self.status = 0
        self.asked = 0.0

    def ask(self, request: bytes) -> None:
        self.got.clear()
        self.missing = None
        self.asked = time.perf_counter()
        self.socket.sendall(request)

    def answered(self) -> bool:
        """Take what has come. True when the answer is complete. Raises ConnectionError when the server hangs up."""
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionError("The server closed the connection.")
        if self.missing is None:
            self.got += received
            head, found, rest = self.got.partition(b"\r\n\r\n")
            if not found:
                return False
            self.status = int(head[9:12])
            self.missing = length(head) - len(rest)
        else:
            self.missing -= len(received)
        return self.missing <= 0


def length(head: bytes | bytearray) -> int:
    """The Content-Length of an answer. Raises ValueError without one: our pages always say it."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("An answer without Content-Length.")


def read(port: int, paths: list[str], connections: int, seconds: float, cookie: str = "") -> dict:
    """Read the paths in turn for a while. Times are in milliseconds, statuses counted."""
    headers = f"Host: 127.0.0.1:{port}\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "")
    requests = cycle([f"GET {path} HTTP/1.1\r\n{headers}\r\n".encode() for path in paths])
    waits: list[float] = []
    statuses: Counter[int] = Counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            reader = Reader(port)
            selector.register(reader.socket, selectors.EVENT_READ, reader)
            reader.ask(next(requests))
        start = now = time.perf_counter()
        while now < start + seconds:
            for key, _ in selector.select(1):
                reader = key.data
                if reader.answered():
                    now = time.perf_counter()
                    waits.append(now - reader.asked)
                    statuses[reader.status] += 1
                    reader.ask(next(requests))
            now = time.perf_counter()
        return summary(waits, statuses, now - start)


def summary(waits: list[float], statuses: Counter[int], seconds: float) -> dict:
    percentiles = quantiles(waits, n=100, method="inclusive") if len(waits) > 1 else [*waits, 0.0] * 100
    return {
        "requests": len(waits),
        "seconds": seconds,
        "p50": percentiles[49] * 1000,
        "p99": percentiles[98] * 1000,
        "statuses": dict(statuses),
    }


if __name__ == "__main__":
    json.dump(read(**json.load(sys.stdin)), sys.stdout)
