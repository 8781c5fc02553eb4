from __future__ import annotations

from dataclasses import replace

from enrich.link.hosted import silent_hosts, to_identify
from enrich.model.link import LinkVerdict, PdfContent

GOOD = LinkVerdict("https://cdn.example/a.pdf", "ok", etag='"1"', bytes=5, is_pdf=True, is_own=True)
DOWN = LinkVerdict("https://cdn.example/a.pdf", "unknown", "timeout", is_pdf=True, is_own=True)


def test_a_host_of_ours_that_said_nothing_at_all_is_silent() -> None:
    other = replace(GOOD, url="https://cdn.example/b.pdf")
    elsewhere = replace(DOWN, url="https://other.example/a.pdf", is_own=False)

    assert silent_hosts([DOWN, elsewhere]) == ("cdn.example",)
    assert silent_hosts([DOWN, other]) == ()
    assert silent_hosts([replace(DOWN, status="broken"), DOWN]) == ()
    assert silent_hosts([]) == ()


def test_a_remapped_address_counts_for_the_host_that_was_asked() -> None:
    moved = replace(DOWN, url="https://old.example/a.pdf", asked_url="https://cdn.example/a.pdf")

    assert silent_hosts([moved]) == ("cdn.example",)


def test_files_that_nobody_has_read_come_first_then_new_versions_and_no_known_ones() -> None:
    new = [replace(GOOD, url=f"https://cdn.example/{name}.pdf") for name in "zyx"]
    changed = replace(GOOD, url="https://cdn.example/b.pdf", etag='"2"')
    known = {GOOD.url: PdfContent('"1"'), changed.url: PdfContent('"1"')}

    chosen = to_identify([GOOD, changed, *new], known.get, 200)

    assert [each.url[-5] for each in chosen] == ["x", "y", "z", "b"]
    assert to_identify([GOOD, changed, *new], known.get, 2) == chosen[:2]
    assert to_identify(new, known.get, 0) == ()


def test_only_the_sites_own_whole_pdfs_are_read() -> None:
    others = [
        replace(GOOD, is_own=False),
        replace(GOOD, is_pdf=False),
        replace(GOOD, status="broken"),
        replace(GOOD, status="unknown"),
    ]

    assert to_identify(others, lambda _: None, 9) == ()
