from __future__ import annotations

from enrich.model.accession import Identifier, Pmcid, Pmid
from enrich.model.claims import Claims, Judgement
from enrich.model.identifier import Doi
from enrich.model.page import Citation, Mention, Span
from enrich.model.work import Work
from enrich.page.body import outline
from enrich.page.look import citations
from enrich.page.settle import Settled
from enrich.page.together import concordant

DOI, OTHER, PMID, PMCID = Doi("10.5555/a"), Doi("10.5555/b"), Pmid("7654321"), Pmcid("PMC1234567")
ATTESTED, UNATTESTED = Judgement("attested"), Judgement("unattested")


def groups(text: str) -> list[int]:
    found = [mention for one in citations(outline.read(text.encode(), 0)) for mention in one.mentions]
    return [mention.group for mention in sorted(found, key=lambda mention: mention.span.start)]


def test_what_stands_behind_one_another_is_one_reference() -> None:
    first, *others = groups("Bones 2012. doi: 10.5555/a. PMID: 7654321; PMCID: PMC1234567.")

    assert first
    assert others == [first, first]


def test_two_of_a_kind_or_words_between_are_two_references() -> None:
    assert groups("PMID: 7654321, PMID: 7654322") == [0, 0]
    assert groups("10.5555/a is doubted by those who wrote PMID: 7654321") == [0, 0]
    assert groups("10.5555/a\n\nPMID: 7654321") == [0, 0]


def test_two_references_in_one_line_are_two_groups() -> None:
    one, two, three, four = groups("10.5555/a PMID: 7654321; 10.5555/b PMID: 7654322")

    assert one == two != three == four


def test_the_words_before_the_first_are_said_of_the_whole_group() -> None:
    cited = citations(
        outline.read(b"# A title of a paper on bones\n\nJ Bone. 2012;13:84. 10.5555/a PMID: 7654321", 0)
    )

    assert [one.claims[0].volume for one in cited] == ["13", "13"]


def cites(name: Identifier) -> Citation:
    return Citation((name,), (Mention(str(name), (name,), Span(0, 1), 1, 0, 0, group=1),), (Claims(),))


def found(name: Identifier, work: Work, judgement: Judgement = UNATTESTED) -> Settled:
    return Settled(name, "found", "known", work, judgement, found=work)


def test_names_of_one_work_agree() -> None:
    settled = [found(DOI, Work(DOI)), found(PMID, Work(DOI, pmid=PMID))]

    assert concordant([cites(DOI), cites(PMID)], settled) == tuple(settled)


def test_names_of_two_works_are_both_doubted_where_the_words_attest_neither() -> None:
    settled = [found(DOI, Work(DOI)), found(PMID, Work(OTHER, pmid=PMID))]

    doubted = concordant([cites(DOI), cites(PMID)], settled)

    assert [each.status for each in doubted] == ["suspect", "suspect"]
    assert all(each.work is None and each.found for each in doubted)
    assert "beside it stands PMID:7654321" in doubted[0].detail


def test_the_one_that_the_words_attest_stands() -> None:
    settled = [found(DOI, Work(DOI), ATTESTED), found(PMID, Work(OTHER, pmid=PMID))]

    assert [each.status for each in concordant([cites(DOI), cites(PMID)], settled)] == ["found", "suspect"]


def test_a_name_that_nobody_knows_contradicts_none() -> None:
    settled = [found(DOI, Work(DOI)), Settled(PMCID, "not_found", "unknown")]

    assert concordant([cites(DOI), cites(PMCID)], settled) == tuple(settled)
