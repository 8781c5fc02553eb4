"""Whether a run could do its work now: pages that can be read and written, a store that can be opened."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from enrich.config import Config
from enrich.store import cache, files

# Probes may come in crowds; what they ask of the disk is asked this often.
_FRESH_S: Final = 1.0


class Readiness:
    """Looks at the site's folders; what it saw holds for a second of `clock`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: tuple[float, Config, tuple[str, ...]] | None = None

    def problems(self, config: Config) -> tuple[str, ...]:
        """Return what is in the way of a run, a sentence each; nothing where it could begin."""
        now = self._clock()
        if self._seen is None or self._seen[1] is not config or now - self._seen[0] >= _FRESH_S:
            self._seen = now, config, tuple(_problems(config))
        return self._seen[2]


def _problems(config: Config) -> Iterator[str]:
    root, memory = config.pages.root, config.memory.dir
    yield from _folder(root, "[pages] root")
    # The memory's folder is made by the first run.
    yield from _folder(memory if memory.exists() else memory.parent, "[memory] dir")
    try:
        # Inside the pages a file would wake whoever watches them; the store is ours.
        with tempfile.TemporaryFile(dir=config.cache.dir) as file:
            file.write(b"\0")
            file.flush()
    except OSError as error:
        yield f"{config.cache.dir}: cannot be written ({files.reason(error)}); see [cache] dir"
    if fault := cache.fault(config.cache.dir):
        yield f"{config.cache.dir}: {fault}; see [cache] dir"


def _folder(path: Path, setting: str) -> Iterator[str]:
    if not path.is_dir():
        yield f"{path}: no such folder; see {setting}"
    elif not os.access(path, os.R_OK | os.X_OK):
        yield f"{path}: cannot be read by this user; see {setting}"
    elif not os.access(path, os.W_OK):
        yield f"{path}: cannot be written by this user; see {setting}"
