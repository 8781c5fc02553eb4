"""Chooses among the records that a search found the one that a citation without identifier means, or none.

The search's own ranking is no evidence. A record is accepted where its title is the page's and enough of the rest
agrees, nothing contradicts, and no other record would do as well; what falls short of that is a person's to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from enrich.model.claims import Claims, Fact, Judgement, Verdict
from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.page.match import agreement, thresholds, title_match, wording
from enrich.page.match.wording import Wording


@dataclass(frozen=True, slots=True)
class Accepted:
    """The work that the citation means."""

    work: Work
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Suggested:
    """The likeliest work, and why a person must decide; `rivals` are others that may be meant."""

    work: Work
    judgement: Judgement
    why: str
    rivals: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """No record that was found may be meant."""


Choice = Accepted | Suggested | Nothing
_Level = Literal["accept", "suggest", "drop"]

_FOUND: frozenset[Wording] = frozenset({"same", "typed", "part", "series"})
_ALIKE = _FOUND | {"akin"}
_APPEARED = frozenset({"journal", "volume", "page"})
_RANK: tuple[_Level, ...] = ("accept", "suggest", "drop")


@dataclass(frozen=True, slots=True)
class _Candidate:
    work: Work
    facts: tuple[Fact, ...]
    title: Fact | None
    wording: Wording
    is_placed: bool

    @property
    def agreed(self) -> frozenset[str]:
        """What counts as agreeing: a year next to the page's does not."""
        return frozenset(fact.kind for fact in self.facts if fact.weight > thresholds.WEIGHT_YEAR_NEAR)

    @property
    def against(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.weight < 0)

    @property
    def names(self) -> bool:
        """Whether the title names one paper, unlike `Editorial`."""
        return self.title is not None and self.title.weight >= thresholds.WEIGHT_TITLE

    @property
    def judgement(self) -> Judgement:
        facts = (self.title, *self.facts) if self.title else self.facts
        verdict: Verdict = (
            "attested" if self.level == "accept" else "suspect" if self.against else "unattested"
        )
        return Judgement(verdict, facts)

    @property
    def level(self) -> _Level:
        is_enough = self._is_year_mistyped() if self.against else self._is_enough()
        if is_enough:
            return "accept"
        return "suggest" if self._is_worth_a_look() else "drop"

    def _is_year_mistyped(self) -> bool:
        """Tell whether only the year contradicts, where the title is the same and the volume tells the year.

        Misspelt names are not outweighed: letters of several people share a title and a first page.
        """
        is_titled = self.names and self.wording == "same" and not self.agreed.isdisjoint({"authors", "page"})
        is_in_volume = self.agreed >= {"journal", "volume"}
        return is_titled and is_in_volume and all(fact.kind == "year" for fact in self.against)

    def _is_enough(self) -> bool:
        # A preprint says nothing of where the page says that the paper appeared.
        is_elsewhere = self.is_placed and self.agreed.isdisjoint(_APPEARED)
        if self.wording not in _FOUND or is_elsewhere:
            return False
        count = len(self.agreed)
        if not self.names:
            return self.wording == "same" and self.agreed >= _APPEARED
        # Papers of the same people differ in a letter, a subtitle or a number: the first page tells them apart.
        return count >= thresholds.MATCH_AGREE and (self.wording == "same" or "page" in self.agreed)

    def _is_worth_a_look(self) -> bool:
        """Tell whether it may well be the one: a title like it, or people and place under another title."""
        count, against = len(self.agreed), len(self.against)
        if self.names and self.wording in _FOUND:
            return 0 < count >= against
        if self.wording in _FOUND or self.wording == "akin":
            return count >= thresholds.MATCH_AKIN > against
        if count < thresholds.MATCH_AGREE_UNTITLED:
            return False
        is_theirs = not against and self.agreed >= {"authors", "journal"}
        return is_theirs or ("page" in self.agreed and against < thresholds.MATCH_AKIN)


def choose(claims: Claims, candidates: Sequence[Work], refused: Collection[Doi] = ()) -> Choice:
    """Return what a citation with `claims` means among `candidates`, of which a person `refused` some."""
    distinct = {work.identifier: work for work in candidates if work.doi not in refused}
    ranked = sorted((_assess(claims, work) for work in distinct.values()), key=_order)
    if not ranked or ranked[0].level == "drop":
        return Nothing()
    best, *others = ranked
    if best.level == "suggest":
        also_likely = tuple(other.work for other in others if other.level == "suggest")
        return Suggested(best.work, best.judgement, _why_not(best), also_likely)
    rivals = tuple(other.work for other in others if _is_near(other, best))
    if rivals:
        also = ", ".join(str(work.identifier) for work in rivals)
        return Suggested(best.work, best.judgement, f"the page's words fit {also} as well", rivals)
    return Accepted(best.work, best.judgement)


def _assess(claims: Claims, work: Work) -> _Candidate:
    is_placed = bool(claims.journals or claims.volume or claims.page)
    title = title_match.compare(claims, work).fact
    return _Candidate(work, agreement.compare(claims, work), title, wording.compare(claims, work), is_placed)


def _order(candidate: _Candidate) -> tuple[int, int, int, float]:
    """Sort the surest first; what ranks alike stays as the search had it."""
    agreed = len(candidate.agreed)
    balance = agreed - len(candidate.against)
    weight = sum(fact.weight for fact in candidate.judgement.facts)
    return _RANK.index(candidate.level), -balance, -agreed, -weight


def _is_near(other: _Candidate, best: _Candidate) -> bool:
    """Tell whether a record would do as well, or agrees with the page in what the best one contradicts."""
    if other.wording == "same" != best.wording:
        return other.level != "drop"
    if other.wording in _FOUND and not other.agreed.isdisjoint(fact.kind for fact in best.against):
        return True
    is_there_too = other.wording in _ALIKE and "page" in other.agreed and not other.against
    if not (other.level == "accept" or (best.wording != "same" and is_there_too)):
        return False
    is_ahead = "page" in best.agreed - other.agreed
    return not is_ahead and len(best.agreed) - len(other.agreed) < thresholds.MATCH_LEAD


def _why_not(candidate: _Candidate) -> str:
    if candidate.against:
        sides = (
            f"{fact.kind} {fact.page!r} on the page, {fact.registry!r} in the record"
            for fact in candidate.against
        )
        return "; ".join(sides)
    if candidate.wording in ("other", "unknown"):
        same = "place" if "page" in candidate.agreed else "people"
        return f"the same {same} in the same journal, under another title"
    if candidate.wording == "akin":
        return "the title is like the page's, but not the same"
    kinds = ", ".join(sorted(candidate.agreed))
    return f"the title agrees, but beside it only {kinds}"
