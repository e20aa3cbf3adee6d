"""The figures for people."""

from collections.abc import Iterator
from typing import Any

HEAD = ("", "req/s", "CPU ms", "database", "target", "p50 ms", "p99 ms", "p99 of 8", "× constant", "busy")
WIDTHS = (30, 9, 8, 10, 8, 8, 8, 10, 11, 6)


def row(cells: tuple[str, ...]) -> str:
    name, *figures = cells
    return name.ljust(WIDTHS[0]) + "".join(map(str.rjust, figures, WIDTHS[1:]))


def table(run: dict[str, Any]) -> Iterator[str]:
    """One size of the archive, page by page.

    "CPU ms" is everything's, "database" PostgreSQL's part of it (SQLite works within the server); "× constant" compares
    it with the constant bytes'. "busy" tells how much of its core the server used: below 90 % the readers were the
    slower ones, and requests per second say nothing about the server.
    """
    floor = run["constant"]["cpu_ms"]
    yield f"{run['articles']:,} stories, {run['editions']:,} editions, {run['database']}"
    yield row(HEAD)
    for name, figures in [("constant bytes", run["constant"]), *run["pages"].items()]:
        target = figures.get("target")
        cells = (
            name,
            f"{figures['per_second']:,.0f}",
            f"{figures['cpu_ms']:.3f}" if figures["cpu_ms"] < 1 else f"{figures['cpu_ms']:.2f}",
            f"{figures['database_cpu_ms']:.2f}" if figures["database_cpu_ms"] else "within",
            "" if not target else f"≤ {target:g}" if figures["cpu_ms"] <= target else f"> {target:g} !",
            f"{figures['p50_ms']:.2f}",
            f"{figures['p99_ms']:.2f}",
            f"{figures['p99_of_many_ms']:.2f}",
            f"{figures['cpu_ms'] / floor:.1f}",
            f"{figures['busy']:.0%}",
        )
        yield row(cells)
    yield ""


def growth(runs: list[dict[str, Any]]) -> Iterator[str]:
    """What the same page costs as the archive grows: CPU milliseconds by size."""
    if len(runs) < 2:
        return
    yield "CPU ms by size of the archive"
    yield "".ljust(30) + "".join(f"{run['articles']:>10,}" for run in runs) + "growth".rjust(10)
    for name in runs[0]["pages"]:
        costs = [run["pages"][name]["cpu_ms"] for run in runs]
        yield name.ljust(30) + "".join(f"{cost:>10.2f}" for cost in costs) + f"× {costs[-1] / costs[0]:.2f}".rjust(10)
    yield ""
