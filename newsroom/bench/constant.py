"""The floor: an application that answers the same bytes to everybody, on the same server with the same options.

python -m newsroom.bench.constant PORT THREADS
"""

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

BYTES = b"<!doctype html><title>The same to everybody</title>" + b"<p>All the news that fits.</p>" * 330
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BYTES)))]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BYTES]


if __name__ == "__main__":
    Granian(
        "newsroom.bench.constant:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=int(sys.argv[2]),
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
