"""The report as JUnit XML, for what shows test results: a suite for each page, a case for each citation and link.

The shape is that of https://github.com/testmoapp/junitxml, which the readers of JUnit files have in common.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from enrich.model.link import LinkStatus
from enrich.model.outcome import CitationOutcome, LinkOutcome, Outcome, PageOutcome, Report, Status
from enrich.report import addresses
from enrich.report.sheet import place, visible
from enrich.report.text import disagreement

_Result = Literal["passed", "failure", "error", "skipped"]

# How a case ends, by the word of the report: what nobody knows, or need mend, is skipped.
PAGES: Final[dict[Outcome, _Result]] = {
    "written": "passed",
    "unchanged": "passed",
    "no_citation": "passed",
    "skipped": "skipped",
    "refused": "failure",
    "incomplete": "error",
}
CITATIONS: Final[dict[Status, _Result]] = {
    "found": "passed",
    "not_found": "failure",
    "no_metadata": "skipped",
    "unavailable": "error",
    "suspect": "failure",
    "not_asked": "skipped",
    "suggested": "skipped",
}
LINKS: Final[dict[LinkStatus, _Result]] = {
    "ok": "passed",
    "broken": "failure",
    "blocked": "skipped",
    "unknown": "skipped",
}
# What `visible` leaves and XML 1.0 does not allow (https://www.w3.org/TR/xml/#charsets).
_NO_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Case:
    """One test case: `kind` is the word of the report; `lines`, or else the message, tell why it did not pass."""

    name: str
    line: int | None
    result: _Result
    kind: str = ""
    message: str = ""
    lines: tuple[str, ...] = ()


def render(report: Report) -> str:
    """Return the whole run as XML that any parser takes, whatever the pages hold."""
    suites = [_suite(page.path, tuple(_cases(page))) for page in report.pages]
    if trouble := _trouble(report):
        suites.append(_suite("the run", (_Case("the run", None, "error", "incomplete", trouble),)))
    root = Element("testsuites", name="enrich", time=f"{report.seconds:.3f}")
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.attrib[name]) for suite in suites)))
    root.extend(suites)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _trouble(report: Report) -> str:
    """Return why the run is incomplete where no page says so."""
    if report.interrupted is not None:
        return f"ended by signal {report.interrupted}; run again to go on"
    return "not everything could be asked, and old answers serve; run again" if report.outdated else ""


def _cases(page: PageOutcome) -> Iterator[_Case]:
    if PAGES[page.outcome] != "passed":
        yield _Case("the page", page.line, PAGES[page.outcome], page.outcome, page.reason)
    for cited in page.citations:
        yield _citation(cited)
    for link in page.links:
        yield _link(link)


def _citation(cited: CitationOutcome) -> _Case:
    message = cited.detail or cited.status.replace("_", " ")
    lines = tuple(disagreement(cited))
    # Words that a search does not find are nobody's mistake.
    result = "skipped" if cited.in_words and cited.status == "not_found" else CITATIONS[cited.status]
    return _Case(cited.identifier, cited.line, result, cited.status, message, lines)


def _link(link: LinkOutcome) -> _Case:
    is_strange = addresses.is_other_paper(link)
    result: _Result = "failure" if is_strange else LINKS[link.status]
    kind = "other_paper" if is_strange else link.status
    verdict = addresses.verdict(link)
    lines = (verdict, *(f"{word} {url}" for word, url in addresses.elsewhere(link)))
    return _Case(addresses.shortened(link.url), link.line, result, kind, verdict, lines)


def _suite(path: str, cases: Sequence[_Case]) -> Element:
    results = Counter(case.result for case in cases)
    suite = Element("testsuite", name=_text(path), tests=str(len(cases)))
    suite.set("failures", str(results["failure"]))
    suite.set("errors", str(results["error"]))
    suite.set("skipped", str(results["skipped"]))
    seen: Counter[str] = Counter()
    for case in cases:
        seen[case.name] += 1
        # Readers tell cases by their names.
        name = case.name if seen[case.name] == 1 else f"{case.name} ({seen[case.name]})"
        _append(suite, path, name, case)
    return suite


def _append(suite: Element, path: str, name: str, case: _Case) -> None:
    element = SubElement(suite, "testcase", name=_text(name), classname=_text(path), file=_text(path))
    if case.line is not None:
        element.set("line", str(case.line))
    if case.result != "passed":
        ending = SubElement(element, case.result, message=_text(case.message))
        if case.result != "skipped":
            ending.set("type", case.kind)
        told = (place(path, case.line), *(case.lines or (case.message,)))
        ending.text = "\n".join(map(_text, told))


def _text(text: str) -> str:
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):x}", visible(text))
