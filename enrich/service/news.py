"""What is news to those who are told: each retraction and broken PDF once, also where a run was cut short."""

from __future__ import annotations

from dataclasses import replace

from enrich.model.outcome import Alert, Report
from enrich.report.alerts import alerts
from enrich.service.history import Ending, State


def news(report: Report, state: State) -> tuple[Alert, ...]:
    """Return what nobody was told yet: left over from runs that were cut short, and new since the last run.

    The report's own alerts come back with every run, for as long as the pages cannot say them. A dry run has none.
    """
    if report.dry_run:
        return ()
    return (*state.untold, *(alert for alert in alerts(report) if _name(alert) not in state.told))


def told(report: Report, state: State, ending: Ending) -> State:
    """Return the state once `news` was told, or could not be since the run was cut short."""
    if report.dry_run:
        return state
    # What is missing from a run that did not see every page may be as bad as before.
    before = () if ending == "done" else state.told
    names = dict.fromkeys((*before, *map(_name, alerts(report))))
    return replace(state, told=tuple(names), untold=news(report, state) if ending == "interrupted" else ())


def _name(alert: Alert) -> tuple[str, str, str]:
    return alert.kind, alert.path, alert.paper
