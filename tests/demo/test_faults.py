from __future__ import annotations

from enrich.demo.faults import HANG, RESET, Fault, Faults, halved, with_stranger
from enrich.demo.reply import Asked, Reply, as_html, as_json


def asked(route: str = "list", *dois: str) -> Asked:
    return Asked("GET", "/works", {}, "/works", route=route, dois=dois)


def test_the_first_requests_fail_and_the_next_do_not() -> None:
    faults = Faults(Fault(RESET, first=2))

    assert [faults.due(asked()) for _ in range(4)] == [RESET, RESET, None, None]


def test_every_third_request_fails() -> None:
    faults = Faults(Fault(RESET, every=3))

    assert [faults.due(asked()) for _ in range(6)] == [None, None, RESET, None, None, RESET]


def test_a_fault_counts_only_what_concerns_it() -> None:
    faults = Faults(Fault(RESET, first=1, dois=frozenset({"10.5555/A"}), routes=frozenset({"list"})))

    assert faults.due(asked("list", "10.5555/b")) is None
    assert faults.due(asked("work", "10.5555/a")) is None
    assert faults.due(asked("list", "10.5555/b", "10.5555/a")) == RESET
    assert faults.due(asked("list", "10.5555/a")) is None


def test_the_first_of_two_due_faults_answers() -> None:
    faults = Faults(Fault(RESET, first=1), Fault(HANG))

    assert [faults.due(asked()) for _ in range(2)] == [RESET, HANG]


def test_faults_are_switched_on_and_off_while_the_server_runs() -> None:
    faults = Faults()
    before = faults.due(asked())
    faults.add(Fault(HANG))
    during = faults.due(asked())
    faults.clear()

    assert (before, during, faults.due(asked())) == (None, HANG, None)


def test_half_a_body_is_its_first_half() -> None:
    assert halved(Reply(200, b"123456")).body == b"123"


def test_a_stranger_leaves_what_is_no_list_alone() -> None:
    for reply in (as_json({"message-type": "work", "message": {}}), as_json([]), as_html(504, "Late")):
        assert with_stranger(reply, "10.5555/x") is reply
