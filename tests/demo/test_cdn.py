from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from enrich.demo.cdn import MODIFIED, Cdn, Hosted, Then, Wire
from enrich.demo.reply import Reply

FILE = Hosted(b"0123456789")


async def ask(cdn: Cdn, path: str, *headers: str) -> tuple[str, bytes]:
    """Return the head and the body of one answer on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", cdn.port)
    writer.write("\r\n".join([f"GET {path} HTTP/1.1", "Host: cdn.test", *headers, "", ""]).encode())
    with closing(writer):
        return await _answer(reader)


async def _answer(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = next((int(line[16:]) for line in head.split("\r\n") if line.startswith("Content-Length: ")), 0)
    return head, await reader.readexactly(length)


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("bytes=0-3", "206", b"0123"),
        ("bytes=8-99", "206", b"89"),
        ("bytes=-3", "206", b"789"),
        ("bytes=4-", "206", b"456789"),
        ("bytes=10-", "416", b""),
        ("lines=1-2", "200", b"0123456789"),
    ],
)
async def test_ranges_are_granted(asked: str, status: str, body: bytes) -> None:
    async with Cdn({"/x": FILE}) as cdn:
        head, got = await ask(cdn, "/x", f"Range: {asked}")

    assert head.split(" ")[1] == status
    assert got == body


async def test_a_file_without_ranges_comes_whole() -> None:
    async with Cdn({"/x": Hosted(b"0123456789", ranges=False)}) as cdn:
        assert (await ask(cdn, "/x", "Range: bytes=0-3"))[1] == b"0123456789"


@pytest.mark.parametrize("condition", [f"If-None-Match: {FILE.etag}", f"If-Modified-Since: {MODIFIED}"])
async def test_what_is_known_is_not_sent_again(condition: str) -> None:
    async with Cdn({"/x": FILE}) as cdn:
        assert (await ask(cdn, "/x", condition))[0].startswith("HTTP/1.1 304 ")


async def test_an_unknown_path_is_denied_as_s3_does() -> None:
    async with Cdn() as cdn:
        head, body = await ask(cdn, "/missing")

        assert head.startswith("HTTP/1.1 403 ")
        assert b"AccessDenied" in body
        assert [got.target for got in cdn.requests] == ["/missing"]
        assert (cdn.connections, cdn.sent) == (1, len(head) + len(body))


async def test_an_answer_may_change_after_some_questions() -> None:
    async with Cdn({"/x": Then(Reply(429), FILE, times=2)}) as cdn:
        statuses = [(await ask(cdn, "/x"))[0].split(" ")[1] for _ in range(4)]

    assert statuses == ["429", "429", "200", "200"]


@pytest.mark.parametrize("then", ["close", "reset"])
async def test_bytes_on_the_wire_are_sent_as_they_are(then: str) -> None:
    wire = Wire(b"not HTTP", "close") if then == "close" else Wire(b"", "reset")
    async with Cdn({"/x": wire}) as cdn:
        reader, writer = await asyncio.open_connection("127.0.0.1", cdn.port)
        writer.write(b"GET /x HTTP/1.1\r\n\r\n")
        if then == "close":
            assert await reader.read() == b"not HTTP"
        else:
            with pytest.raises(ConnectionResetError):
                await reader.read()
        writer.close()


async def test_a_cdn_that_is_down_hangs_up_on_everyone() -> None:
    async with Cdn({"/x": FILE}) as cdn:
        cdn.down = True
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await ask(cdn, "/x")
