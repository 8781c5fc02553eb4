from __future__ import annotations

import pytest

from enrich.page.body.ending import suffixes
from enrich.page.body.publisher import Carrier


def ends(suffix: str, carrier: Carrier = "text", visible: bool = True) -> list[str]:
    return [end for end, _ in suffixes("", "10.1000/", suffix, carrier, visible)]


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        ("abcd.Epub", "abcd"),
        ("abcdPMID", "abcd"),
        ("abcdPMC1234567", "abcd"),
        ("nu14091715.Received", "nu14091715"),
        ("nu14091715.The", "nu14091715"),
        ("abc1.html", "abc1"),
        ("abc1's", "abc1"),
        ("abc1[12]", "abc1"),
        ("abc1[^2]", "abc1"),
        ("abc1(see", "abc1"),
        ("abc1-", "abc1"),
    ],
)
def test_what_is_glued_to_a_doi_is_cut_first_and_kept_second(suffix: str, expected: str) -> None:
    assert ends(suffix)[0] == expected
    assert ends(suffix)[1].rstrip("(") == suffix.rstrip("(")


@pytest.mark.parametrize(
    "suffix",
    [
        "j.freeradbiomed.2017.04.115",
        "PhysRevB.89.235131",
        "J.RECEIVEDX.2020",
        "S0140-6736(05)67728-8",
        "(SICI)1<1::A>3.0.CO;2-X",
        "0012-9658(2006)87[2614:TLAAMR]2.0.CO;2",
        "14651858.CD001234.pub2",
        "dryad.2z34",
    ],
)
def test_what_belongs_to_a_doi_is_kept_first(suffix: str) -> None:
    assert ends(suffix)[0] == suffix


@pytest.mark.parametrize(
    ("suffix", "second"),
    [("abc.12", "abc"), ("abc(2)", "abc"), ("abc,p.3", "abc"), ("abc;p3", "abc"), ("abc(2", "abc")],
)
def test_a_doubtful_end_is_a_later_reading(suffix: str, second: str) -> None:
    assert ends(suffix)[:2] == [suffix, second]


def test_a_resolver_says_what_it_means() -> None:
    assert ends("abc/full", "resolver", visible=False) == ["abc/full"]
    assert ends("abc.12", "resolver", visible=False) == ["abc.12"]
    assert ends("abc.Received", "resolver", visible=False) == ["abc.Received", "abc"]


def test_in_an_address_an_unknown_view_is_a_later_reading() -> None:
    assert ends("abc/some-view", "publisher", visible=False) == ["abc/some-view", "abc"]
    assert ends("journal.pone.0012345.g001", "publisher", visible=False)[1] == "journal.pone.0012345"
