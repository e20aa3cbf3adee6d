"""`make test`: the suite on SQLite and on PostgreSQL side by side, then the browser journeys once.

What the machine lacks is named once, at the end; with CI=true it is a failure. DATABASE_URL takes the place of the
throw-away cluster. Arguments go to pytest.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.browser import chromium
from tests.cluster import cluster, programs

CI = os.environ.get("CI", "").lower() in {"1", "true"}
NOTHING_COLLECTED = 5
# Said aloud: left out, a DATABASE_URL in the developer's var/newsroom.env would take its place.
SQLITE = f"sqlite:///{Path(__file__).resolve().parents[1] / 'var' / 'newsroom.sqlite3'}"
COUNTED = ("failed", "passed", "skipped", "xfailed", "xpassed", "errors")
LACKS = {
    "PostgreSQL": (lambda: bool(os.environ.get("DATABASE_URL")) or programs() is not None, "apt install postgresql"),
    "Chromium": (lambda: chromium() is not None, "apt install chromium"),
    "exiftool": (lambda: shutil.which("exiftool") is not None, "apt install libimage-exiftool-perl"),
}


@dataclass
class Suite:
    """One pytest process; its words go to a file and are told when it is over."""

    name: str
    arguments: list[str]
    database: str = ""
    words: IO[str] = field(default_factory=lambda: tempfile.TemporaryFile("w+", encoding="utf-8"))  # noqa: SIM115
    process: subprocess.Popen | None = None

    def start(self) -> "Suite":
        environment = os.environ | {"DATABASE_URL": self.database or SQLITE, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", *self.arguments]
        self.process = subprocess.Popen(command, env=environment, stdout=self.words, stderr=subprocess.STDOUT)
        return self

    def finish(self) -> "Outcome":
        assert self.process is not None
        status = self.process.wait()
        self.words.seek(0)
        return Outcome(self.name, status, self.words.read())


@dataclass
class Outcome:
    name: str
    status: int
    words: str

    @property
    def counts(self) -> dict[str, int]:
        last = self.words.strip().rpartition("\n")[2]
        found = re.findall(r"(\d+) (failed|passed|skipped|xfailed|xpassed|errors?)\b", last)
        return {("errors" if name == "error" else name): int(number) for number, name in found}

    def tell(self) -> None:
        """All of a failure, the end of a success."""
        lines = self.words.strip().splitlines()
        failed = next((i for i, line in enumerate(lines) if re.match(r"=+ (FAILURES|ERRORS) =+", line)), None)
        shown = lines[-6:] if self.status == 0 else lines[failed if failed is not None else -60 :]
        print(f"──── {self.name}", *shown[-400:], sep="\n", flush=True)


def run_all(arguments: list[str]) -> list[Outcome]:
    """Run every suite that this machine can run."""
    rest = ["-m", "not journey", *arguments]
    outcomes = []
    with ExitStack() as stack:
        suites = [Suite("SQLite", rest).start()]
        stack.callback(stop, suites)
        if LACKS["PostgreSQL"][0]():
            url = os.environ.get("DATABASE_URL") or stack.enter_context(cluster())
            stack.callback(stop, suites)  # before the cluster goes
            suites.append(Suite("PostgreSQL", rest, database=url).start())
        outcomes += [suite.finish() for suite in suites]
    if LACKS["Chromium"][0]():
        journeys = Suite("Journeys in a browser", ["-m", "journey", *arguments]).start()
        outcomes.append(journeys.finish())
    return outcomes


def stop(suites: list[Suite]) -> None:
    for suite in suites:
        if suite.process and suite.process.poll() is None:
            suite.process.terminate()
            suite.process.wait()


def summary(outcomes: list[Outcome], seconds: float) -> str:
    """One closing line in pytest's manner, over all suites."""
    total = {name: sum(outcome.counts.get(name, 0) for outcome in outcomes) for name in COUNTED}
    counts = ", ".join(f"{number} {name}" for name, number in total.items() if number) or "no tests ran"
    return f" {counts} in {seconds:.2f}s ".center(80, "=")


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is taken down, too
    began = time.monotonic()
    outcomes = run_all(arguments)
    # Narrowed down by arguments, a suite may rightly be empty.
    good = {0, NOTHING_COLLECTED} if arguments else {0}
    for outcome in outcomes:
        outcome.tell()
    missing = [f"{name} ({advice})" for name, (is_here, advice) in LACKS.items() if not is_here()]
    print("────")
    for outcome in outcomes:
        print(f"{outcome.name}: {outcome.words.strip().rpartition(chr(10))[2].strip('= ')}")
    if missing:
        print(f"{'Missing' if CI else 'Skipped, for this machine lacks'}: {', '.join(missing)}")
    print(summary(outcomes, time.monotonic() - began))
    failed = any(outcome.status not in good for outcome in outcomes)
    return 1 if failed or (CI and missing) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
