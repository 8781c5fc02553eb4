"""Profiles `list`, `zola` and `jekyll`: one entry for each work that the page cites.

Zola and Hugo read the same fields. In Jekyll `published` is a switch (https://jekyllrb.com/docs/front-matter/), so
there the date is called as in the flat profile.
"""

from __future__ import annotations

from typing import Final

from enrich.model.page import Value
from enrich.model.work import Work
from enrich.page.profiles import saying
from enrich.page.profiles.saying import Beside, Table, number
from enrich.page.standing import standing


def _notice(work: Work, _: Beside) -> Value:
    stands = standing(work)
    if stands is None or stands.notice is None:
        return None
    return {"doi": str(stands.notice)} | ({"date": str(stands.date)} if stands.date else {})


LIST: Final[Table] = {
    "doi": saying.doi,
    "title": saying.title,
    "authors": saying.authors,
    "journal": saying.container,
    "published": saying.published,
    "volume": saying.volume,
    "issue": saying.issue,
    "pages": saying.pages,
    "pdf": lambda _, beside: beside.pdf,
    "pmid": lambda work, _: number(work.pmid),
    "pmcid": lambda work, _: number(work.pmcid),
    "arxiv": lambda work, _: number(work.arxiv),
    "published_as": lambda work, _: number(work.published_as),
    "status": saying.status,
    "notice": _notice,
}
JEKYLL: Final[Table] = {
    "publication_date" if name == "published" else name: says for name, says in LIST.items()
}
