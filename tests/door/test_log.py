from __future__ import annotations

import io
import json
import logging
import stat
from collections.abc import Iterator

import pytest
import structlog

from enrich.door import log


@pytest.mark.parametrize(("verbose", "lines"), [(True, 2), (False, 1)])
def test_events_are_lines_with_their_facts_and_only_warnings_unless_verbose(
    verbose: bool, lines: int
) -> None:
    stream = io.StringIO()
    log.to(stream, verbose=verbose, colour=False)
    structlog.get_logger().info("budget", works=3)
    structlog.get_logger().warning("slow", host="api.crossref.org")
    said = stream.getvalue().splitlines()
    assert len(said) == lines
    assert "slow" in said[-1]
    assert "host=api.crossref.org" in said[-1]
    assert "\x1b[" not in stream.getvalue()


@pytest.fixture
def calm() -> Iterator[None]:
    """Let no test's way of logging outlast it."""
    before = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:], logging.root.level = before
    structlog.reset_defaults()


def served(secrets: set[str], *, as_json: bool = True) -> io.StringIO:
    stream = io.StringIO()
    log.serving(stream, as_json=as_json, colour=False, secrets=secrets)
    return stream


@pytest.mark.usefixtures("calm")
def test_a_service_logs_one_line_of_json_for_each_event_with_what_is_bound_to_it() -> None:
    stream = served(set())
    with structlog.contextvars.bound_contextvars(run="20270115T080000Z"):
        structlog.get_logger().info("written", path="content/a\n.md", changes=2)
    structlog.get_logger().debug("unheard")

    (line,) = stream.getvalue().splitlines()
    said = json.loads(line)
    assert said.pop("timestamp").endswith("Z")
    assert said == {
        "event": "written",
        "level": "info",
        "path": "content/a\n.md",
        "changes": 2,
        "run": "20270115T080000Z",
    }


@pytest.mark.usefixtures("calm")
def test_on_a_terminal_the_same_is_said_for_people() -> None:
    stream = served(set(), as_json=False)
    structlog.get_logger().warning("note", text="a hint")
    (line,) = stream.getvalue().splitlines()
    assert "note" in line
    assert "text='a hint'" in line


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("as_json", [True, False])
def test_no_secret_is_ever_logged_nor_one_that_comes_later(as_json: bool) -> None:
    secrets = {"", "short", "0123456789abcdef"}
    stream = served(secrets, as_json=as_json)
    secrets.add("https://chat.example/hook/abc")
    try:
        raise ValueError("the token is 0123456789abcdef")
    except ValueError as error:
        structlog.get_logger().error(
            "bug", exc_info=error, url="https://chat.example/hook/abc?x", word="a short one"
        )
    said = stream.getvalue()
    assert "0123456789abcdef" not in said
    assert "hook" not in said
    assert "the token is ***" in said
    assert "a short one" in said


@pytest.mark.usefixtures("calm")
def test_what_libraries_log_becomes_events_of_ours() -> None:
    stream = served(set())
    logging.getLogger("aiohttp.server").error("Error handling %s", "request")
    logging.getLogger("asyncio").debug("unheard")
    (line,) = stream.getvalue().splitlines()
    said = json.loads(line)
    assert (said["event"], said["level"], said["logger"]) == ("library", "error", "aiohttp.server")
    assert said["text"] == "Error handling request"


def test_a_trace_is_kept_for_its_reporter_alone(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    path = log.keep_trace("line one\nbad \udcff name\n")
    assert path.read_text(encoding="utf-8") == "line one\nbad \\udcff name\n"
    assert path.parent == tmp_path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
