"""Compares the titles that a page carries with those of a work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from enrich.model.claims import Claims, Fact
from enrich.model.work import Work
from enrich.page.match import likeness, thresholds

_SERIAL: Final = likeness.words(
    "a abstract abstracts advertisement and announcements article articles author authors back board"
    " book books by calendar cell contents correspondence cover current discussion editor editorial"
    " editors erratum foreword from front general guest home image images in index information"
    " introduction issue items journal letter letters list literature matter medical meeting miscellany"
    " new news note notes notices number obituaries obituary of on other pages preface proceedings"
    " publications queries received reports review reviewers reviews section selected society societies"
    " staff table the this thanks title to transactions volume with vorwort"
)


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """What the titles say, and whether the page has the title line of another paper (a heading is none)."""

    fact: Fact | None = None
    is_other: bool = False


def compare(claims: Claims, work: Work) -> TitleMatch:
    """Return whether a title or heading of the page, or its text, carries a title of the work."""
    forms = [likeness.fold(title) for title in (work.title, *work.other_titles) if title]
    if not forms or not forms[0]:
        return TitleMatch()
    titles = [likeness.fold(title) for title in claims.titles]
    heading = likeness.fold(claims.heading)
    for raw, line in zip((*claims.titles, claims.heading), (*titles, heading), strict=True):
        for form in forms:
            if line and likeness.is_same_title(line, form, forms[0]):
                return TitleMatch(Fact("title", raw, work.title, _weight(form, work)))
    text = likeness.fold(claims.text)
    if text and any(likeness.is_title_in(form, text) for form in forms):
        return TitleMatch(Fact("title", work.title, work.title, _weight(forms[0], work)))
    return _against(claims, work, forms, titles, heading)


def _against(
    claims: Claims, work: Work, forms: Sequence[str], titles: Sequence[str], heading: str
) -> TitleMatch:
    if likeness.script(work.title) != likeness.script(" ".join((*claims.titles, claims.heading))):
        return TitleMatch()
    if any(line.count(" ") >= 2 for line in titles):
        if _are_other(titles, forms):
            return TitleMatch(
                Fact("title", claims.titles[0], work.title, thresholds.AGAINST_TITLE), is_other=True
            )
        return TitleMatch()
    if heading.count(" ") + 1 >= thresholds.HEADING_WORDS and _are_other([heading], forms):
        return TitleMatch(Fact("title", claims.heading, work.title, thresholds.AGAINST_HEADING))
    return TitleMatch()


def _are_other(lines: Iterable[str], forms: Sequence[str]) -> bool:
    return not any(likeness.is_akin(line, form) for line in lines for form in forms)


def _weight(form: str, work: Work) -> float:
    """Weigh a title: one that many papers have, or that is the journal's own name, only supports."""
    is_short = likeness.weigh(form) < thresholds.TITLE_IDENTIFIES or _SERIAL.issuperset(form.split())
    is_serial = is_short or (len(form) <= len(work.container) and form == likeness.fold(work.container))
    return thresholds.WEIGHT_SHORT_TITLE if is_serial else thresholds.WEIGHT_TITLE
