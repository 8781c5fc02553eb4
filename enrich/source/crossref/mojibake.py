"""UTF-8 that somebody read as Latin-1 or Windows-1252, read again; text that only looks so is left alone."""

from __future__ import annotations

import re

_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_WINDOWS = {bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in _UNDEFINED}
_ANY = "\x80-\xbf" + "".join(_WINDOWS)
# No language puts these after a capital; quotation marks, dashes and the no-break space are not among them.
_ODD = "\x80-\x9f\xa1-\xa7\xa9\xac-\xaf\xb1-\xb6\xb8\xb9\xbc-\xbf€ƒ†‡ˆ‰ŠŒŽ˜™šœžŸ"
# `Ã` and `Â` are nearly always half of a letter, other capitals where an odd one follows (`VÉRITÉ»`).
_SEQUENCE = re.compile(
    f"[\xc2\xc3][{_ANY}]"
    f"|[\xc4\xc5\xce-\xd3][{_ODD}]"
    r"|(?<!\w)\xc5\xa0(?=[a-z])"
    "|[\xc6-\xcd\xd4-\xdf][\x80-\x9f]"
    f"|[\xe0-\xef][{_ANY}]{{2}}"
    f"|[\xf0-\xf4][{_ANY}]{{3}}"
)


def mended(text: str) -> str:
    """Return `text` with every sequence that decodes cleanly as UTF-8 decoded: `MarrÃ£o` gives `Marrão`."""
    return _SEQUENCE.sub(_decoded, text)


def _decoded(found: re.Match[str]) -> str:
    data = bytes(_WINDOWS.get(character, ord(character)) for character in found.group())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found.group()
