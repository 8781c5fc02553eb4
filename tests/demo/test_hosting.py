from __future__ import annotations

from enrich.demo.cdn import Hosted
from enrich.demo.hosting import cases


def test_every_case_is_a_pdf_by_its_address() -> None:
    assert all(path.startswith("/") and path.endswith(".pdf") for path in cases())


def test_a_redirect_inside_leads_to_another_case() -> None:
    named = cases()
    targets = [getattr(answer, "headers", {}).get("Location", "") for answer in named.values()]

    assert all(target in named for target in targets if target.startswith("/"))


def test_the_good_file_is_larger_than_the_two_kilobytes_that_are_looked_at() -> None:
    good = cases()["/good.pdf"]

    assert isinstance(good, Hosted)
    assert len(good.body) > 2048
