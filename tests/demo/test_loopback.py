from __future__ import annotations

from collections.abc import Mapping

import aiohttp

from enrich.demo.loopback import Loopback
from enrich.demo.reply import TEXT, Asked, Reply


class Echo(Loopback):
    """Answers with the decoded path."""

    def route(self, path: str, _query: Mapping[str, str], /) -> tuple[str, tuple[str, ...]]:
        return "echo", (path,)

    async def answer(self, asked: Asked) -> Reply:
        return Reply(200, asked.path.encode(), TEXT, {"X-Extra": "1"})


async def test_a_server_answers_on_loopback_and_notes_what_it_is_asked() -> None:
    async with Echo() as server, aiohttp.ClientSession() as web:
        assert server.url.startswith("http://127.0.0.1:")
        async with web.get(f"{server.url}/a%20b", params={"q": "ü"}, headers={"Accept": "x/y"}) as response:
            assert await response.text() == "/a b"
            assert response.headers["X-Extra"] == "1"

    (asked,) = server.requests
    assert (asked.method, asked.query, asked.accept, asked.route) == ("GET", {"q": "ü"}, "x/y", "echo")
    assert asked.target == "/a%20b?q=%C3%BC"


async def test_two_servers_stand_side_by_side() -> None:
    async with Echo() as one, Echo() as two:
        assert one.url != two.url


async def test_a_forms_fields_are_noted_like_those_of_an_address() -> None:
    async with (
        Echo() as server,
        aiohttp.ClientSession() as web,
        web.post(f"{server.url}/a?q=1", data={"id": "1,2"}) as response,
    ):
        assert await response.text() == "/a"

    (asked,) = server.requests
    assert (asked.method, asked.query, asked.target) == ("POST", {"q": "1", "id": "1,2"}, "/a?q=1")
