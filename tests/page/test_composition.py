from __future__ import annotations

from enrich.model.accession import Pmid
from enrich.model.identifier import Doi
from enrich.page.composition import Cited


def test_a_work_goes_by_the_first_of_its_names() -> None:
    assert Cited((Doi("10.1000/a"), Pmid("7")), frozenset(), None).name == Doi("10.1000/a")
