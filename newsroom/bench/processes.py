"""CPU time of processes and their place on the machine's cores."""

import os
import subprocess
from pathlib import Path

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """User and system time so far of a process and all below it, those that ended included."""
    rows = from_proc() if (PROC / "self/stat").exists() else from_ps()
    below: dict[int, list[int]] = {}
    for pid, (parent, _) in rows.items():
        below.setdefault(parent, []).append(pid)
    total, waiting = 0.0, [root]
    while waiting:
        pid = waiting.pop()
        total += rows[pid][1] if pid in rows else 0.0
        waiting += below.get(pid, [])
    return total


def parent_of(pid: int) -> int | None:
    """None when there is no such process on this machine."""
    rows = from_proc() if (PROC / "self/stat").exists() else from_ps()
    return rows[pid][0] if pid in rows else None


def from_proc() -> dict[int, tuple[int, float]]:
    """{pid: (parent, seconds)}; the seconds include children that were waited for. man 5 proc, /proc/pid/stat."""
    rows = {}
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # The name in brackets may hold spaces and brackets itself.
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        rows[int(entry.name)] = int(fields[1]), sum(map(int, fields[11:15])) / TICK
    return rows


def from_ps() -> dict[int, tuple[int, float]]:
    """The same where there is no /proc, as on macOS: [[dd-]hh:]mm:ss.cc"""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,time="], capture_output=True, text=True, check=True)  # noqa: S607
    rows = {}
    for line in listing.stdout.splitlines():
        pid, parent, time = line.split()
        days, _, clock = time.rpartition("-")
        seconds = 86_400.0 * int(days or 0)
        for power, part in enumerate(reversed(clock.split(":"))):
            seconds += float(part) * 60**power
        rows[int(pid)] = int(parent), seconds
    return rows


def pin(core: int | None) -> None:
    """Keep this process, and what it starts from now on, on one core (-1: the last; None: anywhere)."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(CORES)
        os.sched_setaffinity(0, cores if core is None else {cores[core]})


CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
