from __future__ import annotations

from enrich.demo import samples
from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.source import csl, pubmed_summary
from enrich.source.crossref.record import work


def test_the_site_has_pages_in_each_format() -> None:
    pages = samples.pages()

    assert len(pages) >= 6
    assert all(path.startswith("content/") and path.endswith(".md") for path in pages)
    assert {page[:1] for page in pages.values()} == {b"{", b"-", b"+"}
    assert list(pages) == sorted(pages)


def test_every_record_becomes_a_work_with_all_that_a_page_shows() -> None:
    for record in samples.records():
        found = work(record)

        assert found is not None
        assert found.title
        assert found.authors
        assert found.container
        assert found.published
        assert found.pages


def test_every_registration_has_metadata_in_csl() -> None:
    for entry in samples.registrations():
        assert entry.csl is not None
        found = csl.work(entry.csl, entry.agency)

        assert found is not None
        assert found.doi == Doi.parse(entry.doi)
        assert found.authors


def test_every_paper_is_cited_by_a_page() -> None:
    site = (
        b"\n".join(samples.pages().values())
        .lower()
        .replace(b"%2f", b"/")
        .replace(b"%28", b"(")
        .replace(b"%29", b")")
    )

    for record in samples.records():
        assert str(record["DOI"]).encode() in site
    for entry in samples.registrations():
        assert entry.doi.lower().encode() in site


def test_every_summary_of_pubmed_becomes_a_work_that_a_page_cites_by_its_number() -> None:
    site = b"\n".join(samples.pages().values())

    assert samples.summaries()
    for summary in samples.summaries():
        pmid = Pmid(str(summary["uid"]))
        found = pubmed_summary.work(pmid, summary)

        assert found is not None
        assert found.doi in {Doi.parse(str(record["DOI"])) for record in samples.records()}
        assert f"PMID: {pmid.value}".encode() in site
