from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st
from jinja2 import UndefinedError

from enrich.report.html import view


def rendered(source: str, **values: object) -> str:
    return view.environment().from_string(source).render(**values)


def test_everything_is_escaped() -> None:
    assert rendered("{{ it }}", it="<script>'\"&") == "&lt;script&gt;&#39;&#34;&amp;"


def test_nothing_can_hide_or_turn_the_reading_direction() -> None:
    assert rendered("{{ it }}", it="a\u202eb\x00c\udcff") == r"a\u202eb\x00c\udcff"


def test_a_name_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ nothing }}")


def test_what_a_form_sends_back_is_what_was_said() -> None:
    assert rendered("{{ it | exact }}", it='a\u200e "b"\n') == "a\u200e &#34;b&#34;\n"
    assert rendered("{{ it | exact }}", it="a\0b") == "a\ufffdb"


def test_a_diff_shows_what_goes_and_what_comes() -> None:
    patch = (
        "--- a/x.md\n+++ b/x.md\n@@ -1,3 +1,3 @@\n a <b>\n--- a/old\n+\tnew\r\n\\ No newline at end of file\n"
    )

    assert view.diff(patch) == (
        "<b>@@ -1,3 +1,3 @@\n</b><span> a &lt;b&gt;\n</span><del>--- a/old\n</del><ins>+\tnew\n</ins>"
        "<span>\\ No newline at end of file\n</span>"
    )


@law(max_examples=100, deadline=None)
@given(st.text())
def test_no_line_of_a_file_becomes_markup(text: str) -> None:
    shown = view.diff("".join(f"+{line}\n" for line in text.split("\n")))

    assert shown.count("<") == 2 * shown.count("<ins>")


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (0.002, "< 1 %"), (0.5, "50 %"), (0.996, "> 99 %"), (1, "100 %")]
)
def test_little_is_not_rounded_to_nothing_nor_nearly_all_to_all(share: float, said: str) -> None:
    assert unescape(rendered("{{ it | percent }}", it=share)) == said
