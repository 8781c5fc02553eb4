"""The routes for programs: whether the service lives and could work, its figures, and its runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Final

import structlog
from aiohttp import web

from enrich.report.sheet import visible
from enrich.service import gate, metrics, openapi
from enrich.service.answer import line, moment, problem, squeezed
from enrich.service.history import Begun, Run
from enrich.service.office import BODY_S, OFFICE
from enrich.service.runner import Progress

_log = structlog.get_logger()

_JSON: Final = "application/json"
_READ_ONLY: Final = (
    "this service is read-only: it listens beyond this machine without a token; set ENRICH_SERVICE__TOKEN"
)
_CROSS_SITE: Final = "this comes from another site; only this service's own pages, and programs, may send it"


async def healthz(_request: web.Request) -> web.Response:
    """Say that the process lives."""
    return line({"alive": True})


async def readyz(request: web.Request) -> web.Response:
    """Say whether a run could begin now, or what is in its way."""
    office = request.app[OFFICE]
    problems = office.readiness.problems(office.config)
    return line({"ready": not problems, "problems": list(problems)}, 503 if problems else 200)


async def figures(request: web.Request) -> web.Response:
    """Return what Prometheus reads."""
    text = request.app[OFFICE].metrics.text()
    return web.Response(body=text, headers={"Content-Type": metrics.CONTENT_TYPE})


async def described(_request: web.Request) -> web.Response:
    """Return the OpenAPI document."""
    return line(openapi.document())


async def runs(request: web.Request) -> web.Response:
    """List the runs, the newest first, the one that goes on, and when the next one is to begin."""
    office = request.app[OFFICE]
    progress = office.runner.progress
    # Its report still being written, a run may be known already.
    ended = [run for run in office.history.runs if not progress or run.id != progress.begun.id]
    return line(
        {
            "running": _going_on(progress) if progress else None,
            "next": moment(office.timekeeper.next_start),
            "read_only": not office.is_open,
            "runs": [_ended(run) for run in ended],
        }
    )


async def run(request: web.Request) -> web.StreamResponse:
    """Return the JSON report of a run that ended; of one that goes on, how far it is."""
    office, name = request.app[OFFICE], request.match_info["id"]
    progress = office.runner.progress
    if progress and progress.begun.id == name:
        return line(_going_on(progress), 202, {"Retry-After": "5"})
    report = office.history.report_json(name)
    if report is None:
        return problem(404, f"no run {visible(name)[:40]}, or it is no longer kept; /api/runs lists them")
    return await squeezed(request, report, "application/json; charset=utf-8")


async def start(request: web.Request) -> web.Response:
    """Start a run, where none goes on."""
    office = request.app[OFFICE]
    if refused := refusal(request, gate.bearer(request.headers.get("Authorization", "")), is_form=False):
        return refused
    dry_run = await _dry_run(request)
    if isinstance(dry_run, web.Response):
        return dry_run
    if not dry_run and (problems := office.readiness.problems(office.config)):
        return problem(503, "; ".join(problems))
    begun = office.runner.start(office.config, "request", dry_run=dry_run)
    if begun is None:
        progress = office.runner.progress
        return problem(409, "a run goes on; wait for its end", id=progress.begun.id if progress else None)
    return line(_begun(begun), 202, {"Location": f"/api/runs/{begun.id}"})


def refusal(request: web.Request, token: str, *, is_form: bool) -> web.Response | None:
    """Return why a request may change nothing, or None where it may."""
    service = request.app[OFFICE].config.service
    if not gate.is_same_origin(request.headers, is_form=is_form):
        return problem(403, _CROSS_SITE)
    if not gate.is_open(service):
        return problem(403, _READ_ONLY)
    if not gate.is_allowed(token, service):
        _log.warning("token_refused", path=request.path, remote=request.remote)
        return problem(401, "the token is missing or wrong: it is what ENRICH_SERVICE__TOKEN was set to")
    return None


async def body(request: web.Request, media_type: str) -> bytes | web.Response:
    """Return a request's body, which is small and comes soon; or what is wrong with it."""
    if request.can_read_body and request.content_type != media_type:
        return problem(415, f"the body is to be {media_type}")
    try:
        async with asyncio.timeout(request.app[BODY_S]):
            return await request.read()
    except TimeoutError:
        return problem(408, f"the body did not come within {request.app[BODY_S]:g} s")


async def _dry_run(request: web.Request) -> bool | web.Response:
    data = await body(request, _JSON)
    if isinstance(data, web.Response):
        return data
    try:
        wish = json.loads(data) if data.strip() else {}
    except (ValueError, RecursionError):
        return problem(400, 'the body is no JSON; send {} or {"dry_run": true}')
    if not isinstance(wish, dict) or wish.keys() - {"dry_run"}:
        strange = (
            f"{visible(str(min(wish.keys() - {'dry_run'})))[:40]!r} is" if isinstance(wish, dict) else "it is"
        )
        return problem(400, f'the body is to be {{}} or {{"dry_run": true}}; {strange} something else')
    dry_run = wish.get("dry_run", False)
    return dry_run if isinstance(dry_run, bool) else problem(400, "dry_run is true or false")


def _begun(begun: Begun) -> Mapping[str, object]:
    return {
        "id": begun.id,
        "trigger": begun.trigger,
        "dry_run": begun.dry_run,
        "began": moment(begun.began),
    }


def _going_on(progress: Progress) -> Mapping[str, object]:
    at = {"step": progress.step or None, "done": progress.done, "total": progress.total}
    return {**_begun(progress.begun), **at}


def _ended(run: Run) -> Mapping[str, object]:
    return {
        **_begun(run.begun),
        "seconds": round(run.seconds, 3),
        "outcome": run.ending,
        "exit_code": run.exit_code,
        "reason": run.reason,
        "alerts": run.alerts,
        "totals": dict(run.totals),
    }
