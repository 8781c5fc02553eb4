"""Holds what a page says of a paper against what the registry says of the work: is it the one that is meant?

Title, family names and first page identify; journal, year and volume only support. `_verdict` is the rule,
every threshold and weight stands in `thresholds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from enrich.model.claims import Claims, Fact, Judgement, Verdict
from enrich.model.work import Work
from enrich.page.match import author_match, journal_name, likeness, place_match, thresholds, title_match

_SHOWN: Final = 200
_RANK: Final[tuple[Verdict, ...]] = ("attested", "suspect", "unattested")


def judge(claims: Claims, work: Work) -> Judgement:
    """Return whether `claims` may be about `work`, and every fact for and against."""
    title = title_match.compare(claims, work)
    found = (
        title.fact,
        author_match.compare(claims.authors, work),
        _journal(claims, work),
        _year(claims, work),
        place_match.compare(claims.volume, claims.page, work),
    )
    facts = tuple(_shown(fact) for fact in found if fact)
    return Judgement(_verdict(facts, is_other_title=title.is_other), facts)


def combine(judgements: Iterable[Judgement]) -> Judgement:
    """Return the judgement of a work that a page mentions several times: attested once is attested."""
    ranked = sorted(judgements, key=lambda judgement: _RANK.index(judgement.verdict))
    return ranked[0] if ranked else Judgement("unattested")


def _verdict(facts: Sequence[Fact], *, is_other_title: bool) -> Verdict:
    """Let an agreeing title settle it; else what identifies another paper, with one thing more against."""
    weights = {fact.kind: fact.weight for fact in facts}
    pro = sum(weight for weight in weights.values() if weight > 0)
    con = -sum(weight for weight in weights.values() if weight < 0)
    if weights.get("title", 0) >= thresholds.WEIGHT_TITLE:
        return "attested"
    against = {kind for kind, weight in weights.items() if weight < 0}
    is_elsewhere = "page" in against or (len(against) > 2 and not pro)
    if (is_other_title or "authors" in against or is_elsewhere) and len(against) > 1 and con >= pro:
        return "suspect"
    is_identified = weights.get("authors", 0) > 0 or weights.get("page", 0) > 0
    return "attested" if is_identified and pro - con >= thresholds.ATTESTED else "unattested"


def _journal(claims: Claims, work: Work) -> Fact | None:
    names = [name for name in (work.container, work.short_container) if name]
    if not names:
        return None
    if not claims.journals:
        text = likeness.fold(claims.text) if claims.text else ""
        stands = any(journal_name.stands_in(name, text) for name in names)
        return Fact("journal", names[0], names[0], thresholds.WEIGHT_JOURNAL) if stands else None
    likest = _likest(claims.journals, names)
    if likest >= thresholds.JOURNAL_ALIKE:
        return Fact("journal", claims.journals[0], names[0], thresholds.WEIGHT_JOURNAL)
    is_comparable = likeness.script(claims.journals[0]) == likeness.script(names[0])
    if likest < thresholds.JOURNAL_OTHER and is_comparable:
        return Fact("journal", claims.journals[0], names[0], thresholds.AGAINST_JOURNAL)
    return None


def _likest(journals: Iterable[str], names: Sequence[str]) -> float:
    best = 0.0
    for page in journals:
        for name in names:
            best = max(best, journal_name.ratio(page, name))
            if best >= thresholds.JOURNAL_ALIKE:
                return best
    return best


def _year(claims: Claims, work: Work) -> Fact | None:
    years = work.years or ((work.published.year,) if work.published else ())
    if not claims.years or not years:
        return None
    distance, page, registry = min(
        (abs(ours - theirs), ours, theirs) for ours in claims.years for theirs in years
    )
    if distance and distance <= thresholds.YEAR_NEAR:
        return None
    weight = thresholds.AGAINST_YEAR if distance else thresholds.WEIGHT_YEAR
    return Fact("year", str(page), str(registry), weight)


def _shown(fact: Fact) -> Fact:
    if len(fact.page) <= _SHOWN and len(fact.registry) <= _SHOWN:
        return fact
    return Fact(fact.kind, fact.page[:_SHOWN], fact.registry[:_SHOWN], fact.weight)
