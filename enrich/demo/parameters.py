"""The query parameters of Crossref's `/works`: what they mean, and what it says of wrong ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enrich.demo.reply import Reply, as_json

MAX_ROWS = 1000
FILTERS = ("doi", "type")
PARAMETERS = frozenset({"filter", "rows", "offset", "select", "mailto", "query", "query.bibliographic"})
_SELECTS = """
DOI title subtitle short-title original-title author editor chair translator container-title
short-container-title issued published published-print published-online posted approved accepted created
indexed deposited volume issue page article-number type publisher publisher-location ISSN issn-type ISBN
license link abstract relation update-to updated-by update-policy resource URL member prefix score subject
funder reference references-count is-referenced-by-count group-title event standards-body degree archive
assertion alternative-id clinical-trial-number content-domain
"""
SELECTS = frozenset(_SELECTS.split())

Record = Mapping[str, object]
Mistake = Mapping[str, str]


def pairs(text: str) -> list[tuple[str, str]]:
    """Split `a:x,b:y` as Crossref does: at every comma, then at the first colon."""
    return [(name, value) for name, _, value in (part.partition(":") for part in text.split(",") if part)]


def dois(text: str) -> tuple[str, ...]:
    """Return the lower-case DOIs that a filter names."""
    return tuple(value.lower() for name, value in pairs(text) if name == "doi")


def selected(query: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that `select` names; none means all."""
    return tuple(name for name in query.get("select", "").split(",") if name)


def passing(records: Mapping[str, Record], query: Mapping[str, str]) -> list[Record]:
    """Return the records (given under their lower-case DOIs) that pass the filter; none: all.

    The values of one filter are alternatives.
    """
    wanted: dict[str, set[str]] = {}
    for name, value in pairs(query.get("filter", "")):
        wanted.setdefault(name, set()).add(value.lower())
    if "doi" in wanted:
        found = [records[doi] for doi in sorted(wanted["doi"]) if doi in records]
    else:
        found = list(records.values())
    return [record for record in found if "type" not in wanted or record.get("type") in wanted["type"]]


def mistakes(query: Mapping[str, str]) -> list[Mistake]:
    """Return what is wrong with the parameters of a list query, in Crossref's words."""
    return [*_unknown(query, PARAMETERS), *_filter(query), *_select(query), *_numbers(query)]


def not_on_a_work(query: Mapping[str, str]) -> list[Mistake]:
    """Return what is wrong with the parameters of a single work's route: anything but `mailto`."""
    return list(_unknown(query, frozenset({"mailto"})))


def validation_failure(wrong: Sequence[Mistake]) -> Reply:
    """Return the 400 that lists the mistakes."""
    return as_json(
        {"status": "failed", "message-type": "validation-failure", "message": list(wrong)}, status=400
    )


def _mistake(kind: str, value: str, message: str) -> Mistake:
    return {"type": kind, "value": value, "message": message}


def _unknown(query: Mapping[str, str], known: frozenset[str]) -> list[Mistake]:
    wrong = [name for name in query if name not in known]
    return [_mistake("parameter-not-allowed", name, f"This route does not support {name}") for name in wrong]


def _filter(query: Mapping[str, str]) -> list[Mistake]:
    text = query.get("filter", "")
    if any(":" not in part for part in text.split(",")) and text:
        message = f"Pair list form specified as '{text}' but should be of the form: key:val,...,keyN:valN"
        return [_mistake("pair-list-form-invalid", text, message)]
    wrong = sorted({name for name, _ in pairs(text) if name not in FILTERS})
    return [_mistake("filter-not-available", name, _no_such("Filter", name, FILTERS)) for name in wrong]


def _select(query: Mapping[str, str]) -> list[Mistake]:
    wrong = [name for name in selected(query) if name not in SELECTS]
    return [
        _mistake("select-not-available", name, _no_such("Select", name, sorted(SELECTS))) for name in wrong
    ]


def _no_such(what: str, name: str, known: Sequence[str]) -> str:
    valid = ", ".join(known)
    kind = what.lower()
    return (
        f"{what} '{name}' specified but there is no such {kind} for this route. "
        f"Valid {kind}s for this route are: {valid}"
    )


def _numbers(query: Mapping[str, str]) -> list[Mistake]:
    limits = {"rows": MAX_ROWS, "offset": 10_000}
    wrong = {name: most for name, most in limits.items() if not _is_number(query.get(name, "0"), most)}
    return [
        _mistake(
            "integer-not-valid", query[name], f"Integer specified as {query[name]} but must be {_upto(most)}"
        )
        for name, most in wrong.items()
    ]


def _upto(most: int) -> str:
    return f"a positive integer less than or equal to {most}. "


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= most
