"""A throw-away PostgreSQL: made from the installed programs, reached by a socket, gone when the tests are over."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# Debian keeps the server's programs out of PATH; Homebrew keeps an unlinked version in its own folder.
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
# Nothing here outlives the run, so nothing need reach the disk.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40"


def programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, the newest version first; None when PostgreSQL is not installed."""
    found = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/"))]
    found.sort(key=lambda folder: [int(digits) for digits in "".join(
        c if c.isdigit() else " " for c in str(folder)).split()], reverse=True)  # fmt: skip
    in_path = shutil.which("initdb")
    candidates = [*([Path(in_path).parent] if in_path else []), *found]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def somebody_else() -> dict:
    """Arguments for subprocess: PostgreSQL refuses to run as root, so root lends it another account."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster of one's own; yields its DATABASE_URL. Raises FileNotFoundError when nothing is installed."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    # Short and in /tmp: a socket's path may not be longer than 103 characters, and macOS' own place is long.
    home = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir="/tmp"))
    account = somebody_else()
    if account:
        os.chown(home, account["user"], account["group"])
    data, log = home / "data", home / "log"

    def do(program: str, *arguments: str) -> None:
        command = [str(folder / program), "-D", str(data), *arguments]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, **account)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}{log.read_text() if log.exists() else ''}")

    try:
        do("initdb", "-U", "newsroom", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        do("pg_ctl", "-w", "-l", str(log), "-o", f"-c listen_addresses='' -c unix_socket_directories={home} {CARELESS}",
           "start")  # fmt: skip
        try:
            yield f"postgres://newsroom@{quote(str(home), safe='')}/postgres"
        finally:
            do("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
