from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.errors import EnrichError
from enrich.survey.folder import Folder, parsed, read


def test_a_folder_is_known_by_its_names_and_what_its_configuration_says(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "config" / "_default").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text('baseURL = "https://a.org"\n')
    (tmp_path / "config" / "_default" / "hugo.yaml").write_text("title: a\n")

    folder = read(tmp_path)

    assert {"content/", "config/", "config/_default/", "hugo.toml"} <= folder.names
    assert folder.data("hugo.toml") == {"baseURL": "https://a.org"}
    assert folder.data("config/_default/hugo.yaml") == {"title": "a"}
    assert folder.data("absent.toml") == {}
    assert folder.first("zola.toml", "content/", "hugo.toml") == "content/"


@pytest.mark.parametrize("name", ["absent", "a file"])
def test_what_is_no_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(EnrichError, match="name the folder of a site"):
        read(tmp_path / name)


def test_what_only_looks_like_a_configuration_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").mkdir()
    (tmp_path / "config").write_text("no folder")
    (tmp_path / "_config.yml").symlink_to("nowhere")
    (tmp_path / "config.toml").write_bytes(b"a = 1\n" * 200_000)

    folder = read(tmp_path)

    assert folder.names == {"hugo.toml/", "config", "_config.yml", "config.toml"}
    assert folder.data("config.toml") == {}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.toml", '\ufeffa = "b"\r\n', {"a": "b"}),
        ("a.json", '{"a": "b"}', {"a": "b"}),
        ("a.yml", "a: b\n", {"a": "b"}),
        ("a.yaml", "# made by hand\r\n\r\n---\r\na: b\r\n", {"a": "b"}),
        ("a.yml", "", {}),
        ("a.yml", "- a\n- b\n", {}),
        ("a.json", "[1]", {}),
        ("a.json", "[" * 100_000, {}),
        ("a.toml", "a = " + "[" * 100_000, {}),
        ("a.toml", "a = \n", {}),
        ("a.yml", "a: [", {}),
        ("a.yml", "a: &a [*a, *a]\n", {}),
    ],
)
def test_a_configuration_is_data_or_nothing(name: str, text: str, expected: object) -> None:
    assert parsed(name, text.encode()) == expected


@law(max_examples=100, deadline=None)
@given(
    st.sampled_from(["a.toml", "a.yml", "a.json"]),
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
)
def test_no_bytes_are_too_strange_for_a_configuration(name: str, data: bytes) -> None:
    assert isinstance(parsed(name, data), dict)


def test_a_folder_without_anything_says_nothing() -> None:
    assert Folder().first("a") == ""
