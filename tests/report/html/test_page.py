from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.claims import Fact, Judgement
from enrich.model.identifier import Doi
from enrich.model.outcome import (
    CitationOutcome,
    Difference,
    HostTraffic,
    Kept,
    LinkOutcome,
    PageOutcome,
    Report,
    Status,
)
from enrich.model.work import Author, PartialDate, Update, Work
from enrich.report.html.desk import Desk, Earlier
from enrich.report.html.page import policy, render

HOSTILE = """<script>alert(1)</script></title></textarea>"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"""
DESK = Desk("run-7", "/decisions", (Earlier("Yesterday", "/runs/6"),), "Read this.")
VOID = {"meta", "link", "input", "img", "br"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Document(HTMLParser):
    """The elements of a page in order, as a browser without script has them."""

    source: str
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def one(self, name: str) -> Element:
        (found,) = (element for element in self.elements if element.attributes.get("id") == name)
        return found


def a_work(title: str = "Bones", doi: str = "10.1000/bones") -> Work:
    notice = Update("retraction", Doi("10.1000/notice"))
    return Work(
        Doi(doi),
        title=title,
        authors=(Author("Anna", "Berg"),),
        container="Bone Reports",
        published=PartialDate(2020, 4),
        updated_by=(notice,),
    )


def cited(
    status: Status = "found", text: str = "10.1000/bones", *, standing: str = "", words: str = ""
) -> CitationOutcome:
    judgement = Judgement("suspect", (Fact("title", text, "Bones", -1), Fact("year", "2020", "2020", 0.5)))
    return CitationOutcome(
        words or text,
        "10.1000/bones" if status in ("found", "suspect", "suggested") else None,
        7,
        status,
        f"about {text}",
        judgement,
        work=a_work(text) if status != "not_found" else None,
        in_words=bool(words),
        standing=standing,
    )


def a_page(path: str = "a.md", *citations: CitationOutcome) -> PageOutcome:
    return PageOutcome(path, "unchanged", citations=citations)


def a_report(*pages: PageOutcome, dry_run: bool = False) -> Report:
    traffic = (("api.crossref.org", HostTraffic(sent=9, retried=2)),)
    return Report(dry_run, 12.0, pages, (("10.1000/bones", "found"),), traffic, notes=("a note",))


def everywhere(text: str, url: str) -> Report:
    """Return a report that has `text` in every place that a page or a registry fills."""
    citations = (
        cited("found", text, standing="retracted"),
        cited("suspect", text),
        cited("suggested", text, words=text),
        cited("not_found", text),
    )
    page = PageOutcome(
        text,
        "written",
        text,
        3,
        citations=citations,
        changes=(Difference(f"citations[{text}]", text, {"title": text}, text),),
        kept=(Kept(text, text, [text], text),),
        links=(
            LinkOutcome(url, 1, "broken", text, text, url, url, url, url),
            LinkOutcome(url, 1, "ok", pdf="other_paper", detail=text),
            LinkOutcome(url, 1, "blocked", text),
        ),
        patch="" if not text else f"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-{text}\n+{text}\n",
    )
    return Report(False, 1.0, (page,), ((text, "found"),), ((text, HostTraffic(failed=1)),), (text,))


def harmless(source: str) -> Document:
    """Return the page as a document, once nothing in it runs, loads or leads astray."""
    document = Document(source)
    scripts = [
        (each.attributes.get("type", ""), each.attributes.get("id", "")) for each in document.all("script")
    ]
    assert scripts.count(("", "")) == 1
    assert all(
        kind == "text/plain" and re.fullmatch(r"index|bodies-\d+", name) for kind, name in scripts if kind
    )
    assert len(document.all("style")) == 1
    assert not document.all("img", "iframe", "object", "embed", "base", "form") or document.all("form")
    for element in document.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name in ("style", "src")]
        if "href" in element.attributes and element.tag == "a":
            href = element.attributes["href"]
            assert href.startswith(("#", "/", "https://", "http://"))
            if not href.startswith(("#", "/")):
                assert element.attributes["rel"] == "noopener noreferrer"
    return document


@pytest.mark.parametrize("desk", [None, DESK], ids=["file", "service"])
def test_a_title_with_a_script_in_it_is_text(desk: Desk | None) -> None:
    document = harmless(render(everywhere(HOSTILE, "javascript:alert(1)"), 1, desk=desk))

    titles = [each.text for each in document.all("cite")]
    assert len(titles) >= 4
    assert set(titles) == {HOSTILE}
    assert "49" not in document.one("main").text


@law(max_examples=25, deadline=None)
@given(st.text(), st.text())
def test_whatever_pages_and_registries_say_the_page_stays_whole(text: str, url: str) -> None:
    plain = harmless(render(everywhere("text", "https://a.example/"), 0, desk=DESK))
    document = harmless(render(everywhere(text or "text", url), 0, desk=DESK))

    assert document.open == []
    kinds = ("section", "form", "table", "svg", "h1", "h2", "h3", "nav", "main")
    assert [each.tag for each in document.all(*kinds)] == [each.tag for each in plain.all(*kinds)]


def test_the_page_states_the_policy_that_the_header_states() -> None:
    for desk in (None, DESK):
        (meta,) = (
            each
            for each in Document(render(a_report(), 0, desk=desk)).all("meta")
            if each.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert f"{meta.attributes['content']}; frame-ancestors 'none'" == policy(desk)


def test_sections_come_in_order_of_importance() -> None:
    source = render(everywhere("text", "https://a.example/"), 0, {"totals": {}, "pages": []})

    assert [each.attributes["id"] for each in Document(source).all("section")] == [
        "retracted",
        "changed",
        "coverage",
        "papers",
        "broken",
        "decisions",
        "hosts",
        "since",
        "kept",
        "pages",
    ]


def test_what_there_is_none_of_is_said_calmly_or_left_out() -> None:
    document = Document(render(a_report(), 0))
    main = document.one("main").text

    for said in (
        "No paper that the pages cite is known to be retracted",
        "No page was changed.",
        "No paper was found.",
        "No links were checked.",
        "Nothing waits for a decision.",
        "No page needs a person.",
    ):
        assert said in main
    assert not {"since", "kept"} & {each.attributes["id"] for each in document.all("section")}


def test_a_reader_by_ear_or_keyboard_finds_the_way() -> None:
    document = Document(
        render(everywhere("text", "https://a.example/"), 0, {"totals": {"written": 9}}, desk=DESK)
    )
    levels = [
        int(each.tag[1]) for each in document.all("h1", "h2", "h3") if each.attributes.get("class") != "runs"
    ]
    ids = [each.attributes["id"] for each in document.elements if "id" in each.attributes]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert len(document.all("main")) == len(document.all("header")) == len(document.all("footer")) == 1
    assert document.all("a")[0].attributes["href"] == "#main"
    for each in document.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(each.attributes.get(name, "").split()) <= set(ids)
        if each.tag == "a" and each.attributes["href"].startswith("#"):
            assert each.attributes["href"][1:] in ids
        if each.tag == "th":
            assert each.attributes["scope"] in ("row", "col")
        if each.tag == "svg" and "role" not in each.attributes:
            assert each.attributes.get("aria-hidden") == "true" or "y" in each.attributes


def test_pictures_have_their_numbers_in_words() -> None:
    document = Document(render(a_report(a_page("a.md", cited()), a_page("b.md", cited("suspect"))), 0))

    assert document.one("covered-desc").text == (
        "every citation resolved: 1; a suspect or suggested paper: 1; a citation unresolved: 0; no citation: 0; "
        "not read: 0"
    )
    assert document.one("years-desc").text.startswith("1 paper from 2020 to 2020")


@pytest.mark.parametrize(
    ("report", "code", "said"),
    [
        (a_report(dry_run=True), 0, "A dry run: nothing was written."),
        (a_report(), 1, "the run ended with exit code 1"),
        (a_report(), 3, "Incomplete: not everything could be asked"),
        (Report(False, 1.0, (), (), (), interrupted=15), 143, "Cut short: what came is kept"),
        (a_report(), 0, "Note: a note."),
    ],
)
def test_how_the_run_ended_is_said_at_the_top(report: Report, code: int, said: str) -> None:
    (header,) = Document(render(report, code)).all("header")

    assert said in header.text


def test_the_desk_has_forms_for_what_is_undecided_and_for_nothing_else() -> None:
    words = 'Berg A. "Bones" & more.\u200e 2020'
    pages = (
        a_page("a & b.md", cited("suspect")),
        a_page("c.md", cited("suggested", words=words), cited("found"), cited("not_found")),
    )
    document = Document(render(a_report(*pages), 0, desk=DESK))
    forms = [each for each in document.all("form") if each.attributes.get("method") == "post"]
    sent = [each.attributes for each in document.all("input", "button") if "name" in each.attributes]
    fields = [(each["name"], each.get("value", "")) for each in sent]

    # Each stands among the decisions, and in its page's own row.
    assert [each.attributes["action"] for each in forms] == ["/decisions"] * 4
    assert fields[:6] == [
        ("page", "a & b.md"),
        ("cites", ""),
        ("paper", "10.1000/bones"),
        ("token", ""),
        ("accept", "true"),
        ("accept", "false"),
    ]
    assert fields[6:9] == [("page", "c.md"), ("cites", words), ("paper", "10.1000/bones")]


@pytest.mark.parametrize("desk", [None, Desk("7")], ids=["file", "read-only"])
def test_where_nobody_can_decide_there_are_no_forms(desk: Desk | None) -> None:
    source = render(a_report(a_page("a.md", cited("suspect"))), 0, desk=desk)

    assert 'method="post"' not in source
    assert 'name="token"' not in source
    assert ".enrich/decisions.toml" in source


def test_the_desk_leads_to_earlier_runs_and_says_its_notice() -> None:
    document = Document(render(a_report(), 0, desk=DESK))

    assert ("Yesterday", "/runs/6") in [(each.text, each.attributes["href"]) for each in document.all("a")]
    assert "run-7" in document.all("header")[0].text
    assert "Read this." in document.all("header")[0].text


def test_a_retracted_paper_is_named_with_its_notice_and_its_places() -> None:
    page = PageOutcome(
        "a.md", "written", citations=(replace(cited("found", standing="retracted"), is_news=True),)
    )
    document = Document(render(a_report(page), 0))
    (section,) = (each for each in document.all("section") if each.attributes["id"] == "retracted")

    for said in ("1 paper that the pages cite was retracted", "new", "10.1000/notice", "a.md:7"):
        assert said in section.text


def test_the_run_before_is_held_against_this_one() -> None:
    before = {"totals": {"pages": 3}, "pages": [{"path": "a.md", "outcome": "unchanged", "citations": []}]}
    document = Document(render(a_report(a_page("a.md", cited("suspect"))), 0, before))
    (section,) = (each for each in document.all("section") if each.attributes["id"] == "since")

    assert " ".join(section.text.split()) == (
        "Since the last run TotalBeforeNowChange pages31−2 Newly wrong suspect 10.1000/bones a.md"
    )


def test_many_pages_are_listed_without_script_too() -> None:
    refused = [PageOutcome(f"r/{number:04d}.md", "refused", "no end") for number in range(250)]
    quiet = [PageOutcome(f"q/{number:04d}.md", "no_citation") for number in range(50)]
    document = Document(render(a_report(*refused, *quiet), 0))
    (plain,) = document.all("noscript")

    assert len(document.one("list").text.split("no end")) == 201
    assert plain.text.count("no end") == 50
    assert plain.text.count("q/") == 50
    assert "50 further pages: no citation" in plain.text


def test_a_table_that_is_cut_says_by_how_much() -> None:
    found = [a_page(f"{number:04d}.md", cited("not_found", f"10.1/{number}")) for number in range(302)]

    assert "And 2 more" in Document(render(a_report(*found), 0)).one("main").text


def test_a_file_name_that_is_no_utf_8_can_be_written() -> None:
    source = render(a_report(a_page(os.fsdecode(b"\xff.md"), cited("suspect"))), 0, desk=DESK)

    assert r"\udcff.md:7" in source.encode("utf-8").decode("utf-8")
