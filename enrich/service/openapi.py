"""The service's HTTP interface described for programs: https://spec.openapis.org/oas/v3.1.0"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, get_args

from enrich import __version__
from enrich.model.link import LinkStatus, PdfVerdict
from enrich.model.outcome import Outcome, Status
from enrich.service.history import Ending, Trigger

_Json = Mapping[str, object]

_JSON: Final = "application/json"
_HTML: Final = "text/html"
_ID: Final = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
_TOKEN: Final[list[_Json]] = [{"token": []}]


@cache
def document() -> _Json:
    """Return the document; a test holds it against what the service answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "enrich",
            "version": __version__,
            "description": "Runs on a schedule, their reports, and the decisions that people make.",
        },
        "paths": _paths(),
        "components": {
            "schemas": {
                "Error": _record({"error": _TEXT}, more=True),
                "Begun": _record(_BEGUN),
                "Progress": _record({**_BEGUN, "step": _nullable(_TEXT), "done": _WHOLE, "total": _WHOLE}),
                "Run": _record(_RUN),
                "Report": _report(),
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "ENRICH_SERVICE__TOKEN; not wanted where none is set and only loopback can ask.",
                }
            },
        },
    }


def _paths() -> _Json:
    return {
        "/": {"get": _route("The latest report, for people.", {200: _page("The report.")})},
        "/runs/{id}": {
            "get": _route(
                "An earlier run's report, for people.",
                {200: _page("The report."), 404: _error("No such run is kept.")},
                parameters=[_ID],
            )
        },
        "/decisions": {"post": _decide()},
        "/healthz": {
            "get": _route("Whether the process lives.", {200: _json("It does.", _record({"alive": _TRUTH}))})
        },
        "/readyz": {
            "get": _route(
                "Whether a run could begin now.",
                {200: _json("It could.", _READY), 503: _json("Why not.", _READY)},
            )
        },
        "/metrics": {
            "get": _route("Figures for Prometheus.", {200: _content("Its text format.", "text/plain", _TEXT)})
        },
        "/api/openapi.json": {
            "get": _route("This document.", {200: _json("OpenAPI 3.1.", {"type": "object"})})
        },
        "/api/runs": {
            "get": _route("The runs, the newest first.", {200: _json("All that are kept.", _RUNS)}),
            "post": _start(),
        },
        "/api/runs/{id}": {
            "get": _route(
                "What a run found.",
                {
                    200: _json("Its report.", _ref("Report")),
                    202: _json("It still goes on: how far it is.", _ref("Progress")),
                    404: _error("No such run is kept."),
                },
                parameters=[_ID],
            )
        },
    }


def _start() -> _Json:
    wish = {"type": "object", "properties": {"dry_run": _TRUTH}, "additionalProperties": False}
    return _route(
        "Start a run; a dry one changes nothing.",
        {
            202: _json("It has begun; Location is where its report will be.", _ref("Begun")),
            400: _error("The body is no JSON, or asks for something else."),
            401: _error("The token is missing or wrong."),
            403: _error("The service is read-only, or the request comes from another site."),
            408: _error("The body did not come in time."),
            409: _error("A run goes on: `id` is its name."),
            413: _error("The body is too large."),
            415: _error("The body is to be JSON."),
            503: _error("No run could begin; /readyz says so, too."),
        },
        requestBody={"required": False, "content": {_JSON: {"schema": wish}}},
        security=_TOKEN,
    )


def _decide() -> _Json:
    fields = {
        "page": _TEXT,
        "cites": _TEXT,
        "paper": _TEXT,
        "accept": {"enum": ["true", "false"]},
        "token": _TEXT,
    }
    form = {"type": "object", "properties": fields, "required": ["page", "cites", "paper", "accept"]}
    return _route(
        "Answer a question of the latest report, as its forms do.",
        {
            303: {"description": "Done: back to the report.", "headers": {"Location": {"schema": _TEXT}}},
            400: _error("A field is missing or wrong, or the page is outside of the site."),
            401: _error("The token is missing or wrong."),
            403: _error("The service is read-only, or the form is not from this service's own pages."),
            404: _error("The latest report asks nothing of the kind."),
            408: _error("The body did not come in time."),
            409: _error("The file of decisions is not in order; a person must see to it."),
            413: _error("The body is too large."),
            415: _error("The body is to be a form."),
            503: _error("The file of decisions cannot be written."),
        },
        requestBody={"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
    )


def _route(summary: str, answers: Mapping[int, _Json], **more: object) -> _Json:
    # The names that lead here are checked before the route; probes send an address, so they are let through.
    return {"summary": summary, **more, "responses": {str(code): answer for code, answer in answers.items()}}


def _content(description: str, media_type: str, schema: _Json) -> _Json:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _json(description: str, schema: _Json) -> _Json:
    return _content(description, _JSON, schema)


def _page(description: str) -> _Json:
    return _content(description, _HTML, {"type": "string"})


def _error(description: str) -> _Json:
    return _json(description, _ref("Error"))


def _ref(name: str) -> _Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _record(fields: _Json, *, more: bool = False) -> _Json:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        **({} if more else {"additionalProperties": False}),
    }


def _list(schema: _Json) -> _Json:
    return {"type": "array", "items": schema}


def _nullable(schema: _Json) -> _Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _word(kind: object) -> _Json:
    return {"type": "string", "enum": list(get_args(kind))}


_TEXT: Final[_Json] = {"type": "string"}
_TRUTH: Final[_Json] = {"type": "boolean"}
_WHOLE: Final[_Json] = {"type": "integer"}
_NUMBER: Final[_Json] = {"type": "number"}
_TIME: Final[_Json] = {"type": "string", "format": "date-time"}
_ANY: Final[_Json] = {}
_COUNTS: Final[_Json] = {"type": "object", "additionalProperties": _WHOLE}
_READY: Final = _record({"ready": _TRUTH, "problems": _list(_TEXT)})
_BEGUN: Final[_Json] = {"id": _TEXT, "trigger": _word(Trigger), "dry_run": _TRUTH, "began": _TIME}
_RUN: Final[_Json] = {
    **_BEGUN,
    "seconds": _NUMBER,
    "outcome": _word(Ending),
    "exit_code": _WHOLE,
    "reason": _TEXT,
    "alerts": _WHOLE,
    "totals": _COUNTS,
}
_RUNS: Final = _record(
    {
        "running": _nullable(_ref("Progress")),
        "next": _nullable(_TIME),
        "read_only": _TRUTH,
        "runs": _list(_ref("Run")),
    }
)


def _report() -> _Json:
    """Describe version 1 of the JSON report; later versions add keys."""
    page = {
        "path": _TEXT,
        "outcome": _word(Outcome),
        "reason": _TEXT,
        "citations": _list(
            _record(
                {
                    "identifier": _TEXT,
                    "doi": _nullable(_TEXT),
                    "line": _WHOLE,
                    "status": _word(Status),
                    "evidence": {"type": "object"},
                },
                more=True,
            )
        ),
        "changes": _list(_record({"key": _TEXT, "old": _ANY, "new": _ANY}, more=True)),
        "kept": _list(_record({"key": _TEXT, "page": _ANY, "registry": _ANY}, more=True)),
        "links": _list(
            _record(
                {
                    "url": _TEXT,
                    "line": _WHOLE,
                    "status": _word(LinkStatus),
                    "pdf": _nullable(_word(PdfVerdict)),
                },
                more=True,
            )
        ),
    }
    return _record(
        {
            "version": _WHOLE,
            "dry_run": _TRUTH,
            "exit_code": _WHOLE,
            "seconds": _NUMBER,
            "totals": _COUNTS,
            "requests": {"type": "object", "additionalProperties": {"type": "object"}},
            "pages": _list(_record(page, more=True)),
        },
        more=True,
    )
