from __future__ import annotations

from typing import Any


def test_a_page_is_explained_on_stdout(place: Any) -> None:
    code, out, err = place.run("explain", "content/a page.md")
    assert code == 0, err
    said = out.decode()
    assert said.startswith("content/a page.md: would be written\n")
    assert f"content/a page.md:6  {place.doi}" in said
    assert "evidence: attested" in said
    assert "what is written, and why" in said
    assert place.page.read_text(encoding="utf-8") == place.text
