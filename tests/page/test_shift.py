from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import FrontMatter, Put
from enrich.page import entries
from enrich.page.front import frontmatter
from enrich.page.front.splice import splice
from enrich.page.look import Terms, look
from enrich.page.profile import Profile
from enrich.page.profiles.listed import LIST
from enrich.page.shift import shifted

PROFILE = Profile("list", "citations", tuple(LIST), 50)
TERMS = Terms(PROFILE, pdf_hosts=("cdn.example",), create="yaml")
FRONTS = [
    "",
    "---\ntitle: x\n---\n",
    "---\r\ntitle: x\r\n---\r\n",
    '{"title": "x"}\n',
    '+++\ntitle = "x"\n+++\n',
]
WORDS = st.sampled_from(
    [
        "# Heading\n\n",
        "doi:10.5555/a ",
        "[x](https://doi.org/10.5555/b.)",
        "\n\n",
        "- item ",
        "https://cdn.example/p.pdf ",
        "Nature 1953;171:737-8. ",
        "\r\n",
        "`code`",
        "é – ",
    ]
)


@pytest.mark.parametrize("front", FRONTS)
@settings(deadline=None, max_examples=40)
@given(body=st.lists(WORDS, max_size=12).map("".join))
def test_shifting_is_looking_again(front: str, body: str) -> None:
    old = f"{front}\nText. {body}\n".encode()
    changes = [Put(("citations",), [{"doi": "10.5555/a", "title": "A\u2013B"}], "test")]
    place = frontmatter.locate(old)
    assert place is None or isinstance(place, FrontMatter)

    new = splice(old, place, changes, "yaml")

    assert isinstance(new, bytes)
    lines = new.count(b"\n") - old.count(b"\n")
    again = look("p", new, "new", TERMS)
    held = entries.held({"citations": [{"doi": "10.5555/a", "title": "A\u2013B"}]}, PROFILE)
    assert shifted(look("p", old, "old", TERMS), "new", held, len(new) - len(old), lines) == again
