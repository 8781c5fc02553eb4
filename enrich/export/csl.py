"""CSL-JSON, for Zotero, Pandoc and every CSL processor: https://docs.citationstyles.org/en/stable/specification.html.

What became of a paper is `status`, the variable that CSL has for just that ("retracted"), and a sentence in `note`,
for the many tools that show notes and no status. The citing pages are in `note` too: `custom`, where they could be
a list, is refused by some readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from enrich.export.entry import Entry
from enrich.model.csl import date_parts, name
from enrich.model.kind import editors, kind

_Item = dict[str, object]


def render(entries: Iterable[Entry]) -> str:
    """Return the entries as a JSON list of CSL items, in their order."""
    return json.dumps([item(entry) for entry in entries], indent=2, ensure_ascii=False) + "\n"


def item(entry: Entry) -> Mapping[str, object]:
    """Return one work as CSL has it; what is not known is left out."""
    work = entry.work
    said: _Item = {
        "id": entry.key,
        "type": kind(work).csl,
        "title": work.title,
        "author": [name(author) for author in work.authors],
        "editor": [name(editor) for editor in editors(work)],
        "container-title": work.container,
        "container-title-short": work.short_container if work.short_container != work.container else "",
        "issued": {"date-parts": [date_parts(work.published)]} if work.published else None,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "publisher": work.publisher,
        "ISSN": ", ".join(work.issn),
        "DOI": work.doi.value if work.doi else "",
        "PMID": work.pmid.value if work.pmid else "",
        "PMCID": work.pmcid.value if work.pmcid else "",
        "URL": work.url,
        "status": entry.standing.status if entry.standing else "",
        "note": f"{entry.fate} {entry.cited_on}".strip(),
    }
    return {field: value for field, value in said.items() if value}
