from __future__ import annotations

import pytest

from enrich.errors import EnrichError
from enrich.page.look import Terms
from enrich.page.profile import profile
from enrich.run.folders import Folders

LIST, FLAT, ZOLA = (Terms(profile(name)) for name in ("list", "flat", "zola"))


def test_the_last_folder_that_a_page_fits_counts() -> None:
    folders = Folders(LIST, (("content/papers/**", FLAT), ("**/draft.md", ZOLA)))

    assert folders.terms("content/notes/a.md") is LIST
    assert folders.terms("content/papers/deep/a.md") is FLAT
    assert folders.terms("content/papers/draft.md") is ZOLA
    assert folders.terms("elsewhere/content/papers/a.md") is LIST


def test_a_folder_may_be_named_by_itself() -> None:
    assert Folders(LIST, (("content/papers/", FLAT),)).terms("content/papers/a.md") is FLAT


def test_a_pattern_that_is_none_is_told() -> None:
    with pytest.raises(EnrichError, match="not a pattern"):
        Folders(LIST, (("content/[z-a]", FLAT),))
