"""Which DOIs go together in one list query, and which answer belongs to which question. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from enrich.model.identifier import Doi

# Crossref's balancer answers 414 to a longer request line; ours counts the line end too.
MAX_LINE = 4096
# Crossref's most `rows`; a batch must get all its answers in one page.
MAX_ROWS = 1000

_PAIR, _COMMA = quote_plus("doi:"), quote_plus(",")

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Packed:
    """DOIs for list queries, each batch within the request line, and those that must be asked one by one."""

    batches: tuple[tuple[Doi, ...], ...]
    singles: tuple[Doi, ...]


@dataclass(frozen=True, slots=True)
class Paired:
    """A batch's answers by question: records found, questions without one, and DOIs that nobody asked for."""

    found: tuple[tuple[Doi, Record], ...]
    missing: tuple[Doi, ...]
    strangers: tuple[str, ...]


def line_length(url: str, select: Sequence[str], dois: Iterable[Doi]) -> int:
    """Return the bytes of the request line that habanero sends for a list query to the service at `url`."""
    costs = [_cost(doi) for doi in dois]
    return _frame(url, select) + sum(costs) + _between(len(costs))


def pack(
    dois: Iterable[Doi],
    url: str,
    select: Sequence[str],
    *,
    max_line: int = MAX_LINE,
    max_rows: int = MAX_ROWS,
) -> Packed:
    """Fill request lines of at most `max_line` bytes with the distinct `dois`, losing none.

    A DOI with a comma would end its filter, and one that fills a line alone cannot be sent in a list: both
    are singles. The order is kept: whoever waits for the first ones need not wait for all. What a line then
    leaves empty is half a DOI on average, one request in two hundred.
    """
    room = max_line - _frame(url, select)
    singles: list[Doi] = []
    batches: list[list[Doi]] = []
    left = 0
    for doi in dict.fromkeys(dois):
        cost = _cost(doi)
        if "," in doi.value or cost + _between(1) > room:
            singles.append(doi)
            continue
        count = len(batches[-1]) if batches else max_rows
        more = cost + _between(count + 1) - _between(count)
        if count == max_rows or more > left:
            batches.append([])
            left, more = room, cost + _between(1)
        batches[-1].append(doi)
        left -= more
    return Packed(tuple(map(tuple, batches)), tuple(singles))


def pair(asked: Sequence[Doi], items: Iterable[Record]) -> Paired:
    """Match records with the DOIs asked for, without regard to case; the first record of a DOI counts."""
    questions = {doi.value.lower(): doi for doi in asked}
    found: dict[Doi, Record] = {}
    strangers = []
    for item in items:
        stated = str(item.get("DOI", "")).strip()
        doi = questions.get(stated.lower())
        if doi is None:
            strangers.append(stated)
        else:
            found.setdefault(doi, item)
    missing = tuple(doi for doi in asked if doi not in found)
    return Paired(tuple(found.items()), missing, tuple(strangers))


def _frame(url: str, select: Sequence[str]) -> int:
    """Return the bytes of a list query's request line without its DOIs, their commas and the row count."""
    path = f"{urlsplit(url).path.rstrip('/')}/works"
    return len(f"GET {path}?filter=&rows=&select={quote_plus(','.join(select))} HTTP/1.1\r\n")


def _cost(doi: Doi) -> int:
    return len(_PAIR) + len(quote_plus(doi.value))


def _between(count: int) -> int:
    """Return the bytes of the commas between `count` DOIs, and of the row count itself."""
    return len(_COMMA) * (count - 1) + len(str(count))
