from __future__ import annotations

import pytest

from enrich.page.body.broken import extension


def joined(head: str, rest: str) -> tuple[str, bool] | None:
    text = head + rest
    found = extension(text, 0, len(head))
    return ("".join(text[: found.end].split()), found.likely) if found else None


@pytest.mark.parametrize(
    ("head", "rest", "expected"),
    [
        ("S0021-", " 9258(18)85783-0 x", "S0021-9258(18)85783-0"),
        ("", " j.cell.2020.01.001", "j.cell.2020.01.001"),
        ("j.cell.", "\n2020.01.001 x", "j.cell.2020.01.001"),
        ("j.cell.2020", " .01.001", "j.cell.2020.01.001"),
        ("S0021-9258", " (18)85783-0", "S0021-9258(18)85783-0"),
        ("S0140-6736(05", " )67728-8", "S0140-6736(05)67728-8"),
        ("S0021-", " 9258(18)- 85783-0", "S0021-9258(18)-85783-0"),
        ("nu", " 14091715", "nu14091715"),
    ],
)
def test_a_doi_that_makes_no_sense_alone_goes_on(head: str, rest: str, expected: str) -> None:
    assert joined(head, rest) == (expected, True)


@pytest.mark.parametrize(
    ("head", "rest"), [("abc1", " ll.2020.01"), ("abc1.", " 12 mg"), ("nu14091715.", " 2020.5 x")]
)
def test_a_doi_that_may_be_whole_may_go_on(head: str, rest: str) -> None:
    found = joined(head, rest)

    assert found and not found[1]


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("abc1", " and"),
        ("abc1.", " Next 5"),
        ("abc1", " 2020"),
        ("tsm", " 2020;5:1"),
        ("abc1", " (2020)"),
        ("abc1-", " 10.1000/def"),
        ("abc1", "\t5.6"),
        ("abc1", " PMID:1"),
        ("abc1", " https://a.org/1"),
        ("abc1", "\n\n\n\n5.6"),
        ("abc1", ""),
    ],
)
def test_what_follows_in_prose_is_left_alone(head: str, rest: str) -> None:
    assert joined(head, rest) is None
