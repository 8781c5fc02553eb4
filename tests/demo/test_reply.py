from __future__ import annotations

from enrich.demo.reply import as_html, as_json


def test_json_is_ascii_and_escapes_slashes() -> None:
    assert as_json({"DOI": "10.5555/ä"}).body == b'{"DOI":"10.5555\\/\\u00e4"}'


def test_html_says_its_type() -> None:
    reply = as_html(504, "Gateway Time-out")

    assert (reply.status, reply.content_type) == (504, "text/html; charset=utf-8")
    assert b"<h1>Gateway Time-out</h1>" in reply.body
