"""A page's change as a unified diff that `git apply` and `patch -p1` turn into the exact new bytes.

There is no `diff --git` line: with one, git takes the paths from the top of the repository, not from the
working directory. Only a line feed ends a line: a CR, a form feed or U+2028 is a byte like others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

_CONTEXT: Final = 3
# Past this many pairs of lines a changed stretch is shown as replaced whole: matching takes quadratic time.
_PAIRS: Final = 4_000_000
# A person reads no further.
_READ: Final = 20_000
_UNSAFE = re.compile(rb'[\x00-\x1f"\\\x7f-\xff]')
_ESCAPES: Final = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
_NO_NEWLINE: Final = b"\\ No newline at end of file\n"
_COLOURS: Final = {b"+": b"\x1b[32m", b"-": b"\x1b[31m", b"@": b"\x1b[36m"}

# A mark (space, minus or plus) and the line that it stands before.
_Line = tuple[bytes, bytes]


def unified(path: str, old: bytes, new: bytes) -> bytes:
    """Return the diff of the file at `path` (from the working directory); empty where nothing changes."""
    if old == new:
        return b""
    head = b"--- " + quoted(f"a/{path}") + b"\n+++ " + quoted(f"b/{path}") + b"\n"
    return head + b"".join(_hunks(_split(old), _split(new)))


def readable(path: str, old: bytes, new: bytes) -> str:
    """Return the diff as text to read and not to apply: cut where it is long, bytes that are no UTF-8 spelled out."""
    text = unified(path, old, new).decode("utf-8", "backslashreplace")
    if len(text) <= _READ:
        return text
    end = text.rfind("\n", 0, _READ) + 1 or _READ
    return f"{text[:end]}\\ cut here: {len(text) - end:,} more characters\n"


def quoted(name: str) -> bytes:
    """Write a file name as git does in a diff's head: C-quoted where need be, a tab after one with a space.

    The rule is git's `core.quotePath` (https://git-scm.com/docs/git-config). A name that ends in a space is
    quoted too: git would not, but patch loses the space.
    """
    raw = os.fsencode(name)
    tab = b"\t" if b" " in raw else b""
    if _UNSAFE.search(raw) or raw.endswith(b" "):
        raw = b'"' + _UNSAFE.sub(_escaped, raw) + b'"'
    return raw + tab


def coloured(diff: bytes) -> bytes:
    """Return `diff` for a terminal: coloured, and with a page's control characters made visible."""
    return b"".join(_painted(line) for line in diff.split(b"\n")[:-1])


def _painted(line: bytes) -> bytes:
    shown = re.sub(rb"[\x00-\x08\x0b-\x1f\x7f]", lambda found: b"^%c" % (found[0][0] ^ 0x40), line)
    colour = b"\x1b[1m" if line.startswith((b"--- ", b"+++ ")) else _COLOURS.get(line[:1])
    return colour + shown + b"\x1b[0m\n" if colour else shown + b"\n"


def _escaped(found: re.Match[bytes]) -> bytes:
    code = found[0][0]
    return b"\\" + (_ESCAPES.get(code, f"{code:03o}")).encode()


def _split(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _hunks(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    start = max(0, head - _CONTEXT)
    script = [
        *((b" ", line) for line in old[start:head]),
        *_script(old[head : len(old) - tail], new[head : len(new) - tail]),
        *((b" ", line) for line in old[len(old) - tail :][:_CONTEXT]),
    ]
    at_old = at_new = start
    for lines, is_shown in _stretches(script):
        olds = sum(mark != b"+" for mark, _ in lines)
        news = sum(mark != b"-" for mark, _ in lines)
        if is_shown:
            yield f"@@ -{_range(at_old, olds)} +{_range(at_new, news)} @@\n".encode()
            yield from (
                mark + line + (b"" if line.endswith(b"\n") else b"\n" + _NO_NEWLINE) for mark, line in lines
            )
        at_old, at_new = at_old + olds, at_new + news


def _shared(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


def _script(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Line]:
    if len(old) * len(new) > _PAIRS:
        codes = [("replace", 0, len(old), 0, len(new))]
    else:
        codes = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    for tag, old_from, old_to, new_from, new_to in codes:
        if tag == "equal":
            yield from ((b" ", line) for line in old[old_from:old_to])
        else:
            yield from ((b"-", line) for line in old[old_from:old_to])
            yield from ((b"+", line) for line in new[new_from:new_to])


def _stretches(script: Sequence[_Line]) -> Iterator[tuple[Sequence[_Line], bool]]:
    """Cut `script` into hunks and what lies between them: each stretch, and whether it is shown."""
    changed = [index for index, (mark, _) in enumerate(script) if mark != b" "]
    ends = [0]
    for left, right in pairwise(changed):
        if right - left > 2 * _CONTEXT + 1:
            ends += [left + _CONTEXT + 1, right - _CONTEXT]
    ends.append(len(script))
    for number, (start, end) in enumerate(pairwise(ends)):
        yield script[start:end], number % 2 == 0


def _range(start: int, count: int) -> str:
    # Lines count from 1, but an empty range names the line before it (POSIX, diff -u).
    first = start + 1 if count else start
    return f"{first}" if count == 1 else f"{first},{count}"
