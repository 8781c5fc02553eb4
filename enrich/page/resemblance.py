"""Whether two sources describe one paper: a number in an archive's record may be another paper's."""

from __future__ import annotations

from enrich.model.claims import Claims
from enrich.model.work import Author, Work
from enrich.page.match import evidence


def is_other(one: Work, other: Work) -> bool:
    """Tell whether `other` is surely another paper than `one`, by the evidence that convicts a page's citation."""
    return bool(one.title) and evidence.judge(_claimed(one), other).verdict == "suspect"


def _claimed(work: Work) -> Claims:
    """Return a record as if a page said it."""
    names = (author.family if isinstance(author, Author) else author.name for author in work.authors)
    return Claims(
        titles=(work.title,),
        authors=", ".join(names),
        journals=tuple(name for name in (work.container, work.short_container) if name),
        years=work.years or ((work.published.year,) if work.published else ()),
        volume=work.volume,
        page=work.article_number or work.pages.partition("-")[0],
    )
