"""Made sites: any number of pages that each cite one paper of their own, and the records of those papers.

Everything follows from a page's number, so that a site, its records and a run over it can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

# How long the DOIs of 1,008 real Crossref records are: (length, records).
LENGTHS = (
    (11, 1), (14, 5), (15, 20), (16, 15), (17, 30), (18, 48), (19, 99), (20, 100), (21, 26), (22, 34), (23, 39),
    (24, 33), (25, 90), (26, 54), (27, 21), (28, 120), (29, 33), (30, 32), (31, 21), (32, 83), (33, 12), (34, 38),
    (35, 1), (36, 38), (37, 1), (38, 5), (40, 4), (42, 1), (44, 1), (46, 1), (55, 2),
)  # fmt: skip
_CYCLE = [length for length, count in LENGTHS for _ in range(count)]
_STEP = 389  # prime to the cycle: neighbours differ in length
_WORDS = (
    "selenium", "vitamin", "status", "bone", "density", "older", "women", "cohort", "trial", "dose", "serum",
    "infants", "mineral", "supplementation", "risk", "fracture", "pregnancy", "intake", "calcium", "muscle",
    "strength", "outcome", "analysis", "long-term", "follow-up", "winter", "sunlight",
)  # fmt: skip
_JOURNALS = (
    ("Journal of Made Nutrition", "J Made Nutr"),
    ("Annals of Invented Bone Research", "Ann Invent Bone Res"),
)
_GIVEN = ("Anna", "Bertil", "Chen", "Dolores", "Emeka", "Farah")
_FAMILY = ("Lindqvist", "Okafor", "Haddad", "Novak", "Moreau", "Tanaka", "Silva", "Berg")
_STYLES = ("json", "yaml", "toml")


def doi(number: int) -> str:
    """Return the DOI of paper `number`: distinct, and as long as real ones are."""
    length = max(_CYCLE[number * _STEP % len(_CYCLE)], 15)
    suffix = f"{number:05d}"
    filler = ("j.made.2021.research.article.of.great.length.x" * 2)[: length - 8 - len(suffix) - 1]
    return f"10.{5000 + number % 40}/{filler}-{suffix}" if filler else f"10.{5000 + number % 40}/{suffix}"


def title(number: int) -> str:
    """Return a title of nine words that no other paper within a few thousand has."""
    words = [_WORDS[number // len(_WORDS) ** power % len(_WORDS)] for power in range(3)]
    words += [_WORDS[(number * factor + factor) % len(_WORDS)] for factor in (7, 11, 13, 17, 19)]
    return " ".join(words).capitalize() + f" in region {number}"


def authors(number: int) -> list[tuple[str, str]]:
    """Return four persons, given name first."""
    return [(_GIVEN[(number + n) % 6], _FAMILY[(number // 6 + n) % 8]) for n in range(4)]


def record(number: int) -> dict[str, object]:
    """Return the paper's record in the shape of Crossref's REST API."""
    journal, short = _JOURNALS[number % 2]
    return {
        "DOI": doi(number),
        "type": "journal-article",
        "title": [title(number)],
        "container-title": [journal],
        "short-container-title": [short],
        "author": [
            {"given": given, "family": family, "sequence": "additional"} for given, family in authors(number)
        ],
        "issued": {"date-parts": [[2000 + number % 24, 1 + number % 12, 1 + number % 28]]},
        "volume": str(1 + number % 60),
        "issue": str(1 + number % 12),
        "page": f"{100 + number % 800}-{109 + number % 800}",
    }


def page(number: int) -> bytes:
    """Return a page of about 2.5 kB that cites paper `number`, in one of the three styles of front matter."""
    front = _front(_STYLES[number % 3], number)
    journal = _JOURNALS[number % 2][1]
    names = ", ".join(f"{given} {family} {n}" for n, (given, family) in enumerate(authors(number), 1))
    first = 100 + number % 800
    line = f"{journal}. {2000 + number % 24};{1 + number % 60}({1 + number % 12}):{first}-{first + 9}."
    prose = "\n\n".join(
        f"Paragraph {n} says in *plain* words what was found among {number + n} people, and [what it means]"
        f"(https://example.org/notes/{n}) for those who read this, with some **strong** words in between. "
        * 2
        for n in range(5)
    )
    body = (
        f"\n#### {title(number)}\n\n{line} [doi: {doi(number)}.](https://doi.org/{doi(number)}.)\n\n{names}\n\n{prose}\n\n"
        f"| dose | change |\n| --- | --- |\n| 1 | {number % 9} % |\n\n```\n10.5000/in-code-{number}\n```\n"
    )
    return (front + body).encode()


def write(folder: Path, count: int) -> None:
    """Write a site of `count` pages into `folder`, with a configuration that names no service yet."""
    for number in range(count):
        file = folder / "content" / f"{number // 500:03d}" / f"page-{number:05d}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page(number))


def records(count: int) -> Iterator[dict[str, object]]:
    """Return the records of the first `count` papers."""
    return (record(number) for number in range(count))


def _front(style: str, number: int) -> str:
    name, slug = f"What the region {number} study says \u2013 in short", f"region-{number}"
    tags = ["bone", "selenium", "vitamin d"]
    match style:
        case "json":
            data = {"title": name, "slug": slug, "date": "2022-05-14", "tags": tags, "tiki_page_id": number}
            return json.dumps(data, indent=4) + "\n\n"
        case "yaml":
            listed = "".join(f'  - "{tag}"\n' for tag in tags)
            return f'---\ntitle: "{name}"\nslug: "{slug}"\ndate: 2022-05-14\ntags:\n{listed}---\n\n'
        case _:
            return f'+++\ntitle = "{name}"\nslug = "{slug}"\ndate = 2022-05-14\ntags = {json.dumps(tags)}\n+++\n\n'
