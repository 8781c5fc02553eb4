from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.identifier import Doi
from enrich.model.note import Recollection
from enrich.model.page import Refusal, Style
from enrich.page.compose import Cited, compose
from enrich.page.entries import refusal
from enrich.page.front import frontmatter, splice
from enrich.page.made import marked
from enrich.page.profile import Fields, Profile
from enrich.page.profiles.listed import LIST
from enrich.page.profiles.own import FLAT
from enrich.page.undo import undone
from enrich.store.memory_line import Line, pack, unpack

PROFILE = Profile("list", "citations", tuple(LIST), 50)
NESTED = Profile("list", "params.citations", tuple(LIST), 50)
DEEP = Profile("list", "extra.site.citations", tuple(LIST), 50)
OWN = Profile("flat", "", tuple(FLAT), 50)

Papers = Sequence[Fields]


def paper(letter: str, **more: object) -> Fields:
    return {"doi": f"10.1000/{letter}", "title": f"On {letter}: {{x", "authors": ["Ann Lee", "Bø Ek"], **more}


A, B, C = paper("a", journal="Nutrients"), paper("b", published="2021-04"), paper("c")


class Page:
    """A page's bytes and its memory, through several runs."""

    def __init__(self, data: bytes, profile: Profile = PROFILE, create: Style | None = "yaml") -> None:
        self.data, self.profile, self.create = data, profile, create
        self.memory = Recollection()

    def run(self, *papers: Fields) -> bytes:
        """Enrich the page as a run does that finds `papers` cited, and remember it as the memory does."""
        front = frontmatter.locate(self.data)
        assert not isinstance(front, Refusal), front
        cited = [
            Cited((doi,), frozenset({doi}), fields) for fields in papers for doi in [Doi(str(fields["doi"]))]
        ]
        data = front.data if front else {}
        assert refusal(data, self.profile) is None
        composed = compose(data, cited, self.memory, self.profile, settled=True)
        new = splice.splice(self.data, front, composed.changes, self.create)
        assert isinstance(new, bytes), new
        note = marked(composed.note, self.data) if composed.changes else composed.note
        line = unpack(pack(Line("page.md", note)))
        assert line is not None
        assert line.last == note
        self.data, self.memory = new, Recollection(note if note.works else None)
        return new

    def edit(self, old: str, new: str) -> bytes:
        assert self.data.count(old.encode()) == 1, self.data
        self.data = self.data.replace(old.encode(), new.encode())
        return self.data

    def undo(self) -> bytes:
        result = undone(self.data, self.memory)
        assert not isinstance(result, Refusal), result
        self.kept = result.undoing.kept
        self.told = [each.key for each in result.undoing.differences]
        return result.data


BEFORE: dict[str, tuple[bytes, Profile]] = {
    "yaml": (b"---\ntitle: T\ntags: [a, b]  # mine\n\ndraft: false\n---\nBody\n", PROFILE),
    "yaml, blank lines at the end": (b"---\ntitle: T\n\n\n---\nBody", PROFILE),
    "yaml, a comment at the end": (b"---\ntitle: T\n# so much for that\n---\nBody", PROFILE),
    "yaml, no body": (b"---\ntitle: T\n---", PROFILE),
    "yaml, CRLF and a BOM": (b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\nBody", PROFILE),
    "yaml, an empty list": (b"---\ncitations: []\ntitle: T\n---\n", PROFILE),
    "yaml, an empty list and a comment": (b"---\ncitations: []  # none yet\ntitle: T\n---\n", PROFILE),
    "yaml, an empty block": (b"---\n---\nBody\n", PROFILE),
    "yaml, an empty list of a parent": (
        b"---\nparams:\n    citations: []\n    x: 1\ntitle: T\n---\n",
        NESTED,
    ),
    "yaml, a parent with others": (b"---\nparams:\n  x: 1\ntitle: T\n---\n", NESTED),
    "yaml, an empty parent": (b"---\nparams: {}\ntitle: T\n---\n", NESTED),
    "yaml, no parent": (b"---\ntitle: T\n---\n", NESTED),
    "yaml, one parent of two": (b"---\nextra:\n  x: 1\n---\n", DEEP),
    "yaml, an empty parent of two": (b"---\nextra: {}\ntitle: T\n---\n", DEEP),
    "yaml, parents in braces": (b"---\nextra: {site: {x: 1}, y: 2}\n---\n", DEEP),
    "yaml, a person's entries": (b"---\ncitations:\n- title: mine\n  note: n\n# end\n---\n", PROFILE),
    "yaml, a block scalar at the end": (b"---\ntitle: |+\n  T\n\n---\n", PROFILE),
    "json": (b'{\n  "title": "T",\n  "x": [1]\n}\n\nBody\n', PROFILE),
    "json, on one line": (b'{"title": "T"}\nBody', PROFILE),
    "json, empty": (b"{}\nBody", PROFILE),
    "json, an empty list": (b'{\n\t"citations": [],\n\t"title": "T"\n}\n', PROFILE),
    "json, an empty parent": (b'{"params": {}, "title": "T"}\n', NESTED),
    "json, no parent": (b'{\n    "title": "T"\n}', DEEP),
    "json, a person's entries": (b'{"citations": [{"title": "mine"}]}\n', PROFILE),
    "toml": (b'+++\ntitle = "T"  # mine\n\n[params]\nx = 1\n+++\nBody\n', PROFILE),
    "toml, blank lines at the end": (b'+++\ntitle = "T"\n\n\n+++\n', PROFILE),
    "toml, an empty list": (b'+++\ncitations = []\ntitle = "T"\n[params]\nx = 1\n+++\n', PROFILE),
    "toml, an empty parent": (b'+++\ntitle = "T"\n\n[params]\n+++\n', NESTED),
    "toml, a parent with others": (b"+++\n[params]\nx = 1\n\n[other]\ny = 1\n+++\n", NESTED),
    "toml, no parent": (b'+++\ntitle = "T"\n+++\n', DEEP),
    "toml, a dotted parent": (b"+++\nparams.x = 1\n+++\n", NESTED),
    "toml, a person's entries": (b'+++\ntitle = "T"\n\n[[citations]]\ntitle = "mine"\n+++\n', PROFILE),
    "toml, empty": (b"+++\n+++\n", PROFILE),
    "nothing": (b"# Body\n\nText", PROFILE),
    "nothing, and a BOM": (b"\xef\xbb\xbf# Body\r\n", PROFILE),
    "nothing, and blank lines": (b"\n\n# Body\n", NESTED),
    "flat yaml": (b"---\ntitle: T\ndraft: true\n---\n", OWN),
    "flat yaml, the page's own DOI": (b"---\ndoi: 10.1000/a\ntitle: T\n---\n", OWN),
    "flat json": (b'{"title": "T"}\n', OWN),
    "flat toml": (b'+++\ntitle = "T"\n\n[params]\nx = 1\n+++\n', OWN),
    "flat, nothing": (b"Body\n", OWN),
}


@pytest.mark.parametrize("create", ["yaml", "json", "toml"])
@pytest.mark.parametrize("name", BEFORE)
def test_a_page_that_nobody_edited_is_again_what_it_was(name: str, create: Style) -> None:
    before, profile = BEFORE[name]
    page = Page(before, profile, create)
    if frontmatter.locate(before) and create != "yaml":
        return
    for papers in ([A],) if profile is OWN else ([A], [A, B], [C, {**A, "journal": "Nutr."}, B], [C]):
        assert page.run(*papers) != before
        assert page.run(*papers) == page.data
        assert page.undo() == before, papers
        assert page.kept == ()


def test_an_entry_that_somebody_edited_stays_whole_and_is_told() -> None:
    page = Page(BEFORE["yaml"][0])
    page.run(A, B)
    page.edit("journal: Nutrients", "journal: Nutr")
    undone = page.undo()
    assert b"journal: Nutr\n" in undone
    assert b"10.1000/a" in undone
    assert b"10.1000/b" not in undone
    (kept,) = page.kept
    assert (kept.key, kept.registry, kept.agency) == ("citations[10.1000/a]", None, "")
    assert page.told == ["citations[10.1000/b]"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    journal: Nutrients\n", ""),
        ("    journal: Nutrients\n", "    journal: Nutrients\n    note: mine\n"),
        ("10.1000/a", "10.1000/z"),
    ],
    ids=["a field taken out", "a field added", "another paper"],
)
def test_any_edit_of_an_entry_keeps_it(old: str, new: str) -> None:
    page = Page(BEFORE["yaml"][0])
    page.run(A)
    edited = page.edit(old, new)
    assert page.undo() == edited
    assert len(page.kept) == 1


def test_other_quotes_and_another_order_are_no_edit() -> None:
    page = Page(BEFORE["yaml"][0])
    page.run(A)
    page.edit("journal: Nutrients", 'journal: "Nutrients"')
    assert page.undo() == BEFORE["yaml"][0]


def test_what_a_person_wrote_elsewhere_since_stays() -> None:
    page = Page(BEFORE["yaml"][0])
    page.run(A)
    page.edit("title: T", "title: Another")
    page.edit("Body", "Body and more")
    assert page.undo() == BEFORE["yaml"][0].replace(b"T\n", b"Another\n").replace(b"Body", b"Body and more")


def test_an_entry_that_a_person_added_stays_and_so_does_the_list() -> None:
    page = Page(BEFORE["yaml"][0])
    page.run(A)
    page.edit("citations:\n", "citations:\n  - title: mine\n")
    assert page.undo() == BEFORE["yaml"][0].replace(b"---\nBody", b"citations:\n  - title: mine\n---\nBody")
    assert page.kept == ()


def test_fields_that_came_to_a_persons_entry_go_and_the_entry_stays_also_when_it_is_not_cited() -> None:
    before = b"---\ncitations:\n  - doi: 10.1000/a\n    note: mine\n---\n"
    page = Page(before)
    assert b"journal: Nutrients" in page.run(A)
    page.run(B)
    assert b"note: mine" in page.data
    assert page.undo() == before
    assert "citations[10.1000/a].journal" in page.told


def test_a_key_of_a_parent_that_got_company_goes_alone() -> None:
    page = Page(b"---\ntitle: T\n---\n", NESTED)
    page.run(A)
    page.edit("params:\n", "params:\n  mine: 1\n")
    assert page.undo() == b"---\ntitle: T\nparams:\n  mine: 1\n---\n"


def test_a_front_matter_of_ours_stays_where_a_person_wrote_into_it() -> None:
    page = Page(b"Body\n")
    page.run(A)
    page.edit("---\ncitations:", "---\ntitle: mine\ncitations:")
    assert page.undo() == b"---\ntitle: mine\n---\nBody\n"


def test_a_body_that_begins_like_a_front_matter_by_now_keeps_the_one_before_it() -> None:
    page = Page(b"Body\n")
    page.run(A)
    page.edit("Body\n", "---\na: rule\n---\n")
    assert page.undo() == b"---\n---\n---\na: rule\n---\n"


def test_a_page_that_nothing_is_remembered_of_stays_as_it_is() -> None:
    page = Page(BEFORE["yaml"][0])
    enriched = page.run(A)
    page.memory = Recollection()
    assert page.undo() == enriched
    assert page.told == []


@pytest.mark.parametrize("ours", ["", "citations: theirs", "citations:\n  - a text"])
def test_a_key_that_became_something_else_is_somebody_elses(ours: str) -> None:
    page = Page(b"---\ntitle: T\n---\n")
    page.run(A)
    page.data = f"---\n{ours}\n---\n".encode()
    assert page.undo() == page.data


def test_a_broken_front_matter_is_refused() -> None:
    page = Page(b"---\ntitle: T\n---\n")
    page.run(A)
    broken = undone(b"---\ntitle: [\n---\n", page.memory)
    assert isinstance(broken, Refusal)
    assert broken.line


def test_an_edited_key_of_the_flat_profile_stays_and_its_neighbours_go() -> None:
    page = Page(b"---\ntitle: T\n---\n", OWN)
    page.run(A)
    page.edit("journal: Nutrients", "journal: Nutr")
    assert page.undo() == b"---\ntitle: T\njournal: Nutr\n---\n"
    assert [each.key for each in page.kept] == ["journal"]


def test_after_a_kill_either_note_says_what_is_ours() -> None:
    page = Page(b"---\ntitle: T\n---\n")
    page.run(A)
    before = page.memory.last
    standing = page.data
    page.run({**A, "journal": "Nutr."}, B)
    page.memory = Recollection(page.memory.last, before)
    assert page.undo() == b"---\ntitle: T\n---\n"
    page.data = standing
    assert page.undo() == b"---\ntitle: T\n---\n"


# What may stand in a block, line by line; our key or its parent comes in at a random place among it.
YAML = st.sampled_from(
    [
        "title: T",
        'quoted: "a: b # c"',
        "tags: [a, b]  # mine",
        "list:\n- a\n-   b",
        "deep:\n   - x: 1\n     y:\n       - 2",
        "text: |\n  one\n\n  two",
        "kept: |+\n  one\n",
        "folded: >-\n  one\n  two",
        "date: 2024-02-28",
        "empty:",
        "doi: 10.1000/a",
        "journal: Nutrients",
        "# a comment",
        "",
    ]
)
YAML_OURS = {
    "citations": [
        "",
        "citations: []",
        "citations:",
        "citations: ~ # none",
        "citations:\n  - title: mine\n    note: n",
        "citations:\n    - doi: https://doi.org/10.1000/A\n      note: n\n    - title: mine",
        "citations: [{title: mine}, {doi: 10.1000/b}]",
    ],
    "params.citations": [
        "",
        "params: {}",
        "params:\n    x: 1",
        "params:\n  citations: []\n  x: 1",
        "params: {x: 1}",
        "params:\n  # ours\n  citations:\n  x: |\n    a",
    ],
}
TOML = st.sampled_from(
    [
        'title = "T"',
        "tags = ['a', 'b'] # mine",
        "x.y = 1",
        'text = """\none\n\ntwo"""',
        "d = 2024-02-28",
        "# a comment",
        "",
    ]
)
TOML_TABLES = st.sampled_from(
    ["[menu]\nx = 1", "\n[other]", "\n# above\n[[rows]]\na = 1\n\n[[rows]]\na = 2", "[deep.er]\n  x = 1\n"]
)
TOML_OURS = {
    "citations": ["", "citations = []", "citations = [ ] # none", 'citations = [{title = "mine"}]'],
    "params.citations": ["", "params.x = 1"],
}
TOML_OUR_TABLES = {
    "citations": [
        "",
        '\n[[citations]]\ntitle = "mine"\n\n[citations.more]\nx = 1',
        '[[citations]]\ndoi = "10.1000/a"\n',
    ],
    "params.citations": [
        "",
        "[params]",
        "\n[params]\nx = 1\n",
        "[params]\ncitations = []",
        "[params.deep]\nx = 1",
    ],
}
JSON_OURS: dict[str, list[dict[str, object]]] = {
    "citations": [
        {},
        {"citations": []},
        {"citations": None},
        {"citations": [{"title": "mine"}, {"doi": "10.1000/c"}]},
    ],
    "params.citations": [{}, {"params": {}}, {"params": {"x": 1}}, {"params": {"citations": [], "x": 1}}],
}
PLACES = st.sampled_from(["citations", "params.citations"])


@st.composite
def yaml_pages(draw: st.DrawFn, place: str) -> str:
    lines = draw(st.lists(YAML, max_size=5, unique=True))
    lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(YAML_OURS[place])))
    return "".join(f"{line}\n" for line in ["---", *lines, "---"])


@st.composite
def toml_pages(draw: st.DrawFn, place: str) -> str:
    ours, table = draw(st.sampled_from(TOML_OURS[place])), draw(st.sampled_from(TOML_OUR_TABLES[place]))
    lines = draw(st.lists(TOML, max_size=4, unique=True))
    tables = draw(st.lists(TOML_TABLES, max_size=3, unique=True))
    lines.insert(draw(st.integers(0, len(lines))), ours)
    tables.insert(draw(st.integers(0, len(tables))), "" if ours else table)
    return "".join(f"{line}\n" for line in ["+++", *lines, *tables, "+++"])


@st.composite
def json_pages(draw: st.DrawFn, place: str) -> str:
    data: list[dict[str, object]] = [
        {"title": "T {x"},
        {"list": [1, {"a": []}]},
        {"ü": "é"},
        draw(st.sampled_from(JSON_OURS[place])),
    ]
    chosen = draw(st.lists(st.sampled_from(data), unique_by=id, max_size=4))
    together = {key: value for each in chosen for key, value in each.items()}
    indent = draw(st.sampled_from([None, 0, 2, 4, "\t"]))
    return json.dumps(together, indent=indent, ensure_ascii=draw(st.booleans())) + draw(
        st.sampled_from(["", "\n"])
    )


@st.composite
def pages(draw: st.DrawFn) -> tuple[bytes, Profile]:
    place = draw(PLACES)
    text = draw(st.one_of(yaml_pages(place), toml_pages(place), json_pages(place), st.just("")))
    body = draw(st.sampled_from(["", "Body\n", "\n# Body\n\n---\n", "Body"]))
    if draw(st.booleans()):
        text, body = text.replace("\n", "\r\n"), body.replace("\n", "\r\n")
    profile = draw(st.sampled_from([Profile("list", place, tuple(LIST), 50), OWN]))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + (text + body).encode(), profile


PAPERS = st.lists(
    st.sampled_from([A, {**A, "journal": "Nutr.", "pmid": "1"}, B, C]),
    min_size=1,
    max_size=3,
    unique_by=lambda each: str(each["doi"]),
)


@settings(max_examples=120, deadline=None)
@given(pages(), st.lists(PAPERS, min_size=1, max_size=3), st.sampled_from(["yaml", "json", "toml"]))
def test_what_was_written_in_any_number_of_runs_leaves_no_trace(
    before: tuple[bytes, Profile], runs: list[list[Fields]], create: Style
) -> None:
    data, profile = before
    page = Page(data, profile, create)
    for number, papers in enumerate(runs):
        page.run(*([{**A, "authors": [f"A {number}"]}] if profile is OWN else papers))
        assert page.undo() == data
        assert page.kept == ()
