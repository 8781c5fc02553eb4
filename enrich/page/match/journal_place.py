"""Finds where in a journal a reference points: volume, issue, first page or article number, years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a journal, and where in the text that stands; what is not there is empty."""

    start: int
    end: int
    volume: str = ""
    issue: str = ""
    page: str = ""


_YEAR: Final = re.compile(r"(?:18|19|20)[0-9][0-9](?=[a-e]?(?![\w%]))(?! ?(?:IU|mg|participants|patients)\b)")
_NO_YEAR_BEHIND: Final = frozenset("0123456789.,/-–—−")

_ROMAN: Final = r"(?<![^\W_])(?P<volume>[IVXLC]{1,8})"
_BRACKETED_YEAR: Final = r"\(\s*(?:18|19|20)\d\d\s*\)"
_PAGE: Final = (
    r"(?:(?:pp?|[Pp]ages?|[Ss]eiten?|S|с|[Aa]rt(?:icle)?(?:\s*(?:[Nn]o|ID|[Nn]umber))?)\b\.?:?\s*)?"
    r"(?P<page>[A-Za-z]{0,7}\d\w*)"
)
# Each begins with one plain class, so that the engine skips to the next digit by itself.
_VOLUME: Final = r"(?P<volume>[0-9][0-9]{0,3}[A-Z]?)"
_ISSUED: Final = re.compile(
    rf"{_VOLUME}\s*(?:\(\s*(?P<issue>[^()]{{1,24}})\)|,?\s*(?:[Nn][or]|[Ii]ssue|[Ii]ss|[Hh]eft|№)\b\.?\s*"
    r"(?P<number>[\w/-]{1,12})|,?\s+(?P<supplement>(?:[Ss]uppl(?:ement)?|Spec(?:ial)?(?: [Nn]o| [Ii]ssue)?|P(?:ar)?t)"
    r"\b\.?(?:\s*[\w-]{1,6})?))"
    rf"(?:\s*{_BRACKETED_YEAR})?\s*[:,;]\s*{_PAGE}(?!%|\.\d)"
)
_COLON: Final = re.compile(rf"{_VOLUME}\s*:\s*{_PAGE}(?!%|\.\d)")
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>[12][0-9]{{3}})[,;]\s*(?P<volume>[0-9]{{1,4}}[A-Z]?),\s*{_PAGE}(?!%|\.\d)"
)
_YEAR_LAST: Final = re.compile(rf"{_VOLUME},\s*{_PAGE}(?:\s*[-–—]\s*\w{{1,9}})?\s*{_BRACKETED_YEAR}")
_YEAR_INSIDE: Final = re.compile(rf"{_VOLUME}\s*{_BRACKETED_YEAR}\s*{_PAGE}")
_COMMAS: Final = re.compile(rf"{_VOLUME},\s*{_PAGE}(?=\s*[-–—]\s*\w|[\s.;,]*$)")
_ROMAN_ISSUED: Final = re.compile(rf"{_ROMAN}\s?\((?P<issue>\d{{1,3}}[^()]{{0,8}})\)\s?[:,]\s?{_PAGE}")
_ROMAN_LAST: Final = re.compile(rf"{_ROMAN},\s*{_PAGE}(?:\s*[-–—]\s*\w{{1,9}})?\s*{_BRACKETED_YEAR}")
_COMPACT: Final = (
    _ISSUED, _COLON, _YEAR_FIRST, _YEAR_LAST, _YEAR_INSIDE, _ROMAN_ISSUED, _ROMAN_LAST, _COMMAS,
)  # fmt: skip
_VOLUME_ISSUE: Final = re.compile(rf"{_VOLUME}\s*\((?P<issue>[\dS][\w/ –-]{{0,12}})\)")
_AHEAD: Final = re.compile(
    r"(?:18|19|20)\d\d[ A-Za-z\d]{0,12};\s*(?P<page>[A-Za-z]{1,8}\d+|\d+(?=\s*[-–—]\s*\d))"
)

_LABELS: Final = ("ol", "p", "P", "Bd", "age", "rt", "om", "T", "S", "т", "№")
_LABEL_VOLUME: Final = re.compile(
    r"\b(?:[Vv]ol(?:ume)?|Bd|Band|Jg|[Tt]ome|[Тт]ом|[TТт])\b\.?:?\s*(\d{1,4}|[IVXLC]{1,7}\b)"
)
_LABEL_ISSUE: Final = re.compile(
    r"\b(?:[Nn][or]|[Ii]ssue|[Ii]ss|[Hh]eft|[Вв]ып)\b\.?:?\s*([\w/-]{1,12})|№\s*([\w/-]{1,12})"
)
_LABEL_PAGE: Final = re.compile(
    r"\b(?:[Pp]p?|[Pp]ages?|[Ss]eiten?|S\.|[Сс]\.|[Aa]rt(?:icle)?(?:\s(?:[Nn]o|ID|[Nn]umber))?)"
    r"(?:\b\.?|(?<=\.)):?\s*([A-Za-z]{0,7}\d\w*)"
)


def find_years(text: str, place: Place | None = None) -> tuple[tuple[int, int], ...]:
    """Return each year in `text` and where it stands, but not what is a volume or a page."""
    found = []
    for match in _YEAR.finditer(text):
        start, year = match.start(), match[0]
        if start and text[start - 1] in _NO_YEAR_BEHIND:
            continue
        is_bracketed = text[start - 1 : start] == "("
        if (
            place
            and place.start <= start < place.end
            and year in (place.volume, place.page)
            and not is_bracketed
        ):
            continue
        found.append((int(year), start))
    return tuple(found)


def find_place(text: str) -> Place | None:
    """Return volume, issue and first page as far as `text` has them: the last ones of the surest pattern."""
    for pattern in _COMPACT:
        if last := _last(pattern, text):
            parts = last.groupdict("")
            issue = parts.get("issue") or parts.get("number") or parts.get("supplement") or ""
            if is_year(parts["page"]) and (labelled := _labelled(text)) and labelled.page:
                return labelled
            if is_year(parts["page"]) and len(find_years(text)) < 2:
                continue
            return Place(
                last.start(), last.end(), parts["volume"], "" if is_year(issue) else issue, parts["page"]
            )
    return _labelled(text) or _partial(text)


def is_year(text: str) -> bool:
    """Tell whether a number is one that years have."""
    return len(text) == 4 and text[:2] in {"18", "19", "20"} and text.isdecimal()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        before = text[match.start() - 1] if match.start() else " "
        if not (before.isdigit() or before == "."):
            last = match
    return last


def _labelled(text: str) -> Place | None:
    if not any(label in text for label in _LABELS):
        return None
    volume, page = _last(_LABEL_VOLUME, text), _last(_LABEL_PAGE, text)
    marks = [match for match in (volume, page) if match]
    if not marks:
        return None
    number = _last(_LABEL_ISSUE, text) if volume else None
    return Place(
        min(match.start() for match in marks),
        max(match.end() for match in marks),
        volume[1] if volume else "",
        (number[1] or number[2]) if number else "",
        page[1] if page else "",
    )


def _partial(text: str) -> Place | None:
    if match := _AHEAD.search(text):
        return Place(match.start("page"), match.end(), page=match["page"])
    if (match := _VOLUME_ISSUE.search(text)) and not is_year(match["issue"]):
        return Place(match.start(), match.end(), match["volume"], match["issue"])
    return None
