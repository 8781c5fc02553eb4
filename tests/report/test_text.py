from __future__ import annotations

import pytest

from enrich.model.claims import Fact, Judgement
from enrich.model.outcome import (
    CitationOutcome,
    Difference,
    HostTraffic,
    Kept,
    LinkOutcome,
    Outcome,
    PageOutcome,
    Report,
    Status,
)
from enrich.report.text import LISTED, Manner, kept_words, summary

DOI = "10.3390/nu14091715"
OTHER_PAPER = Judgement(
    "suspect",
    (
        Fact("title", "Selenium in old bones", "Vitamin D in children", -1.0),
        Fact("authors", "Smith J", "Weber A", -2.0),
        Fact("year", "2022", "2022", 0.5),
    ),
)


def report(
    *pages: PageOutcome, works: tuple[Status, ...] = (), dry_run: bool = False, interrupted: int | None = None
) -> Report:
    numbered = tuple((f"10.1/{number}", status) for number, status in enumerate(works))
    return Report(dry_run, 48.2, pages, numbered, (), (), interrupted)


def page(
    outcome: Outcome, *cited: CitationOutcome, path: str = "content/a.md", reason: str = ""
) -> PageOutcome:
    return PageOutcome(path, outcome, reason, citations=cited)


def test_totals_stand_last_and_leave_out_what_is_nought() -> None:
    said = summary(
        Report(
            dry_run=False,
            seconds=48.2,
            pages=(page("written"), page("unchanged", path="b.md"), page("unchanged", path="c.md")),
            works=(("10.1/a", "found"), ("10.1/b", "not_found")),
            requests=(("api.crossref.org", HostTraffic(142, 3, 1)), ("doi.org", HostTraffic(1))),
        )
    )
    assert said.splitlines()[-4:] == [
        "3 pages in 48 s: 1 written, 2 unchanged",
        "2 works: 1 found, 1 not found",
        "142 requests to api.crossref.org (3 retried, 1 failed)",
        "1 request to doi.org",
    ]


def test_a_run_without_a_page_still_says_so() -> None:
    assert summary(report()) == "0 pages in 48 s: none\n"


def test_a_dry_run_says_what_would_be() -> None:
    said = summary(report(page("written"), dry_run=True))
    assert said.startswith("would be written\n  content/a.md")
    assert said.endswith("Dry run: nothing was written.\n")
    assert summary(report(page("written"))).startswith("written\n")


def test_a_refused_page_is_told_with_its_place_reason_and_remedy() -> None:
    said = summary(report(PageOutcome("content/a.md", "refused", "the block is never closed", 3)))
    assert "refused: left as they are; mend the page\n  content/a.md:3  the block is never closed\n" in said


def test_a_suspect_is_told_with_both_sides_and_what_to_do() -> None:
    said = summary(report(page("unchanged", CitationOutcome(DOI, DOI, 12, "suspect", "no", OTHER_PAPER))))
    assert "  content/a.md:12  10.3390/nu14091715\n" in said
    assert "title    the page: 'Selenium in old bones'\n" in said
    assert "         registry: 'Vitamin D in children'\n" in said
    assert "agree:   year\n" in said
    assert ".enrich/decisions.toml" in said
    assert "; 1 citation suspect" in said


def test_a_suspect_without_evidence_is_told_with_its_reason() -> None:
    said = summary(report(page("unchanged", CitationOutcome(DOI, DOI, 1, "suspect", "refused by you"))))
    assert f"{DOI}: refused by you" in said


@pytest.mark.parametrize(
    ("status", "head"),
    [
        ("not_found", "not found: "),
        ("no_metadata", "no metadata: "),
        ("unavailable", "unavailable: a source failed; run again"),
        ("not_asked", "not asked: run without --offline"),
    ],
)
def test_every_bad_end_of_a_citation_is_listed_with_what_to_do(status: Status, head: str) -> None:
    said = summary(report(page("unchanged", CitationOutcome("10.1/x", None, 7, status, "the host says"))))
    assert said.startswith(head)
    assert "  content/a.md:7  10.1/x: the host says\n" in said


def test_an_incomplete_page_is_told_with_its_reason() -> None:
    said = summary(report(page("incomplete", reason="disk full")))
    assert "run again once the cause is gone\n  content/a.md  disk full\n" in said


def test_skipped_pages_are_listed_under_their_reason() -> None:
    pages = [page("skipped", path=f"{number}.md", reason="no front matter") for number in range(3)]
    said = summary(report(*pages, page("skipped", path="z.md", reason="opted out")))
    assert "skipped: no front matter\n  0.md\n  1.md\n  2.md\n\nskipped: opted out\n  z.md\n" in said


def test_kept_values_are_told_beside_what_the_agency_says() -> None:
    kept = (
        Kept(f"citations[{DOI}].journal", "Nutr", "Nutrients"),
        Kept(f"citations[{DOI}].volume", None, "14"),
    )
    said = summary(report(PageOutcome("content/a.md", "unchanged", kept=kept)))
    assert f"    kept: journal 'Nutr' of {DOI} (Crossref: Nutrients)\n" in said
    assert f"    kept: no volume of {DOI} (Crossref: 14)\n" in said
    assert (
        kept_words(Kept("journal", "Nutr", "Nutrients", "DataCite"))
        == "kept: journal 'Nutr' (DataCite: Nutrients)"
    )


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (Kept(f"citations[{DOI}]", None, "all of it"), f"kept: no entry of {DOI} (Crossref: all of it)"),
        (Kept(f"citations[{DOI}]", {"doi": DOI}, None, ""), f"kept: entry doi: '{DOI}' of {DOI}"),
        (Kept("journal", "Nutr", None, ""), "kept: journal 'Nutr'"),
    ],
)
def test_a_kept_value_is_named_by_field_and_work(kept: Kept, words: str) -> None:
    assert kept_words(kept) == words


def test_a_long_list_is_cut_unless_all_is_wanted() -> None:
    pages = [PageOutcome(f"{number:03}.md", "refused", "x", 1) for number in range(LISTED + 5)]
    assert "and 5 more: -v or --report lists them" in summary(report(*pages))
    assert "024.md" not in summary(report(*pages))
    assert "024.md" in summary(report(*pages), Manner(verbose=True))


def test_quiet_says_only_what_needs_a_person() -> None:
    change = Difference("citations", None, [], "new")
    fine = PageOutcome("content/a.md", "written", changes=(change,))
    assert summary(report(fine, page("skipped", path="b.md", reason="x")), Manner(quiet=True)) == ""
    wrong = PageOutcome("content/b.md", "refused", "broken", 3)
    assert summary(report(fine, wrong), Manner(quiet=True)).startswith("refused")


def test_hints_are_told_and_wrapped() -> None:
    hints = ("No contact address is set: " + "set one, please; " * 8,)
    said = summary(Report(False, 1.0, (), (), (), hints))
    assert said.startswith("notes\n  No contact address")
    assert all(len(line) <= 80 for line in said.splitlines())


def test_a_run_cut_short_says_that_nothing_is_lost() -> None:
    assert "Interrupted: what came is kept; run again to go on." in summary(report(interrupted=2))


URL = "https://cdn.example/attachments/pdf/a.pdf"


def linking(*links: LinkOutcome, paths: tuple[str, ...] = ("content/a.md",)) -> Report:
    return report(*(PageOutcome(path, "unchanged", links=links) for path in paths))


def test_a_broken_link_is_told_with_its_place_reason_and_what_should_stand_there() -> None:
    said = summary(
        linking(
            LinkOutcome(URL, 12, "broken", "missing", "403 Forbidden"),
            LinkOutcome(
                "https://doi.org/10.1/x.", 14, "broken", "damaged", repaired="https://doi.org/10.1/x"
            ),
        )
    )
    assert said.startswith(
        "broken links: correct them on the page\n"
        f"  content/a.md:12  {URL}\n"
        "    missing (403 Forbidden)\n"
        "  content/a.md:14  https://doi.org/10.1/x.\n"
        "    damaged\n"
        "    should be https://doi.org/10.1/x\n"
    )
    assert said.endswith("2 links: 2 broken\n")


def test_one_address_on_many_pages_is_told_once_and_all_places_when_wanted() -> None:
    paths = tuple(f"content/{name}.md" for name in "abcd")
    missing = linking(LinkOutcome(URL, 12, "broken", "missing"), paths=paths)
    said = summary(missing)
    assert said.count(URL) == 1
    assert "    missing\n    also in 3 other places\n" in said
    assert "content/d.md" not in said
    assert "    content/d.md:12\n" in summary(missing, Manner(verbose=True))


def test_another_papers_file_is_told_with_what_it_is() -> None:
    said = summary(linking(LinkOutcome(URL, 3, "ok", detail="its DOI is 10.1/y", pdf="other_paper")))
    assert said.startswith("another paper's PDF: link the paper that is cited beside it\n")
    assert "    another paper (its DOI is 10.1/y)\n" in said


@pytest.mark.parametrize(
    ("link", "head"),
    [
        (LinkOutcome(URL, 3, "blocked", "refuses robots", "403"), "blocked links: "),
        (LinkOutcome(URL, 3, "ok", permanent="https://new.example/a"), "moved links: "),
        (LinkOutcome(URL, 3, "ok", detail="encrypted", pdf="unreadable"), "unreadable PDFs: "),
    ],
)
def test_what_asks_for_nothing_is_counted_and_listed_only_when_wanted(link: LinkOutcome, head: str) -> None:
    assert summary(linking(link)).startswith("1 page in 48 s: 1 unchanged\n1 link: ")
    assert summary(linking(link), Manner(verbose=True)).startswith(head)


def test_an_unknown_link_is_told_but_not_in_a_quiet_run() -> None:
    unknown = linking(LinkOutcome(URL, 3, "unknown", "timeout", "no answer in 60 s"))
    assert summary(unknown).startswith("unknown links: no answer this time; the next run asks again\n")
    assert "timeout (no answer in 60 s)" in summary(unknown)
    assert summary(unknown, Manner(quiet=True)) == ""
    assert summary(linking(LinkOutcome(URL, 3, "broken", "missing")), Manner(quiet=True)) != ""


def test_many_broken_links_are_cut_after_the_first_ones() -> None:
    links = [LinkOutcome(f"{URL}?{number:03}", number, "broken", "missing") for number in range(LISTED + 5)]
    assert "and 5 more: -v or --report lists them" in summary(linking(*links))
    assert "?024" not in summary(linking(*links))
    assert "?024" in summary(linking(*links), Manner(verbose=True))


def test_an_address_cannot_steer_the_terminal_or_fill_it() -> None:
    said = summary(
        linking(LinkOutcome("https://a.example/\x1b[2J" + "x" * 8_000, 1, "broken", "bad address"))
    )
    assert "\x1b" not in said
    assert len(said) < 600
