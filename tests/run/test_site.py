from __future__ import annotations

from enrich.run.site import Request


def test_a_plain_request_writes_what_it_finds_and_mends_no_text() -> None:
    request = Request()

    assert not (request.dry_run or request.offline or request.refresh or request.repair)
    assert request.paths == ()
