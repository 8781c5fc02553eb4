"""A survey of a site for a person at a terminal, and as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from enrich.model.survey import Count, Fault, Generator, Survey
from enrich.report.sheet import Sheet, count, place

VERSION: Final = 1

_GENERATORS: Final[Mapping[Generator, str]] = {
    "hugo": "Hugo",
    "zola": "Zola",
    "quarto": "Quarto",
    "jekyll": "Jekyll",
    "obsidian": "Obsidian",
    "plain": "Plain Markdown",
}
_CITED_BY: Final = {
    "doi": "DOI",
    "damaged_doi": "DOI, damaged",
    "pmid": "PubMed number",
    "pmcid": "PubMed Central number",
    "arxiv": "arXiv number",
    "short_doi": "short DOI",
    "words": "words alone",
}
_FORMATS: Final = {"json": "JSON", "yaml": "YAML", "toml": "TOML", "none": "no front matter"}
# A list ends here: pages lead to hundreds of hosts, and a broken template breaks thousands of pages.
_MOST: Final = 20


def render(survey: Survey, width: int = 80, *, colour: bool = False) -> str:
    """Return the survey as a sheet of text; what stands nowhere is left out."""
    sheet, layout = Sheet(width=width, colour=colour), survey.layout
    sheet.line(f"{_GENERATORS[layout.generator]}: {layout.why}", style="bold")
    for other in layout.others:
        sheet.line(f"beside it: {other}", indent=2)
    sheet.line(f"{count(survey.pages, 'page')} in {layout.root}: {layout.root_why}", indent=2, hang=2)
    if layout.exclude:
        sheet.line(f"without {', '.join(layout.exclude)}: {layout.exclude_why}", indent=2, hang=2)
    _table(sheet, "Front matter", "", survey.formats, _FORMATS)
    _table(sheet, "How pages cite", "citations", survey.cited_by, _CITED_BY)
    if survey.citing:
        sheet.line(f"{survey.citing:>9,}             any of these")
    elif survey.pages:
        sheet.head("No page cites a paper in a way that is known")
    _table(sheet, "The page's own DOI", "", survey.own_keys, {})
    _table(sheet, "Something else under a key of ours", "", survey.taken_keys, {})
    _table(sheet, "Hosts of PDFs", "links", survey.pdf_hosts, {"": "the site itself"})
    if survey.opted_out:
        sheet.head(f"{count(survey.opted_out, 'page')} kept out of it by `enrich: false`")
    _faults(sheet, "Refused", survey.refused)
    _faults(sheet, "Unreadable", survey.unreadable)
    return str(sheet)


def as_json(survey: Survey) -> str:
    """Return the survey as JSON text that ends in a newline; later versions add keys and change none."""
    layout = survey.layout
    whole = {
        "version": VERSION,
        "generator": layout.generator,
        "why": layout.why,
        "others": layout.others,
        "address": layout.address,
        "root": layout.root,
        "root_why": layout.root_why,
        "include": layout.include,
        "exclude": layout.exclude,
        "pages": survey.pages,
        "citing": survey.citing,
        "opted_out": survey.opted_out,
        "endings": {each.name: each.pages for each in survey.endings},
        "formats": {each.name: each.pages for each in survey.formats},
        "cited_by": {each.name: {"pages": each.pages, "citations": each.times} for each in survey.cited_by},
        "pdf_hosts": [
            {"host": each.name or None, "pages": each.pages, "links": each.times} for each in survey.pdf_hosts
        ],
        "own_keys": {each.name: each.pages for each in survey.own_keys},
        "taken_keys": {each.name: each.pages for each in survey.taken_keys},
        "refused": [{"path": each.path, "line": each.line, "reason": each.reason} for each in survey.refused],
        "unreadable": [{"path": each.path, "reason": each.reason} for each in survey.unreadable],
    }
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    # A file name that is no UTF-8 holds lone surrogates; backslashreplace makes them JSON's own escapes.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _table(
    sheet: Sheet,
    head: str,
    times: str,
    counts: Sequence[Count],
    names: Mapping[str, str],
) -> None:
    """Add a row for each name that is there: pages, how often in all where `times` says of what, the name."""
    rows = [each for each in counts if each.pages]
    if not rows:
        return
    sheet.head(head)
    sheet.line(f"{'pages':>9}" + (f"{times:>11}" if times else ""), style="dim")
    for each in rows[:_MOST]:
        number = f"{each.pages:>9,}" + (f"{each.times:>11,}" if times else "")
        sheet.line(f"{number}  {names.get(each.name, each.name)}")
    _rest(sheet, len(rows))


def _faults(sheet: Sheet, head: str, faults: Sequence[Fault]) -> None:
    if not faults:
        return
    sheet.head(f"{head}: {count(len(faults), 'page')}", "bold red")
    for fault in faults[:_MOST]:
        sheet.entry(place(fault.path, fault.line), fault.reason)
    _rest(sheet, len(faults))


def _rest(sheet: Sheet, number: int) -> None:
    if number > _MOST:
        sheet.line(f"and {number - _MOST:,} more; --json has them all", indent=2)
