from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st
from markupsafe import Markup

from enrich.model.outcome import CitationOutcome, PageOutcome
from enrich.report.html.listing import Listing, listing, packed


def unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(text)))


def body(page: PageOutcome) -> Markup:
    return Markup(f"<p>{page.path}{page.patch}")


def pages(count: int, *, patch: str = "") -> list[PageOutcome]:
    cited = (CitationOutcome("10.1/X", None, 1, "found"),)
    return [
        PageOutcome(f"{number:05d}.md", "written", citations=cited, patch=patch) for number in range(count)
    ]


def all_bodies(made: Listing) -> list[str]:
    return [str(row.body) for row in made.rows[: made.whole]] + [
        text for pack in made.bodies for text in unpacked(pack)
    ]


def test_every_page_has_its_body_once_in_the_order_of_the_rows() -> None:
    made = listing(pages(431), body)

    assert made.whole == 200
    assert [len(unpacked(pack)) for pack in made.bodies] == [100, 100, 31]
    assert all_bodies(made) == [f"<p>{row.path}" for row in made.rows]


def test_pages_that_need_a_person_come_first() -> None:
    made = listing([*pages(2), PageOutcome("z.md", "refused", "no end")], body)

    assert [row.path for row in made.rows] == ["z.md", "00000.md", "00001.md"]
    assert (made.needed, unpacked(made.index)["needed"]) == (1, 1)


def test_the_index_has_every_row_and_names_repeated_words_once() -> None:
    index = unpacked(listing(pages(300), body).index)

    assert index["paths"][299] == "00299.md"
    assert (index["outcomes"], set(index["outcome"])) == (["written"], {0})
    assert index["words"] == [""]
    assert set(index["cites"]) == {"10.1/x"}
    assert {
        len(index[key]) for key in ("paths", "word", "outcome", "papers", "changes", "cites", "bodied")
    } == {300}


def test_large_bodies_leave_the_document_sooner() -> None:
    made = listing(pages(200, patch="x" * 20_000), body)

    assert made.whole == 19
    assert len(all_bodies(made)) == 200


def test_diffs_beyond_what_a_report_can_carry_say_that_they_are_left_out() -> None:
    patch = "+" * 20_000
    bodies = all_bodies(listing(pages(810, patch=patch), body))

    assert bodies[799].endswith(patch)
    assert bodies[800].endswith("`git diff` shows it\n")


def test_a_page_with_nothing_to_say_has_no_body() -> None:
    made = listing([PageOutcome("a.md", "no_citation")], body)

    assert (made.rows[0].body, unpacked(made.index)["bodied"]) == ("", [0])


def test_no_pages_make_an_empty_list() -> None:
    made = listing([], body)

    assert (made.rows, made.whole, made.bodies) == ((), 0, ())


@law(max_examples=60, deadline=None)
@given(st.lists(st.text(), max_size=4))
def test_what_is_packed_comes_back_and_cannot_end_its_element(texts: list[str]) -> None:
    text = packed(texts)

    assert "<" not in text
    assert unpacked(text) == texts
