from __future__ import annotations

import pytest

from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Work
from enrich.report.html.described import Described, described


def test_a_work_is_described_in_pieces() -> None:
    work = Work(
        Doi("10.1000/x"),
        title="Bones",
        authors=(Author("Anna", "Berg"), Group("The Bone Group"), Author("B", "C")),
        container="Bone Reports",
        published=PartialDate(2020, 4),
        volume="12",
        issue="3",
        pages="1-9",
    )

    assert described(work) == Described(
        "Bones", "https://doi.org/10.1000/x", "Anna Berg and 2 others", "Bone Reports 12(3):1-9, 2020-04"
    )


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (Work(None), Described("a work without a title", "", "", "")),
        (
            Work(None, pmid=Pmid("7"), authors=(Group("WHO"),), article_number="e12"),
            Described("PMID:7", "https://pubmed.ncbi.nlm.nih.gov/7/", "WHO", "e12"),
        ),
        (Work(Doi("10.1/x"), title="T", volume="3"), Described("T", "https://doi.org/10.1/x", "", "3")),
    ],
)
def test_what_nobody_states_is_left_out(work: Work, said: Described) -> None:
    assert described(work) == said
