from __future__ import annotations

import pytest

from enrich.net.challenge import is_challenge

HTML = {"content-type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"cf-mitigated": "challenge"}, b""),
        ({"x-amzn-waf-action": "captcha"}, b""),
        (HTML, b"<html><head><title>Just a moment...</title>"),
        (HTML, b'<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>'),
        (HTML, b'<script src="https://geo.captcha-delivery.com/captcha/"></script>'),
        ({}, b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>'),
    ],
)
def test_a_page_that_asks_for_a_person_is_known(headers: dict[str, str], body: bytes) -> None:
    assert is_challenge(headers, body)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b""),
        (HTML, b"<html><title>403 Forbidden</title></html>"),
        ({"cf-mitigated": "other"}, b""),
        ({"content-type": "application/pdf"}, b"%PDF-1.4 Just a moment... /ddos-guard/"),
        (HTML, b"x" * 20_000 + b"<title>Just a moment..."),
    ],
)
def test_any_other_answer_is_none(headers: dict[str, str], body: bytes) -> None:
    assert not is_challenge(headers, body)
