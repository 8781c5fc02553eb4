"""What a survey suggests to configure: each setting with the sentence that says why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from enrich.model.survey import Count, Generator, Survey
from enrich.survey import hosting
from enrich.survey.census import NO_FRONT_MATTER

_MANY: Final = 8


@dataclass(frozen=True, slots=True)
class Output:
    """How a generator's pages want to be written to: `[output] profile` and `key`, and why the key is so."""

    profile: str
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One setting and its reason; one that is not `is_set` is for a person to fill in or to take up."""

    table: str
    key: str
    value: str | tuple[str, ...]
    why: str
    is_set: bool = True


OUTPUT: Final[Mapping[Generator, Output]] = {
    "hugo": Output("list", "citations", "Templates read it as .Params.citations."),
    "zola": Output("zola", "extra.citations", "Zola refuses keys that it does not know, but under [extra]."),
    "quarto": Output(
        "quarto", "citations", "Not used by this profile: Quarto reads a bibliography under references."
    ),
    "jekyll": Output("jekyll", "citations", "Layouts read it as page.citations."),
    "obsidian": Output(
        "list", "citations", "Obsidian keeps a list of works, though its properties view shows it raw."
    ),
    "plain": Output("list", "citations", "Nothing here tells of another place."),
}


def proposals(survey: Survey) -> tuple[Proposal, ...]:
    """Return the settings for the site, by their tables in the order of the configuration."""
    output = OUTPUT[survey.layout.generator]
    return (
        *_pages(survey),
        Proposal(
            "crossref",
            "mailto",
            "you@example.org",
            "Your contact address: with one Crossref answers faster, and can write to you if something goes wrong.",
            is_set=False,
        ),
        Proposal("output", "key", output.key, output.why + _taken(survey, output.key)),
        Proposal("output", "profile", output.profile, "Every work that a page cites, as one list."),
        *_create(survey),
        _pdf(survey),
        *_cache(survey),
    )


def _pages(survey: Survey) -> Iterator[Proposal]:
    layout = survey.layout
    number = f"{survey.pages:,} page{'' if survey.pages == 1 else 's'}" if survey.pages else "No page as yet"
    yield Proposal("pages", "root", layout.root, f"{number}: {layout.root_why}.")
    endings = {count.name for count in survey.endings}
    # Also where none is found as yet, the usual ending is one of a page.
    usual = layout.include[0].rpartition(".")[2]
    include = tuple(each for each in layout.include if each.rpartition(".")[2] in {usual, *endings})
    told = _told(survey.endings, ".") or "nothing"
    yield Proposal("pages", "include", include, f"Found by ending: {told}.")
    why = layout.exclude_why or "nothing had to be left out"
    yield Proposal("pages", "exclude", layout.exclude, f"{why[0].upper()}{why[1:]}.")
    if survey.own_keys:
        key = survey.own_keys[0]
        yield Proposal(
            "pages",
            "own_key",
            key.name,
            f"So many pages hold a DOI there, that of their own paper: {key.pages:,}.",
        )


def _taken(survey: Survey, key: str) -> str:
    """Say how many pages hold something else under our key: they would be refused."""
    pages = next((each.pages for each in survey.taken_keys if each.name == key), 0)
    told = (
        f" Pages where something else stands under it, and which are refused: {pages:,}; choose another key."
    )
    return told if pages else ""


def _create(survey: Survey) -> Iterator[Proposal]:
    formats = {"yaml": 0} | {count.name: count.pages for count in survey.formats}
    without = formats.pop(NO_FRONT_MATTER, 0)
    if without:
        style = max(formats, key=lambda name: formats[name])
        why = f"Pages without front matter, which are skipped: {without:,}. This would give them one."
        yield Proposal("output", "create", style, why, is_set=False)


def _pdf(survey: Survey) -> Proposal:
    own, others = hosting.parted(survey.pdf_hosts, survey.layout.address)
    rest = f" Others carry PDFs too; add those that are yours: {_told(others)}." if others else ""
    if own:
        why = f"PDFs there are likely the site's own (links to them: {_told(own)}). There 403 means missing.{rest}"
        return Proposal("pdf", "hosts", tuple(host.name for host in own), why)
    if others:
        why = f"No host is surely the site's own. Name those that are, where 403 means missing: {_told(others)}."
        return Proposal("pdf", "hosts", (others[0].name,), why, is_set=False)
    why = "No page links to a PDF on another host. Hosts of the site's own PDFs would stand here."
    return Proposal("pdf", "hosts", (), why, is_set=False)


def _cache(survey: Survey) -> Iterator[Proposal]:
    if survey.layout.root == ".":
        why = "Pages stand in the site's own folder, where only a hidden name is surely nobody's page."
        yield Proposal("cache", "dir", ".enrich/cache", why)


def _told(counts: Sequence[Count], before: str = "") -> str:
    shown = [f"{before}{count.name} ({count.times:,})" for count in counts[:_MANY]]
    return ", ".join([*shown, f"and {len(counts) - _MANY:,} more"] if len(counts) > _MANY else shown)
