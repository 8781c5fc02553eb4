from __future__ import annotations

import pytest

from enrich.page import look
from enrich.page.body import citekey, outline


def keys(body: str) -> list[str]:
    source = body.encode()
    found = citekey.keyed(source, look.citations(outline.read(source, 0)))
    return [mention.key for citation in found for mention in citation.mentions]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("As said [@doi:10.1000/abc].", "doi:10.1000/abc"),
        ("As said [@doi:10.1000/ABC].", "doi:10.1000/ABC"),
        ("See [-@doi:10.1000/abc, p. 3].", "doi:10.1000/abc"),
        ("See @doi:10.1000/abc.", "doi:10.1000/abc"),
        ("See [@10.1000/abc].", "10.1000/abc"),
        ("See [@{https://doi.org/10.1000/abc}].", "https://doi.org/10.1000/abc"),
        ("See @{doi:10.1016/S0021-9258(18)85783-0}.", "doi:10.1016/S0021-9258(18)85783-0"),
        ("See [@pmid:23006613].", "pmid:23006613"),
        ("See [@pmcid:PMC3502158].", "pmcid:PMC3502158"),
        ("See [@arxiv:2101.00001].", "arxiv:2101.00001"),
        ("See doi:10.1000/abc.", ""),
        ("Mail me@doi:10.1000/abc.", ""),
        ("<https://example.org/@ann/10.1000/abc>", ""),
    ],
)
def test_the_key_is_read_as_pandoc_reads_it(body: str, key: str) -> None:
    assert keys(f"{body}\n") == [key]


def test_a_key_that_pandoc_cuts_short_names_another_work_or_none() -> None:
    assert keys("See [@doi:10.1016/S0021-9258(18)85783-0].\n") == [""]


def test_each_of_several_keys_belongs_to_its_own_mention() -> None:
    assert keys("[@doi:10.1000/a1; @doi:10.1000/b2], and doi:10.1000/c3 is no key.\n") == [
        "doi:10.1000/a1",
        "doi:10.1000/b2",
        "",
    ]
