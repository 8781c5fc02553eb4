from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from enrich.model.identifier import Doi
from enrich.model.note import Recollection
from enrich.model.page import (
    FrontMatter,
    Refusal,
    Style,
    Value,
)
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.page import entries
from enrich.page.compose import Cited, Composition, compose
from enrich.page.front import frontmatter
from enrich.page.profile import Profile, Wishes, profile
from enrich.run.splicing import Planned, spliced
from enrich.store.memory_line import Line, pack, unpack

A = Work(
    Doi("10.1000/a"),
    "On A: {x",
    authors=(Author("Ann", "Lee"), Group("The Group"), Author("Plato", "")),
    container="Nutrients",
    short_container="Nutr",
    published=PartialDate(2022, 4),
    volume="14",
    pages="1-9",
    kind="journal-article",
    issn=("1234-5678",),
)
B = Work(Doi("10.1000/b"), "On B", published=PartialDate(2021), kind="book", publisher="Press")
C = Work(Doi("10.1000/c"), "On C", updated_by=(Update("retraction", Doi("10.1000/n"), PartialDate(2023)),))
WORKS = (A, B, C)

ASKED = Wishes(authors=True, hugoblox_ids=True, quarto_citation=True)
PROFILES: dict[str, Profile] = {
    **{name: profile(name) for name in ("list", "flat", "hugoblox", "quarto", "pandoc", "zola", "jekyll")},
    "list, moved": profile("list", Wishes(key="params.papers")),
    "list as references": profile("list", Wishes(key="references")),
    "hugoblox, all": profile("hugoblox", ASKED),
    "quarto, citation": profile("quarto", ASKED),
    "zola, papers": profile("zola", Wishes(key="papers")),
}
KEYS = ("citations", "references", "citation", "params", "extra", "hugoblox", "doi", "journal", "authors")
MORE = ("publication_date", "publication", "publication_short", "publication_types")


class Site:
    """One page's bytes and its memory, through runs with one profile or another."""

    def __init__(self, data: bytes, create: Style | None = "yaml") -> None:
        self.data, self.create = data, create
        self.memory = Recollection()
        self.told: Composition | None = None

    @property
    def front(self) -> Mapping[str, Any]:
        front = frontmatter.locate(self.data)
        assert isinstance(front, FrontMatter)
        return front.data

    def run(self, name: str, works: Sequence[Work | None] = WORKS, *, settled: bool = True) -> bytes:
        """Enrich the page as a run does that finds `works` cited; of those that are None nobody knows anything."""
        front = frontmatter.locate(self.data)
        assert not isinstance(front, Refusal), front
        data = front.data if front else {}
        chosen = PROFILES[name]
        own = chosen.about(data)
        chosen = own if own and len(works) == 1 else chosen
        assert entries.refusal(data, chosen) is None

        def composing(data: Mapping[str, Value], memory: Recollection) -> Composition:
            return compose(data, cites(works, chosen), memory, chosen, settled=settled)

        held = entries.held(data, chosen, (*KEYS, *MORE))
        composed = composing(held, self.memory)
        done = spliced(self.data, Planned(composed, composing, self.memory, ()), self.create)
        assert not isinstance(done, Refusal), done
        line = unpack(pack(Line("page.md", done.note)))
        assert line is not None
        assert line.last == done.note
        self.data, self.told = done.data, done.composed
        self.memory = Recollection(done.note if done.note.works or done.note.left else None)
        return self.data

    def again(self, name: str, works: Sequence[Work | None] = WORKS) -> None:
        """Run once more: nothing changes, neither on the page nor in the memory."""
        before = self.data, self.memory
        self.run(name, works)
        assert (self.data, self.memory) == before

    def edit(self, old: str, new: str) -> None:
        assert self.data.count(old.encode()) == 1, self.data.decode()
        self.data = self.data.replace(old.encode(), new.encode())


def cites(works: Sequence[Work | None], chosen: Profile) -> list[Cited]:
    known = [(Doi(f"10.1000/{name}"), work) for name, work in zip("abc", works, strict=False)]
    known = [(work.doi or doi, work) if work else (doi, None) for doi, work in known]
    return [Cited((doi,), frozenset({doi}), chosen.values(work) if work else None) for doi, work in known]


BEFORE: dict[str, bytes] = {
    "yaml": b"---\ntitle: T\ntags: [a, b]  # mine\n---\nBody\n",
    "yaml, its own DOI": b"---\ntitle: T\ndoi: 10.1000/a\ndraft: true\n---\nBody\n",
    "yaml, parents": b"---\nparams:\n  x: 1\nextra: {}\nhugoblox:\n  ids: {arxiv: 2101.00001}\n---\n",
    "yaml, an empty list": b"---\ncitations: []  # none yet\ntitle: T\n---\n",
    "yaml, a person's entries": b"---\ncitations:\n- title: mine\nreferences:\n- id: smith2020\n  title: mine\n---\n",
    "yaml, a person's citation": b"---\ncitation:\n  url: https://example.org\ntitle: T\n---\n",
    "yaml, CRLF": b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\nBody",
    "json": b'{\n    "title": "T",\n    "x": [1]\n}\n\nBody\n',
    "json, on one line": b'{"title": "T"}\nBody',
    "toml": b'+++\ntitle = "T"  # mine\n\n[params]\nx = 1\n+++\nBody\n',
    "toml, no tables": b'+++\ntitle = "T"\n+++\n',
    "nothing": b"# Body\n",
}
PAIRS = [(one, other) for one in PROFILES for other in PROFILES if one != other]


@pytest.mark.parametrize("works", [WORKS, (A,)], ids=["three works", "one work"])
@pytest.mark.parametrize("name", BEFORE)
def test_a_change_of_profile_leaves_no_trace_of_the_former_one(name: str, works: Sequence[Work]) -> None:
    direct = {other: Site(BEFORE[name]).run(other, works) for other in PROFILES}
    for one, other in PAIRS:
        site = Site(BEFORE[name])
        first, memory = site.run(one, works), site.memory
        assert first == direct[one]
        site.again(one, works)
        assert site.run(other, works) == direct[other], (one, other)
        site.again(other, works)
        assert site.run(one, works) == first, (other, one)
        # What is last in TOML stands before the tables, so how it stood there is remembered needlessly.
        assert name.startswith("toml") or site.memory == memory, (other, one)
