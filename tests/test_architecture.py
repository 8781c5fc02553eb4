"""The house holds its shape: who imports whom, how large things are, where outside libraries live."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "enrich"
MODULES = sorted(ROOT.rglob("*.py"))

# A room, and the rooms (or modules) of ours that it may import.
MAY_IMPORT = {
    "model": {"model"},
    "errors": set(),
    "page": {"page", "model"},
    "report": {"report", "model"},
    "export": {"export", "page.standing", "report.sheet", "report.explain", "model"},
    "net": {"net", "model"},
    "source": {"source", "net", "model"},
    "link": {"link", "net", "page.match.likeness", "page.match.thresholds", "model"},
    "store": {"store", "model", "errors"},
    "demo": {"demo", "model"},
    "survey": {"survey", "page", "store.files", "store.listing", "model", "errors"},
    "run": {"run", "page", "link", "store", "report.tally", "model"},
    "knob": {"model"},
    "settings": {"knob"},
    "toml_place": set(),
    "config": {"settings", "knob", "toml_place", "errors"},
    "looking": {"config", "settings", "page", "run.folders", "store", "model"},
    "librarian": {"run.library", "config", "source", "net", "store", "model"},
    "pipeline": {"run", "page.look", "page.settle", "store.files", "report.tally", "model"},
    "wiring": {
        "run",
        "librarian",
        "looking",
        "config",
        "settings",
        "page",
        "link",
        "net",
        "source",
        "store",
        "demo",
        "model",
        "errors",
    },
    "door": {"door", "pipeline", "run.site", "report", "model"},
    "command": {
        "command",
        "door",
        "wiring",
        "pipeline",
        "config",
        "run.site",
        "run.undoing",
        "survey",
        "service.daemon",
        "report",
        "export",
        "model",
        "errors",
    },
    "service": {
        "service",
        "door.session",
        "config",
        "settings",
        "run.site",
        "report",
        "net",
        "store.cache",
        "store.decide",
        "store.files",
        "store.lock",
        "model",
        "errors",
    },
    "cli": {"command", "door", "report", "errors"},
    "__main__": {"cli"},
    "api": {"wiring", "pipeline", "config", "run.site", "page", "report", "model", "errors"},
    "__init__": {"api", "errors", "model"},
}
AT_HOME = {
    "habanero": {"source/crossref/client.py"},
    "diskcache": {"store/cache.py"},
    "yaml": {"page/front/"},
    "aiohttp": {"net/fetch.py", "net/resolve.py", "demo/", "service/"},
    "cronsim": {"service/schedule.py"},
    "prometheus_client": {"service/metrics.py"},
    "tenacity": {"net/host.py"},
    "pypdfium2": {"link/worker.py"},
    "pyromark": {"page/body/outline.py"},
    "jinja2": {"report/html/"},
    "markupsafe": {"report/html/"},
    "click": {"cli.py", "command/", "door/option.py"},
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _room(dotted: str) -> str:
    return dotted.split(".")[0]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_room_imports_only_the_rooms_it_may(path: Path) -> None:
    room = _name(path).removesuffix(".py").split("/")[0]
    allowed = MAY_IMPORT[room]

    ours = {name.removeprefix("enrich.") for name in _imports(path) if name.startswith("enrich.")}
    strangers = {
        name for name in ours if not any(name == room or name.startswith(f"{room}.") for room in allowed)
    } - {"__version__"}

    assert not strangers


def test_the_store_knows_diskcache_and_the_run_does_not() -> None:
    assert not {"store.cache"} & {
        name.removeprefix("enrich.") for path in (ROOT / "run").glob("*.py") for name in _imports(path)
    }


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_an_outside_library_stays_in_the_files_that_know_it(path: Path) -> None:
    used = {_room(name) for name in _imports(path)}

    for library, homes in AT_HOME.items():
        at_home = any(
            _name(path) == home or (home.endswith("/") and _name(path).startswith(home)) for home in homes
        )
        assert library not in used or at_home, f"{library} in {_name(path)}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    tree = ast.parse(path.read_text())

    assert len(path.read_text().splitlines()) <= 300
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} is too long"


@pytest.mark.parametrize("room", sorted(ROOT.glob("*/**/__init__.py")), ids=_name)
def test_the_init_file_of_a_room_is_empty(room: Path) -> None:
    assert room.read_text() == ""


def _has_code(path: Path) -> bool:
    """Tell whether a module of a room does anything: values alone have nothing to test."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return path.parent != ROOT and any(
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for node in nodes
    )


@pytest.mark.parametrize("path", [path for path in MODULES if _has_code(path)], ids=_name)
def test_a_module_has_a_test_file_of_its_name(path: Path) -> None:
    mirrored = path.relative_to(ROOT)

    assert (ROOT.parent / "tests" / mirrored.parent / f"test_{mirrored.name}").exists()
