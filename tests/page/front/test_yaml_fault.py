from __future__ import annotations

import pytest

from enrich.model.page import Refusal, Span
from enrich.page.front.yaml_read import read


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ("title: a: b\n", 2, "needs quotes"),
        ("a: 1\ntitle: 'open\nb: 2\n", 3, "the quote opened here is never closed"),
        ("a: 1\n\tb: 2\n", 3, "a tab indents the line"),
        ("a:\n  b: 1\n c: 2\n", 4, "wrong indent"),
        ("a: 1\nb\n", 3, "a key needs a colon"),
        ("a: @b\n", 2, "begins with a sign"),
        ("a: {{ .Date }} x\nb: 1\n", 2, "a template's placeholder"),
        ("{{ if .x }}\n", 2, "a template's placeholder"),
        ("a: {% if x %}\n", 2, "a template's placeholder"),
        ("[a]: b\n", 2, "a list or a mapping stands where a key should"),
        ("a: [1, 2\nb: 3\n", 3, "did not find expected"),
        ("é: 1\nb: \x01\n", 3, "control characters"),
        ("a: 1\nb: [\n", 3, "broken"),
    ],
)
def test_a_fault_has_its_line_in_the_file_and_says_what_to_do(block: str, line: int, reason: str) -> None:
    source = f"---\n{block}---\n".encode()
    refusal = read(source, Span(4, len(source) - 4))
    assert isinstance(refusal, Refusal), refusal
    assert reason in refusal.reason
    assert refusal.line == line
