from __future__ import annotations

from enrich.model.link import LinkVerdict


def test_a_verdict_reads_as_a_sentence() -> None:
    assert str(LinkVerdict("u", "ok")) == "ok"
    assert str(LinkVerdict("u", "broken", "truncated")) == "broken: truncated"
    assert str(LinkVerdict("u", "broken", "missing", "404 Not Found")) == "broken: missing (404 Not Found)"


def test_a_version_is_the_etag_or_else_the_date_or_else_the_size() -> None:
    assert LinkVerdict("u", "ok", etag='"a"', last_modified="Tue", bytes=5).version == '"a"'
    assert LinkVerdict("u", "ok", last_modified="Tue", bytes=5).version == "Tue"
    assert LinkVerdict("u", "ok", bytes=0).version == "0"
    assert LinkVerdict("u", "ok").version == ""
