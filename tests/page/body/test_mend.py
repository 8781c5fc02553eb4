from __future__ import annotations

import pytest

from enrich.model.outcome import Difference
from enrich.model.page import Edit, Refusal, Span
from enrich.page.body.mend import differences, mended

PAGE = b"---\ntitle: x\n---\n\n[a](https://old.example/a.pdf) and [b](https://old.example/b.pdf)\n"
BODY = PAGE.index(b"\n[a]")


def edit(old: bytes, new: bytes) -> Edit:
    start = PAGE.index(old)
    return Edit(Span(start, start + len(old)), new, "line 5", "it moved")


def test_exactly_the_named_spans_change() -> None:
    repair = edit(b"https://old.example/b.pdf", b"https://new.example/b.pdf")

    assert mended(PAGE, BODY, [repair]) == PAGE.replace(b"old.example/b", b"new.example/b")
    assert mended(PAGE, BODY, []) == PAGE


@pytest.mark.parametrize(
    "repair",
    [
        edit(b"title", b"other"),
        edit(b"https://old.example/b.pdf", b"https://new.example/b.pdf) [c](https://evil.example/"),
        edit(b"https://old.example/b.pdf", b"two words"),
    ],
)
def test_a_repair_that_touches_anything_else_is_refused(repair: Edit) -> None:
    assert isinstance(mended(PAGE, BODY, [repair]), Refusal)


def test_repairs_that_overlap_are_refused() -> None:
    repair = edit(b"https://old.example/b.pdf", b"https://new.example/b.pdf")

    assert isinstance(mended(PAGE, BODY, [repair, repair]), Refusal)


def test_a_repair_is_told_with_both_addresses() -> None:
    repair = edit(b"https://old.example/b.pdf", b"https://new.example/b.pdf")

    assert differences(PAGE, [repair]) == (
        Difference("line 5", "https://old.example/b.pdf", "https://new.example/b.pdf", "it moved"),
    )
