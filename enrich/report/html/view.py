"""The templates and what they may call: everything that is printed is escaped, and none of it can hide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from enrich.model.claims import Fact
from enrich.model.outcome import CitationOutcome, LinkOutcome, PageOutcome, Status
from enrich.model.page import Value
from enrich.report import addresses
from enrich.report.html import href
from enrich.report.html.described import described
from enrich.report.html.desk import Desk
from enrich.report.html.listing import Row
from enrich.report.sheet import brief, count, duration, place, visible

UNDECIDED: Final[tuple[Status, ...]] = ("suspect", "suggested")
_DIFF: Final = {"+": "ins", "-": "del", "@": "b"}
_HEAD: Final = ("--- a/", "+++ b/", '--- "a/', '+++ "b/')
_VALUE: Final = 240


@cache
def environment() -> Environment:
    """Return the environment of the page's templates."""
    made = Environment(
        loader=PackageLoader("enrich.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(_filters())
    made.globals.update(
        count=count,
        elsewhere=addresses.elsewhere,
        other_paper=addresses.is_other_paper,
        paper_url=href.paper,
        place=place,
        web_url=href.web,
        why=addresses.why,
    )
    return made


def shown(value: object) -> object:
    """Spell out what a text could hide behind: control characters, and marks that turn the reading direction."""
    if type(value) is str and not value.isprintable():
        return visible(value)
    return value


def exact(text: str) -> Markup:
    """Return `text` escaped and otherwise as it is: what a form sends back must be what was said.

    But for a NUL, which HTML cannot hold (https://html.spec.whatwg.org/#parse-error-unexpected-null-character).
    """
    return escape(text.replace("\0", "\ufffd"))


def body() -> Callable[[PageOutcome, Desk | None], Markup]:
    """Return what makes a page's evidence and diff into HTML: a macro, since fourteen thousand renderings take long."""
    macros = vars(environment().get_template("body.html").module)
    made: Callable[[PageOutcome, Desk | None], Markup] = macros["body"]
    return made


def diff(patch: str) -> Markup:
    """Return the lines of a unified diff as elements, without the head that names the file."""
    lines = patch.split("\n")
    told = lines[2:] if lines[0].startswith("--- ") else lines
    # Escaped all at once, since there are a hundred thousand: escaping makes no new lines.
    escaped = str(escape("\n".join(_plain(line) for line in told if line))).split("\n")
    return Markup("".join(_line(line) for line in escaped if line))  # noqa: S704 - escaped just now


def _plain(line: str) -> str:
    """Return a line of a file as a person should see it: tabs stay, and a CR before its end is no news."""
    return line if line.isprintable() else "\t".join(map(visible, line.removesuffix("\r").split("\t")))


def _line(escaped: str) -> str:
    name = _DIFF.get(escaped[0], "span")
    return f"<{name}>{escaped}\n</{name}>"


def _filters() -> dict[str, Callable[..., object]]:
    return {
        "brief": _brief,
        "described": described,
        "diff": diff,
        "duration": duration,
        "exact": exact,
        "facts": _facts,
        "number": _number,
        "paths": _paths,
        "percent": _percent,
        "short": _short,
        "strange": _strange,
        "word": _word,
    }


def _facts(cited: CitationOutcome) -> tuple[Fact, ...]:
    """Return the evidence to show both sides of: all of it where a person decides, else what differs."""
    every = cited.judgement.facts if cited.judgement else ()
    return every if cited.status in UNDECIDED else tuple(fact for fact in every if fact.weight < 0)


def _strange(links: Iterable[LinkOutcome]) -> list[LinkOutcome]:
    return [link for link in links if link.status != "ok" or addresses.is_other_paper(link)]


def _paths(rows: Iterable[Row]) -> Markup:
    """Return one path a line: fourteen thousand list items would be half of the document."""
    return escape("\n".join(visible(row.path) for row in rows))


def _brief(value: Value) -> str:
    return brief(value, _VALUE)


def _short(text: str) -> str:
    return text if len(text) <= _VALUE else f"{text[: _VALUE - 1]}…"


def _number(value: float) -> str:
    return f"{value:,}"


def _percent(share: float) -> str:
    """Return a share in whole percent; what is little is not rounded to nothing, nor nearly all to all."""
    if 0 < share < 0.01 or 0.99 < share < 1:
        return "< 1 %" if share < 0.5 else "> 99 %"
    return f"{share:.0%}".replace("%", " %")


def _word(text: str) -> str:
    return text.replace("_", " ")
