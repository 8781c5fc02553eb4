from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.config import load
from enrich.model.survey import Count, Fault, Generator, Layout, Survey
from enrich.survey.draft import NAMES, draft

LAYOUT = Layout("hugo", "hugo.toml is Hugo's configuration", "content", "because", ("**/*.md",))


@pytest.mark.parametrize("generator", get_args(Generator))
def test_what_is_drafted_is_a_configuration_for_every_generator(tmp_path: Path, generator: Generator) -> None:
    layout = Layout(generator, "why", ".", "because", ("**/*.md",), ("_site/",), "built")
    hosts = (Count("d1.cloudfront.net", 1, 1),)
    file = tmp_path / "config.toml"
    file.write_text(draft(Survey(layout, pages=1, own_keys=(Count("doi", 1, 1),), pdf_hosts=hosts)))

    config = load(file, {})

    assert (config.pages.root, config.pages.exclude) == (tmp_path.resolve(), ("_site/",))
    assert config.pages.own_key == "doi"
    assert config.output.key == ("extra.citations" if generator == "zola" else "citations")
    assert config.pdf.hosts == ("d1.cloudfront.net",)
    assert config.crossref.mailto == ""


def test_every_setting_stands_under_its_reason_and_no_line_is_long() -> None:
    text = draft(Survey(LAYOUT, pages=1, refused=(Fault("a.md", "r", 1),), formats=(Count("none", 1, 1),)))
    lines = text.splitlines()

    for number, line in enumerate(lines):
        assert len(line) <= 110
        if " = " in line:
            assert lines[number - 1].startswith("# ")
    assert "# This is a Hugo site: hugo.toml is Hugo's configuration.\n" in text
    assert "# Pages that cannot be read as they are: 1. enrich stats names them.\n" in text
    assert '# mailto = "you@example.org"\n' in text


def test_jekyll_is_told_not_to_publish_it() -> None:
    assert "under exclude" in draft(Survey(Layout("jekyll", "w", ".", "r", ("**/*.md",))))
    assert "under exclude" not in draft(Survey(LAYOUT))


def test_every_generator_has_a_name_for_its_sites() -> None:
    assert NAMES.keys() == {*get_args(Generator)}


_TEXTS = st.text(min_size=1, max_size=12)


@law(max_examples=150, deadline=None)
@given(st.data())
def test_no_name_in_a_site_can_break_out_of_its_line(data: st.DataObject) -> None:
    text = data.draw(st.lists(_TEXTS, min_size=8, max_size=8))
    layout = Layout("plain", text[0], "a\"b'c\\d e", text[1], ("**/*.md",), (text[2],), text[3], (text[4],))
    hosts = (Count(text[5], 1, 1), Count(text[6], 1, 1))

    drafted = draft(Survey(layout, pages=1, pdf_hosts=hosts, endings=(Count(text[7], 1, 1),)))

    tables = tomllib.loads(drafted.encode().decode())
    assert {*tables} <= {"pages", "crossref", "output", "pdf", "cache"}
    assert tables["pages"]["root"] == layout.root


def test_a_control_character_in_a_value_comes_back_as_it_was() -> None:
    layout = Layout("plain", "w", "a\x7f\tb", "r", ("**/*.md",))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "enrich.toml"
        file.write_text(draft(Survey(layout)))
        assert load(file, {}).pages.root.name == "a\x7f\tb"
