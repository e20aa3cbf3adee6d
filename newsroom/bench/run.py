"""The whole run: once outside, to make the premises, and once inside them, to seed, measure and report."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from articles.exchange.seeding import seed
from articles.models import Article, Edition
from newsroom import upkeep
from newsroom.bench.addresses import cases
from newsroom.bench.measuring import measure, postmaster
from newsroom.bench.premises import free_port, premises
from newsroom.bench.report import growth, table
from newsroom.bench.servers import ROOT, running


def run_on_own_premises(sizes: Sequence[int], seconds: float, target: Path) -> None:
    """Start the command anew where it can do no harm. Raises CalledProcessError when the run breaks off."""
    with premises() as environment:
        command = [sys.executable, "manage.py", "bench", *map(str, sizes), "--seconds", str(seconds)]
        subprocess.run([*command, "--here", str(target)], cwd=ROOT, env=environment, check=True)  # noqa: S603


def run_here(sizes: Sequence[int], seconds: float, target: Path, tell: Callable[[str], object]) -> None:
    """Grow this database to each size in turn and measure it; tell the tables and write `target` as JSON."""
    upkeep.make_folders()
    upkeep.migrate_when_needed(tell)
    upkeep.collect_when_changed(tell)
    runs: list[dict[str, Any]] = []
    for size in sorted(sizes):
        grow_to(size, tell)
        runs.append(one_size(seconds))
        for line in table(runs[-1]):
            tell(line)
    for line in growth(runs):
        tell(line)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"machine": machine(), "runs": runs}, indent=2), encoding="utf-8")
    tell(f"All figures: {target}")


def grow_to(size: int, tell: Callable[[str], object]) -> None:
    missing = size - Article.objects.count()
    if missing > 0:
        tell(f"Seeding {missing:,} stories …")
        for _ in seed(missing):
            pass


def one_size(seconds: float) -> dict[str, Any]:
    """Every kind of page through the production server, beside the constant bytes in the same run."""
    pages = cases()
    database_process = postmaster()
    sizes = {"articles": Article.objects.count(), "editions": Edition.objects.count()}
    connections.close_all()  # the bench's own connection must not hold the server's writers up
    port, floor_port = settings.PORT, free_port()
    threads = str(settings.SERVER_THREADS)
    with running("-m", "newsroom.bench.constant", str(floor_port), threads, port=floor_port) as server:
        constant = measure(floor_port, ["/"], seconds, server)
    with running("manage.py", "serve", port=port) as server:
        figures = {
            case.name: {
                **measure(port, case.paths, seconds, server, database_process, case.cookie),
                "target": case.target,
                "paths": case.paths[:3],
            }
            for case in pages
        }
    return {
        **sizes,
        "database": connection.vendor,
        "database_cpu_counted": connection.vendor == "sqlite" or database_process is not None,
        "threads": settings.SERVER_THREADS,
        "seconds": seconds,
        "constant": constant,
        "pages": figures,
    }


def machine() -> dict[str, Any]:
    return {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
