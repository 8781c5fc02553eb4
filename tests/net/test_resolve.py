from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from enrich.net.guard import Guard
from enrich.net.resolve import GuardedResolver, RefusedAddressError, system

IPV4 = socket.AF_INET


def resolver(*addresses: str, allow: tuple[str, ...] = ()) -> GuardedResolver:
    def look_up(
        _host: str, _port: int, _family: socket.AddressFamily
    ) -> Sequence[tuple[socket.AddressFamily, str]]:
        return [(IPV4, address) for address in addresses]

    return GuardedResolver(Guard(allow), look_up)


async def test_public_addresses_are_handed_out_and_private_ones_beside_them_are_not() -> None:
    found = await resolver("10.0.0.1", "93.184.215.14").resolve("example.org", 443)

    assert [each["host"] for each in found] == ["93.184.215.14"]
    assert (found[0]["hostname"], found[0]["port"]) == ("example.org", 443)


async def test_a_name_that_leads_inside_only_is_refused_and_says_where() -> None:
    with pytest.raises(RefusedAddressError, match=r"inside\.example \(10\.0\.0\.1\)"):
        await resolver("10.0.0.1", "127.0.0.1").resolve("inside.example", 443)


async def test_a_listed_name_may_lead_inside() -> None:
    found = await resolver("10.0.0.1", allow=("inside.example",)).resolve("inside.example", 443)

    assert [each["host"] for each in found] == ["10.0.0.1"]


async def test_a_name_without_addresses_is_no_refusal() -> None:
    assert await resolver().resolve("example.org", 443) == []


def test_the_systems_resolver_knows_literal_addresses() -> None:
    assert system("127.0.0.1", 80, IPV4) == [(IPV4, "127.0.0.1")]
