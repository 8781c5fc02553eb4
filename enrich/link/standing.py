"""When a link that could not be asked counts as broken: only if it fails again and again, for days."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enrich.model.link import LinkVerdict, Standing

_DAY_S = 86_400.0
# What says nothing of the host: we do not ask there, or the file is more than we take.
_OURS = frozenset({"port", "too large"})


@dataclass(frozen=True, slots=True)
class Endurance:
    """How long a failure is borne: in fewer than `failures` runs, or for fewer than `days` days, it is `unknown`."""

    failures: int = 3
    days: float = 3.0


def judged(
    verdict: LinkVerdict, before: Standing | None, endurance: Endurance, now: float
) -> tuple[LinkVerdict, Standing | None]:
    """Return the verdict as it counts, and what to remember of it; to be called once a run and address.

    `before` is what was remembered. One success clears it, and so does any other answer of the host: a link
    that is `blocked` or `broken` is there to be asked.
    """
    if verdict.status != "unknown":
        return verdict, None
    if verdict.reason in _OURS:
        return verdict, before
    after = Standing(now, now) if before is None else Standing(before.first_at, now, before.runs + 1)
    # A memory from the future tells of a wrong clock: begin anew.
    if after.first_at > now:
        after = Standing(now, now)
    if after.runs < endurance.failures or now - after.first_at < endurance.days * _DAY_S:
        return verdict, after
    days = (now - after.first_at) / _DAY_S
    said = f"{verdict.reason}, {verdict.detail}" if verdict.detail else verdict.reason
    detail = f"{said}; in {after.runs} runs over {days:.0f} days"
    return replace(verdict, status="broken", reason="still failing", detail=detail), after
