"""How well pages are held against records: made sections of real papers, judged against works.

Prints, by citation style and by what is wrong on the page, how often the right work is suspect, and how
often a wrong one is: a random paper, and a neighbour in the same journal, year and volume.
Run: python -m bench.evidence RECORDS.jsonl.gz [PER_CELL]
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.cited import NOISES, STYLES, cited, doi_of
from enrich.model.claims import Claims, Judgement
from enrich.model.identifier import Doi
from enrich.model.page import Mention, Section, Span
from enrich.model.work import Work
from enrich.page.body import outline
from enrich.page.match import claims, evidence, thresholds
from enrich.source.crossref import record

IDENTIFYING = frozenset({"authors", "page"})


def read(text: str, doi: Doi) -> Claims:
    """Return the claims of the first place where `text`, a page's body, has the DOI."""
    sections = outline.read(text.encode(), 0).sections
    return claims.read(sections, find(sections, doi), ())


def find(sections: Sequence[Section], doi: Doi) -> Mention:
    """Return a mention of `doi`, found in visible text or in a link's target."""
    for place, section in enumerate(sections):
        for number, block in enumerate(section.blocks):
            seen = block.text.lower()
            if doi.value in seen or any(doi.value in target.lower() for target in block.targets):
                line = (
                    block.line + seen.partition(doi.value)[0].count("\n") if doi.value in seen else block.line
                )
                start = seen.find(doi.value)
                text = block.text[start : start + len(doi.value)] if start >= 0 else doi.value
                return Mention(text, (doi,), Span(0, 0), line, place, number)
    raise LookupError(doi.value)


def neighbours(works: Sequence[Work]) -> dict[Doi, Work]:
    """Return for each work another of its journal, year and volume; else the one with the likest DOI."""
    groups: dict[tuple[str, int, str], list[Work]] = defaultdict(list)
    for work in works:
        groups[work.container, work.published.year if work.published else 0, work.volume].append(work)
    ordered = sorted(works, key=lambda work: doi_of(work).value)
    found = {doi_of(work): ordered[place - 1] for place, work in enumerate(ordered)}
    for (container, _, volume), group in groups.items():
        if container and volume:
            found |= {doi_of(work): group[place - 1] for place, work in enumerate(group) if len(group) > 1}
    return found


def is_knowable(judgement: Judgement) -> bool:
    """Tell whether anything that identifies a paper could be compared; a heading may be a paraphrase."""
    return any(
        fact.kind in IDENTIFYING or (fact.kind == "title" and fact.weight != thresholds.AGAINST_HEADING)
        for fact in judgement.facts
    )


@dataclass(slots=True)
class Tally:
    """What was judged in one cell of the table."""

    right: Counter[str]
    random: Counter[str]
    neighbour: Counter[str]


def count(verdicts: Counter[str], judgement: Judgement) -> None:
    verdicts[judgement.verdict] += 1
    if is_knowable(judgement):
        verdicts["knowable"] += 1
        verdicts["caught"] += judgement.verdict == "suspect"


def measure(
    works: Sequence[Work], per_cell: int, seed: int = 1
) -> Iterator[tuple[str, str, Work, Work, Work, Claims, Tally]]:
    """Yield style, noise, the right work, two wrong ones, the claims and the tally of one made section."""
    chance = random.Random(seed)
    near = neighbours(works)
    for style in STYLES:
        for name, noise in NOISES.items():
            for work in chance.sample(works, min(per_cell, len(works))):
                text = style(noise(cited(work), chance))
                said = read(text, doi_of(work))
                wrong = chance.choice(works)
                while wrong.doi == work.doi:
                    wrong = chance.choice(works)
                tally = Tally(Counter(), Counter(), Counter())
                count(tally.right, evidence.judge(said, work))
                count(tally.random, evidence.judge(said, wrong))
                count(tally.neighbour, evidence.judge(said, near[doi_of(work)]))
                yield style.__name__, name, work, wrong, near[doi_of(work)], said, tally


def load(path: Path) -> list[Work]:
    """Return the works of a gzipped file of raw Crossref records that have a title."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        works = [record.work(json.loads(line)) for line in lines]
    return [work for work in works if work and work.title]


def _row(name: str, tally: Tally) -> str:
    right, other, near = tally.right, tally.random, tally.neighbour
    total = sum(right[verdict] for verdict in ("attested", "unattested", "suspect"))

    def caught(verdicts: Counter[str]) -> str:
        share = 100 * verdicts["caught"] / max(1, verdicts["knowable"])
        return f"{verdicts['knowable']:6} {share:6.1f}% {verdicts['suspect']:6} {verdicts['attested']:5}"

    return (
        f"{name:28} {total:6} {100 * right['suspect'] / total:6.2f}% {100 * right['attested'] / total:6.1f}%"
        f"   {caught(other)}   {caught(near)}"
    )


def main(path: str, per_cell: str = "60") -> None:
    """Print the two tables, and the time a section takes."""
    by_style: dict[str, Tally] = defaultdict(lambda: Tally(Counter(), Counter(), Counter()))
    by_noise: dict[str, Tally] = defaultdict(lambda: Tally(Counter(), Counter(), Counter()))
    every = Tally(Counter(), Counter(), Counter())
    works = load(Path(path))
    for style, noise, *_, tally in measure(works, int(per_cell)):
        for whole in (by_style[style], by_noise[noise], every):
            whole.right += tally.right
            whole.random += tally.random
            whole.neighbour += tally.neighbour
    print(f"{'':28} {'RIGHT WORK':>22}   {'RANDOM WORK':>27}   {'NEIGHBOUR':>27}")
    print(
        f"{'':28} {'judged':>6} {'suspect':>7} {'attest.':>7}"
        + f"   {'knowbl':>6} {'of them':>7} {'susp.':>6} {'att.':>5}" * 2
    )
    for table in (by_style, by_noise, {"all": every}):
        for name, tally in table.items():
            print(_row(name, tally))
        print()
    print(speed(works))


def speed(works: Sequence[Work]) -> str:
    """Return how long reading and judging one section takes."""
    chance = random.Random(2)
    made = []
    for work in chance.sample(works, min(500, len(works))):
        sections = outline.read(chance.choice(STYLES)(cited(work)).encode(), 0).sections
        made.append((sections, find(sections, doi_of(work)), work))
    start = time.process_time()
    said = [(claims.read(sections, mention, ()), work) for sections, mention, work in made]
    middle = time.process_time()
    for each, work in said:
        evidence.judge(each, work)
    end = time.process_time()
    reading, judging = (1e6 * seconds / len(made) for seconds in (middle - start, end - middle))
    return f"read {reading:.0f} us, judge {judging:.0f} us a citation (processor time)"


if __name__ == "__main__":
    main(*sys.argv[1:])
