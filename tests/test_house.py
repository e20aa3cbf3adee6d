"""The house's plan, held by reading the imports: upper rooms may use lower ones, never the other way."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("newsroom", "articles", "media")

# From the top of the house to the ground; rooms on one line are strangers.
FLOORS = [
    ["newsroom"],
    ["articles.management"],
    ["articles.desk", "articles.exchange"],
    ["articles.publishing"],
    ["articles.pages"],
    ["articles.models"],
    ["articles.body", "articles.document", "articles.edge", "articles.words"],
    ["media.admin"],
    ["media"],
    ["media.models"],
]
HEIGHT = {room: -floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# What holds no logic ranks with the room that it opens.
DOORS = {
    "articles.admin": "articles.desk",
    "articles.urls": "articles.pages",
    "articles.templatetags": "articles.pages",
    "articles.apps": "articles.models",
    "articles.migrations": "articles.models",
    "media.migrations": "media.models",
}
UNWANTED = {"utils", "util", "helpers", "common", "services", "core", "misc"}


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str | None:
    """The room in which a dotted name lies; None for a name that is in no room of the plan."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        head = ".".join(parts[:length])
        room = DOORS.get(head, head)
        if room in HEIGHT:
            return room
    return None


def exists(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or place.is_dir()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything of ours that a module imports, relative imports spelt out."""
    here = dotted(path).split(".")
    package = here if path.name == "__init__.py" else here[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module.split(".") if node.module else [])])
            # `from articles import desk` means the room, `from articles.desk import X` a name in it.
            names = [f"{module}.{a.name}" if exists(f"{module}.{a.name}") else module for a in node.names]
        yield from ((node.lineno, name) for name in names if name.split(".")[0] in PACKAGES)


def may_use(user: str | None, used: str | None) -> bool:
    if user not in HEIGHT or used not in HEIGHT:
        return False
    return user == used or HEIGHT[used] < HEIGHT[user]


def test_it_works():
    assert room_of("articles.body.grammar") == "articles.body"
    assert room_of("articles.admin") == "articles.desk"
    assert room_of("media.credits") == "media"
    assert may_use("articles.publishing", "articles.document")
    assert not may_use("articles.pages", "articles.publishing")
    assert not may_use("articles.desk", "articles.exchange")
    assert not may_use("media", "articles.models")


def test_every_module_is_in_a_room():
    rooms = {dotted(path): room_of(dotted(path)) for path in modules()}
    assert len(rooms) > 30
    assert [name for name, room in rooms.items() if room is None and name != "articles"] == []


def test_imports_go_down():
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {room_of(dotted(path))} may not use {name}"
        for path in modules()
        for line, name in imports(path)
        if not may_use(room_of(dotted(path)), room_of(name))
    ]
    assert wrong == []


def test_the_reading_finds_imports_and_submodules():
    seen = {name for path in modules() for _line, name in imports(path)}
    assert {"articles.models", "media.models"} <= {room_of(name) for name in seen}
    assert "newsroom.checks" in seen  # `from newsroom import checks`


def test_nothing_is_imported_inside_a_function():
    wrong = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in [*modules(), ROOT / "manage.py", *(ROOT / "tests").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_there_is_no_room_for_odds_and_ends():
    wrong = [str(path) for path in modules() if UNWANTED & set(path.relative_to(ROOT).with_suffix("").parts)]
    assert wrong == []


def test_the_top_level_is_what_the_plan_says():
    """A new folder at the top is a new room: it belongs into the plan first."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert folders <= {*PACKAGES, "templates", "tests", "docs", "var"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_host_and_hashes_everything(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host", text) == []
    packages = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert len(packages) > 10
    assert [line for line in packages if not re.match(r"[a-z0-9._-]+==[^ ]+ .*\\$", line)] == []
    assert text.count("--hash=sha256:") >= len(packages)


def test_the_lock_comes_from_one_registry():
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r"[a-z+]+://([^/\"]+)", text)) == {"pypi.org", "files.pythonhosted.org"}
    assert "path = " not in text
