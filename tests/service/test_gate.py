from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.service import gate
from enrich.settings import Service

TOKEN = "0123456789abcdef"
OPEN = Service(token=TOKEN)


@pytest.mark.parametrize(
    "header",
    [
        "localhost",
        "LocalHost:8080",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.8.8.8",
        "[::1]",
        "[::1]:8080",
        "localhost.",
    ],
)
def test_loopback_is_known_by_all_its_names(header: str) -> None:
    assert gate.is_known_host(header, ())


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1@evil.example",
        "127.0.0.1:80:80",
        "127.0.0.1/x",
        "localhost#",
        "localhost?",
        "[::1",
        "0.0.0.0",
        "[::]",
        "2130706433",
        "192.168.1.5:8080",
        "other.example:8443",
        "localhost\\evil",
    ],
)
def test_any_other_name_is_not(header: str) -> None:
    assert not gate.is_known_host(header, ("enrich.example", "other.example:443"))


def test_the_configurations_names_are_known_with_their_port_or_with_any() -> None:
    hosts = ("Enrich.example", "other.example:8443", "192.168.1.5")
    for header in ("enrich.example", "ENRICH.example:99", "other.example:8443", "192.168.1.5:8080"):
        assert gate.is_known_host(header, hosts)


@pytest.mark.parametrize(
    ("headers", "form", "api"),
    [
        ({}, False, True),
        ({"Sec-Fetch-Site": "same-origin"}, True, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://proxied.example"}, True, True),
        ({"Sec-Fetch-Site": "same-site"}, False, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://here.example"}, False, False),
        ({"Sec-Fetch-Site": "none"}, False, False),
        ({"Origin": "http://here.example"}, True, True),
        ({"Origin": "https://Here.example"}, True, True),
        ({"Origin": "http://here.example:81"}, False, False),
        ({"Origin": "http://evil.example"}, False, False),
        ({"Origin": "null"}, False, False),
        ({"Origin": ""}, False, False),
        ({"Origin": "http://[::1"}, False, False),
    ],
)
def test_only_our_own_pages_may_send_and_a_form_must_say_where_it_is_from(
    headers: dict[str, str], form: bool, api: bool
) -> None:
    with_host = {"Host": "here.example", **headers}
    assert gate.is_same_origin(with_host, is_form=True) is form
    assert gate.is_same_origin(with_host, is_form=False) is api


def test_without_a_host_no_origin_is_ours() -> None:
    assert not gate.is_same_origin({"Origin": "null"}, is_form=True)


def test_the_token_and_nothing_else_opens() -> None:
    assert gate.is_allowed(TOKEN, OPEN)
    for other in ("", TOKEN[:-1], TOKEN + "0", TOKEN.upper(), "ü", "\udcff"):
        assert not gate.is_allowed(other, OPEN)


@pytest.mark.parametrize(
    ("listen", "is_open"),
    [
        ("127.0.0.1:8080", True),
        ("[::1]:1", True),
        ("localhost:0", True),
        ("0.0.0.0:8080", False),
        ("[::]:80", False),
    ],
)
def test_without_a_token_only_loopback_may_change_anything(listen: str, is_open: bool) -> None:
    service = Service(listen=listen)
    assert gate.is_open(service) is is_open
    assert gate.is_allowed("", service) is is_open
    assert gate.is_open(Service(listen=listen, token=TOKEN))
    assert not gate.is_allowed("", Service(listen=listen, token=TOKEN))


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("Basic abc", ""),
        ("abc", ""),
        ("", ""),
        ("Bearer", ""),
    ],
)
def test_a_token_is_read_from_its_header(header: str, token: str) -> None:
    assert gate.bearer(header) == token


@law(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_whatever_a_header_says_it_is_answered(text: str) -> None:
    assert gate.is_known_host(text, ("enrich.example",)) in (True, False)
    assert gate.is_same_origin({"Origin": text, "Host": text}, is_form=True) in (True, False)
    assert not gate.is_allowed(text, OPEN)
