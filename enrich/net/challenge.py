"""Pages that a host shows to robots in the place of what was asked for, whatever status they carry.

https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIGNS = re.compile(
    rb"_Incapsula_Resource|/cdn-cgi/challenge-platform/|cf-browser-verification|<title>Just a moment\.\.\."
    rb"|geo\.captcha-delivery\.com|/ddos-guard/|id=\"px-captcha\"|techaro\.lol/anubis|Sucuri WebSite Firewall"
)
_LOOKED_AT = 16_384


def is_challenge(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the answer (header names in lower case) asks to prove that a person is there."""
    if headers.get("cf-mitigated") == "challenge" or "x-amzn-waf-action" in headers:
        return True
    if "html" not in headers.get("content-type", "html"):
        return False
    return _SIGNS.search(body, 0, _LOOKED_AT) is not None
