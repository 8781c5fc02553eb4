r"""Text that LaTeX prints as it is, in fields that BibTeX can read: every brace has its partner.

BibTeX counts braces and sees no backslash before them, so `\{` stands only where the text closes it again. Letters
beyond ASCII stay: BibLaTeX and every BibTeX of this century read UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SPECIAL: Final = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    # As text these three are other signs in TeX's oldest font encoding, still its default.
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
    "{": r"\ensuremath{\lbrace}",
    "}": r"\ensuremath{\rbrace}",
}
# Pairs that TeX would join into one sign: a dash, a quote, a Spanish mark.
_JOINED: Final = re.compile("(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=,)(?=,)|(?<=[?!])(?=`)")
# A word with the marks that its letters may carry, and with apostrophes inside; LaTeX's own have no capitals.
_WORD: Final = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+(?:['’](?:[^\W_][\u0300-\u036f]*)+)*")


def escaped(text: str) -> str:
    """Return `text` for a field in braces."""
    paired = set(_paired(text))
    signs = (f"\\{sign}" if at in paired else _SPECIAL.get(sign, sign) for at, sign in enumerate(text))
    return _JOINED.sub("{}", "".join(signs))


def protected(title: str) -> str:
    """Return a title whose capitals no style may lower: `Selenium in {Korea}: {A} {DNA} study`.

    Nothing tells a proper noun, a gene or a German noun from a headline's capital, so all are kept as the registry
    states them, but for the title's first letter, which styles leave alone.
    """
    return _WORD.sub(_kept, escaped(title))


def verbatim(text: str) -> str:
    """Return a DOI or an address for a field that is printed as it is: only braces are percent-encoded."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _kept(word: re.Match[str]) -> str:
    lowered = word[0][1:] if word.start() == 0 else word[0]
    return word[0] if lowered == lowered.lower() else f"{{{word[0]}}}"


def _paired(text: str) -> Iterator[int]:
    """Yield where the braces stand that have a partner."""
    open_: list[int] = []
    for at, sign in enumerate(text):
        if sign == "{":
            open_.append(at)
        elif sign == "}" and open_:
            yield from (open_.pop(), at)
