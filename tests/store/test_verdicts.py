from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.model.identifier import Doi
from enrich.model.link import LinkVerdict, PdfContent, Standing
from enrich.store.verdicts import pack, unpacker

VERDICT = LinkVerdict("https://a.example/x.pdf", "broken", "truncated", bytes=12, is_pdf=True, checked_at=3.5)
CONTENT = PdfContent('"v1"', "A title", (Doi("10.5555/a"),), "text")
STANDING = Standing(1.0, 2.0, 3)


def through_json(value: object) -> object:
    return json.loads(json.dumps(value))


def test_a_value_comes_back_as_it_went() -> None:
    assert unpacker(LinkVerdict)(through_json(pack(VERDICT))) == VERDICT
    assert unpacker(PdfContent)(through_json(pack(CONTENT))) == CONTENT
    assert unpacker(Standing)(through_json(pack(STANDING))) == STANDING


@pytest.mark.parametrize(
    "data", [None, [], {}, {"url": 3, "status": "ok"}, {"url": "x", "status": "ok", "more": 1}]
)
def test_anything_else_is_no_verdict(data: object) -> None:
    assert unpacker(LinkVerdict)(data) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    )
)
def test_no_json_makes_unpacking_fail(data: object) -> None:
    assert unpacker(PdfContent)(data) is None
