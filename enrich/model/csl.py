"""Names and dates as CSL has them: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables."""

from __future__ import annotations

from enrich.model.work import Author, Group, PartialDate


def name(person: Author | Group) -> dict[str, object]:
    """Return a person in parts, and as one `literal` whatever is not known to have a family name."""
    if isinstance(person, Group):
        return {"literal": person.name}
    if not person.family:
        return {"literal": str(person)}
    parts = {"family": person.family, "given": person.given, "suffix": person.suffix}
    return {part: text for part, text in parts.items() if text}


def date_parts(date: PartialDate) -> list[int]:
    """Return year, month and day, as far as they are known."""
    parts = [date.year]
    if date.month:
        parts.append(date.month)
        if date.day:
            parts.append(date.day)
    return parts
