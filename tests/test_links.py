"""Links and hosted PDFs through whole runs: what is written of them, what is told, and what is never erased."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from enrich.demo.cdn import Hosted
from enrich.demo.paper import paper

DOI = "10.5555/selenium.2021"
TITLE = "Selenium status and bone density in older women of the far north"
OTHER = "Traffic noise in Alpine valleys and the sleep of marmots in winter"


@pytest.fixture
def hosting(site: Any) -> Any:
    """A site with one page that cites a paper and hosts its PDF on a CDN of its own."""
    site.knows(
        {"DOI": DOI, "type": "journal-article", "title": [TITLE], "container-title": ["Made Examples"]}
    )
    site.cdn.files["/a.pdf"] = Hosted(paper([TITLE, f"doi:{DOI}"]))
    host = urlsplit(site.cdn.url).netloc
    (site.folder / "config.toml").write_text(f'[pdf]\nhosts = ["{host}"]\n[net]\nallow = ["{host}"]\n')
    write(site, f"{site.cdn.url}/a.pdf")
    return site


def write(site: Any, *links: str) -> None:
    listed = "".join(f"[PDF]({link})\n\n" for link in links)
    site.page().write_text(
        f"---\ntitle: x\n---\n\n#### {TITLE}\n\n[doi: {DOI}](https://doi.org/{DOI})\n\n{listed}"
    )


def links(run: Any) -> dict[str, tuple[str, str, str | None]]:
    found = run.pages["content/page.md"]["links"]
    return {urlsplit(each["url"]).path: (each["status"], each["reason"], each["pdf"]) for each in found}


def test_a_good_file_is_written_beside_its_paper(hosting: Any) -> None:
    size = len(hosting.cdn.files["/a.pdf"].body)

    run = hosting.run()

    assert run.code == 0, run.err
    assert links(run)["/a.pdf"] == ("ok", "", "matches")
    text = hosting.page().read_text()
    assert f"    pdf:\n      url: {hosting.cdn.url}/a.pdf\n".replace(" http", ' "http') in text.replace(
        '.pdf"', ".pdf"
    )
    assert f"      bytes: {size}\n" in text


def test_four_nights_ask_little_and_erase_nothing(hosting: Any) -> None:
    hosting.run()
    written = hosting.page().read_bytes()
    hosting.cdn.requests.clear()

    second = hosting.run()
    assert second.report["totals"]["unchanged"] == 1
    assert [got.headers.get("if-none-match") is not None for got in hosting.cdn.requests] == [True]
    hosting.cdn.down = True
    third = hosting.run()
    assert third.code == 3
    assert links(third)["/a.pdf"][0] == "unknown"
    hosting.cdn.down = False
    fourth = hosting.run()
    assert fourth.code == 0
    assert hosting.page().read_bytes() == written


def test_a_file_that_is_lost_is_broken_in_the_entry_and_in_the_report(hosting: Any) -> None:
    hosting.run()
    del hosting.cdn.files["/a.pdf"]

    run = hosting.run("--fail-on", "broken")

    assert run.code == 1
    assert links(run)["/a.pdf"][:2] == ("broken", "missing")
    assert "status: broken" in hosting.page().read_text().replace('"', "")


def test_the_pdf_of_another_paper_is_told_and_marked(hosting: Any) -> None:
    hosting.cdn.files["/a.pdf"] = Hosted(paper([OTHER, "doi:10.5555/noise.2019", "Noise is all around us."]))

    run = hosting.run("--fail-on", "other_paper")

    assert run.code == 1
    assert links(run)["/a.pdf"] == ("ok", "", "other_paper")
    assert "status: other_paper" in hosting.page().read_text().replace('"', "")


def test_a_hand_edit_of_the_pdf_wins(hosting: Any) -> None:
    hosting.run()
    edited = hosting.page().read_text().replace("status: ok", "status: scanned")
    hosting.page().write_text(edited)
    del hosting.cdn.files["/a.pdf"]

    hosting.run()

    assert hosting.page().read_text() == edited


def test_other_links_are_asked_only_when_wanted(hosting: Any) -> None:
    hosting.cdn.files["/page"] = Hosted(b"<html>fine</html>", "text/html")
    write(hosting, f"{hosting.cdn.url}/page.html")

    assert "/page.html" not in links(hosting.run())
    assert links(hosting.run("--links"))["/page.html"][:2] == ("broken", "missing")


def test_a_damaged_doi_link_is_broken_with_the_address_that_is_meant(hosting: Any) -> None:
    page = hosting.page().read_text().replace(f"org/{DOI})", f"org/{DOI}.)")
    hosting.page().write_text(page)

    run = hosting.run()
    assert links(run)[f"/{DOI}."][:2] == ("broken", "damaged")
    assert f"(https://doi.org/{DOI}.)" in hosting.page().read_text()
    repaired = hosting.run("--repair")

    assert f"(https://doi.org/{DOI})" in hosting.page().read_text()
    assert [change["new"] for change in repaired.pages["content/page.md"]["changes"]] == [
        f"https://doi.org/{DOI}"
    ]
    assert hosting.run("--repair").report["totals"]["unchanged"] == 1


def test_a_moved_address_is_repaired_once_the_new_one_answers(hosting: Any) -> None:
    config = hosting.folder / "config.toml"
    remap = f'[links]\nremap = {{ "https://old.example/" = "{hosting.cdn.url}/" }}\n'
    config.write_text(config.read_text() + remap)
    write(hosting, "https://old.example/a.pdf", "https://old.example/lost.pdf")

    run = hosting.run("--repair")

    text = hosting.page().read_text()
    assert f"[PDF]({hosting.cdn.url}/a.pdf)" in text
    assert "[PDF](https://old.example/lost.pdf)" in text
    assert links(run)["/lost.pdf"][:2] == ("broken", "missing")


def test_a_placeholder_is_broken_though_it_answers(hosting: Any) -> None:
    config = hosting.folder / "config.toml"
    config.write_text(config.read_text() + '[links]\nplaceholders = ["/unknown.pdf"]\n')
    hosting.cdn.files["/unknown.pdf"] = hosting.cdn.files["/a.pdf"]
    write(hosting, f"{hosting.cdn.url}/unknown.pdf")

    assert links(hosting.run())["/unknown.pdf"][:2] == ("broken", "placeholder")


def test_an_inner_address_is_never_asked(site: Any) -> None:
    site.page().write_text(f"---\ntitle: x\n---\n\n[PDF]({site.cdn.url}/a.pdf)\n")

    run = site.run()

    assert links(run)["/a.pdf"][:2] == ("broken", "private address")
    assert site.cdn.connections == 0


def test_offline_asks_no_host_and_leaves_the_entry(hosting: Any) -> None:
    hosting.run()
    written = hosting.page().read_bytes()
    hosting.cdn.requests.clear()

    assert hosting.run("--offline").code == 0
    assert hosting.page().read_bytes() == written
    assert hosting.cdn.requests == []
