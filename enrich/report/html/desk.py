"""What the service's pages have beside the report itself: where forms are sent to, and the way to other runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Earlier:
    """A run that one may go back to: what to call it, and where it is."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The report as the service shows it; all addresses are paths of its own.

    `decide` is where the forms to accept or refuse a paper post to; empty, and there are no forms. They send
    `page` (as the report names it), `cites` (a citation's words, else empty), `paper`, `accept` (`true` or
    `false`) and `token`, as application/x-www-form-urlencoded. `notice` is a sentence shown above everything.
    """

    run: str
    decide: str = ""
    earlier: tuple[Earlier, ...] = ()
    notice: str = ""
