"""Where the keys of a TOML text stand: the parser itself tells no places."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping

Path = tuple[str, ...]


def lines(text: str) -> dict[Path, int]:
    """Return the line of each table and key; a table of an array has its index behind the array's name.

    Statements are found by growing each until it parses alone.
    """
    found: dict[Path, int] = {}
    counts: Counter[Path] = Counter()
    table: Path = ()
    pending, start = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        start = number if not pending else start
        pending += line + "\n"
        try:
            data = tomllib.loads(pending)
        except tomllib.TOMLDecodeError:
            continue
        paths, statement, pending = list(_paths(data)), pending.lstrip(), ""
        if not statement.startswith("["):
            paths = [table + path for path in paths]
        else:
            table = max(paths, key=len, default=())
            if statement.startswith("[["):
                counts[table] += 1
                table = (*table, str(counts[table] - 1))
                paths.append(table)
        for path in paths:
            found.setdefault(path, start)
    return found


def _paths(data: Mapping[str, object]) -> Iterator[Path]:
    for key, value in data.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, *path) for path in _paths(value))
