from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from enrich.export.entry import Entry, entries
from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.source.crossref import record

RECORDS = Path(__file__).resolve().parents[2].parent / "shared" / "crossref" / "works.jsonl.gz"
# What formats give a meaning to, among words that look like parts of them.
_SIGNS = "{}\\%&$#_^~<>|\"'`,;:=+-@ \n\r\t\0aAzÉßжß中\u0301\u2028\U0001d11e"
_TRAPS = [
    "and",
    "others",
    "}",
    "\\}",
    "--",
    "``x''",
    "?`",
    "ER  - ",
    "\nTY  - JOUR",
    "@article{x,",
    "=1+1",
    "Jr, A",
]
HOSTILE = st.text(_SIGNS, max_size=12) | st.text(max_size=12) | st.sampled_from(_TRAPS)
_DOIS = st.text("a0()<>;._%&#{}-", max_size=6).map(lambda text: Doi(f"10.5555/{text}z"))
_DATES = st.builds(PartialDate, st.integers(1, 9999)) | st.builds(
    PartialDate, st.integers(1800, 2100), st.integers(1, 12), st.none() | st.integers(1, 28)
)
_PEOPLE = st.builds(Author, HOSTILE, HOSTILE, st.sampled_from(["", "Jr", "III"])) | st.builds(Group, HOSTILE)
_KINDS = st.sampled_from(
    ["journal-article", "book", "book-chapter", "proceedings-article", "dissertation", "posted-content", "?"]
)


@pytest.fixture(scope="session")
def hostile() -> st.SearchStrategy[str]:
    """Any text, and texts that formats trip over."""
    return HOSTILE


@pytest.fixture(scope="session")
def works() -> st.SearchStrategy[Work]:
    """Works that hold any text wherever a work holds text."""
    return st.builds(
        Work,
        doi=_DOIS,
        title=HOSTILE,
        authors=st.lists(_PEOPLE, max_size=2).map(tuple),
        container=HOSTILE,
        published=st.none() | _DATES,
        volume=HOSTILE,
        pages=st.sampled_from(["", "1-9", "e94", "1-2-1-10", "3, 5-7"]) | HOSTILE,
        kind=_KINDS,
        updated_by=st.sampled_from(
            [(), (Update("retraction", Doi("10.5555/notice"), PartialDate(2020, 3)),)]
        ),
    )


@pytest.fixture(scope="session")
def decoded() -> Callable[[str], str]:
    """What LaTeX prints of a field; the decoder takes LaTeX's circumflex for the modifier letter."""
    decoder = LatexNodes2Text(strict_latex_spaces=True)
    return lambda latex: str(decoder.latex_to_text(latex.replace(r"{\textasciicircum}", "{^}")))


@pytest.fixture(scope="session")
def real() -> tuple[Entry, ...]:
    """The works of a thousand real records, each cited on a page or two."""
    if not RECORDS.exists():
        pytest.skip("no real records beside this folder")
    with gzip.open(RECORDS) as lines:
        found = [record.work(json.loads(line)) for line in lines]
    cited = [(f"content/{n % 37}.md", work) for n, work in enumerate(found) if work]
    return entries([*cited, *(("content/all.md", work) for _, work in cited[:100])])
