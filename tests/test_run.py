"""Whole runs over real pages, broken pages and broken registries: what is done, what is left, what is said."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from enrich.demo.faults import UNAVAILABLE, Fault, Faults

SHARED = Path(__file__).resolve().parents[2] / "shared" / "pages"
REAL = {
    "selenium-and-osteoporosis.md": {
        "DOI": "10.1302/2046-3758.127.bjr-2022-0420.r1",
        "title": ["The association between selenium and bone health: a meta-analysis"],
        "container-title": ["Bone &amp; Joint Research"],
        "short-container-title": ["Bone Joint Res"],
        "author": [
            {"given": "Haibin", "family": "Xie"},
            {"given": "Ning", "family": "Wang"},
            {"given": "Hongyi", "family": "He"},
        ],
        "issued": {"date-parts": [[2023, 7, 6]]},
        "volume": "12",
        "issue": "7",
        "page": "423-432",
    },
    "selenium-while-pregnant.md": {
        "DOI": "10.3390/nu14091715",
        "title": [
            "Associations between Maternal Selenium Status and Cord Serum Vitamin D Levels: "
            "A Birth Cohort Study in Wuhan, China"
        ],
        "container-title": ["Nutrients"],
        "author": [{"given": "Huiqing", "family": "Gang"}, {"given": "Hongling", "family": "Zhang"}],
        "issued": {"date-parts": [[2022, 4, 20]]},
        "volume": "14",
        "issue": "9",
        "page": "1715",
    },
    "vitamin-d-while-breastfeeding.md": {
        "DOI": "10.1093/advances/nmab126",
        "title": [
            "The Effect of Maternal Vitamin D Supplementation on Vitamin D Status of Exclusively Breast Feeding "
            "Mothers and Their Nursing Infants"
        ],
        "container-title": ["Advances in Nutrition"],
        "author": [{"given": "Elham", "family": "Kazemain"}, {"given": "Samaneh", "family": "Ansari"}],
        "issued": {"date-parts": [[2021, 10, 28]]},
        "page": "nmab126",
    },
}


def record(number: int) -> dict[str, object]:
    return {"DOI": f"10.5555/paper.{number}", "type": "journal-article", "title": [f"Paper {number}"]}


def cites(*numbers: int) -> bytes:
    listed = " ".join(f"https://doi.org/10.5555/paper.{number} and" for number in numbers)
    return f"---\ntitle: Page\n---\n\nSee {listed} more.\n".encode()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages are not beside this checkout")
def test_three_real_pages_get_the_right_paper_and_nothing_else(site: Any) -> None:
    before = {name: (SHARED / name).read_bytes() for name in REAL}
    (site.folder / "config.toml").write_text('[links]\nexclude = ["*"]\n')
    for name, known in REAL.items():
        site.knows({"type": "journal-article", **known})
        site.page(name).write_bytes(before[name])

    patch = site.run("-n").out
    assert {name: site.page(name).read_bytes() for name in REAL} == before
    run = site.run()

    after = {name: site.page(name).read_bytes() for name in REAL}
    for name, page in run.pages.items():
        assert [cited["doi"] for cited in page["citations"]] == [REAL[Path(name).name]["DOI"]]
        assert {cited["evidence"]["verdict"] for cited in page["citations"]} == {"attested"}
    removed = [line for line in patch.splitlines() if line.startswith(b"-") and not line.startswith(b"---")]
    # JSON must give its last value a comma; nothing else of any page is touched.
    assert {line.strip(b"- ") for line in removed} <= {b"]"}
    assert site.run().report["totals"]["unchanged"] == 3
    for command in (["git", "apply"], ["patch", "-p1", "-s"]):
        for name in REAL:
            site.page(name).write_bytes(before[name])
        subprocess.run(command, input=patch, cwd=site.folder, check=True)
        assert {name: site.page(name).read_bytes() for name in REAL} == after


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"---\ntitle: \xff\n---\n", "UTF-8"),
        (b"---\ntitle: x\n\nno end\n", ""),
        (b"---\ntitle: x\ntitle: y\n---\n", "title"),
        (b"---\n- a\n- b\n---\n", ""),
        (b'{"title": "x", "title": "y"}\n', "title"),
        (b'{"title": {{ .Title }} }\n', ""),
        (b"+++\ntitle = \n+++\n", ""),
        (
            b"---\na: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c]\n"
            + b"e: 1\n" * 2,
            "",
        ),
        (b"---\na: " + b"[" * 5000 + b"\n---\n", ""),
        (b"---\ncitations: somebody else's\n---\n", "citations"),
        (b"---\ntitle: x\n---\n" + b"x" * 1000, "max_bytes"),
    ],
)
def test_a_broken_page_is_refused_with_its_reason_and_the_rest_goes_on(
    site: Any, page: bytes, reason: str
) -> None:
    (site.folder / "config.toml").write_text("[pages]\nmax_bytes = 900\n")
    if reason != "max_bytes" and len(page) > 900:
        (site.folder / "config.toml").write_text("")
    site.knows(record(1))
    site.page("broken.md").write_bytes(page)
    site.page("fine.md").write_bytes(cites(1))

    run = site.run()

    assert run.code == 0
    assert run.pages["content/broken.md"]["outcome"] == "refused"
    assert reason in run.pages["content/broken.md"]["reason"]
    assert site.page("broken.md").read_bytes() == page
    assert run.pages["content/fine.md"]["outcome"] == "written"
    assert "content/broken.md" in run.err


def test_an_outage_leaves_the_pages_that_need_it_and_the_next_run_asks_the_rest(
    site: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("ENRICH_NET__MAX_WAIT_S", "0")
    site.knows(record(1))
    site.page("first.md").write_bytes(cites(1))
    assert site.run().code == 0
    site.knows(record(2))
    site.page("second.md").write_bytes(cites(1, 2))
    site.crossref.faults = Faults(Fault(UNAVAILABLE))

    run = site.run()

    assert run.code == 3
    assert run.report["totals"]["incomplete"] == 1
    assert run.report["totals"]["unavailable"] == 1
    assert site.page("second.md").read_bytes() == cites(1, 2)
    site.crossref.faults = Faults()
    site.crossref.requests.clear()
    assert site.run().code == 0
    assert [asked.dois for asked in site.crossref.requests] == [("10.5555/paper.2",)]
    assert site.page("second.md").read_bytes().count(b"  - doi:") == 2


def test_a_doi_that_nobody_registered_is_told_apart_from_an_outage(site: Any) -> None:
    site.page().write_bytes(cites(404))

    run = site.run("--fail-on", "not_found")

    assert run.code == 1
    assert (run.report["totals"]["works"], run.report["totals"]["not_found"]) == (1, 1)
    assert site.page().read_bytes() == cites(404)


def test_a_shorter_reading_is_not_the_paper_only_because_it_exists(site: Any) -> None:
    site.knows({"DOI": "10.5555/journal", "type": "journal", "title": ["A whole journal"]})
    page = b"---\ntitle: Page\n---\n\nSee doi: 10.5555/journal.0012345 for more.\n"
    site.page().write_bytes(page)

    assert site.run().report["totals"]["not_found"] == 1
    assert site.page().read_bytes() == page


def test_an_old_answer_serves_through_an_outage_which_is_told(site: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("ENRICH_NET__MAX_WAIT_S", "0")
    site.knows(record(1))
    site.page().write_bytes(cites(1))
    site.run()
    written = site.page().read_bytes()
    site.crossref.faults = Faults(Fault(UNAVAILABLE))

    run = site.run("--refresh")

    assert run.code == 3
    assert "old answers serve for 1 work" in run.err
    assert site.page().read_bytes() == written
    assert site.run("--offline").code == 0


def test_offline_asks_nobody_and_is_not_an_outage(site: Any) -> None:
    site.knows(record(1))
    site.page().write_bytes(cites(1))

    run = site.run("--offline")

    assert run.code == 0
    assert run.report["totals"]["not_asked"] == 1
    assert site.crossref.requests == []


def test_pages_without_front_matter_are_skipped_or_given_one(site: Any) -> None:
    site.knows(record(1))
    body = cites(1).split(b"---\n\n")[1]
    site.page().write_bytes(body)

    assert site.run().report["totals"]["skipped"] == 1
    assert site.page().read_bytes() == body
    (site.folder / "config.toml").write_text('[output]\ncreate = "toml"\n')
    assert site.run().report["totals"]["written"] == 1
    assert site.page().read_bytes().startswith(b"+++\n[[citations]]\n")
    assert site.page().read_bytes().endswith(body)
    assert site.run().report["totals"]["unchanged"] == 1


@pytest.mark.parametrize(
    "page",
    [
        b'{"title": "x"}\n\nhttps://doi.org/10.5555/paper.1\n',
        b"---\ntitle: x\n---\n\nhttps://doi.org/10.5555/paper.1\n",
        b'+++\ntitle = "x"\n[params]\ntoc = true\n+++\n\nhttps://doi.org/10.5555/paper.1\n',
    ],
)
@pytest.mark.parametrize("config", ['profile = "flat"', 'key = "params.citations"', 'key = "papers"'])
def test_every_profile_and_place_is_written_once_in_every_format(site: Any, page: bytes, config: str) -> None:
    (site.folder / "config.toml").write_text(f"[output]\n{config}\n")
    site.knows({**record(1), "container-title": ["Made Examples"]})
    site.page().write_bytes(page)

    assert site.run().report["totals"]["written"] == 1
    written = site.page().read_bytes()
    assert written.count(b"10.5555/paper.1") == 2
    assert written.endswith(b"\n\nhttps://doi.org/10.5555/paper.1\n")
    assert site.run().report["totals"]["unchanged"] == 1
    assert site.page().read_bytes() == written


def test_the_pages_own_key_names_the_flat_profiles_work(site: Any) -> None:
    (site.folder / "config.toml").write_text('[output]\nprofile = "flat"\n[pages]\nown_key = "paper"\n')
    site.knows({**record(7), "container-title": ["Made Examples"]})
    site.page().write_bytes(b"---\ntitle: x\npaper: https://doi.org/10.5555/Paper.7\n---\nText.\n")

    site.run()

    assert b"journal: Made Examples" in site.page().read_bytes().replace(b'"', b"")


def test_a_decision_writes_a_suspect_or_keeps_a_paper_out(site: Any) -> None:
    site.knows(
        {**record(1), "container-title": ["Made Examples"], "author": [{"given": "A", "family": "Lindqvist"}]}
    )
    page = (
        b"---\ntitle: x\n---\n\n#### Iron in the blood of mountain goats and their young\n\n"
        b"J Goats. 1999;3(2):7-9. https://doi.org/10.5555/paper.1\n\nCarl Okafor 1, Bo Haddad 2, Chen Novak 1\n"
    )
    site.page().write_bytes(page)
    assert site.run().report["totals"]["suspect"] == 1
    assert site.page().read_bytes() == page
    decisions = site.folder / ".enrich" / "decisions.toml"
    decisions.parent.mkdir(exist_ok=True)
    block = '[[decision]]\npage = "content/page.md"\npaper = "10.5555/paper.1"\naccept = '

    decisions.write_text(f"{block}true\n")
    assert site.run().report["totals"]["written"] == 1
    decisions.write_text(f"{block}false\n")
    assert site.run().report["totals"]["written"] == 1
    assert site.page().read_bytes() == page
    decisions.write_text(f"{block}maybe\n")
    run = site.run()
    assert run.code == 0
    assert "decisions.toml:4" in run.err


def test_a_page_changed_while_the_run_worked_is_not_overwritten(site: Any, monkeypatch: Any) -> None:
    site.knows(record(1))
    site.page().write_bytes(cites(1))
    answer = site.crossref.answer

    async def changing(asked: Any) -> Any:
        site.page().write_bytes(cites(1) + b"A person was here.\n")
        return await answer(asked)

    site.crossref.answer = changing
    run = site.run()

    assert run.code == 3
    assert run.report["totals"]["incomplete"] == 1
    assert site.page().read_bytes() == cites(1) + b"A person was here.\n"


def test_a_page_that_cites_the_same_paper_in_many_ways_gets_one_entry(site: Any) -> None:
    site.knows(record(1))
    site.page().write_bytes(
        b"---\ntitle: x\n---\n\ndoi:10.5555/PAPER.1 [doi: 10.5555/paper.1.](http://dx.doi.org/10.5555%2Fpaper.1)\n"
    )

    site.run()

    assert site.page().read_bytes().count(b"- doi:") == 1


def test_the_report_counts_each_work_once(site: Any) -> None:
    for number in (1, 2):
        site.knows(record(number))
    site.page("a.md").write_bytes(cites(1, 2))
    site.page("b.md").write_bytes(cites(2) + b"doi:10.5555/none\n")

    run = site.run()

    totals = run.report["totals"]
    assert (totals["pages"], totals["written"], totals["works"], totals["found"], totals["not_found"]) == (
        2,
        2,
        3,
        2,
        1,
    )
    assert run.report["version"] == 1
    assert len(site.crossref.requests) == 1


def test_a_space_broken_into_a_doi_is_mended_where_the_registry_confirms_it(site: Any) -> None:
    site.knows(
        {"DOI": "10.1016/s0021-9258(18)85783-0", "type": "journal-article", "title": ["Protein measurement"]}
    )
    site.page().write_bytes(
        b"---\ntitle: x\n---\n\ndoi: 10.1016/S0021- 9258(18)85783-0. And 10.1016/S0021- 404.\n"
    )

    run = site.run()

    statuses = [(cited["doi"], cited["status"]) for cited in run.pages["content/page.md"]["citations"]]
    assert statuses == [("10.1016/s0021-9258(18)85783-0", "found"), (None, "not_found")]


@pytest.mark.parametrize(
    "page",
    [
        b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n\r\nhttps://doi.org/10.5555/paper.1",
        b'\xef\xbb\xbf{"title": "x"}https://doi.org/10.5555/paper.1',
        b'+++\r\ntitle = "x"\r\n[params]\r\na = 1\r\n+++\r\nhttps://doi.org/10.5555/paper.1\r\n---\r\n+++\r\n',
    ],
)
def test_line_ends_bom_and_a_missing_last_newline_survive_run_and_patch(site: Any, page: bytes) -> None:
    site.knows(record(1))
    site.page("a päge.md").write_bytes(page)
    patch = site.run("-n").out

    assert site.run().report["totals"]["written"] == 1
    written = site.page("a päge.md").read_bytes()
    assert written != page
    assert written.endswith(page[page.index(b"https") :])
    assert (b"\r\n" in written) == (b"\r\n" in page)
    for command in (["git", "apply"], ["patch", "-p1", "-s", "--binary"]):
        site.page("a päge.md").write_bytes(page)
        subprocess.run(command, input=patch, cwd=site.folder, check=True)
        assert site.page("a päge.md").read_bytes() == written
