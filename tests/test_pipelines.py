"""What stands in other people's pipelines does what it says: the hook, the action, the recipes of docs/pipelines.md.

Their scripts are run as the runners do, with what they would fetch or ask played on this machine.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from enrich.command.run import run
from enrich.report.tally import FINDINGS

ROOT = Path(__file__).resolve().parents[1]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
DOCUMENT = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
RECIPES = {
    recipe.get("name", "hooks"): recipe
    for recipe in map(yaml.safe_load, re.findall(r"^```yaml\n(.*?)^```$", DOCUMENT, re.M | re.S))
}
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}

DOI = "10.5555/bones.2021.7"
RECORD = {
    "DOI": DOI,
    "title": ["Selenium in old bones"],
    "author": [{"given": "Jo", "family": "Marten"}],
    "container-title": ["Journal of Made Examples"],
    "issued": {"date-parts": [[2021, 7]]},
    "type": "journal-article",
}
PAGE = f"---\ntitle: Bones\n---\n# Selenium in old bones\n\nJ. Marten. https://doi.org/{DOI}.\n"

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def program(file: Path, script: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def bones(site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site with one page, and an `enrich` on the PATH."""
    site.knows(RECORD)
    site.page().write_text(PAGE, encoding="utf-8")
    program(tmp_path / "bin" / "enrich", f'exec {shlex.quote(sys.executable)} -m enrich "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return site


def hooked(*names: str) -> list[str]:
    """Return the command that pre-commit makes of the hook: its words, then the names that its pattern lets pass."""
    return [*shlex.split(HOOK["entry"]), *HOOK.get("args", []), *(name for name in names if is_fit(name))]


def is_fit(name: str) -> bool:
    return re.search(HOOK["files"], name) is not None


def test_the_hook_lets_pass_what_the_store_does_not_know_and_asks_nobody(bones: Any) -> None:
    done = subprocess.run(hooked("content/page.md"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 work: 1 not asked" in done.stderr
    assert bones.crossref.requests == []


def test_the_hook_stops_a_page_that_has_fallen_behind_until_it_is_written(bones: Any) -> None:
    bones.run("-n")
    program, command, *words = hooked("content/page.md")
    assert (program, command) == ("enrich", "run")
    done = bones.run(*words)
    assert (done.code, done.out) == (1, b"")
    assert "would be written\n  content/page.md" in done.err
    assert bones.page().read_text(encoding="utf-8") == PAGE
    bones.run()
    assert bones.run(*words).code == 0


def test_the_hook_takes_pages_of_the_site_alone(bones: Any) -> None:
    bones.run("-n")
    (bones.folder / "README.md").write_text(PAGE, encoding="utf-8")
    done = bones.run(*hooked("README.md", "notes.txt")[2:])
    assert done.code == 0, done.err
    assert "nothing to do" in done.err


def test_hooks_do_not_fight_for_the_store() -> None:
    assert HOOK["require_serial"] is True
    assert HOOK["language"] == "python"
    assert (ROOT / "pyproject.toml").exists()


@pytest.mark.parametrize("name", ["a.md", "content/ü b.markdown", "x.qmd", "y.Rmd"])
def test_the_hooks_pattern_fits_pages(name: str) -> None:
    assert is_fit(name)
    assert not is_fit(f"{name}.bak")


class Runner:
    """Runs the action's scripts as GitHub's runner does: bash with -e and pipefail, its variables and files.

    The venv that they make holds an `enrich` which writes down what it is told, reports and ends with `code`; or the
    real one. Its pip only writes down what it is told.
    """

    def __init__(self, site: Any, tmp_path: Path) -> None:
        self.site = site
        self.temp = tmp_path / "runner temp"
        self.temp.mkdir()
        self.told = self.temp / "told"
        self.code = 0
        python = shlex.quote(sys.executable)
        program(
            self.temp / "venv" / "enrich",
            'echo "$ENRICH_CROSSREF__MAILTO" > "$RUNNER_TEMP/told"\n'
            'printf "%s\\n" "$@" >> "$RUNNER_TEMP/told"\n'
            '[ "$CODE" = 2 ] && exit 2\n'
            "while [ $# -gt 0 ]; do\n"
            """  [ "$1" = --report ] && echo '{"totals": {"written": 4}}' > "$2"\n"""
            "  shift\n"
            "done\n"
            'exit "$CODE"',
        )
        program(self.temp / "venv" / "pip", 'echo "$@" >> "$RUNNER_TEMP/pip"')
        program(self.temp / "venv" / "python", f'exec {python} "$@"')
        program(
            tmp_path / "bin" / "python3",
            f'[ "$2" = venv ] || exec {python} "$@"\nmkdir -p "$3"\ncp -R "$RUNNER_TEMP/venv" "$3/bin"',
        )

    def real(self) -> None:
        """Let the real `enrich` run."""
        shutil.copy(self.temp.parent / "bin" / "enrich", self.temp / "venv" / "enrich")

    @property
    def words(self) -> list[str]:
        """What the `enrich` was told, without its reports; a contact address first."""
        lines = self.told.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line != "--report" and "enrich-report" not in line]

    @property
    def summary(self) -> str:
        return (self.temp / "summary").read_text(encoding="utf-8")

    @property
    def outputs(self) -> dict[str, str]:
        lines = (self.temp / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def act(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run all the action's scripts, up to one that fails."""
        given = {name: each["default"] for name, each in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        done = None
        for step in STEPS.values():
            if "run" in step and (done is None or done.returncode == 0):
                done = self._run(step, {f"inputs.{name}": value for name, value in given.items()})
        assert done is not None
        return done

    def _run(self, step: Mapping[str, Any], known: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        def filled(text: str) -> str:
            values = {**known, "runner.temp": str(self.temp)}
            return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values[found[1]], text)

        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        variables = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.site.folder.parent),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "CODE": str(self.code),
        }
        assert step["shell"] == "bash"
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.site.folder / filled(step.get("working-directory", ".")),
            env=os.environ | variables | {name: filled(text) for name, text in step.get("env", {}).items()},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def runner(bones: Any, tmp_path: Path) -> Runner:
    return Runner(bones, tmp_path)


def test_the_action_says_what_would_be_written_and_writes_nothing(runner: Runner) -> None:
    runner.real()
    done = runner.act()
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("::notice file=site/content/page.md,title=Would be written::1 change: ")
    assert "1 page in" in done.stderr
    assert runner.summary.startswith("## enrich: 1 of 1 page would change\n")
    outputs = runner.outputs
    assert set(outputs) == set(ACTION["outputs"])
    assert (outputs["would-write"], outputs["exit-code"]) == ("1", "0")
    for kind in ("summary", "json", "sarif"):
        assert Path(outputs[kind]).stat().st_size > 0
    assert runner.site.page().read_text(encoding="utf-8") == PAGE
    assert (runner.temp / "enrich-store").is_dir()


def test_the_action_installs_itself_with_what_is_locked(runner: Runner) -> None:
    runner.act()
    assert (runner.temp / "pip").read_text(encoding="utf-8").splitlines() == [
        f"install --quiet --require-hashes -r {ROOT}/requirements.lock",
        f"install --quiet --no-deps {ROOT}",
    ]
    assert (ROOT / "requirements.lock").exists()


def test_inputs_that_are_left_out_are_options_that_are_not_given(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENRICH_CROSSREF__MAILTO", "the site's own")
    runner.act()
    assert runner.words == ["the site's own", "run", "--dry-run", "--no-progress", "--format", "github", "--"]
    assert runner.outputs["would-write"] == "4"


def test_inputs_become_options_and_pages_are_named_one_a_line(runner: Runner) -> None:
    (runner.site.folder / "docs").mkdir()
    runner.act(
        paths="content/two words.md\n\n-n.md\n",
        changed="origin/main",
        working_directory="docs",
        config="../enrich.toml",
        mailto="you@example.org",
        links="true",
        check="true",
        fail_on="suspect,broken",
    )
    assert runner.words[0] == "you@example.org"
    assert runner.words[6:] == [
        "--changed=origin/main",
        "--config=../enrich.toml",
        "--links",
        "--check",
        "--fail-on=suspect,broken",
        "--",
        "content/two words.md",
        "-n.md",
    ]


@pytest.mark.parametrize(
    ("code", "ends", "says"),
    [
        (0, 0, ""),
        (1, 1, ""),
        (2, 2, "::error title=enrich::it ended with 2 before it had a report; the log says why\n"),
        (3, 0, "::warning title=enrich::not everything could be asked; run again\n"),
        (70, 70, ""),
    ],
    ids=["done", "findings", "cannot start", "an outage fails nothing", "a bug"],
)
def test_the_action_ends_as_the_run_does(code: int, ends: int, says: str, runner: Runner) -> None:
    runner.code = code
    done = runner.act()
    assert (done.returncode, done.stdout) == (ends, says)
    assert runner.outputs["exit-code"] == str(code)


@pytest.mark.parametrize("names", [{"python"}, {*ACTION["inputs"]} - {"python", "working-directory"}])
@pytest.mark.parametrize("text", ["$(touch pwned)`touch pwned`", "--help\n\"'; touch pwned; '\""])
def test_no_input_is_code(names: set[str], text: str, runner: Runner) -> None:
    runner.act(**dict.fromkeys(names, text))
    assert not [*runner.site.folder.parent.rglob("pwned")]


def test_no_expression_stands_in_a_script() -> None:
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    scripts += [
        step["run"]
        for recipe in RECIPES.values()
        for job in recipe.get("jobs", {}).values()
        for step in job["steps"]
        if "run" in step
    ]
    assert len(scripts) >= 4
    assert not [script for script in scripts if "${{" in script]


def test_the_store_is_kept_where_the_run_puts_it() -> None:
    kept, fetched = STEPS["Keep the store of answers"]["with"], STEPS["Fetch the store of answers"]["with"]
    assert kept["path"] == fetched["path"] == STEPS["Look at the pages"]["env"]["ENRICH_CACHE__DIR"]
    assert kept["key"] == fetched["key"]
    assert kept["key"].startswith(fetched["restore-keys"])


def test_actions_of_others_are_pinned() -> None:
    used = [step["uses"] for step in STEPS.values() if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in used)


def test_every_option_that_the_action_gives_exists() -> None:
    script = STEPS["Look at the pages"]["run"]
    known = {name for option in run.params if isinstance(option, click.Option) for name in option.opts}
    given = set(re.findall(r"--[a-z][a-z-]*", script))
    assert given
    assert given <= known


def test_every_input_of_the_action_is_told_with_its_default() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \|", DOCUMENT, re.M)
    assert [name for name, _ in rows] == [*ACTION["inputs"]]
    for name, default in rows:
        stated = ACTION["inputs"][name]["default"]
        assert default == (f"`{stated}`" if stated else default)
    for name in ACTION["outputs"]:
        assert f"`{name}`" in DOCUMENT


def test_the_recipes_name_what_is_there() -> None:
    assert {"hooks", "papers", "scan", "nightly"} == set(RECIPES)
    assert RECIPES["hooks"]["repos"][0]["hooks"] == [{"id": HOOK["id"]}]
    (step,) = (step for step in RECIPES["papers"]["jobs"]["papers"]["steps"] if "enrich" in step["uses"])
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert set(step["with"]["fail-on"].split(",")) <= set(FINDINGS)
    for recipe in ("papers", "scan", "nightly"):
        assert RECIPES[recipe]["permissions"]["contents"] in ("read", "write")


def git(folder: Path, *command: str) -> str:
    names = ("-c", "user.name=A Person", "-c", "user.email=person@example.org")
    done = subprocess.run(["git", *names, *command], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@needs_git
def test_the_nightly_recipe_proposes_what_is_new_and_renews_it(
    bones: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin, gh = tmp_path / "origin.git", tmp_path / "gh"
    git(tmp_path, "init", "-q", "--bare", str(origin))
    for command in ("init -q -b main", "add content", "commit -q -m pages", f"remote add origin {origin}"):
        git(bones.folder, *command.split())
    git(bones.folder, "push", "-q", "origin", "main")
    # A pull request can be created once.
    program(
        tmp_path / "bin" / "gh",
        f'echo "$2" >> {gh}; [ "$2" = edit ] || {{ [ ! -e {gh}.open ] && touch {gh}.open; }}',
    )
    monkeypatch.setenv("RUNNER_TEMP", str(tmp_path))
    steps = RECIPES["nightly"]["jobs"]["enrich"]["steps"]
    enriches, proposes = (step["run"] for step in steps if step.get("name") in ("Enrich", "Propose"))

    def night(*scripts: str) -> list[str]:
        for script in scripts:
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
            done = subprocess.run(command, cwd=bones.folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
        git(bones.folder, "switch", "-q", "main")
        return gh.read_text(encoding="utf-8").split()

    assert night(enriches, proposes) == ["create"]
    assert git(origin, "diff", "--name-only", "main", "enrich/nightly").split() == [
        ".enrich/memory.jsonl",
        "content/page.md",
    ]
    assert (tmp_path / "enrich.md").read_text(encoding="utf-8").startswith("## enrich: 1 of 1 page changed")
    # The next night finds the same.
    git(bones.folder, "checkout", "enrich/nightly", "--", ".enrich", "content")
    assert night(proposes) == ["create", "create", "edit"]
    # Merged, it finds nothing.
    git(bones.folder, "merge", "-q", "enrich/nightly")
    assert night(proposes) == ["create", "create", "edit"]
