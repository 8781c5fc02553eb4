"""What a person should see of a run, one thing each with its place: what annotations and code scanning show.

A finding's rule is a word of the report, and stays what it is from version to version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from enrich.model.outcome import Alert, CitationOutcome, LinkOutcome, PageOutcome, Report
from enrich.report import addresses
from enrich.report.alerts import alerts
from enrich.report.sheet import brief, count
from enrich.report.text import disagreement

# An error is surely wrong, or news that must not wait; a warning is for a person to judge; a notice needs nobody.
Level = Literal["error", "warning", "notice"]
LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding: what heads it, and what to do about it."""

    name: str
    level: Level
    title: str
    advice: str


# The most important first.
_RULES: Final = (
    Rule(
        "retracted",
        "warning",
        "Retracted paper",
        "Say so beside the citation, or cite another paper.",
    ),
    Rule(
        "refused",
        "error",
        "Page refused",
        "Mend the page; until then it is left as it is.",
    ),
    Rule(
        "other_paper",
        "error",
        "PDF of another paper",
        "Link the PDF of the paper that is cited beside it.",
    ),
    Rule(
        "not_found",
        "error",
        "No such paper",
        "Correct the identifier on the page: no registration agency knows it.",
    ),
    Rule(
        "broken",
        "error",
        "Broken link",
        "Correct the address on the page, or put the file back.",
    ),
    Rule(
        "suspect",
        "warning",
        "Perhaps another paper",
        "Correct the identifier on the page, or decide in .enrich/decisions.toml; it is not written until then.",
    ),
    Rule(
        "concern",
        "warning",
        "Doubted paper",
        "Read the expression of concern, and weigh what the page says.",
    ),
    Rule(
        "suggested",
        "notice",
        "Paper cited in words",
        "If it is the one that is meant, accept it in .enrich/decisions.toml or put its DOI on the page.",
    ),
    Rule(
        "incomplete",
        "notice",
        "Page left for the next run",
        "Run again: only what is missing is asked.",
    ),
    Rule(
        "written",
        "notice",
        "Would be written",
        "Run enrich and commit what it writes.",
    ),
)
RULES: Final = {rule.name: rule for rule in _RULES}
_RANKS: Final = {name: rank for rank, name in enumerate(RULES)}
_STANDING: Final = {"retracted": "retracted", "withdrawn": "retracted", "expression of concern": "concern"}
_CITED: Final = ("not_found", "suspect", "suggested")
# A page's changes are named up to here; the diff has all of them.
_NAMED: Final = 5
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to see: `subject` is what it is about (empty for the page itself), `detail` what there is to say.

    `path` is relative to the working directory. `level` is the rule's own but for news, which is an error.
    """

    rule: Rule
    level: Level
    path: str
    line: int | None
    subject: str
    detail: str

    @property
    def text(self) -> str:
        """What is the matter, in a line or a few, without advice."""
        return ": ".join(filter(None, (self.subject, self.detail))) or self.rule.title


def findings(report: Report) -> tuple[Finding, ...]:
    """Return all there is to see, the most important first, each place once; its order is always the same."""
    news = tuple(alerts(report))
    told = {(alert.path, alert.paper) for alert in news if alert.kind == "retracted"}
    found = [_new(alert) for alert in news if alert.kind == "retracted"]
    found += [_new(alert) for alert in news if alert.kind == "broken_pdf" and not _is_told(report, alert)]
    for page in report.pages:
        found += _of_page(page, is_dry=report.dry_run)
        found += _of_standing(page, told)
        found += (_citation(page, cited) for cited in page.citations if cited.status in _CITED)
        found += (_link(page, link) for link in page.links if _is_wrong(link))
    return tuple(sorted(dict.fromkeys(found), key=_importance))


def _importance(finding: Finding) -> tuple[int, int, str, int, str]:
    rank = _RANKS[finding.rule.name]
    return LEVELS.index(finding.level), rank, finding.path, finding.line or 0, finding.subject


def _found(name: str, page: PageOutcome, line: int | None, subject: str, detail: str) -> Finding:
    rule = RULES[name]
    about = subject if len(subject) <= _LONGEST else f"{subject[: _LONGEST - 1]}…"
    return Finding(rule, rule.level, page.path, line, about, detail)


def _new(alert: Alert) -> Finding:
    rule = RULES["retracted" if alert.kind == "retracted" else "broken"]
    return Finding(
        rule, "error", alert.path, alert.line, alert.paper, f"{_titled(alert.title)}{alert.detail}"
    )


def _titled(title: str) -> str:
    return f"{brief(title, _LONGEST)}, " if title else ""


def _is_told(report: Report, alert: Alert) -> bool:
    """Tell whether a link of the page says itself that the PDF is broken."""
    links = (link for page in report.pages if page.path == alert.path for link in page.links)
    return any(addresses.is_broken(link) and link.url in alert.detail for link in links)


def _is_wrong(link: LinkOutcome) -> bool:
    return addresses.is_broken(link) or addresses.is_other_paper(link)


def _of_page(page: PageOutcome, *, is_dry: bool) -> Iterator[Finding]:
    if page.outcome in ("refused", "incomplete"):
        yield _found(page.outcome, page, page.line, "", page.reason)
    elif page.outcome == "written" and is_dry:
        named = ", ".join(change.key for change in page.changes[:_NAMED])
        more = f" and {len(page.changes) - _NAMED:,} more" if len(page.changes) > _NAMED else ""
        yield _found("written", page, None, "", f"{count(len(page.changes), 'change')}: {named}{more}")


def _of_standing(page: PageOutcome, told: set[tuple[str, str]]) -> Iterator[Finding]:
    """Yield each paper once that is known to be retracted or doubted, at the line that mentions it first."""
    seen: set[str] = set()
    for cited in page.citations:
        paper = cited.doi or cited.identifier
        name = _STANDING.get(cited.standing)
        if name and paper not in seen and (page.path, paper) not in told:
            title = _titled(cited.work.title if cited.work else "")
            yield _found(name, page, cited.line, paper, f"{title}{cited.standing}")
        seen.add(paper)


def _citation(page: PageOutcome, cited: CitationOutcome) -> Finding:
    detail = "\n".join([cited.detail, *disagreement(cited)]).strip("\n")
    return _found(cited.status, page, cited.line, cited.identifier, detail)


def _link(page: PageOutcome, link: LinkOutcome) -> Finding:
    name = "other_paper" if addresses.is_other_paper(link) else "broken"
    elsewhere = (f"{word} {url}" for word, url in addresses.elsewhere(link))
    detail = "\n".join((addresses.why(link), *elsewhere))
    return _found(name, page, link.line, addresses.shortened(link.url), detail)
