from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.config import default_file, load, overridden, settings, standing
from enrich.errors import ConfigError
from enrich.knob import FIELDS
from enrich.page.profile import Wishes, profile

REPOSITORY = Path(__file__).resolve().parents[1]


def written(folder: Path, text: str, name: str = "config.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return file


def problems(file: Path | None, env: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(file, env or {})
    return [line.removeprefix(f"{file}:") for line in caught.value.problems]


def test_an_absent_default_file_means_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(None, {})
    assert config.site == tmp_path.resolve()
    assert config.pages.root == config.site / "content"
    assert config.memory.dir == config.site / ".enrich"
    assert config.cache.dir == config.site / "cache"
    assert (config.output.key, config.output.profile, config.output.create) == ("citations", "list", False)


def test_the_default_file_is_read_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, '[output]\nprofile = "flat"\n')
    monkeypatch.chdir(tmp_path)
    assert load(None, {}).output.profile == "flat"


def test_an_enrich_toml_goes_before_a_config_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 'baseURL = "https://example.org"\n')
    written(tmp_path, '[output]\nprofile = "flat"\n', "enrich.toml")
    monkeypatch.chdir(tmp_path)
    assert load(None, {}).output.profile == "flat"
    assert load(None, {}).site == tmp_path.resolve()


def test_without_an_enrich_toml_it_is_the_config_toml(tmp_path: Path) -> None:
    assert default_file(tmp_path) == tmp_path / "config.toml"
    (tmp_path / "enrich.toml").symlink_to("nowhere.toml")
    assert default_file(tmp_path) == tmp_path / "enrich.toml"


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ('[crossref]\nmailto = "me@example.org"\n', True),
        ('[pages]\nroot = "a"\n[pagse]\n', True),
        ('baseURL = "https://example.org"\n[params]\n', False),
        ('base_url = "https://example.org"\n[links]\n', False),
        ("[params]\na = 1\n", False),
        ("", False),
    ],
    ids=[
        "ours",
        "ours with an error",
        "Hugo's",
        "a stranger's with a table called as ours",
        "no table",
        "empty",
    ],
)
def test_whose_a_file_is_shows_in_its_tables(tmp_path: Path, text: str, is_ours: bool) -> None:
    file = written(tmp_path, text)
    assert standing(tmp_path) == (file if is_ours else None)


def test_an_enrich_toml_is_ours_by_its_name(tmp_path: Path) -> None:
    assert standing(tmp_path) is None
    file = written(tmp_path, 'baseURL = "https://example.org"\n', "enrich.toml")
    written(tmp_path, "[pages]\n")
    assert standing(tmp_path) == file


def test_whose_a_broken_file_is_cannot_be_told(tmp_path: Path) -> None:
    written(tmp_path, "[pages]\nroot = \n")
    with pytest.raises(ConfigError, match=r"config\.toml:2: is no TOML"):
        standing(tmp_path)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    assert "no such file" in problems(tmp_path / "absent.toml")[0]


def test_paths_start_from_the_file_and_not_from_the_working_directory(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    config = load(
        written(folder, '[pages]\nroot = "../pages"\n[cache]\ndir = "/var/tmp/c"\n'),
        {"ENRICH_MEMORY__DIR": "notes"},
    )
    assert config.pages.root == tmp_path.resolve() / "pages"
    assert config.cache.dir == Path("/var/tmp/c")
    assert config.memory.dir == folder.resolve() / "notes"


def test_the_environment_outranks_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, '[crossref]\nmailto = "file@example.org"\n')
    env = {
        "ENRICH_CROSSREF__MAILTO": "env@example.org",
        "ENRICH_PAGES__INCLUDE": "posts/**/*.md, notes/*.md",
        "ENRICH_PAGES__EXCLUDE": '["a, b.md"]',
        "ENRICH_NET__MAX_WAIT_S": "7.5",
        "ENRICH_OUTPUT__MAX_AUTHORS": "3",
        "ENRICH_OUTPUT__CREATE": "yaml",
        "ENRICH_HOME": "no setting of ours",
        "PATH": "/bin",
    }
    config = load(file, env)
    assert config.crossref.mailto == "env@example.org"
    assert config.pages.include == ("posts/**/*.md", "notes/*.md")
    assert config.pages.exclude == ("a, b.md",)
    assert config.net.max_wait_s == 7.5
    assert config.output.max_authors == 3
    assert config.output.create == "yaml"
    assert load(file, {"ENRICH_OUTPUT__CREATE": "false"}).output.create is False


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '[output]\nprofile = "flat"\nfields = ["title"]\n',
            '3: [output] fields: profile "flat" knows no field',
        ),
        ('[pages]\nrot = "a"\n', '2: [pages] rot: unknown key; the nearest is "root"'),
        ('[crosref]\nurl = "a"\n', "1: [crosref]: unknown table; the nearest is [crossref]"),
        ("[pages]\n[zzzzzz]\n", "2: [zzzzzz]: unknown table; the tables are"),
        ('[pages]\nmailto = "a"\n', '2: [pages] mailto: unknown key; the nearest is "mailto" in [crossref]'),
        ("[memory]\nxyzw = 1\n", "2: [memory] xyzw: unknown key; its keys are dir"),
        ('root = "a"\n[pages]\n', 'the nearest is "root" in [pages]'),
        ("pages = 3\n", "1: pages: wants a table: write [pages] on a line of its own"),
        ("[pages]\n\nroot = 3\n", "3: [pages] root: wants a path in quotes, got 3"),
        ('[pages]\nroot = ""\n', '2: [pages] root: wants a path in quotes, got ""'),
        (
            '[pages]\ninclude = "*.md"\n',
            '[pages] include: wants a list of texts such as ["a", "b"], got "*.md"',
        ),
        ("[pages]\ninclude = [1]\n", "wants a list of texts"),
        ("[pages]\ninclude = []\n", "wants at least one pattern"),
        ('[pages]\nexclude = ["../a"]\n', "wants patterns below the root"),
        ("[pages]\nmax_bytes = true\n", "wants a whole number, got true"),
        ("[pages]\nmax_bytes = 1.5\n", "wants a whole number, got 1.5"),
        ("[pages]\nmax_bytes = 0\n", "wants 1 to 1e+09, got 0"),
        ("[cache]\nfound_days = nan\n", "wants 0 to 36500, got nan"),
        ('[cache]\nfound_days = "90"\n', 'wants a number, got "90"'),
        (
            '[output]\nprofile = "lst"\n',
            'wants one of "list", "flat", "hugoblox", "quarto", "pandoc"',
        ),
        ("[output]\nfor = 1\n", "2: [output] for: wants tables: write [[output.for]]"),
        ("[output]\nfor = [1]\n", "2: [output] for: wants tables: write [[output.for]]"),
        ("[output.for]\npath = 1\n", "1: [output] for: wants tables: write [[output.for]]"),
        (
            "[[output.for]]\n",
            '1: [[output.for]]: wants the pages it is for, such as path = "content/papers/**"',
        ),
        ('[[output.for]]\npath = "../a"\n', "2: [[output.for]] path: wants patterns below the root"),
        ("[[output.for]]\npath = 3\n", "2: [[output.for]] path: wants a text in quotes, got 3"),
        (
            '[[output.for]]\npath = "a"\n[[output.for]]\npath = "b"\nprofil = "flat"\n',
            '5: [[output.for]] profil: unknown key; the nearest is "profile"',
        ),
        ('[[output.for]]\npath = "a"\nprofile = "x"\n', "3: [[output.for]] profile: wants one of"),
        (
            '[[output.for]]\npath = "a"\nprofile = "flat"\nfields = ["title"]\n',
            '4: [[output.for]] fields: profile "flat" knows no field "title"',
        ),
        (
            '[output]\nfor = [\n{ path = "a", profil = "b" }]\n',
            '2: [[output.for]] profil: unknown key; the nearest is "profile"',
        ),
        ('[pages]\nprofile = "flat"\n', 'the nearest is "profile" in [output]'),
        ("[output]\ncreate = 0\n", 'wants one of false, "json", "yaml", "toml", got 0'),
        ('[output]\nkey = "Title"\n', "belongs to the page"),
        ('[output]\nkey = "a..b"\n', "wants a key"),
        ('[output]\nfields = ["doi", "titel"]\n', 'profile "list" knows no field "titel"'),
        ('[output]\nfields = ["doi", "doi"]\n', "names a field twice"),
        ('[crossref]\nurl = "api.crossref.org"\n', "wants a web address"),
        ('[crossref]\nurl = "ftp://api.crossref.org"\n', "wants a web address"),
        ('[crossref]\nurl = "https://a.org/?q=1"\n', "wants a web address"),
        ('[crossref]\nurl = "https://me@a.org/"\n', "wants a web address"),
        ('[crossref]\nurl = "https://[::1"\n', "is no web address"),
        ('[crossref]\nmailto = "me"\n', "wants an address"),
        ('[crossref]\nmailto = "a@b.org\\nX: y"\n', "wants an address"),
        ('[pages]\nown_key = "a b"\n', "wants a key"),
        ('[net]\nallow = ["http://a"]\n', "wants hosts"),
        ('[service]\nlisten = "8080"\n', 'wants an address and a port such as "127.0.0.1:8080", got "8080"'),
        ('[service]\nlisten = "[::1]:70000"\n', "wants an address and a port"),
        ('[service]\ntimezone = "Berlin"\n', 'wants a time zone such as "UTC"'),
        ('[service]\ntimezone = "../etc"\n', 'wants a time zone such as "UTC"'),
        ('[service]\ntimezone = "Europe"\n', 'wants a time zone such as "UTC"'),
        ('[service]\nnotify = "example.org"\n', "wants a web address"),
        ('[service]\nnotify = "http://[a"\n', "wants a web address"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wanted(tmp_path: Path, text: str, problem: str) -> None:
    found = problems(written(tmp_path, text))
    assert any(problem in line for line in found), found


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        '[output]\nfields = [\n"doi",\n]\nprofile = 1\nlst = 1\n\n[net]\nread_s = """a\n[b]"""\ntotal_s = 0\n'
    )
    found = problems(written(tmp_path, text), {"ENRICH_NET__REED_S": "1", "ENRICH_NET__READ_S": "soon"})
    assert [line.split(" ")[0] for line in found] == ["5:", "6:", "9:", "11:", "environment:", "environment:"]


def test_a_name_in_the_environment_that_is_nearly_ours_is_told(tmp_path: Path) -> None:
    found = problems(written(tmp_path, ""), {"ENRICH_CROSSREF__MAIL": "a@b.org"})
    assert found == [
        "environment: ENRICH_CROSSREF__MAIL: unknown setting; the nearest is ENRICH_CROSSREF__MAILTO"
    ]


def test_a_secret_is_taken_from_the_environment_alone_and_never_repeated(tmp_path: Path) -> None:
    file = written(tmp_path, '[service]\ntoken = "0123456789abcdef"\n')
    (said,) = problems(file)
    assert "[service] token: is a secret" in said
    assert "set ENRICH_SERVICE__TOKEN instead" in said
    assert "0123456789abcdef" not in said

    (said,) = problems(written(tmp_path, ""), {"ENRICH_SERVICE__TOKEN": "too short"})
    assert "wants 16 to 512" in said
    assert "too short" not in said

    config = load(written(tmp_path, ""), {"ENRICH_SERVICE__TOKEN": "0123456789abcdef"})
    assert config.service.token == "0123456789abcdef"
    assert "0123456789abcdef" not in repr(config)


def test_an_option_overrides_a_setting_and_is_checked_like_it(tmp_path: Path) -> None:
    config = load(written(tmp_path, ""), {})
    assert overridden(config, "service", "listen", "[::1]:80", "--listen").service.listen == "[::1]:80"
    with pytest.raises(ConfigError, match=r"^--listen: wants an address and a port"):
        overridden(config, "service", "listen", "80", "--listen")


def test_lines_are_right_for_every_spelling_of_a_key(tmp_path: Path) -> None:
    text = '# c\r\npages.rot = 1\r\n"output" = {profil = 2}\r\n[ net ]\r\n"reed_s" = 3\r\n[cache.x]\r\n'
    found = problems(written(tmp_path, text))
    assert [line.split(":")[0] for line in found] == ["2", "3", "5", "6"]


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert problems(written(tmp_path, "[pages]\nroot = content\n"))[0].startswith("2: is no TOML")
    assert problems(written(tmp_path, "[pages]\nroot = [\n"))[0].split(":")[0].isdigit()


def test_a_file_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b'[pages]\nroot = "\xe4"\n')
    assert "is not UTF-8" in problems(file)[0]
    file.write_bytes(b'\xef\xbb\xbf[pages]\nroot = "a"\n')
    assert load(file, {}).pages.root.name == "a"


def test_another_programs_file_is_recognised(tmp_path: Path) -> None:
    found = problems(written(tmp_path, 'baseURL = "https://example.org"\n[params]\na = 1\n'))
    assert "if it is another program's, name ours with -c, or let `enrich init` write" in found[0]


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in problems(tmp_path)[0]


@law(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from([one.variable for one in settings()]), st.text(max_size=20)))
def test_whatever_the_environment_holds_ends_in_a_configuration_or_in_problems(env: dict[str, str]) -> None:
    try:
        load(None, env)
    except ConfigError as error:
        assert all(line.startswith("environment: ENRICH_") for line in error.problems)


def test_the_repositorys_file_states_every_knob_with_its_default_and_a_reason() -> None:
    text = (REPOSITORY / "config.toml").read_text(encoding="utf-8")
    stated = {
        (table, key): value
        for table, content in tomllib.loads(text).items()
        for key, value in content.items()
    }
    open_ones = [one for one in settings() if not one.is_secret]
    assert list(stated) == [(one.table, one.key) for one in open_ones]
    load(REPOSITORY / "config.toml", {})
    for one in open_ones:
        default = str(one.default) if isinstance(one.default, Path) else one.default
        if (one.table, one.key) not in {("pdf", "hosts"), ("links", "placeholders")}:  # this site's own
            assert stated[one.table, one.key] == _as_toml(default, stated[one.table, one.key]), one
        assert re.search(rf"^# .{{20,}}[.:]\n{one.key} = ", text, re.MULTILINE), one.key


def _as_toml(default: object, stated: object) -> object:
    if not isinstance(default, tuple):
        return default
    return dict(default) if isinstance(stated, dict) else list(default)


NAMES = get_args(next(one.kind for one in settings() if (one.table, one.key) == ("output", "profile")))


@pytest.mark.parametrize("name", NAMES)
def test_no_fields_mean_all_that_the_profile_can_write(tmp_path: Path, name: str) -> None:
    config = load(written(tmp_path, f'[output]\nprofile = "{name}"\n'), {})
    wishes = Wishes(fields=config.output.fields, authors=True, hugoblox_ids=True, quarto_citation=True)
    every = profile(name, wishes)
    names = {*every.fields, *(every.own.fields if every.own else ())}
    assert {name.lower() for name in config.output.fields} == {name.lower() for name in names}
    assert every == profile(name, replace(wishes, fields=()))


def test_the_tables_for_other_pages_lie_over_the_rest(tmp_path: Path) -> None:
    text = """
[output]
key = "params.citations"
fields = ["title"]
max_authors = 3
[[output.for]]
path = "content/papers/**"
profile = "hugoblox"
authors = true
[[output.for]]
path = "content/notes/*.md"
fields = ["journal"]
max_authors = 5
"""
    output = load(written(tmp_path, text), {"ENRICH_OUTPUT__MAX_AUTHORS": "7"}).output

    papers, notes = output.folders
    assert papers.path == "content/papers/**"
    assert (papers.output.profile, papers.output.key, papers.output.authors) == (
        "hugoblox",
        "citations",
        True,
    )
    assert papers.output.fields == FIELDS["hugoblox"]
    assert (notes.output.key, notes.output.fields) == ("params.citations", ("journal",))
    assert (output.max_authors, papers.output.max_authors, notes.output.max_authors) == (7, 7, 5)


def test_the_repositorys_example_for_other_pages_is_one(tmp_path: Path) -> None:
    text = (REPOSITORY / "config.toml").read_text(encoding="utf-8")
    example = re.findall(r"^# (\[\[output\.for\]\]|(?:path|profile) = .*)$", text, re.MULTILINE)
    output = load(written(tmp_path, "\n".join(example)), {}).output
    assert [(each.path, each.output.profile) for each in output.folders] == [
        ("content/papers/**", "hugoblox")
    ]


def test_the_environment_cannot_say_what_is_for_some_pages() -> None:
    assert "unknown setting" in problems(None, {"ENRICH_OUTPUT__FOR": "[]"})[0]
