from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.page import Link, Mention
from enrich.page.body import outline, scan

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
RECORDS = SHARED / "crossref" / "works.jsonl.gz"
SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


def mentions(text: str, start: int = 0) -> tuple[Mention, ...]:
    return scan.mentions(outline.read(text.encode(), start))


def links(text: str) -> tuple[Link, ...]:
    return scan.links(outline.read(text.encode(), 0))


def firsts(text: str) -> list[str]:
    return [mention.readings[0].value for mention in mentions(text)]


def only(text: str) -> Mention:
    (mention,) = mentions(text)
    return mention


@pytest.mark.parametrize(
    "text",
    [
        "doi:10.1000/abc1",
        "doi: 10.1000/abc1.",
        "DOI 10.1000/ABC1,",
        "10.1000/abc1",
        "https://doi.org/10.1000/abc1;",
        "(http://dx.doi.org/10.1000/abc1)",
        "doi.org/10.1000/abc1",
        "www.doi.org/10.1000/abc1:",
        "<https://doi.org/10.1000/abc1>",
        "[text](https://doi.org/10.1000/abc1)",
        "[text][r]\n\n[r]: https://doi.org/10.1000/abc1",
        "[doi: 10.1000/abc1](https://doi.org/10.1000/abc1)",
        "[doi: 10.1000/abc1.](https://doi.org/10.1000/ABC1.)",
        '<a href="https://doi.org/10.1000/abc1">text</a>',
        "<a href=https://doi.org/10.1000/abc1>10.1000/abc1</a>",
        "<div>\n<a href='https://doi.org/10.1000/abc1'>text</a>\n</div>",
        "| a |\n|---|\n| 10.1000/abc1 |",
        "- a\n- 10.1000/abc1",
        "> 10.1000/abc1",
        "# 10.1000/abc1",
        "**10.1000/abc1**.",
        "*10.1000/abc1*, and",
        "__doi:10.1000/abc1.__",
        "10.1000/abc1** left over",
        "https://doi.org/10.1000%2Fabc1",
        "[text](https://doi.org/10.1000%252Fabc1)",
        "10.1000&#47;abc1",
        "10.1000/abc1&nbsp;text",
        "10.1000/abc1&amp;nbsp;text",
        "10.1000/ab\u200bc1\u200b.",
        "10.1000/abc1—text",
        "10.1000/abc1– text",
        "10.1000/abc1…",
        "10.1000/abc1/",
        "“10.1000/abc1”",
        "'10.1000/abc1'",
        "(10.1000/abc1)text",
        "[@doi:10.1000/abc1, p. 3]",
        "text[^1]\n\n[^1]: https://doi.org/10.1000/abc1",
        "text.<sup>10.1000/abc1</sup>",
        "10.1000/abc1<sup>2</sup>",
        "10.1000/abc1<br>2020",
        '{{< cite "10.1000/abc1" >}}',
        '{{<cite id="10.1000/abc1">}}',
    ],
)
def test_every_notation_of_a_citation_is_found_once(text: str) -> None:
    assert firsts(text) == ["10.1000/abc1"]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/doi/full/10.1000/abc1",
        "https://a.org/doi/abs/10.1000/abc1?journalCode=abc",
        "https://a.org/doi/pdf/10.1000/abc1",
        "https://a.org/doi/epdf/10.1000/abc1",
        "https://a.org/doi/10.1000/abc1#section",
        "https://a.org/article?id=10.1000/abc1",
        "https://a.org/article/10.1000/abc1",
        "https://a.org/content/10.1000/abc1.full.pdf",
        "https://a.org/content/pdf/10.1000/abc1.pdf",
        "https://a.org/articles/10.1000/abc1/full",
        "https://a.org/get?x=1&doi=10.1000/abc1&y=2",
        "https://a.org/get?doi=10.1000%2Fabc1&y=2",
    ],
)
def test_publishers_addresses_carry_the_doi(url: str) -> None:
    for text in (f"[text]({url})", f"<{url}>", f'<a href="{escape(url)}">text</a>', f"See {url} for"):
        assert firsts(text) == ["10.1000/abc1"]


def test_a_preprints_version_is_not_the_doi() -> None:
    url = "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full"

    assert firsts(f"{url} and [text]({url}.pdf)") == ["10.1101/2020.01.01.123456"] * 2


def test_nothing_is_cut_from_what_a_resolver_carries() -> None:
    for tail in ("abc/full", "abc.pdf", "abc1v2", "abc.12"):
        assert firsts(f"[text](https://doi.org/10.1101/{tail})") == [f"10.1101/{tail}"]


@pytest.mark.parametrize(
    "text",
    [
        f"{SICI}.",
        f"({SICI})",
        f"{escape(SICI)}.",
        f"{escape(escape(SICI))}.",
        f"https://doi.org/{quote(SICI)}",
        f"[text](https://doi.org/{SICI})",
        f"[text](https://doi.org/{quote(SICI, safe='')})",
        "".join(f"\\{character}" if character in "()<>" else character for character in SICI),
        f'<a href="https://doi.org/{escape(SICI)}">text</a>',
        f"<p>{SICI}</p>",
    ],
)
def test_old_sici_numbers_stay_whole(text: str) -> None:
    assert firsts(text) == [SICI.lower()]


def test_a_sici_number_that_looks_like_an_autolink_stays_whole() -> None:
    doi = "10.1002/(SICI)1099-0755(199901/02)9:1<S1::AID-AQC333>3.0.CO;2-#"

    assert firsts(f"{doi} and <p>{doi}</p>") == [doi.lower()] * 2


def test_brackets_of_its_own_stay_with_a_doi() -> None:
    assert firsts("(10.1016/S0140-6736(05)67728-8).") == ["10.1016/s0140-6736(05)67728-8"]


def test_a_link_whose_text_and_target_differ_is_two_mentions() -> None:
    assert firsts("[10.1000/abc1](https://doi.org/10.1000/def2)") == ["10.1000/abc1", "10.1000/def2"]


@pytest.mark.parametrize(
    "text",
    [
        "[10.1016/S0021- 9258(18)85783-0](https://doi.org/10.1016/S0021-9258(18)85783-0)",
        "[10.1016/S0021- 9258(18)85783-0](https://doi.org/10.1016/S0021-)",
        "[10.1016/S0021- 9258(18)85783-0](https://doi.org/10.1016/S0021- 9258(18)85783-0)",
        "[10.1016/S0021-9258(18)85783-0](https://doi.org/10.1016/S0021-%209258(18)85783-0)",
        "[10.1016/S0021-9258](https://doi.org/10.1016/S0021-9258)(18)85783-0",
        "[10.1016/S0021-9258(18)8...](https://doi.org/10.1016/S0021-9258(18)85783-0)",
        "10.1016/S0021-\n9258(18)85783-0",
        "10.1016/ S0021-9258(18)85783-0",
        "doi: 10. 1016/S0021-9258(18)85783-0",
    ],
)
def test_damage_to_text_or_target_is_mended_to_one_mention(text: str) -> None:
    assert only(text).readings[0].value == "10.1016/s0021-9258(18)85783-0"


def test_a_clean_mention_is_undamaged_and_says_what_the_page_says() -> None:
    source = "---\n---\n\nä\n\n[doi: 10.1000/ABC1](https://doi.org/10.1000/ABC1)\n"
    mention = only(source)

    assert (mention.text, mention.damaged, mention.line) == ("10.1000/ABC1", "", 6)
    assert source.encode()[mention.span.start : mention.span.end] == b"10.1000/ABC1"


def test_a_target_with_a_stray_full_stop_is_damaged() -> None:
    mention = only("[text](https://doi.org/10.1000/abc1.)")

    assert (mention.text, mention.damaged) == ("10.1000/abc1", "stray full stop")


def test_an_invisible_character_is_damage() -> None:
    assert only("10.1000/ab\u200bc1").damaged == "invisible character"


def test_a_mention_names_its_block() -> None:
    read = outline.read(b"# One\n\n- Title, 10.1000/abc1\n- [x](https://doi.org/10.1000/def2)\n", 0)
    found = scan.mentions(read)

    assert [read.sections[one.section].blocks[one.block].text for one in found] == [
        "Title, 10.1000/abc1",
        "x",
    ]


def test_mentions_stand_in_the_order_of_the_page() -> None:
    assert firsts("[x](https://doi.org/10.1000/a1) 10.1000/b2 [y](https://doi.org/10.1000/c3)") == [
        "10.1000/a1",
        "10.1000/b2",
        "10.1000/c3",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`10.1000/abc1`",
        "```\n10.1000/abc1\n```",
        "<pre>\n\ndoi:10.1000/abc1\n\n</pre>",
        "<!-- [x](https://doi.org/10.1000/abc1) -->",
        "![10.1000/abc1](https://doi.org/10.1000/abc1)",
        "<script>\n10.1000/abc1\n</script>",
        "[unused]: https://doi.org/10.1000/abc1",
        "[x](https://example.org/v10.1000/abc1)",
    ],
)
def test_what_readers_do_not_see_is_no_citation(text: str) -> None:
    assert mentions(text) == ()


def test_front_matter_is_not_searched() -> None:
    assert mentions("---\ndoi: 10.1000/abc1\n---\n\nNone.", 26) == ()


def test_links_are_targets_and_bare_addresses() -> None:
    text = (
        "[a](/b.pdf) <a href='c&amp;d'>e</a> see https://f.org/g_(h). "
        "[https://i.org](https://j.org) www.k.org, ![l](m)"
    )

    assert [link.url for link in links(text)] == [
        "/b.pdf",
        "c&d",
        "https://f.org/g_(h)",
        "https://j.org",
        "www.k.org",
    ]
    for link in links(text)[2:]:
        assert text.encode()[link.span.start : link.span.end].decode() == link.url


def test_links_know_their_line_and_block() -> None:
    (link,) = links("# A\n\nb\n\n[c](d)\n")

    assert (link.line, link.section, link.block) == (5, 0, 2)


NOTATIONS: dict[str, Callable[[str], str]] = {
    "bare": lambda doi: doi,
    "sentence": lambda doi: f"See {doi}, and doi: {doi}.",
    "brackets": lambda doi: f"(see {doi}) [DOI {doi.upper()}];",
    "quotes": lambda doi: f'"{doi}" and “{doi}.”',
    "resolver": lambda doi: f"http://dx.doi.org/{doi}. (doi.org/{doi})",
    "percent": lambda doi: f"https://doi.org/{quote(doi, safe='')} and <https://doi.org/{quote(doi)}>",
    "percent twice": lambda doi: f"[x](https://doi.org/{quote(quote(doi, safe=''), safe='')})",
    "entities": lambda doi: f"doi:{escape(doi)}. doi:{escape(escape(doi))}.",
    "link": lambda doi: f"[doi: {doi}.](https://doi.org/{doi}.) and [x](<https://doi.org/{quote(doi)}>)",
    "reference": lambda doi: f"[x][r] {doi.upper()}\n\n[r]: https://doi.org/{doi}",
    "html": lambda doi: f'<a href="https://doi.org/{escape(doi)}">x</a> <b>{escape(doi)}</b>',
    "table": lambda doi: f"| a | b |\n|---|---|\n| {doi} | [x](https://doi.org/{doi}) |",
    "list": lambda doi: f"- x\n- {doi}\n\n  > **{doi}**",
    "publishers": lambda doi: f"[x](https://a.org/doi/full/{doi}) https://a.org/articles/{doi}/full",
    "files": lambda doi: f"[x](https://a.org/{doi}.full.pdf) [x](https://a.org/article?id={quote(doi)}&t=1)",
    "pandoc": lambda doi: f"[@doi:{doi}, p. 3; @doi:{doi}]",
    "glued": lambda doi: f"{doi}PMID: 12345 {doi}.Epub 2020 May 1.",
    "footnote": lambda doi: f"x[^1] {doi} (2020)\n\n[^1]: https://doi.org/{doi}",
}


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.skipif(not RECORDS.exists(), reason=f"no records at {RECORDS}")
def test_every_real_doi_is_the_first_reading_in_every_notation(notation: str) -> None:
    with gzip.open(RECORDS) as lines:
        dois = [str(json.loads(line)["DOI"]) for line in lines]
    write = NOTATIONS[notation]
    wanted = 1 if notation in ("bare", "percent twice") else 2

    wrong = [doi for doi in dois if firsts(write(doi)) != [doi] * wanted]

    assert wrong == []


@given(st.text(alphabet=st.sampled_from("10./ab-–()[]<>*_`!&;%2Fé\u200b \n\"'.,:|#doi"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_searched_and_mentions_stand_where_they_say(tail: str) -> None:
    text = f"10.1000/{tail} doi:10.1234/{tail[::-1]}"
    source = text.encode()
    for mention in mentions(text):
        spelled = source[mention.span.start : mention.span.end].decode()
        assert spelled
        assert 1 <= len(mention.readings) <= 4
        assert mention.line == source.count(b"\n", 0, mention.span.start) + 1
        if not set(spelled) & set("*_`\\&\u200b[<\n"):
            assert mention.text in spelled
    scan.links(outline.read(source, 0))


@pytest.mark.parametrize(
    "piece", ["10.1000/((((", "10.1000/a-\n", "10.1000/a\\", "[10.1000/a][r] ", "<a href='10.1/"]
)
def test_a_hostile_page_is_searched_in_a_moment(piece: str) -> None:
    mentions("[r]: https://doi.org/10.1000/a\n\n" + piece * (30_000 // len(piece)))


@pytest.mark.parametrize(
    ("page", "doi"),
    [
        ("selenium-and-osteoporosis.md", "10.1302/2046-3758.127.bjr-2022-0420.r1"),
        ("selenium-while-pregnant.md", "10.3390/nu14091715"),
        ("vitamin-d-while-breastfeeding.md", "10.1093/advances/nmab126"),
    ],
)
def test_real_pages_cite_one_work_each(page: str, doi: str) -> None:
    path = SHARED / "pages" / page
    if not path.exists():
        pytest.skip(f"no page at {path}")
    text = path.read_text()

    assert [one.value for one in only(text[text.index("\n\n\n") :]).readings] == [doi]
