from __future__ import annotations

from enrich.model.identifier import Doi
from enrich.model.work import PartialDate, Update, Work
from enrich.page.profile import profile

WORK = Work(
    Doi("10.1000/a"),
    "On A",
    published=PartialDate(2022, 4),
    updated_by=(Update("retraction", Doi("10.1000/n"), PartialDate(2023, 1)),),
    published_as=Doi("10.1000/b"),
)
SAID = {
    "doi": "10.1000/a",
    "title": "On A",
    "published": "2022-04",
    "published_as": "10.1000/b",
    "status": "retracted",
    "notice": {"doi": "10.1000/n", "date": "2023-01"},
}


def test_zola_gets_the_plain_lists_fields() -> None:
    assert profile("list").values(WORK) == profile("zola").values(WORK) == SAID


def test_jekylls_switch_is_no_field_of_ours() -> None:
    said = profile("jekyll").values(WORK)

    assert "published" not in said
    assert said == {"publication_date" if name == "published" else name: each for name, each in SAID.items()}
    assert list(said)[2] == "publication_date"
