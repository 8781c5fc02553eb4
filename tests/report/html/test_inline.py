from __future__ import annotations

import base64
import hashlib
import re

import pytest

from enrich.report.html import inline
from enrich.report.html.desk import Desk


def test_only_the_script_and_the_style_that_ship_may_run() -> None:
    for kind, text in ("script-src", inline.script()), ("style-src", inline.style()):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in inline.policy()
    assert inline.policy().startswith("default-src 'none'; ")
    assert "unsafe" not in inline.policy()


def test_forms_go_to_the_service_where_there_is_one() -> None:
    assert "form-action 'none'" in inline.policy()
    assert "form-action 'none'" in inline.policy(Desk("1"))
    assert "form-action 'self'" in inline.policy(Desk("1", "/decisions"))


def test_only_the_header_speaks_of_frames() -> None:
    assert inline.policy() == f"{inline.within()}; frame-ancestors 'none'"


@pytest.mark.parametrize("text", [inline.script(), inline.style()], ids=["script", "style"])
def test_what_is_inline_ends_nothing_and_loads_nothing(text: str) -> None:
    assert not re.search(r"</|<!--|https?:|url\(|@import|\bfetch\(|import\(", text)


def colours(theme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", theme))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *((text, "paper") for text in ("ink", "quiet", "link", "red", "amber", "green")),
    *((text, "sheet") for text in ("ink", "quiet", "link")),
    *((text, f"{text}-wash") for text in ("red", "amber", "green")),
    ("ink", "amber-wash"),
]
PICTURES = ("resolved", "suspect", "unresolved", "column")


@pytest.mark.parametrize("index", [0, 1], ids=["light", "dark"])
def test_texts_and_pictures_stand_out_as_much_as_wcag_aa_asks(index: int) -> None:
    """https://www.w3.org/TR/WCAG22/#contrast-minimum, https://www.w3.org/TR/WCAG22/#non-text-contrast"""
    theme = colours(
        inline.style().split("@media screen and (prefers-color-scheme: dark)")[index].split("\n* {")[0]
    )
    for text, ground in TEXTS:
        assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
    for fill in PICTURES:
        assert contrast(theme[fill], theme["paper"]) >= 3, fill
