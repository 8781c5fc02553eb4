"""Prints what the report for a person costs: `python -m bench.report_html [PAGES]` (14,000 by default).

Made reports of two kinds: a first run, where every page is written and shows its diff, and a night when few are.
Bytes, bytes under gzip, seconds to render, and, where Chromium is installed, milliseconds to the first paint and
until the list of pages is there.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench import made
from enrich.model.claims import Fact, Judgement
from enrich.model.identifier import Doi
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
from enrich.model.work import Author, PartialDate, Update, Work
from enrich.report.html import page

CHROMIUM = Path("/usr/bin/chromium")
_JOURNALS = (
    "Journal of Made Nutrition",
    "Annals of Invented Bone Research",
    "The Northern Journal of Vitamins and Minerals",
    "Selenium",
    "European Review of Clinical Endocrinology and Metabolism",
)
_SEES_PAINT = """() => new Promise((done) => {
  const look = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const is_listed = document.querySelector("#at")?.textContent;
    return paint && is_listed ? done([paint.startTime, performance.now()]) : setTimeout(look, 5);
  };
  look();
})"""


def work(number: int) -> Work:
    """Return a paper with all that a registry states."""
    return Work(
        Doi(made.doi(number)),
        title=made.title(number),
        authors=tuple(Author(given, family) for given, family in made.authors(number)),
        container=_JOURNALS[number % 5] if number % 3 else f"Journal of the region {number % 400}",
        published=PartialDate(2024 - int((number % 3000) ** 0.5), 1 + number % 12) if number % 50 else None,
        volume=str(1 + number % 60),
        issue=str(1 + number % 12),
        pages=f"{100 + number % 800}-{109 + number % 800}",
        updated_by=(Update("retraction", Doi(made.doi(number + 1))),) if number % 700 == 3 else (),
    )


def cited(number: int, line: int) -> CitationOutcome:
    """Return a citation, now and then one that is wrong."""
    paper = work(number)
    statuses: dict[int, Status] = {7: "suspect", 11: "suggested", 13: "not_found", 17: "unavailable"}
    status = statuses.get(number % 220, "found")
    weight = -1.0 if status == "suspect" else 1.0
    facts = (
        Fact("title", made.title(number + (weight < 0)), paper.title, 9 * weight),
        Fact("journal", paper.container[:9], paper.container, 1.0),
        Fact("year", str(paper.published or ""), str(paper.published or ""), 0.5),
        Fact(
            "authors", ", ".join(map(str, paper.authors[:2])), ", ".join(map(str, paper.authors)), 2 * weight
        ),
    )
    is_known = status in ("found", "suspect", "suggested")
    return CitationOutcome(
        f'{made.title(number)}. {paper.container} "2012";13:84'
        if status == "suggested"
        else made.doi(number),
        made.doi(number) if is_known else None,
        line,
        status,
        f"Crossref knows it; the page agrees in title, journal, year, authors ({status})",
        Judgement("suspect" if weight < 0 else "attested", facts) if is_known else None,
        work=paper if is_known else None,
        in_words=status == "suggested",
        standing="retracted" if number % 700 == 3 and is_known else "",
    )


def patch(path: str, papers: tuple[Work, ...]) -> str:
    """Return the diff of a page that gets its papers."""
    lines = [f"--- a/{path}", f"+++ b/{path}", f"@@ -3,6 +3,{6 + 12 * len(papers)} @@", ' "title": "A page",']
    for paper in papers:
        names = [f'      "{author}",' for author in paper.authors]
        fields = [f'    "doi": "{paper.doi}",', f'    "title": "{paper.title}",', '    "authors": [', *names]
        fields += ["    ],", f'    "journal": "{paper.container}",', f'    "published": "{paper.published}",']
        lines += [f"+{line}" for line in ("  {", *fields, f'    "volume": "{paper.volume}"', "  },")]
    return "\n".join((*lines, ' "tags": ["bone", "selenium"]', " }", ""))


def outcome(number: int, *, is_first: bool) -> PageOutcome:
    """Return what became of a page that cites two papers."""
    path = f"content/{number // 500:03d}/page-{number:05d}.md"
    others: dict[int, PageOutcome] = {
        5: PageOutcome(path, "skipped", "its front matter says enrich: false"),
        6: PageOutcome(path, "refused", "the block is never closed", 3),
    }
    if number % 400 in others:
        return others[number % 400]
    if number % 20 == 1:
        return PageOutcome(path, "no_citation")
    citations = (cited(number, 12), cited(number * 7 + 1, 31))
    works = tuple(each.work for each in citations if each.work)
    word: Outcome = "written" if is_first or number % 100 == 0 else "unchanged"
    changes = tuple(
        Difference(f"citations[{each.doi}]", None, {"title": each.title}, "the page cites it")
        for each in works
    )
    url = f"https://cdn.made.example/papers/{number:05d}.pdf"
    link = LinkOutcome(url, 12, "ok", bytes=80_000, pdf="matches")
    if number % 150 == 8:
        link = LinkOutcome(url, 12, "broken", "missing", "403 Forbidden")
    if number % 500 == 9:
        link = replace(link, pdf="other_paper", detail="its DOI is 10.5000/another")
    key = f"citations[{citations[0].doi}].journal"
    return PageOutcome(
        path,
        word,
        citations=citations,
        changes=changes if word == "written" else (),
        kept=(Kept(key, "J Made Nutr", "Journal of Made Nutrition"),) if number % 300 == 10 else (),
        links=(link, LinkOutcome(f"https://shop.made.example/{number}", 40, "blocked", "refuses robots"))
        if number % 1000 == 12
        else (link,),
        patch=patch(path, works) if word == "written" else "",
    )


def report(count: int, *, is_first: bool = True) -> Report:
    """Return the report of a run over `count` pages."""
    pages = tuple(outcome(number, is_first=is_first) for number in range(count))
    works = {each.doi or each.identifier: each.status for one in pages for each in one.citations}
    known = tuple(
        (name, status if status not in ("suspect", "suggested") else "found")
        for name, status in sorted(works.items())
    )
    traffic = (
        ("api.crossref.org", HostTraffic(142, 3, 0, 31_000_000, 48.2)),
        ("cdn.made.example", HostTraffic(count, 0, 0, 9_000_000, 12.0)),
        ("doi.org", HostTraffic(61, 0, 0, 20_000, 9.5)),
        ("slow.made.example", HostTraffic(9, 6, 3, 0, 95.0)),
    )
    return Report(not is_first, 61.3, pages, known, traffic)


def main(count: int) -> None:
    """Print the figures of both kinds."""
    print(f"the report for a person, {count:,} pages")
    for name, is_first in (("a first run", True), ("a night", False)):
        result = report(count, is_first=is_first)
        began, worked = time.perf_counter(), time.process_time()
        text = page.render(result, 0)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
        data = text.encode()
        print(
            f"{name}: {len(data) / 1e6:.2f} MB, {len(gzip.compress(data)) / 1e6:.2f} MB under gzip, "
            f"rendered in {seconds:.2f} s ({cpu:.2f} s of a processor){painted(data)}"
        )


def painted(data: bytes) -> str:
    """Return how soon Chromium shows the page, and its list; empty where there is no Chromium."""
    if not CHROMIUM.exists():
        return ""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "report.html"
        file.write_bytes(data)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto("about:blank")
        tab.goto(file.as_uri(), wait_until="commit")
        paint, listed = tab.evaluate(_SEES_PAINT)
        browser.close()
    return f"; first paint after {paint:.0f} ms, the list after {listed:.0f} ms"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 14_000)
