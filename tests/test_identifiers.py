"""Whole runs over pages that cite without a DOI: by an archive's number, by a short DOI, in words alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from enrich.demo.faults import UNAVAILABLE, Fault, Faults
from enrich.demo.registry import Registration

DOI = "10.5555/airways.2012.84"
TITLE = "Placebo effects on lung function in children with made-up asthma"
RECORD: dict[str, object] = {
    "DOI": DOI,
    "type": "journal-article",
    "title": [TITLE],
    "container-title": ["Annals of Invented Airways"],
    "short-container-title": ["Ann Inv Airways"],
    "author": [
        {"given": "Nora", "family": "Quist", "sequence": "first"},
        {"given": "Per", "family": "Oxdal", "sequence": "additional"},
    ],
    "issued": {"date-parts": [[2012, 9, 25]]},
    "volume": "13",
    "issue": "1",
    "page": "84-91",
}
SUMMARY: dict[str, object] = {
    "uid": "23006613",
    "pubdate": "2012 Sep 25",
    "source": "Ann Inv Airways",
    "authors": [
        {"name": "Quist N", "authtype": "Author", "clusterid": ""},
        {"name": "Oxdal P", "authtype": "Author", "clusterid": ""},
    ],
    "title": f"{TITLE}.",
    "volume": "13",
    "issue": "1",
    "pages": "84-91",
    "fulljournalname": "Annals of invented airways",
    "articleids": [
        {"idtype": "pubmed", "idtypen": 1, "value": "23006613"},
        {"idtype": "doi", "idtypen": 3, "value": DOI},
        {"idtype": "pmc", "idtypen": 8, "value": "PMC3502158"},
    ],
}
LINE = "Ann Inv Airways. 2012 Sep 25;13(1):84-91."
FRONT = "---\ntitle: Airways\n---\n"


def cites(text: str) -> bytes:
    return f"{FRONT}# {TITLE}\n\n{text}\n".encode()


@pytest.fixture
def airways(site: Any) -> Any:
    """The site, with one paper that Crossref, PubMed and PMC know."""
    site.knows(RECORD)
    site.pubmed.summaries["23006613"] = SUMMARY
    return site


def test_a_number_a_line_and_a_doi_give_the_same_entry(airways: Any) -> None:
    airways.page("doi.md").write_bytes(cites(f"{LINE} https://doi.org/{DOI}"))
    airways.page("pmid.md").write_bytes(cites("PMID: 23006613"))
    airways.page("pmc.md").write_bytes(cites("<https://pmc.ncbi.nlm.nih.gov/articles/PMC3502158/>"))
    airways.page("line.md").write_bytes(cites(f"Quist N, Oxdal P.\n\n{LINE}"))

    run = airways.run()

    assert run.code == 0, run.err
    blocks = {name: _block(airways.page(f"{name}.md")) for name in ("doi", "pmid", "pmc", "line")}
    assert len(set(blocks.values())) == 1
    assert b'pmid: "23006613"' in blocks["line"]
    (told,) = run.pages["content/line.md"]["citations"]
    assert {"title", "journal", "volume", "page"} <= set(told["matched_by"])
    airways.crossref.requests.clear()
    airways.pubmed.requests.clear()
    again = airways.run()
    assert again.report["totals"]["written"] == 0
    assert airways.crossref.requests == []
    assert airways.pubmed.requests == []


def _block(page: Path) -> bytes:
    return page.read_bytes().split(b"\n---\n")[0]


def test_several_identifiers_of_one_paper_make_one_entry(airways: Any) -> None:
    airways.page().write_bytes(cites(f"{LINE} doi: {DOI}. PMID: 23006613; PMCID: PMC3502158"))

    run = airways.run()

    (change,) = run.pages["content/page.md"]["changes"]
    assert change["new"]["doi"] == DOI
    assert airways.page().read_bytes().count(b"- doi:") == 1


def test_a_number_beside_anothers_doi_makes_both_suspect_unless_the_words_decide(airways: Any) -> None:
    airways.knows(
        {**RECORD, "DOI": "10.5555/other", "title": ["On quite another matter, in adults"], "author": []}
    )
    airways.page("bare.md").write_bytes(f"{FRONT}10.5555/other PMID: 23006613\n".encode())
    airways.page("told.md").write_bytes(cites(f"{LINE} PMID: 23006613 doi:10.5555/other"))

    run = airways.run()

    statuses = {
        name: [each["status"] for each in run.pages[f"content/{name}"]["citations"]]
        for name in ("bare.md", "told.md")
    }
    assert statuses == {"bare.md": ["suspect", "suspect"], "told.md": ["found", "suspect"]}
    assert b"other" not in _block(airways.page("told.md"))


def test_a_paper_without_a_doi_is_written_as_pubmed_has_it(airways: Any) -> None:
    airways.pubmed.summaries["111"] = {
        **SUMMARY,
        "uid": "111",
        "title": "[An old study of airways].",
        "pages": "284-91",
        "articleids": [{"idtype": "pubmed", "idtypen": 1, "value": "111"}],
    }
    airways.page().write_bytes(f"{FRONT}See PMID 111.\n".encode())

    run = airways.run()

    block = _block(airways.page()).decode()
    assert run.code == 0, run.err
    assert "title: An old study of airways\n" in block
    assert "doi" not in block
    assert "284-291" in block
    assert airways.run().report["totals"]["written"] == 0


def test_a_short_doi_is_the_doi_that_it_stands_for(airways: Any) -> None:
    airways.registry.registrations["10/fx2k"] = Registration("10/fx2k", alias_of=DOI)
    airways.page().write_bytes(cites("https://doi.org/fx2k"))

    assert airways.run().code == 0
    assert f'doi: "{DOI}"' in airways.page().read_text()


def test_a_preprint_of_arxiv_names_the_article_that_it_became(airways: Any) -> None:
    airways.datacite.records["10.48550/arxiv.2101.00001"] = {
        "doi": "10.48550/arXiv.2101.00001",
        "titles": [{"title": TITLE}],
        "creators": [
            {"name": "Quist, Nora", "givenName": "Nora", "familyName": "Quist", "nameType": "Personal"}
        ],
        "publisher": "arXiv",
        "publicationYear": 2021,
        "types": {"resourceTypeGeneral": "Preprint"},
        "relatedIdentifiers": [
            {"relatedIdentifier": DOI, "relatedIdentifierType": "DOI", "relationType": "IsVersionOf"}
        ],
    }
    airways.page().write_bytes(cites("arXiv:2101.00001v2 (also https://doi.org/10.48550/arXiv.2101.00001)"))

    assert airways.run().code == 0
    block = airways.page().read_text()
    assert f'published_as: "{DOI}"' in block
    assert block.count("- doi:") == 1
    assert "arxiv: " in block


@pytest.mark.parametrize("down", ["crossref", "pubmed", "registry", "datacite"])
def test_a_source_that_is_down_leaves_its_own_questions_and_the_next_run_completes(
    airways: Any, down: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENRICH_NET__MAX_WAIT_S", "0")
    airways.page("doi.md").write_bytes(cites(f"https://doi.org/{DOI}"))
    assert airways.run().code == 0
    written = airways.page("doi.md").read_bytes()
    airways.knows({**RECORD, "DOI": "10.5555/new", "title": ["A new one"]})
    airways.pubmed.summaries["111"] = {**SUMMARY, "uid": "111", "articleids": []}
    airways.registry.registrations["10/fx2k"] = Registration("10/fx2k", alias_of=DOI)
    airways.datacite.records["10.48550/arxiv.2101.00001"] = {
        "doi": "10.48550/arXiv.2101.00001",
        "titles": [{"title": "A preprint"}],
    }
    pages = {
        "crossref": "10.5555/new",
        "pubmed": "PMID: 111",
        "registry": "doi.org/fx2k",
        "datacite": "arXiv:2101.00001",
    }
    for name, text in pages.items():
        airways.page(f"{name}.md").write_bytes(f"{FRONT}{text}\n".encode())
    server = getattr(airways, down)
    server.faults = Faults(Fault(UNAVAILABLE))

    run = airways.run()

    assert run.code == 3, run.err
    outcomes = {Path(path).stem: page["outcome"] for path, page in run.pages.items()}
    assert outcomes[down] == "incomplete"
    assert [name for name in pages if outcomes[name] == "written"] == [name for name in pages if name != down]
    assert airways.page("doi.md").read_bytes() == written
    server.faults = Faults()
    assert airways.run().code == 0
    assert all(b"citations:" in airways.page(f"{name}.md").read_bytes() for name in pages)


def test_words_that_are_not_sure_are_suggested_and_a_person_decides(airways: Any) -> None:
    page = airways.page()
    page.write_bytes(cites("Quist N, Oxdal P.\n\nAnn Inv Airways. 2003 Sep 25;19(1):84-91."))
    before = page.read_bytes()

    run = airways.run("--suggest")

    decisions = airways.folder / ".enrich" / "decisions.toml"
    (told,) = run.pages["content/page.md"]["citations"]
    assert (run.code, told["status"], told["doi"]) == (0, "suggested", DOI)
    assert page.read_bytes() == before
    asked = decisions.read_text()
    assert 'accept = "?"' in asked
    assert airways.run("--suggest").report["totals"]["suggested"] == 1
    assert decisions.read_text() == asked
    decisions.write_text(asked.replace('accept = "?"', "accept = false"))
    assert airways.run().pages["content/page.md"]["citations"][0]["status"] == "not_found"
    decisions.write_text(asked.replace('accept = "?"', "accept = true"))
    assert airways.run().report["totals"]["written"] == 1
    assert f'doi: "{DOI}"' in page.read_text()


def test_more_citations_in_words_than_a_run_may_ask_wait_for_the_next(
    airways: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENRICH_MATCH__LIMIT", "1")
    for number, names in enumerate(["Quist N.", "Quist N, Oxdal P."]):
        airways.page(f"{number}.md").write_bytes(cites(f"{names}\n\nAnn Inv Airways. 2012;13:84-91."))

    first, second = airways.run(), airways.run()

    assert first.code == 0
    assert [run.report["totals"]["written"] for run in (first, second)] == [1, 1]
    statuses = [page["citations"][0]["status"] for page in first.pages.values()]
    assert sorted(statuses) == ["found", "not_asked"]


def test_a_paper_retracted_between_two_runs_is_news_once(
    airways: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    airways.page().write_bytes(cites(f"https://doi.org/{DOI}"))
    assert airways.run("--fail-on", "retracted").code == 0
    notice = {
        "DOI": "10.5555/notice",
        "type": "retraction",
        "source": "retraction-watch",
        "updated": {"date-parts": [[2026, 3, 2]]},
    }
    airways.knows({**RECORD, "updated-by": [notice]})
    assert airways.run("--fail-on", "retracted").code == 0
    monkeypatch.setenv("ENRICH_CROSSREF__RECHECK_DAYS", "0")
    airways.crossref.requests.clear()

    run = airways.run("--fail-on", "retracted")

    assert run.code == 1
    assert [asked.query["select"] for asked in airways.crossref.requests] == ["DOI,title,updated-by"]
    (alert,) = run.report["alerts"]
    assert (alert["kind"], alert["path"], alert["paper"]) == ("retracted", "content/page.md", DOI)
    assert run.err.splitlines()[:2] == [
        "1 work: 1 known, 1 to ask again whether they still stand in 1 request, about 0.4 s",
        "newly retracted: see whether what the page says still holds",
    ]
    block = airways.page().read_text()
    assert "status: retracted\n" in block
    assert "10.5555/notice" in block
    again = airways.run("--fail-on", "retracted")
    assert (again.code, again.report["alerts"]) == (0, [])


def test_what_a_notice_on_a_later_page_says_reaches_the_pages_before_it(airways: Any) -> None:
    notice: dict[str, object] = {
        "DOI": "10.5555/notice",
        "type": "journal-article",
        "title": [f"Retraction notice to: {TITLE}"],
        "issued": {"date-parts": [[2026, 3]]},
        "update-to": [{"DOI": DOI, "type": "retraction", "updated": {"date-parts": [[2026, 3, 2]]}}],
    }
    airways.knows(notice)
    airways.page("a.md").write_bytes(cites(f"https://doi.org/{DOI}"))
    airways.page("b.md").write_bytes(f"{FRONT}10.5555/notice\n".encode())

    run = airways.run()

    assert run.code == 0
    assert "status: retracted\n" in airways.page("a.md").read_text()
    assert airways.run().report["totals"]["written"] == 0


@pytest.mark.parametrize(
    "text", ["PMID: 0", "PMID: 123456789", "PMID: 12a4", "pages 23006613-23006620", "PMC"]
)
def test_what_is_no_number_of_pubmed_is_not_asked(airways: Any, text: str) -> None:
    airways.page().write_bytes(f"{FRONT}{text}\n".encode())

    run = airways.run()

    assert run.code == 0
    assert run.pages["content/page.md"]["outcome"] == "no_citation"
    assert airways.pubmed.requests == []


def test_a_number_that_pubmed_does_not_know_is_told_with_its_reason(airways: Any) -> None:
    airways.page().write_bytes(f"{FRONT}PMID: 1\n".encode())

    run = airways.run()

    (told,) = run.pages["content/page.md"]["citations"]
    assert (told["identifier"], told["status"]) == ("PMID: 1", "not_found")
    assert "PubMed has no paper of this number" in run.err


def test_the_report_is_json_that_tells_how_words_were_matched(airways: Any) -> None:
    airways.page().write_bytes(cites(f"Quist N, Oxdal P.\n\n{LINE}"))

    (told,) = airways.run().pages["content/page.md"]["citations"]

    assert told["in_words"] is True
    assert "title" in told["matched_by"]
    assert json.dumps(told["evidence"])


def test_an_entry_stays_while_nobody_knows_better(airways: Any) -> None:
    airways.registry.registrations["10/fx2k"] = Registration("10/fx2k", alias_of=DOI)
    pages = {
        "pmid": cites("PMID: 23006613"),
        "pmc": cites("PMC3502158"),
        "short": cites("https://doi.org/fx2k"),
        "words": cites(f"Quist N, Oxdal P.\n\n{LINE}"),
    }
    for name, page in pages.items():
        airways.page(f"{name}.md").write_bytes(page)
    assert airways.run().code == 0
    written = {name: airways.page(f"{name}.md").read_bytes() for name in pages}
    airways.pubmed.summaries.clear()
    airways.registry.registrations.clear()
    airways.crossref.add({**RECORD, "DOI": "10.5555/aaa"})

    airways.run("--refresh")

    assert {name: airways.page(f"{name}.md").read_bytes() for name in pages} == written


def test_a_paper_refused_after_its_words_were_matched_goes(airways: Any) -> None:
    page = cites(f"Quist N, Oxdal P.\n\n{LINE}")
    airways.page().write_bytes(page)
    assert airways.run().report["totals"]["written"] == 1
    decisions = airways.folder / ".enrich" / "decisions.toml"
    decisions.write_text(f'[[decision]]\npaper = "{DOI}"\naccept = false\n')

    airways.run()

    assert airways.page().read_bytes() == page


def test_an_outage_elsewhere_hides_no_retraction(airways: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENRICH_NET__MAX_WAIT_S", "0")
    notice = {"DOI": "10.5555/notice", "type": "retraction", "updated": {"date-parts": [[2026, 3, 2]]}}
    airways.knows({**RECORD, "updated-by": [notice]})
    airways.page().write_bytes(cites(f"https://doi.org/{DOI}\n\nPMID: 111"))
    airways.pubmed.faults = Faults(Fault(UNAVAILABLE))

    run = airways.run("--fail-on", "retracted")

    assert run.code == 1
    assert [alert["paper"] for alert in run.report["alerts"]] == [DOI]


def test_a_run_over_one_page_forgets_no_notice_that_stands_on_another(airways: Any) -> None:
    airways.knows(
        {
            "DOI": "10.5555/notice",
            "type": "journal-article",
            "title": [f"Retraction notice to: {TITLE}"],
            "update-to": [{"DOI": DOI, "type": "retraction", "updated": {"date-parts": [[2026, 3, 2]]}}],
        }
    )
    airways.page("a.md").write_bytes(cites(f"https://doi.org/{DOI}"))
    airways.page("b.md").write_bytes(f"{FRONT}10.5555/notice\n".encode())
    airways.run()
    written = airways.page("a.md").read_bytes()
    assert b"status: retracted" in written

    airways.run("content/a.md")
    airways.page("b.md").unlink()
    airways.run()

    assert airways.page("a.md").read_bytes() == written
