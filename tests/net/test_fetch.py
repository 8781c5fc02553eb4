from __future__ import annotations

import asyncio
import gzip
import random
import socket
import ssl
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from enrich.net.fetch import Caps, Fetcher, Reply, Trouble
from enrich.net.guard import Guard

QUICK = Caps(connect_s=2, read_s=0.3, total_s=2, header_bytes=2000, body_bytes=10_000)


class Wire:
    """A server that answers any request with the bytes it was given, and notes what it was sent."""

    def __init__(self, answer: bytes, *, hang: bool = False) -> None:
        self.answer = answer
        self.hang = hang
        self.heads: list[str] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            writer.write(self.answer)
            await writer.drain()
            if self.hang:
                await reader.read()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def wire(answer: bytes, *, hang: bool = False) -> AsyncIterator[Wire]:
    served = Wire(answer, hang=hang)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.port = server.sockets[0].getsockname()[1]
    async with server:
        yield served


def http(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    fields = {"Content-Length": str(len(body)), "Connection": "close", **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


async def fetch(
    url: str,
    *,
    allow: str = "127.0.0.1",
    headers: dict[str, str] | None = None,
    max_bytes: int | None = None,
    cut: bool = False,
    ports: tuple[int, ...] = (80, 443),
    within_s: float | None = None,
) -> Reply | Trouble:
    async with Fetcher(Guard([allow], ports), "enrich/test", QUICK) as fetcher:
        return await fetcher.get(url, headers, max_bytes=max_bytes, cut=cut, within_s=within_s)


async def kind(answer: bytes, *, hang: bool = False) -> str:
    async with wire(answer, hang=hang) as server:
        got = await fetch(server.url)
    assert isinstance(got, Trouble), got
    return got.kind


async def test_a_reply_comes_back_whole() -> None:
    async with wire(http(b'{"a": 1}', "404 Not Found", X_Custom="yes")) as server:
        got = await fetch(server.url + "/x?y=1")

    assert isinstance(got, Reply)
    assert (got.status, got.reason, got.body) == (404, "Not Found", b'{"a": 1}')
    assert got.headers["x-custom"] == "yes"
    assert got.location == ""


async def test_a_url_is_sent_as_it_is_spelt() -> None:
    async with wire(http()) as server:
        await fetch(server.url + "/10.1002/(SICI)1097%3C1661::A%3E/../x%2Fy;2-2")

        assert server.heads[0].splitlines()[0] == "GET /10.1002/(SICI)1097%3C1661::A%3E/../x%2Fy;2-2 HTTP/1.1"


async def test_who_asks_and_for_what_is_said() -> None:
    async with wire(http()) as server:
        await fetch(server.url, headers={"Accept": "application/json"})

        assert "User-Agent: enrich/test" in server.heads[0]
        assert "Accept: application/json" in server.heads[0]


async def test_cookies_are_not_kept() -> None:
    async with wire(http(Set_Cookie="id=1; Path=/")) as server:
        async with Fetcher(Guard(["127.0.0.1"]), "enrich/test", QUICK) as fetcher:
            await fetcher.get(server.url)
            await fetcher.get(server.url)

        assert "cookie" not in server.heads[1].lower()


async def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with wire(http(b"direct")) as server:
        got = await fetch(server.url)

    assert isinstance(got, Reply)
    assert got.body == b"direct"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/other", "/other"),
        ("other?x=1", "/a/other?x=1"),
        ("/caf\u00e9 au lait", "/caf%C3%A9%20au%20lait"),
        ("/kept%2Fas(it)<is>", "/kept%2Fas(it)%3Cis%3E"),
    ],
)
async def test_a_redirect_is_told_and_not_followed(location: str, target: str) -> None:
    async with wire(http(status="302 Found", Location=location)) as server:
        got = await fetch(server.url + "/a/b")

    assert isinstance(got, Reply)
    assert got.location == server.url + target
    assert len(server.heads) == 1


async def test_compressed_bodies_are_undone() -> None:
    bare = zlib.compress(b"text")[2:-4]
    kinds = [
        (gzip.compress(b"text", mtime=0), "gzip"),
        (zlib.compress(b"text"), "deflate"),
        (bare, "deflate"),
    ]
    for body, encoding in kinds:
        async with wire(http(body, Content_Encoding=encoding)) as server:
            got = await fetch(server.url)

        assert isinstance(got, Reply)
        assert got.body == b"text"


async def test_a_compressed_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000), 1)[:9_000]

    assert await kind(http(bomb, Content_Encoding="gzip")) == "too_large"


async def test_a_body_over_the_cap_is_refused_early() -> None:
    async with wire(http(b"x" * 500)) as server:
        cut = await fetch(server.url, max_bytes=499)
        whole = await fetch(server.url, max_bytes=500)

    assert cut == Trouble("too_large", "an answer of more than 499 bytes")
    assert isinstance(whole, Reply)


async def test_a_body_without_end_is_refused_too() -> None:
    assert await kind(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100_000, hang=True) == "too_large"


async def test_headers_over_the_cap_are_broken() -> None:
    assert await kind(http(X_Long="x" * 5000)) == "broken"


async def test_a_header_list_without_end_is_broken() -> None:
    many = "".join(f"X-{n}: y\r\n" for n in range(2000))
    assert await kind(f"HTTP/1.1 200 OK\r\n{many}\r\n".encode()) == "broken"


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense\r\n\r\n",
        http(b"zz", Content_Encoding="gzip"),
        http(gzip.compress(b"text", mtime=0)[:-12], Content_Encoding="gzip"),
        http(b"zz", Content_Encoding="br"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    ],
)
async def test_what_is_no_proper_answer_is_broken(answer: bytes) -> None:
    assert await kind(answer) == "broken"


async def test_a_silent_host_is_a_timeout() -> None:
    assert await kind(b"HTTP/1.1 200 OK\r\n", hang=True) == "timeout"


async def test_a_host_that_hangs_up_cannot_be_reached() -> None:
    assert await kind(b"") == "unreachable"


async def test_a_closed_port_cannot_be_reached() -> None:
    async with wire(b"") as server:
        url = server.url
    got = await fetch(url)

    assert isinstance(got, Trouble)
    assert got.kind == "unreachable"


async def test_a_name_that_cannot_exist_is_trouble() -> None:
    assert isinstance(await fetch(f"http://{'a' * 70}.invalid/"), Trouble)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http:///x",
        "http://a b/",
        "http://x:99999/",
        "https://example.org/\u00e9",
        "http://[::1",
        "http://example.org/\r\nX: y",
    ],
)
async def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    got = await fetch(url)

    assert isinstance(got, Trouble)
    assert got.kind == "bad_url"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]"]
)
async def test_an_address_that_is_not_public_is_never_connected_to(host: str) -> None:
    async with wire(http()) as server:
        got = await fetch(f"http://{host}:{server.port}/", allow="elsewhere.example", ports=(server.port,))

        assert isinstance(got, Trouble)
        assert got.kind == "refused_address"
        assert "[net] allow" in got.detail
        assert server.heads == []


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f000001", "0177.0.0.1", "0"])
async def test_other_spellings_of_loopback_are_never_connected_to(host: str) -> None:
    async with wire(http()) as server:
        got = await fetch(f"http://{host}:{server.port}/", allow="elsewhere.example", ports=(server.port,))

        assert isinstance(got, Trouble)
        assert got.kind == "refused_address"
        assert server.heads == []


async def test_a_listed_name_may_lead_to_loopback() -> None:
    async with wire(http(b"ours")) as server:
        got = await fetch(f"http://localhost:{server.port}/", allow=f"localhost:{server.port}")

    assert isinstance(got, Reply)
    assert got.body == b"ours"


async def test_a_port_of_another_service_is_not_asked() -> None:
    async with wire(http()) as server:
        got = await fetch(f"http://127.0.0.1:{server.port}/", allow="elsewhere.example")
        named = await fetch(f"http://example.org:{server.port}/", allow="elsewhere.example")

    assert isinstance(got, Trouble)
    assert got.kind == "refused_address"
    assert named == Trouble("refused_port", f"port {server.port} is not asked; [net] allow can list it")


async def test_a_user_and_a_password_are_not_sent_on() -> None:
    async with wire(http()) as server:
        got = await fetch(f"http://user:secret@127.0.0.1:{server.port}/x")

        assert isinstance(got, Reply)
        assert server.heads[0].startswith("GET /x ")
        assert "uthorization" not in server.heads[0]
        assert "secret" not in server.heads[0] + got.url


async def test_nobody_is_told_where_we_come_from() -> None:
    async with wire(http()) as server:
        await fetch(server.url)

        assert "referer" not in server.heads[0].lower()


async def test_a_body_can_be_read_no_further_than_needed() -> None:
    async with wire(http(b"%PDF-" + b"x" * 500_000)) as server:
        got = await fetch(server.url, max_bytes=1000, cut=True)

    assert isinstance(got, Reply)
    assert (len(got.body), got.is_cut) == (1000, True)


async def test_a_body_without_end_is_cut_too() -> None:
    async with wire(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100_000, hang=True) as server:
        got = await fetch(server.url, max_bytes=1000, cut=True)

    assert isinstance(got, Reply)
    assert got.is_cut


async def test_what_is_cut_is_not_unpacked() -> None:
    packed = gzip.compress(b"text", mtime=0)
    async with wire(http(packed, Content_Encoding="gzip")) as server:
        got = await fetch(server.url, max_bytes=1000, cut=True)

    assert isinstance(got, Reply)
    assert (got.body, got.is_cut) == (packed, False)


async def test_a_large_compressed_body_is_unpacked_all_the_same() -> None:
    body = bytes(range(256)) * 30
    noise = gzip.compress(body + random.Random(1).randbytes(90_000))
    async with wire(http(noise, Content_Encoding="gzip")) as server:
        got = await fetch(server.url, max_bytes=100_000)

    assert isinstance(got, Reply)
    assert got.body.startswith(body)


async def test_a_head_that_trickles_is_a_timeout_in_the_time_that_is_left() -> None:
    async with wire(b"HTTP/1.1 200 OK\r\nX: ", hang=True) as server:
        got = await fetch(server.url, within_s=0.05)

    assert got == Trouble("timeout", "no answer in time")


async def test_a_certificate_that_nobody_vouches_for_is_named() -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).parent / "self_signed.pem")
    server = await asyncio.start_server(Wire(b"").serve, "127.0.0.1", 0, ssl=context)
    async with server:
        got = await fetch(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")

    assert got == Trouble("untrusted", "self-signed certificate")


async def test_what_speaks_no_tls_is_a_failed_handshake() -> None:
    async def speak(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.org ready\r\n")
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    async with server:
        got = await fetch(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")

    assert isinstance(got, Trouble)
    assert got.kind == "handshake"


async def test_a_name_that_leads_nowhere_is_unresolved() -> None:
    def nobody(
        _host: str, _port: int, _family: socket.AddressFamily
    ) -> list[tuple[socket.AddressFamily, str]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async with Fetcher(Guard(), "enrich/test", QUICK, nobody) as fetcher:
        got = await fetcher.get("http://nobody.example/")

    assert got == Trouble("unresolved", "its name leads nowhere (Name or service not known)")


async def test_a_name_is_looked_up_once() -> None:
    asked = []

    def look_up(
        host: str, _port: int, _family: socket.AddressFamily
    ) -> list[tuple[socket.AddressFamily, str]]:
        asked.append(host)
        return [(socket.AF_INET, "127.0.0.1")]

    async with (
        wire(http()) as server,
        Fetcher(Guard(["cdn.example"]), "enrich/test", QUICK, look_up) as fetcher,
    ):
        for _ in range(3):
            assert isinstance(await fetcher.get(f"http://cdn.example:{server.port}/"), Reply)

    assert asked == ["cdn.example"]


async def test_so_many_requests_are_on_their_way_and_no_more() -> None:
    caps = Caps(read_s=0.1, total_s=0.1, connections=2)
    async with wire(b"", hang=True) as server, Fetcher(Guard(["127.0.0.1"]), "enrich/test", caps) as fetcher:
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(fetcher.get(server.url) for _ in range(6)))

    assert asyncio.get_running_loop().time() - began >= 0.29
