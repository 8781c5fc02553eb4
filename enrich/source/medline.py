"""How PubMed writes dates, pages, names and titles: https://www.nlm.nih.gov/bsd/mms/medlineelements.html."""

from __future__ import annotations

import re

from enrich.model.work import Author, Group, PartialDate
from enrich.source.crossref import dates
from enrich.source.crossref.text import text

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DATE = re.compile(r"(?P<year>\d{4})(?: (?P<month>[A-Za-z]{3})[a-z]*(?: (?P<day>\d{1,2})\b)?)?(?P<rest>.*)")
_DAYS = re.compile(r"[-/]\d{1,2}")

_DASH = re.compile(r"\s*[‐‑‒–—−-]\s*")
_RANGE = re.compile(
    r"(?P<mark>[A-Za-z]*)(?P<first>\d{1,9})(?P<end>[A-Za-z]?)-(?P<mark2>[A-Za-z]*)(?P<last>\d{1,9})(?P<rest>.*)"
)

_SUFFIX = re.compile(r"(.+) (Jr|Sr|1st|2nd|3rd|[4-9]th|II|III|IV)\.?")
# `JA`, and as Slavic names are transliterated `IuA`, `Zh`.
_INITIALS = re.compile(r"(?:[^\W\d_a-z][a-z]?){1,5}")

_ABBREVIATED = re.compile(r"\b[A-Z]\.[A-Z]\.$")
_BRACKETS = {"[": 1, "]": -1}


def date(stated: str) -> PartialDate | None:
    """Read `2012 Sep 25`, `2012 Sep`, `2012`, as far as one date can be true of it.

    Of a range the part that both ends share: `2012 Sep 1-15` is 2012-09, `2012 Sep-Oct` is 2012, and so is
    `2012 Spring`; of a range over years the first.
    """
    found = _DATE.fullmatch(stated.strip())
    if found is None:
        return None
    month = _MONTHS.get((found["month"] or "").lower(), 0)
    day = int(found["day"] or 0)
    rest = found["rest"].strip()
    if rest[:1] in ("-", "/"):
        month, day = (month, 0) if day and _DAYS.fullmatch(rest) else (0, 0)
    return dates.date({"date-parts": [[int(found["year"]), month, day]]})


def pages(stated: str) -> str:
    """Return pages with their ranges complete: `413-20` is `413-420`, `S12-5` is `S12-S15`.

    What follows a semicolon (`; discussion 21-2`) belongs to other papers.
    """
    own = _DASH.sub("-", text(stated.partition(";")[0]))
    return ", ".join(filter(None, (_completed(part.strip()) for part in own.split(","))))


def person(name: str) -> Author | None:
    """Read `Hornikx M`, `King ML Jr`, or a name alone, which is a family name; None where nothing stands."""
    whole = text(name)
    found = _SUFFIX.fullmatch(whole)
    plain, suffix = (found[1], found[2]) if found else (whole, "")
    family, _, initials = plain.rpartition(" ")
    if not plain:
        return None
    if not family or not _INITIALS.fullmatch(initials):
        return Author("", plain, suffix)
    return Author(initials, family, suffix)


def group(name: str) -> Group | None:
    """Return a corporate author, or None where nothing stands."""
    whole = text(name).rstrip(".")
    return Group(whole) if whole else None


def title(stated: str) -> str:
    """Return a title without the full stop that PubMed adds, and without a translated one's brackets."""
    plain = _without_stop(text(stated))
    if plain.startswith("[") and _closes_at(plain) == len(plain) - 1:
        plain = _without_stop(text(plain[1:-1]))
    return plain


def journal(stated: str) -> str:
    """Return a journal's name without its subtitle (`: ...`), its translation (`= ...`) and its place (`(...)`)."""
    name = re.split(r" [:=] ", text(stated), maxsplit=1)[0]
    return re.sub(r" \([^()]*\)$", "", name).rstrip(".") or text(stated)


def _completed(part: str) -> str:
    found = _RANGE.fullmatch(part)
    if found is None:
        return part
    mark, first, last = found["mark"], found["first"], found["last"]
    if found["mark2"] not in ("", mark):
        return part
    if len(last) < len(first):
        whole = first[: len(first) - len(last)] + last
        last = whole if int(whole) >= int(first) else last
    return f"{mark}{first}{found['end']}-{mark if int(last) >= int(first) else found['mark2']}{last}{found['rest']}"


def _without_stop(plain: str) -> str:
    if not plain.endswith(".") or plain.endswith("..") or _ABBREVIATED.search(plain):
        return plain
    return plain[:-1].rstrip()


def _closes_at(plain: str) -> int:
    """Return where the bracket closes that opens `plain`; -1 where it does not."""
    depth = 0
    for place, sign in enumerate(plain):
        depth += _BRACKETS.get(sign, 0)
        if not depth:
            return place
    return -1
