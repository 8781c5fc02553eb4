"""How well citations without identifier are matched: made sections of real papers, asked of a loopback Crossref.

Prints, by citation style and by what is wrong on the page, how many papers were written (rightly or wrongly),
suggested and passed over; and what became of citations whose paper is not to be found at all, its neighbours,
errata, preprints and sequels being there. Beside every paper the registry has one by the same people, in the same
volume, under a title that differs by a word or a letter.
Run: python -m bench.match RECORDS.jsonl.gz [CLEAN_PER_STYLE] [NOISY_PER_CELL]
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.cited import NOISES, SLIPS, STYLES, Cited, bare, cited
from bench.kin import Raw, at_neighbour, cited_neighbour, decoys, neighbour
from bench.layout import LAYOUTS
from enrich.demo.crossref import CrossrefServer
from enrich.model.lookup import Found, LookUp
from enrich.model.page import Unidentified
from enrich.model.work import Work
from enrich.net.host import Host
from enrich.page.body import outline
from enrich.page.match import unidentified
from enrich.page.match.candidate import Accepted, Choice, Suggested, choose
from enrich.source.crossref import record
from enrich.source.crossref.client import Crossref

Answers = Mapping[str, LookUp[tuple[Work, ...]]]
Search = Callable[[Sequence[Raw], Sequence[str]], Awaitable[Answers]]

CLEAN = "as it is"
WORDED = (*(style for style in STYLES if style is not bare), *LAYOUTS)
"""The styles that say more than an identifier."""

EVERY = {**NOISES, **SLIPS, "its neighbour's page": at_neighbour}
USUAL = frozenset(
    {
        "et al.", "no authors", "short journal", "typing errors", "letters mistaken", "year off by 1",
        "year off by 7", "title cut", "no subtitle", "title translated",
    }
)  # fmt: skip
"""What is mostly wrong with citations; the other noises are milder, or leave nothing that a title or place proves."""

ABSENT, KIN, NEIGHBOUR = "not in the set", "only its kin there", "its neighbour cited"
NOISY, ALL = "with a usual fault", "with any fault"
OUTCOMES = ("written", "suggested", "nothing", "missed", "WRONG", "wrongly suggested")


@dataclass(frozen=True, slots=True)
class Case:
    """A made section, and the paper that it cites; `known` tells whether the registry holds it."""

    style: str
    noise: str
    work: Work
    text: str
    known: bool


def load(path: Path) -> list[tuple[Raw, Work]]:
    """Return the records of a gzipped file that people cite by words: with title, people, journal, year and place."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = [(raw, record.work(raw)) for raw in map(json.loads, lines)]
    return [(raw, work) for raw, work in pairs if work and work.title and _is_cited(cited(work))]


def _is_cited(it: Cited) -> bool:
    return bool(it.people and it.journal and it.year and it.volume and it.page)


def without_identifier(text: str, work: Work) -> str:
    """Return a made section without its DOI; a link leads to the publisher's page instead."""
    doi = re.escape(str(work.doi))
    text = re.sub(rf"\[(?:doi: )?{doi}\.?\]\(https://doi\.org/{doi}\.?\)", "", text)
    text = re.sub(rf"\]\(https://doi\.org/{doi}\)", "](https://publisher.example/article/1)", text)
    text = re.sub(rf"(?:, )?(?:doi: ?|https://doi\.org/){doi}\.?", "", text)
    return text.replace("()", "").replace(", no. ,", ",")


def cases(works: Sequence[Work], clean: int, noisy: int, seed: int = 1) -> Iterator[Case]:
    """Yield made sections of papers that are to be found: `clean` a style, `noisy` a style and kind of noise."""
    chance = random.Random(seed)
    for style in WORDED:
        for name, noise in EVERY.items():
            for work in chance.sample(works, min(clean if name == CLEAN else noisy, len(works))):
                yield Case(
                    style.__name__, name, work, _typed(style, noise(cited(work), chance), work), known=True
                )


def lost(
    works: Sequence[Work], noise: str, change: Callable[[Cited], Cited] = lambda it: it
) -> Iterator[Case]:
    """Yield a made section of each paper, changed into one that is not to be found, in each style in turn."""
    for place, work in enumerate(works):
        style = WORDED[place % len(WORDED)]
        yield Case(style.__name__, noise, work, _typed(style, change(cited(work)), work), known=False)


def _typed(style: Callable[[Cited], str], it: Cited, work: Work) -> str:
    return without_identifier(style(it), work)


class _Hurried:
    """A clock on which waiting takes no time."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)


async def asked(records: Sequence[Raw], queries: Sequence[str]) -> Answers:
    """Return what a loopback Crossref of `records` answers, through the real client, without its pauses."""
    clock = _Hurried()
    host = Host("crossref.example", at_once=3, now=clock.now, sleep=clock.sleep)
    answers: dict[str, LookUp[tuple[Work, ...]]] = {}
    async with CrossrefServer(records) as server:
        await Crossref(host, server.url, mailto="bench@example.org").search(queries, answers.__setitem__)
    return answers


def outcome(case: Case, choices: Sequence[Choice]) -> str:
    """Say in one word what became of a section; a wrong paper that is written outweighs all else."""
    accepted = {choice.work.doi for choice in choices if isinstance(choice, Accepted)}
    suggested = {
        work.doi
        for choice in choices
        if isinstance(choice, Suggested)
        for work in (choice.work, *choice.rivals)
    }
    right = {case.work.doi} if case.known else set()
    if accepted - right:
        return "WRONG"
    if accepted:
        return "written"
    if suggested:
        return "suggested" if suggested & right else "wrongly suggested"
    return "nothing" if choices else "missed"


async def measure(
    pairs: Sequence[tuple[Raw, Work]],
    clean: int,
    noisy: int,
    absent: int,
    *,
    search: Search = asked,
    seed: int = 1,
) -> list[tuple[Case, str, list[Choice]]]:
    """Return every made section with what became of it and what was chosen.

    `absent` papers are not in the registry at all; of as many others only their kin is there, or a neighbour.
    """
    chance = random.Random(seed)
    order = chance.sample(list(pairs), len(pairs))
    gone, orphaned, kept = order[:absent], order[absent : 2 * absent], order[2 * absent :]
    records = [each for raw, work in kept for each in (raw, neighbour(raw, work))]
    records += [kin for raw, work in (*orphaned, *kept[:absent]) for kin in decoys(raw, work)]
    made = [
        *cases([work for _, work in kept], clean, noisy, seed),
        *lost([work for _, work in gone], ABSENT),
        *lost([work for _, work in orphaned], KIN),
        *lost([work for _, work in kept[:absent]], NEIGHBOUR, cited_neighbour),
    ]
    found = [unidentified.find(outline.read(case.text.encode(), 0), ()) for case in made]
    answers = await search(records, sorted({one.query for each in found for one in each}))
    choices = [[_chosen(one, answers[one.query]) for one in each] for each in found]
    return [(case, outcome(case, chosen), chosen) for case, chosen in zip(made, choices, strict=True)]


def _chosen(one: Unidentified, answer: LookUp[tuple[Work, ...]]) -> Choice:
    return choose(one.claims, answer.value if isinstance(answer, Found) else ())


def main(path: str, clean: str = "40", noisy: str = "3", absent: str = "100") -> None:
    """Print the tables, and the sections that went wrong."""
    results = asyncio.run(measure(load(Path(path)), int(clean), int(noisy), int(absent)))
    tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    noises: dict[str, Counter[str]] = defaultdict(Counter)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for case, word, _ in results:
        for kind in _kinds(case):
            tables[kind][case.style][word] += 1
            totals[kind][word] += 1
        if case.known:
            noises[case.noise][word] += 1
    for name, table in (*tables.items(), ("by fault", noises), ("totals", totals)):
        print(_table(name, table))
    for case, word, choices in results:
        if word == "WRONG":
            print(f"\nWRONG: {case.work.doi} in {case.style}, {case.noise}:\n{case.text}\n{choices}")


def _kinds(case: Case) -> tuple[str, ...]:
    if not case.known:
        return (case.noise,)
    if case.noise == CLEAN:
        return ("clean",)
    return (NOISY, ALL) if case.noise in USUAL else (ALL,)


def _table(name: str, table: Mapping[str, Counter[str]]) -> str:
    lines = [
        f"{name:28} {'asked':>6} {'prec.':>6} {'recall':>7} " + " ".join(f"{word:>9}" for word in OUTCOMES)
    ]
    for row, words in table.items():
        total, written = sum(words.values()), words["written"] + words["WRONG"]
        precision = f"{100 * words['written'] / written:5.1f}%" if written else "     -"
        recall = f"{100 * words['written'] / total:6.1f}%"
        lines.append(
            f"{row:28} {total:6} {precision} {recall} " + " ".join(f"{words[word]:9}" for word in OUTCOMES)
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
