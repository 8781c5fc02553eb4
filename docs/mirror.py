"""Let the site's pages stand where they stand in the repository: a link that leads somewhere there does so here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_TARGET = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Return README, changelog, the pages of `docs/` and the files that those link to, instead of `docs/` alone."""
    root = Path(config.config_file_path).parent
    pages = [root / "README.md", root / "CHANGELOG.md", *(root / "docs").rglob("*.md")]
    mirrored = sorted({*pages, *(file for page in pages for file in _linked(page) if file.is_file())})
    theirs = [file for file in files if file.src_dir != config.docs_dir]
    ours = [
        File.generated(config, path.relative_to(root).as_posix(), abs_src_path=str(path)) for path in mirrored
    ]
    return Files([*theirs, *ours])


def _linked(page: Path) -> Iterator[Path]:
    for target in _TARGET.findall(page.read_text(encoding="utf-8")):
        yield (page.parent / target).resolve()
