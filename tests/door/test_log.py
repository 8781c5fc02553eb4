from __future__ import annotations

import io
import stat

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


def test_a_trace_is_kept_for_its_reporter_alone(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    path = log.keep_trace("line one\nbad \udcff name\n")
    assert path.read_text(encoding="utf-8") == "line one\nbad \\udcff name\n"
    assert path.parent == tmp_path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
