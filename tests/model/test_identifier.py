from __future__ import annotations

import gzip
import json
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.identifier import Doi, unescaped, without_loose_end

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
RECORDS = Path(__file__).resolve().parents[2].parent / "shared" / "crossref" / "works.jsonl.gz"

# A suffix as registrars make them, and anything that a person may type.
tame = st.from_regex(
    r"10\.[0-9]{4,9}(\.[0-9]{1,3})?/([a-z0-9._/:;-]|\([a-z0-9]{1,4}\)){0,20}[a-z0-9]", fullmatch=True
)
wild = st.text(max_size=60).map(lambda tail: f"10.1000/{tail}")


def parsed(text: str) -> str | None:
    doi = Doi.parse(text)
    return doi.value if doi else None


@pytest.mark.parametrize(
    "text",
    [
        "10.1016/S0140-6736(05)67728-8",
        "doi:10.1016/S0140-6736(05)67728-8.",
        "(DOI 10.1016/s0140-6736(05)67728-8)",
        "https://doi.org/10.1016/S0140-6736(05)67728-8",
        "http://dx.doi.org/10.1016/S0140-6736%2805%2967728-8",
        "https://doi.org/10.1016%2FS0140-6736(05)67728-8?via=ihub#back",
        "https://example.org/get?doi=10.1016/S0140-6736(05)67728-8&format=pdf",
        "10.1016/S0140-6736&#40;05&#41;67728-8",
        "“10.1016/S0140-6736(05)67728-8”",
        "10.1016/S0140\u200b-6736(05)67728-8\u200b",
        "10.1016/S0140-6736(05)67728-8\u00a0Lancet",
        r"10.1016/S0140-6736\(05\)67728-8",
        "[10.1016/S0140-6736(05)67728-8]);…",
    ],
)
def test_every_notation_of_a_doi_is_one_value(text: str) -> None:
    assert parsed(text) == "10.1016/s0140-6736(05)67728-8"


@pytest.mark.parametrize(
    "text",
    [SICI.upper(), escape(SICI), escape(escape(SICI)), quote(SICI), quote(quote(SICI, safe=""), safe="")],
)
def test_an_old_sici_number_stays_whole(text: str) -> None:
    assert parsed(f"https://doi.org/{text}.") == SICI


@pytest.mark.parametrize(
    "text", ["", "10.1000", "10.1000/", "10.1000/(((", "10.92/14", "110.1000/a", "doi:", "10.1000/ a"]
)
def test_what_is_no_doi_is_none(text: str) -> None:
    assert parsed(text) is None


def test_a_registrant_may_be_divided() -> None:
    assert parsed("10.1000.10/123") == "10.1000.10/123"


def test_a_hash_is_a_check_character_in_sici_numbers_and_a_fragment_elsewhere() -> None:
    assert (
        parsed("https://doi.org/10.1002/(SICI)1<1::AID-A>3.0.CO;2-#") == "10.1002/(sici)1<1::aid-a>3.0.co;2-#"
    )
    assert parsed("https://doi.org/10.1000/abc#part") == "10.1000/abc"


def test_only_ascii_letters_lose_their_case() -> None:
    assert parsed("10.1000/ÄB") == "10.1000/Äb"


def test_an_escape_that_is_no_text_stays_as_it_is() -> None:
    assert parsed("10.1000/caf%E9") == "10.1000/caf%e9"


def test_a_doi_follows_a_prefix_that_leads_nowhere() -> None:
    assert parsed("10.1000/ is a prefix, 10.1000/182 a DOI") == "10.1000/182"


def test_a_text_that_hardly_stops_being_escaped_is_no_doi() -> None:
    text = "/"
    for _ in range(10):
        text = ("%26" if text[0] == "&" else "&#37;" if text[0] == "%" else "%2F") + text[1:]

    assert unescaped(text) == ""
    assert parsed(f"10.1000{text}abc") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a(b)", "a(b)"), ("a(b)).", "a(b)"), ("a(", "a"), ("a[1]}>", "a[1]"), ("...", ""), ("a*_~", "a")],
)
def test_loose_ends_come_off(text: str, expected: str) -> None:
    assert without_loose_end(text) == expected


@given(st.one_of(tame, wild, st.text(max_size=80)))
@settings(max_examples=300, deadline=None)
def test_a_doi_read_again_is_the_same(text: str) -> None:
    doi = Doi.parse(text)
    assert doi is None or Doi.parse(str(doi)) == doi


@given(
    tame,
    st.sampled_from(["", "doi:", "https://doi.org/", "http://dx.doi.org/", "(see ", "“"]),
    st.sampled_from(["", ".", ")", "”,", "];", "…", "\u00a0x"]),
)
@settings(max_examples=200, deadline=None)
def test_what_stands_around_a_doi_changes_nothing(text: str, before: str, after: str) -> None:
    doi = Doi.parse(text)
    assert doi
    for notation in (str(doi), str(doi).upper(), quote(str(doi)), quote(str(doi), safe=""), escape(str(doi))):
        assert Doi.parse(before + notation + after) == doi


@pytest.mark.skipif(not RECORDS.exists(), reason=f"no records at {RECORDS}")
def test_every_real_doi_comes_through_every_notation() -> None:
    with gzip.open(RECORDS) as lines:
        dois = [str(json.loads(line)["DOI"]) for line in lines]
    for doi in dois:
        for notation in (
            doi,
            doi.upper(),
            f"https://doi.org/{doi}",
            quote(doi),
            quote(quote(doi)),
            f"({doi}).",
        ):
            assert parsed(notation) == doi
        assert parsed(escape(doi)) == doi
    assert len(dois) > 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [("((((", None), ("))))", "10.1000/x"), ("%2525", "10.1000/x%"), ("10.1000.1", "10.1000/x10.1000.1")],
)
def test_a_megabyte_of_anything_takes_no_longer_than_its_length(text: str, expected: str | None) -> None:
    found = parsed("10.1000/" + ("x" if expected else "") + text * (1_000_000 // len(text)))

    assert found is None if expected is None else found and found.startswith(expected)
