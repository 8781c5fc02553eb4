from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.identifier import Doi
from enrich.model.note import Note, Recollection
from enrich.model.page import (
    Drop,
    FrontMatter,
    Insert,
    Put,
    Refusal,
    Style,
    Value,
)
from enrich.model.work import Author, Group, PartialDate, Update, Work
from enrich.page import entries
from enrich.page.compose import Cited, Composition, Unsure, compose
from enrich.page.front import frontmatter, splice
from enrich.page.profile import Profile, Wishes, profile
from enrich.page.undo import Undone, undone
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
PAIRS = list(itertools.pairwise(PROFILES))


@pytest.mark.parametrize("works", [WORKS, (A,)], ids=["three works", "one work"])
@pytest.mark.parametrize("name", BEFORE)
def test_a_change_of_profile_leaves_no_trace_of_the_former_one(name: str, works: Sequence[Work]) -> None:
    direct = {one: Site(BEFORE[name]).run(one, works) for one in PROFILES}
    for one, other in PAIRS:
        site = Site(BEFORE[name])
        first, memory = site.run(one, works), site.memory
        assert first == direct[one]
        assert site.run(other, works) == direct[other], (one, other)
        site.again(other, works)
        assert site.run(one, works) == first, (other, one)
        # What is last in TOML stands before the tables, so how it stood there is remembered needlessly.
        assert name.startswith("toml") or site.memory == memory, (other, one)


HANDS = (
    "edit",
    "add a field",
    "add an entry",
    "delete a field",
    "delete an entry",
    "add a key",
    "swap",
    "own",
)


def by_hand(site: Site, name: str, hand: str, at: int) -> None:
    """Do to what was written for a profile what a person may do to it."""
    data, chosen = site.front, PROFILES[name]
    place = tuple(chosen.place.split(".")) if chosen.place else ()
    value: Any = data
    for key in place:
        value = value.get(key, {})
    items = value if isinstance(value, list) else []
    fields = items[at % len(items)] if items else value
    path: tuple[str | int, ...] = (*place, at % len(items)) if items else place
    texts = [field for field, each in fields.items() if isinstance(each, str) and field not in NAMING]
    text = texts[at % len(texts)] if texts else ""
    changes: Any = {
        "edit": [Put((*path, text), f"by hand {at}", "")]
        if text and (items or text in written(chosen))
        else [],
        "add a field": [Put((*path, "note"), f"by hand {at}", "")] if items else [],
        "add an entry": [Insert(place, at % (len(items) + 1), {"title": f"by hand {at}"}, "")]
        if items
        else [],
        "delete a field": [Drop((*path, text), "")] if text and (items or text in written(chosen)) else [],
        "delete an entry": [Drop(path, "")] if len(items) > 1 else [],
        "add a key": [Put((f"key{at}",), f"by hand {at}", "", after=[*data][at % len(data)])],
        "swap": [Drop((*place, 0), ""), Insert(place, len(items), items[0], "")] if items else [],
        "own": [Put(("doi",), "10.1000/a", "")] if "doi" not in data else [],
    }[hand]
    front = frontmatter.locate(site.data)
    assert isinstance(front, FrontMatter)
    new = splice.splice(site.data, front, changes)
    assert isinstance(new, bytes), new
    site.data = new


def written(chosen: Profile) -> set[str]:
    return {field.partition(".")[0] for field in chosen.fields}


NAMING = {"doi", "DOI", "id", "pmid", "type"}
STARTS = st.sampled_from(["yaml", "yaml, its own DOI", "yaml, parents", "yaml, a person's entries", "json"])
# Places of their own: in one that two tables share, what was edited for one is in the way of the other.
APART = [name for name in PROFILES if name not in ("list as references", "jekyll")]


@settings(deadline=None, max_examples=60)
@given(
    STARTS,
    st.sampled_from(APART),
    st.lists(st.tuples(st.sampled_from(HANDS), st.integers(0, 5)), max_size=3),
    st.lists(st.sampled_from(APART), min_size=1, max_size=3),
    st.sampled_from(["abc", "a", "ba"]),
)
def test_whatever_a_person_did_stays_and_is_as_it_was_on_the_way_back(
    start: str, home: str, hands: list[tuple[str, int]], elsewhere: list[str], cited: str
) -> None:
    works = [{"a": A, "b": B, "c": C}[each] for each in cited]
    site = Site(BEFORE[start])
    site.run(home, works)
    for hand, at in hands:
        by_hand(site, home, hand, at)
    site.run(home, works)
    site.again(home, works)
    before, front = site.data, site.front

    for other in elsewhere:
        site.run(other, works)
        assert before.count(b"by hand") == site.data.count(b"by hand"), other
        site.again(other, works)
    site.run(home, works)

    # Quotes and the order within an entry may differ: what comes back is written in the hand of what stayed there.
    assert [*site.front] == [*front]
    assert site.front == front


@settings(deadline=None, max_examples=25)
@given(
    STARTS,
    st.lists(st.sampled_from([*PROFILES]), min_size=2, max_size=4),
    st.lists(st.tuples(st.sampled_from(HANDS), st.integers(0, 5)), max_size=2),
)
def test_what_a_person_wrote_outlives_profiles_that_share_a_place(
    start: str, names: list[str], hands: list[tuple[str, int]]
) -> None:
    site = Site(BEFORE[start])
    site.run(names[0])
    for hand, at in hands:
        by_hand(site, names[0], hand, at)
    by_a_hand = site.data.count(b"by hand")

    for name in names[1:]:
        site.run(name)
        site.again(name, WORKS)
        assert site.data.count(b"by hand") == by_a_hand


@pytest.mark.parametrize("start", ["yaml, its own DOI", "yaml, a person's entries"])
@pytest.mark.parametrize("works", [WORKS, (A,)], ids=["three works", "one work"])
def test_a_run_killed_while_it_moved_leaves_nothing_behind(start: str, works: Sequence[Work]) -> None:
    for one, other in PAIRS:
        site = Site(BEFORE[start])
        old, note = site.run(one, works), site.memory.last
        before = site.front
        new, noted = site.run(other, works), site.memory.last
        after = site.front
        for page in (old, new):
            for name in (one, other):
                site.data, site.memory = page, Recollection(noted or Note(""), note or Note(""))
                site.run(name, works)
                assert site.front == (before if name == one else after), (one, other, name)


def test_a_work_that_nobody_can_say_anything_about_stays_where_it_is() -> None:
    site = Site(BEFORE["yaml"])
    site.run("list")

    site.run("pandoc", (A, None, C))
    assert [each["doi"] for each in site.front["citations"]] == ["10.1000/b"]
    assert [each["DOI"] for each in site.front["references"]] == ["10.1000/a", "10.1000/c"]
    site.run("pandoc", (A,), settled=False)
    assert [each["doi"] for each in site.front["citations"]] == ["10.1000/b"]

    site.run("pandoc")
    assert "citations" not in site.front
    assert [each["DOI"] for each in site.front["references"]] == ["10.1000/a", "10.1000/b", "10.1000/c"]


def test_a_paper_that_a_citation_in_words_may_mean_stays_where_it_is() -> None:
    site = Site(BEFORE["yaml"])
    site.run("list", (B,))

    data, chosen = site.front, PROFILES["pandoc"]
    meant = compose(data, [], site.memory, chosen, settled=True, unsure=Unsure(("On B",)))
    other = compose(data, [], site.memory, chosen, settled=True, unsure=Unsure(("On something else",)))

    assert meant.departures == ()
    assert len(other.departures) == 1


def test_what_somebody_else_put_into_the_former_place_is_left_alone() -> None:
    site = Site(BEFORE["yaml"])
    site.run("list", (A,))
    text = site.data.partition(b"citations:")[0]
    for value in (b"citations: mine", b"citations: [mine, 3]", b"citations: {doi: 10.1000/a}"):
        site.data = text + value + b"\n---\nBody\n"
        memory = site.memory
        site.run("pandoc", (A,))
        assert value in site.data
        site.memory = memory


@pytest.mark.parametrize("works", [WORKS, (A,)], ids=["three works", "one work"])
@pytest.mark.parametrize("start", BEFORE)
def test_undoing_knows_every_profile_and_every_place(start: str, works: Sequence[Work]) -> None:
    site = Site(BEFORE[start])
    for name in PROFILES:
        site.run(name, works)
        done = undone(site.data, site.memory)

        assert not isinstance(done, Refusal)
        assert done.data == BEFORE[start], name


def test_undoing_keeps_what_was_edited_in_a_place_that_was_left() -> None:
    site = Site(BEFORE["yaml"])
    site.run("list")
    site.edit("journal: Nutrients", "journal: Nutr")
    site.run("pandoc")

    done = undone(site.data, site.memory)

    assert isinstance(done, Undone)
    assert b"references" not in done.data
    assert done.data.count(b"journal: Nutr\n") == 1
    assert [each.key for each in done.undoing.kept] == ["citations[10.1000/a]"]
