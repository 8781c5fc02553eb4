from __future__ import annotations

import pytest

from enrich.net.guard import Guard, is_public, origin, place


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "not an address",
        "2130706433",
        "",
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("entry", "host", "port"),
    [
        ("127.0.0.1:9000", "127.0.0.1", 9000),
        ("127.0.0.1", "127.0.0.1", 80),
        ("Intranet.Example", "intranet.example", 443),
        ("intranet.example.", "intranet.example", 443),
        ("[fd00::1]:8080", "fd00::1", 8080),
        ("fd00::1", "fd00::1", 80),
    ],
)
def test_a_place_that_is_listed_may_be_private(entry: str, host: str, port: int) -> None:
    guard = Guard([entry])

    assert guard.may_connect(host, port, "10.0.0.1")
    assert not guard.refuses_literal(host, port)


def test_a_listed_port_opens_no_other() -> None:
    guard = Guard(["127.0.0.1:9000"])

    assert guard.refuses_literal("127.0.0.1", 22)
    assert not guard.may_connect("127.0.0.1", 22, "127.0.0.1")


def test_a_name_is_no_literal_address() -> None:
    assert not Guard().refuses_literal("example.org", 443)


def test_a_literal_address_is_judged_without_its_brackets() -> None:
    assert Guard().refuses_literal("[::1]", 80)
    assert not Guard().refuses_literal("[2606:4700:4700::1111]", 80)


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://API.Crossref.org/works", "api.crossref.org:443"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://[::1]/x", "[::1]:80"),
    ],
)
def test_a_place_is_host_and_port(url: str, where: str) -> None:
    assert place(url) == where


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "file:///etc/passwd", "/works", "http://", "http://x:99999"]
)
def test_what_is_no_web_address_has_no_place(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|[Pp]ort"):
        place(url)


@pytest.mark.parametrize(
    "host", ["2130706433", "127.1", "0177.0.0.1", "0x7f000001", "0x7F.1", "0", "017700000001"]
)
def test_a_literal_address_is_known_in_every_spelling(host: str) -> None:
    assert Guard().refuses_literal(host, 80)


@pytest.mark.parametrize(
    "host", ["134744072", "8.8", "0x8.0x8.0x8.0x8", "999.1.1.1", "1.2.3.4.5", "0x", "127.0.0.x"]
)
def test_public_and_senseless_numbers_are_not_refused_here(host: str) -> None:
    assert not Guard().refuses_literal(host, 80)


def test_only_the_webs_ports_and_listed_ones_are_asked() -> None:
    guard = Guard(["intranet.example", "example.org:8080"])

    assert not guard.refuses_port("example.org", 80)
    assert not guard.refuses_port("example.org", 443)
    assert not guard.refuses_port("example.org", 8080)
    assert not guard.refuses_port("intranet.example", 9000)
    assert guard.refuses_port("example.org", 22)
    assert not Guard(ports=[22]).refuses_port("example.org", 22)


@pytest.mark.parametrize(
    ("url", "beginning"),
    [
        ("https://example.org/a/b", "https://example.org"),
        ("http://a/", "http://a"),
        ("https://example.org?x=/", "https://example.org?x="),
        ("https://example.org", "https://example.org"),
    ],
)
def test_addresses_on_one_host_begin_alike(url: str, beginning: str) -> None:
    assert origin(url) == beginning
