"""Papers as people cite them: a dozen citation styles, and what goes wrong when they are typed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from enrich.model.identifier import Doi
from enrich.model.work import Author, Work

TRANSLATED = "Über die Wirkung einer langen Behandlung auf den Verlauf bei älteren Kranken im Winterhalbjahr"
ABSTRACT = "An abstract of many words. " * 20
PARAPHRASE = "Large new study finds that risk is cut in half by doing this daily"


@dataclass(frozen=True, slots=True)
class Cited:
    """What a person types of a paper."""

    heading: str
    title: str
    people: tuple[tuple[str, str], ...]
    journal: str
    year: str
    volume: str
    issue: str
    page: str
    doi: str
    more: bool = False


def doi_of(work: Work) -> Doi:
    """Return the DOI of a work that came from Crossref, where each has one."""
    if work.doi is None:
        raise AssertionError(f"{work.title!r} has no DOI")
    return work.doi


def cited(work: Work) -> Cited:
    """Return a paper as a careful person types it."""
    people = tuple(
        (each.given, each.family) for each in work.authors if isinstance(each, Author) and each.family
    )
    year = str(work.published.year) if work.published else ""
    pages = work.pages or work.article_number
    return Cited(
        work.title,
        work.title,
        people,
        work.container,
        year,
        work.volume,
        work.issue,
        pages,
        doi_of(work).value,
    )


def _initials(given: str) -> str:
    return "".join(part[0] for part in given.replace("-", " ").split())


def _dotted(given: str) -> str:
    return " ".join(f"{letter}." for letter in _initials(given))


def _et_al(names: Sequence[str], it: Cited, between: str = ", ", last: str = ", ") -> str:
    if it.more or len(names) > 20:
        return between.join(names[: 3 if len(names) > 3 else 1]) + between + "et al"
    return between.join(names[:-1]) + last + names[-1] if len(names) > 1 else "".join(names)


def vancouver_names(it: Cited) -> str:
    """`Roe AB, Doe C`, after three names `et al` where the page says so."""
    return _et_al([f"{family} {_initials(given)}".strip() for given, family in it.people], it)


def apa_names(it: Cited) -> str:
    """`Roe, A. B., & Doe, C.`"""
    return _et_al([f"{family}, {_dotted(given)}".strip(", ") for given, family in it.people], it, last=", & ")


def full_names(it: Cited) -> str:
    """`Ann Roe, Carl Doe`."""
    return _et_al([f"{given} {family}".strip() for given, family in it.people], it)


def _numbered_names(it: Cited) -> str:
    return ", ".join(f"{given} {family} {place % 4 + 1}" for place, (given, family) in enumerate(it.people))


def locator(it: Cited) -> str:
    """`14(9):423-432`, as far as known."""
    issue = f"({it.issue})" if it.issue else ""
    return f"{it.volume}{issue}:{it.page}".strip(":") if it.page else f"{it.volume}{issue}"


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}. " if text else ""


def pubmed(it: Cited) -> str:
    return f"{it.journal}. {it.year} Apr;{locator(it)}. [doi: {it.doi}.](https://doi.org/{it.doi}.)"


def wiki(it: Cited) -> str:
    return f"#### {it.heading}\n\n{pubmed(it)}\n\n{_numbered_names(it)}\n\n{ABSTRACT}"


def headed(it: Cited) -> str:
    return f"### {it.heading}\n\n{pubmed(it)}\n"


def bold(it: Cited) -> str:
    return f"## New studies\n\n**{it.title}**\n{full_names(it)}\n{pubmed(it)}\n"


def vancouver(it: Cited) -> str:
    return (
        f"- {_sentence(vancouver_names(it))}{_sentence(it.title)}{it.journal}. {it.year};{locator(it)}."
        f" doi:{it.doi}"
    )


def apa(it: Cited) -> str:
    issue = f"({it.issue})" if it.issue else ""
    return (
        f"{apa_names(it)} ({it.year}). {_sentence(it.title)}*{it.journal}*, {it.volume}{issue},"
        f" {it.page}. https://doi.org/{it.doi}"
    )


def chicago(it: Cited) -> str:
    issue = f", no. {it.issue}" if it.issue else ""
    return (
        f"{_sentence(full_names(it))}“{it.title}.” *{it.journal}* {it.volume}{issue} ({it.year}):"
        f" {it.page}. https://doi.org/{it.doi}."
    )


def harvard(it: Cited) -> str:
    return (
        f"{apa_names(it)} ({it.year}) '{it.title}', *{it.journal}*, {it.volume}({it.issue}), pp."
        f" {it.page}. doi: {it.doi}."
    )


def ieee(it: Cited) -> str:
    names = _et_al([f"{_dotted(given)} {family}" for given, family in it.people], it, last=", and ")
    return (
        f'[1] {names}, "{it.title}," *{it.journal}*, vol. {it.volume}, no. {it.issue}, pp. {it.page},'
        f" {it.year}, doi: {it.doi}."
    )


def nature(it: Cited) -> str:
    return (
        f"1. {apa_names(it)} {_sentence(it.title)}*{it.journal}* **{it.volume}**, {it.page}"
        f" ({it.year}). https://doi.org/{it.doi}"
    )


def table(it: Cited) -> str:
    cells = (
        it.title,
        vancouver_names(it),
        it.journal,
        it.year,
        f"[{it.doi}](https://doi.org/{it.doi})",
    )
    row = " | ".join(cell.replace("|", "/") for cell in cells)
    return f"| Title | Authors | Journal | Year | DOI |\n|---|---|---|---|---|\n| {row} |\n"


def linked(it: Cited) -> str:
    return f"- [{it.title}](https://doi.org/{it.doi}) ({it.journal}, {it.year})"


def bare(it: Cited) -> str:
    return f"## See also\n\nMore is [here](https://doi.org/{it.doi})."


STYLES: tuple[Callable[[Cited], str], ...] = (
    wiki, headed, bold, vancouver, apa, chicago, harvard, ieee, nature, table, linked, bare,
)  # fmt: skip
Noise = Callable[[Cited, random.Random], Cited]


def _typo(text: str, chance: random.Random) -> str:
    if len(text) < 5:
        return text
    place = chance.randrange(1, len(text) - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _slip(text: str, chance: random.Random) -> str:
    """Lose a letter of a long word, or mistake it for another."""
    places = [place for place in range(2, len(text) - 2) if text[place - 2 : place + 3].isalpha()]
    if not places:
        return text
    place = chance.choice(places)
    return text[:place] + chance.choice(["", "", "e", "n", "s"]) + text[place + 1 :]


def _slips(it: Cited, chance: random.Random) -> Cited:
    title = _slip(_slip(it.title, chance), chance)
    return replace(it, title=title, heading=title)


def _typos(it: Cited, chance: random.Random) -> Cited:
    title = _typo(_typo(it.title, chance), chance)
    people = tuple(
        (given, _typo(family, chance) if chance.random() < 0.2 else family) for given, family in it.people
    )
    return replace(it, title=title, heading=title, people=people)


def _abbreviated(it: Cited, _: random.Random) -> Cited:
    words = [
        word for word in it.journal.split() if word.lower() not in {"of", "the", "and", "in", "for", "on"}
    ]
    short = (
        " ".join(f"{word[:4]}" if len(word) > 6 else word for word in words) if len(words) > 1 else it.journal
    )
    return replace(it, journal=short)


def _titled(change: Callable[[str], str]) -> Noise:
    return lambda it, _: replace(it, title=change(it.title), heading=change(it.title))


def _year(by: int) -> Noise:
    return lambda it, _: replace(it, year=str(int(it.year) + by) if it.year else "")


def _cut(title: str) -> str:
    return title[: int(len(title) * 0.6)].rsplit(" ", 1)[0] + "…" if len(title) > 40 else title


def _wrong_page(it: Cited, chance: random.Random) -> Cited:
    return replace(it, page=str(chance.randrange(2, 2000)))


def _misnamed(it: Cited, _: random.Random) -> Cited:
    """Names as another alphabet's romanisation has them: none agrees."""
    return replace(it, people=tuple((given, "Kh" + family[::-1].lower()) for given, family in it.people))


NOISES: dict[str, Noise] = {
    "as it is": lambda it, _: it,
    "et al.": lambda it, _: replace(it, more=True),
    "no authors": lambda it, _: replace(it, people=()),
    "short journal": _abbreviated,
    "typing errors": _typos,
    "year off by 1": _year(1),
    "year off by 7": _year(7),
    "page wrong": _wrong_page,
    "title cut": _titled(_cut),
    "no subtitle": _titled(lambda title: title.partition(": ")[0]),
    "TITLE IN CAPITALS": _titled(str.upper),
    "title translated": _titled(lambda _: TRANSLATED),
    "heading paraphrased": lambda it, _: replace(it, heading=PARAPHRASE),
    "names misspelt": _misnamed,
    "paraphrased, year off by 1": lambda it, _: replace(_year(1)(it, _), heading=PARAPHRASE),
    "paraphrased, names misspelt": lambda it, _: replace(_misnamed(it, _), heading=PARAPHRASE),
    "translated, year off by 7": lambda it, _: replace(_year(7)(it, _), title=TRANSLATED, heading=TRANSLATED),
}

SLIPS: dict[str, Noise] = {"letters mistaken": _slips}
"""Typing errors that may make another word; beside the ones of `NOISES`, which only change letters about."""
