from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from enrich.config import Config
from enrich.errors import EnrichError
from enrich.service.application import application, listening

PROBES = ("/healthz", "/readyz", "/metrics")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", ""])
async def test_a_strange_name_leads_nowhere_but_for_probes(client: Any, host: str) -> None:
    await client.ran()
    for path in ("/", "/api/runs", "/api/openapi.json", "/runs/x", "/nothing"):
        answer = await client.get(path, Host=host)
        assert answer.status == 421
        assert "[service] hosts" in (await answer.json())["error"]
    for path in PROBES:
        assert (await client.get(path, Host="10.1.2.3:8080")).status == 200


async def test_names_of_the_configuration_and_of_loopback_lead_here(serving: Any, config: Config) -> None:
    service = replace(config.service, hosts=("enrich.example",))
    async with serving(replace(config, service=service)) as client:
        for host in ("enrich.example", "Enrich.Example:8443", "localhost:99", "[::1]"):
            assert (await client.get("/api/runs", Host=host)).status == 200
        assert (await client.get("/api/runs", Host="other.example")).status == 421


async def test_two_names_at_once_are_none(client: Any) -> None:

    host, port = client.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"GET /api/runs HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    )
    assert (await reader.readline()).split()[1] in (b"421", b"400")
    writer.close()
    await writer.wait_closed()


async def test_an_address_that_is_taken_is_told(client: Any) -> None:
    taken = client.url.removeprefix("http://")
    with pytest.raises(EnrichError) as refused:
        async with listening(application(client.office), taken):
            pytest.fail("two servers listen at one address")
    assert str(refused.value).startswith(f"[service] listen: {taken} is in use by another program")


async def test_an_address_of_another_machine_is_told(client: Any) -> None:
    with pytest.raises(EnrichError, match=r"cannot listen on 203\.0\.113\.1:0: no address of this machine"):
        async with listening(application(client.office), "203.0.113.1:0"):
            pytest.fail("nobody has this address")


async def test_a_head_is_answered_without_a_body(client: Any) -> None:
    async with client.web.head(client.url + "/healthz") as answer:
        assert (answer.status, await answer.read()) == (200, b"")
