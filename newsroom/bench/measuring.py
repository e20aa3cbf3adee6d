"""One page measured: requests per second, CPU time of everything that worked for them, and how long readers waited."""

import json
import subprocess
import sys
from typing import Any

from django.db import connection

from newsroom.bench import processes
from newsroom.bench.servers import ROOT

CONNECTIONS = 8
HERE = {"", "localhost", "127.0.0.1", "::1"}


def postmaster() -> int | None:
    """The process above the database's own, None for SQLite and for a server on another machine."""
    host = connection.settings_dict["HOST"]
    if connection.vendor != "postgresql" or not (host in HERE or host.startswith("/")):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    return processes.parent_of(backend)


def cpu_of(root: int | None) -> float:
    """The CPU seconds that a process and all below it have used; 0 when there is none to watch."""
    return processes.cpu_seconds(root) if root else 0.0


def readers(**plan: Any) -> dict[str, Any]:
    """Let the readers read, in their own process on the last core. See `readers.read`."""
    processes.pin(-1)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "newsroom.bench.readers"],
            cwd=ROOT,
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        processes.pin(None)
    if done.returncode:
        raise RuntimeError(f"The readers gave up:\n{done.stderr}")
    return json.loads(done.stdout)


def measure(
    port: int, paths: list[str], seconds: float, server: int, database: int | None = None, cookie: str = ""
) -> dict[str, Any]:
    """The figures of one kind of page, after a warm-up. Raises RuntimeError unless every answer is 200."""
    plan = {"port": port, "paths": paths, "cookie": cookie}
    readers(**plan, connections=CONNECTIONS, seconds=max(seconds / 4, 0.5))
    alone = readers(**plan, connections=1, seconds=seconds / 2)
    before = cpu_of(server), cpu_of(database)
    many = readers(**plan, connections=CONNECTIONS, seconds=seconds)
    served, stored = cpu_of(server) - before[0], cpu_of(database) - before[1]
    statuses = set(alone["statuses"]) | set(many["statuses"])
    if statuses != {"200"}:
        raise RuntimeError(f"{paths[0]} and its like answer {', '.join(sorted(statuses))}.")
    return {
        "requests": many["requests"],
        "per_second": many["requests"] / many["seconds"],
        "cpu_ms": (served + stored) / many["requests"] * 1000,
        "database_cpu_ms": stored / many["requests"] * 1000,
        "busy": served / many["seconds"],
        "p50_ms": alone["p50"],
        "p99_ms": alone["p99"],
        "p99_of_many_ms": many["p99"],
    }
