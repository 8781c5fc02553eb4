"""Which files git says changed: in a commit, staged, unstaged or untracked, in submodules too.

Git is asked about the repository that the pages stand in, whichever one a hook was called for.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from enrich.errors import EnrichError

_TIMEOUT_S: Final = 120
_SUBMODULE: Final = "160000"
# https://git-scm.com/docs/git-diff#_raw_output_format
_LINK_FIELDS: Final = 5
# What `git rev-parse --local-env-vars` lists of places: a hook has them set, for the repository that it was called in.
_PLACES: Final = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)


def changed_pages(pages: Sequence[Path], base: str = "") -> tuple[Path, ...]:
    """Return those of `pages` that git says changed, in their order.

    With `base` (a branch, tag or commit) they are those that differ from where HEAD left it, else from HEAD.
    Raises EnrichError where git is missing or fails, a page is in no repository, or `base` is not there.
    """
    tops: list[Path] = []
    changed: set[str] = set()
    for folder in sorted(
        {os.path.realpath(page.parent) for page in pages}, key=lambda each: (len(each), each)
    ):
        if not any(Path(folder).is_relative_to(top) for top in tops):
            tops.append(_top(Path(folder)))
            changed.update(map(os.path.realpath, _changed(tops[-1], _since(tops[-1], base))))
    return tuple(page for page in pages if os.path.realpath(page) in changed)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A path that differs: what it is now, and what it was (an object's name, zeros where it was none)."""

    path: str
    mode: str
    before: str


def _top(folder: Path) -> Path:
    return Path(os.path.realpath(_asked(folder, "rev-parse", "--show-toplevel").removesuffix("\n")))


def _changed(top: Path, commit: str) -> Iterator[Path]:
    for entry in _differing(top, commit):
        if entry.mode == _SUBMODULE:
            yield from _inside(top / entry.path, entry.before)
        else:
            yield top / entry.path
    for name in _asked(top, "ls-files", "-z", "--others", "--exclude-standard").split("\0"):
        if name:
            yield top / name


def _differing(top: Path, commit: str) -> Iterator[_Entry]:
    options = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff")
    text = _asked(top, "diff", *options, "--ignore-submodules=none", "--diff-filter=d", commit, "--")
    fields = iter(text.split("\0"))
    for head, path in zip(fields, fields, strict=False):
        parts = head.removeprefix(":").split(" ")
        if len(parts) != _LINK_FIELDS:
            raise EnrichError(f"{top}: git diff said what enrich does not understand: {head[:80]!r}")
        yield _Entry(path, parts[1], parts[2])


def _inside(submodule: Path, before: str) -> Iterator[Path]:
    """Yield what changed in a submodule since the commit that it stood at; all of it where it is new."""
    # One that was never initialised is an empty folder, in which git would find the repository around it.
    if (submodule / ".git").exists():
        is_known = before.strip("0") and _told(submodule, "cat-file", "-e", f"{before}^{{commit}}")
        yield from _changed(submodule, before if is_known else _nothing(submodule))


def _since(top: Path, base: str) -> str:
    """Return the commit to hold the working tree against."""
    if not base:
        return "HEAD" if _told(top, "rev-parse", "--verify", "--quiet", "HEAD") else _nothing(top)
    commit = _told(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if not commit:
        raise EnrichError(f"{top}: git knows no commit {base!r}; {_way_out(top, base)}")
    if not (forked := _told(top, "merge-base", commit, "HEAD")):
        raise EnrichError(f"{top}: {base!r} and HEAD have no commit in common; {_way_out(top, base)}")
    return forked


def _way_out(top: Path, base: str) -> str:
    if _asked(top, "rev-parse", "--is-shallow-repository").strip() == "true":
        return (
            "the clone is shallow: fetch its history (`fetch-depth: 0` for actions/checkout,"
            " else `git fetch --unshallow`)"
        )
    if Path(base).exists():
        return f"it is a path: write `--changed=HEAD {base}` for what changed there"
    return "name a branch, tag or commit that is there, or fetch it first"


def _nothing(top: Path) -> str:
    """Return the tree without files, from which everything differs."""
    return _asked(top, "hash-object", "-t", "tree", os.devnull).strip()


def _asked(folder: Path, *command: str) -> str:
    """Return what git says; raises EnrichError with git's own words where it fails."""
    done = _git(folder, command)
    if done.returncode == 0:
        return os.fsdecode(done.stdout)
    said = os.fsdecode(done.stderr).strip().splitlines()
    why = said[0] if said else f"it ended with {done.returncode}"
    raise EnrichError(
        f"{folder}: git cannot tell what changed ({why}); name the pages, and leave out --changed"
    )


def _told(folder: Path, *command: str) -> str:
    """Return what git says, or a word that says yes; empty where it answers no."""
    done = _git(folder, command)
    return (os.fsdecode(done.stdout).strip() or "yes") if done.returncode == 0 else ""


def _git(folder: Path, command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES}
    # It only looks: it need neither write the index nor ask anybody anything.
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}
    try:
        return subprocess.run(  # noqa: S603 - no shell, and a base cannot be an option
            ["git", *command],  # noqa: S607 - the one on the PATH is the person's own
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except FileNotFoundError as error:
        raise EnrichError("git is not installed: install it, or name the pages without --changed") from error
    except subprocess.TimeoutExpired as error:
        raise EnrichError(f"{folder}: git {command[0]} took more than {_TIMEOUT_S} s; try again") from error
    except OSError as error:
        raise EnrichError(f"{folder}: git cannot be run: {error.strerror}") from error
