"""The routes for people: the report as a page, and what becomes of its forms."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

import structlog
from aiohttp import web

from enrich.config import Config
from enrich.model.accession import named
from enrich.model.file import Trouble
from enrich.model.page import Refusal
from enrich.report.sheet import visible
from enrich.service.answer import moment, problem, squeezed
from enrich.service.api import body, refusal
from enrich.service.history import Run
from enrich.service.office import OFFICE, Office
from enrich.store.decide import Decision, decide

_log = structlog.get_logger()

_HTML: Final = "text/html; charset=utf-8"
_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS: Final = frozenset({"page", "cites", "paper", "accept"})
_ANSWERS: Final = {"true": True, "false": False}
_DECIDED: Final = {
    "accepted": "Accepted: the next run writes this paper.",
    "refused": "Refused: no run will write this paper here.",
}


async def latest(request: web.Request) -> web.StreamResponse:
    """Show how the site stands."""
    office = request.app[OFFICE]
    run = office.views.latest()
    said = _DECIDED.get(request.query.get("decided", ""), "")
    return await _shown(request, run, " ".join([said, *_news(office, run)] if said else _news(office, run)))


async def earlier(request: web.Request) -> web.StreamResponse:
    """Show what an earlier run found."""
    office, name = request.app[OFFICE], request.match_info["id"]
    run = office.history.run(name)
    if run is None:
        return problem(404, f"no run {visible(name)[:40]}, or it is no longer kept; / shows the last one")
    return await _shown(request, run, run.reason)


async def decided(request: web.Request) -> web.StreamResponse:
    """Take a form's answer to a question of the latest report, and go back there."""
    office = request.app[OFFICE]
    data = await body(request, _FORM)
    if isinstance(data, web.Response):
        return data
    form = dict(parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True))
    if refused := refusal(request, form.get("token", ""), is_form=True):
        return refused
    decision = await _decision(form, office)
    if isinstance(decision, web.Response):
        return decision
    done = decide(office.config.memory.dir / "decisions.toml", decision)
    match done:
        case Refusal(reason, number):
            return problem(409, f"{reason} (line {number})" if number else reason)
        case Trouble(reason):
            return problem(503, reason)
        case bool():
            word = "accepted" if decision.accept else "refused"
            _log.info(word, page=visible(decision.page), paper=str(decision.paper), changed=done)
            return web.Response(status=303, headers={"Location": f"/?decided={word}#decisions"})


async def _shown(request: web.Request, run: Run | None, notice: str) -> web.Response:
    office = request.app[OFFICE]
    view = await office.views.view(run, is_open=office.is_open)
    data = await office.views.html(view, notice)
    return await squeezed(request, data, _HTML, {"Content-Security-Policy": view.policy})


def _news(office: Office, shown: Run | None) -> Iterator[str]:
    """Yield what a person should know beside the report: what goes on, what failed since, what cannot be done."""
    last = office.history.runs[0] if office.history.runs else None
    if last and last.ending == "failed":
        yield f"The last run ({last.id}) failed: {last.reason}."
    if progress := office.runner.progress:
        yield f"A run goes on since {moment(progress.begun.began)}."
    elif shown is None and (start := moment(office.timekeeper.next_start)):
        yield f"No run has ended yet; the first one begins at {start}."
    elif shown is None:
        yield "No run has ended yet, and none is planned: POST /api/runs starts one."
    if not office.is_open:
        yield "Read-only: ENRICH_SERVICE__TOKEN is not set."


async def _decision(form: Mapping[str, str], office: Office) -> Decision | web.Response:
    """Return what the form says, checked against the report that it stands in."""
    if form.keys() - {"token"} != _FIELDS:
        return problem(400, "a form has the fields page, cites, paper, accept and token")
    accept, paper = _ANSWERS.get(form["accept"]), named(form["paper"])
    if accept is None or paper is None:
        return problem(400, "accept is true or false, and paper an identifier such as 10.1000/xyz")
    page = _in_site(form["page"], office.config)
    if page is None:
        return problem(400, "page is a path inside the site's pages, as the report names it")
    view = await office.views.view(office.views.latest(), is_open=office.is_open)
    if (form["page"], form["cites"], form["paper"]) not in view.questions:
        return problem(404, "the last report asks nothing of the kind; open / again")
    return Decision(page, form["cites"], paper, accept)


def _in_site(shown: str, config: Config) -> str | None:
    """Return a page as the site names it, from its folder; None where that is outside of the pages' root."""
    if "\0" in shown:
        return None
    file = Path(os.path.normpath(Path.cwd() / shown))
    if file == config.pages.root or not file.is_relative_to(config.pages.root):
        return None
    return Path(os.path.relpath(file, config.site)).as_posix()
