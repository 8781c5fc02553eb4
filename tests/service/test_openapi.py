"""The document and the answers, held against each other: every route is documented, and answers as documented."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse, hdrs

from enrich.config import Config
from enrich.service.application import application
from enrich.service.openapi import document

TOKEN = "0123456789abcdef"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
FORM = {"page": "content/sun.md", "cites": "", "paper": "10.1000/sun", "accept": "true", "token": TOKEN}
FORMS = "application/x-www-form-urlencoded"
JSON = "application/json"

Route = tuple[str, str, int]
Ask = Callable[[Any], Awaitable[ClientResponse]]


def faults(schema: Mapping[str, Any], value: object, at: str = "$") -> Iterator[str]:
    """Yield where `value` is not as the schema says: as much of JSON Schema as the document uses."""
    known = {
        "$ref",
        "anyOf",
        "enum",
        "type",
        "format",
        "properties",
        "required",
        "additionalProperties",
        "items",
    }
    assert schema.keys() <= known, f"{at}: a keyword that this test does not know"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        yield from faults(Any_(document())["components"]["schemas"][name], value, at)
    if "anyOf" in schema and all([*faults(each, value, at)] for each in schema["anyOf"]):
        yield f"{at}: none of the choices: {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: not one of {schema['enum']}: {value!r}"
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": (int, float),
        "null": type(None),
    }
    kind = schema.get("type")
    if kind and (not isinstance(value, kinds[kind]) or (isinstance(value, bool) and kind != "boolean")):  # type: ignore[arg-type]
        yield f"{at}: no {kind}: {value!r}"
    elif isinstance(value, dict):
        yield from (f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value)
        rest = schema.get("additionalProperties", True)
        for name, item in value.items():
            if name in schema.get("properties", {}):
                yield from faults(schema["properties"][name], item, f"{at}.{name}")
            elif rest is False:
                yield f"{at}: has {name}, which is not documented"
            elif isinstance(rest, dict):
                yield from faults(rest, item, f"{at}.{name}")
    elif isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from faults(schema["items"], item, f"{at}[{number}]")


def Any_(value: object) -> Any:
    return value


def documented() -> set[Route]:
    return {
        (path, method, int(status))
        for path, methods in Any_(document())["paths"].items()
        for method, route in methods.items()
        for status in route["responses"]
    }


async def holds(answer: ClientResponse, path: str, method: str, status: int) -> None:
    """Check one answer against its documentation."""
    assert answer.status == status, await answer.text()
    said = Any_(document())["paths"][path][method]["responses"][str(status)]
    if "content" not in said:
        assert (await answer.read()) == b""
    else:
        ((media_type, content),) = said["content"].items()
        assert answer.content_type == media_type
        value = await answer.json() if media_type == JSON else await answer.text()
        assert [*faults(content["schema"], value)] == []
    for header in said.get("headers", {}):
        assert header in answer.headers


def get(path: str, **headers: str) -> Ask:
    return lambda client: client.get(path.replace("ID", client.name), **headers)


def start(body: str = "{}", media_type: str = JSON, **headers: str) -> Ask:
    return lambda client: client.post(
        "/api/runs", body, **{**AUTHORIZED, **headers, "Content-Type": media_type}
    )


def send(media_type: str = FORMS, origin: str = "", **change: str) -> Ask:
    form = urlencode({**FORM, **change})
    return lambda client: client.post(
        "/decisions", form, **{"Origin": origin or client.url, "Content-Type": media_type}
    )


EVIL = "https://evil.example"
# How each documented answer is come by, after one run; the ones that need another service stand below.
ASKED: dict[Route, Ask] = {
    ("/", "get", 200): get("/"),
    ("/runs/{id}", "get", 200): get("/runs/ID"),
    ("/runs/{id}", "get", 404): get("/runs/nothing"),
    ("/decisions", "post", 303): send(),
    ("/decisions", "post", 400): send(page="../x"),
    ("/decisions", "post", 401): send(token="wrong"),
    ("/decisions", "post", 403): send(origin=EVIL),
    ("/decisions", "post", 404): send(paper="10.1000/other"),
    ("/decisions", "post", 413): send(cites="x" * 70_000),
    ("/decisions", "post", 415): send(JSON),
    ("/healthz", "get", 200): get("/healthz"),
    ("/readyz", "get", 200): get("/readyz"),
    ("/metrics", "get", 200): get("/metrics"),
    ("/api/openapi.json", "get", 200): get("/api/openapi.json"),
    ("/api/runs", "get", 200): get("/api/runs"),
    ("/api/runs", "post", 202): start(),
    ("/api/runs", "post", 400): start("{"),
    ("/api/runs", "post", 401): start(Authorization="Bearer wrong"),
    ("/api/runs", "post", 403): start(Origin=EVIL),
    ("/api/runs", "post", 413): start(" " * 70_000),
    ("/api/runs", "post", 415): start("{}", "text/plain"),
    ("/api/runs/{id}", "get", 200): get("/api/runs/ID"),
    ("/api/runs/{id}", "get", 404): get("/api/runs/nothing"),
}
ELSEWHERE: set[Route] = {
    ("/readyz", "get", 503),
    ("/api/runs", "post", 503),
    ("/api/runs", "post", 409),
    ("/api/runs/{id}", "get", 202),
    ("/decisions", "post", 409),
    ("/decisions", "post", 503),
    ("/api/runs", "post", 408),
    ("/decisions", "post", 408),
}


@pytest.mark.parametrize("route", sorted(ASKED), ids=str)
async def test_a_documented_route_answers_as_documented(client: Any, route: Route) -> None:
    client.name = await client.ran()
    await holds(await ASKED[route](client), *route)


async def test_a_service_that_cannot_work_answers_as_documented(serving: Any, config: Config) -> None:
    async with serving(config) as client:
        await client.ran()
    config.pages.root.rmdir()
    config.memory.dir.symlink_to(config.site / "nowhere")
    async with serving(config) as client:
        await holds(await client.get("/readyz"), "/readyz", "get", 503)
        await holds(await start()(client), "/api/runs", "post", 503)
        await holds(await send()(client), "/decisions", "post", 503)


async def test_a_service_that_is_busy_answers_as_documented(serving: Any, config: Config) -> None:
    async with serving(config, gate=asyncio.Event()) as client:
        name = (await (await client.start()).json())["id"]
        await holds(await start()(client), "/api/runs", "post", 409)
        await holds(await client.get(f"/api/runs/{name}"), "/api/runs/{id}", "get", 202)
        await holds(await client.get("/api/runs"), "/api/runs", "get", 200)


async def test_decisions_in_disorder_are_answered_as_documented(client: Any, config: Config) -> None:
    await client.ran()
    config.memory.dir.mkdir()
    (config.memory.dir / "decisions.toml").write_text("[")
    await holds(await send()(client), "/decisions", "post", 409)


@pytest.mark.parametrize("path", ["/api/runs", "/decisions"])
async def test_a_body_that_does_not_come_is_answered_as_documented(
    serving: Any, config: Config, path: str
) -> None:
    async def never() -> Any:
        yield b"{"
        await asyncio.Event().wait()

    async with serving(config, body_s=0.05) as client:
        media_type = JSON if path == "/api/runs" else FORMS
        headers = {**AUTHORIZED, "Origin": client.url, "Content-Type": media_type}
        async with client.web.post(client.url + path, data=never(), headers=headers) as answer:
            await holds(answer, path, "post", 408)


def test_every_documented_answer_is_tried() -> None:
    assert {*ASKED} | ELSEWHERE == documented()
    assert not {*ASKED} & ELSEWHERE


async def test_every_route_is_documented(client: Any) -> None:
    routes = {
        (route.resource.canonical, route.method.lower())
        for route in application(client.office).router.routes()
        if route.resource and route.method != hdrs.METH_HEAD
    }
    assert routes == {(path, method) for path, method, _ in documented()}


async def test_an_answer_that_is_not_as_documented_would_be_found(client: Any) -> None:
    name = await client.ran()
    report = await (await client.get(f"/api/runs/{name}")).json()
    schema = {"$ref": "#/components/schemas/Report"}
    assert [*faults(schema, report)] == []
    assert [*faults(schema, {**report, "version": "1"})] == ["$.version: no integer: '1'"]
    assert [*faults(schema, {**report, "pages": [{"path": 1}]})][:1] == ["$.pages[0]: lacks outcome"]


async def test_the_document_is_one_line_and_says_its_version(client: Any) -> None:
    text = await (await client.get("/api/openapi.json")).text()
    assert json.loads(text)["openapi"] == "3.1.0"
    assert text.count("\n") == 1
