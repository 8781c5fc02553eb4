"""Where the working directory stands in the repository that a pipeline checked out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

# https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
# https://docs.gitlab.com/ci/variables/predefined_variables/
_VARIABLES: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def folder(environment: Mapping[str, str], here: Path) -> str:
    """Return `here` as seen from the top of the checkout, with `/`; empty at its top or outside of one."""
    place = here.resolve()
    for name in _VARIABLES:
        top = Path(environment[name]).resolve() if environment.get(name) else None
        if top and place != top and place.is_relative_to(top):
            return place.relative_to(top).as_posix()
    return ""
