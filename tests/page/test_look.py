from __future__ import annotations

import pytest

from enrich.model.identifier import Doi
from enrich.model.page import Page
from enrich.page.look import NO_FRONT_MATTER, OPTED_OUT, Terms, look, own_work
from enrich.page.profile import Profile, Wishes, profile
from enrich.page.profiles.listed import LIST
from enrich.page.profiles.own import FLAT

TERMS = Terms(Profile("list", "citations", tuple(LIST), 50))


def looked(text: str, terms: Terms = TERMS) -> Page:
    return look("page.md", text.encode(), "digest", terms)


def test_a_paper_mentioned_twice_is_one_citation_with_two_mentions() -> None:
    page = looked(
        "---\ntitle: x\n---\n\ndoi:10.5555/a\n\nAgain https://doi.org/10.5555/A and doi:10.5555/b\n"
    )

    assert [citation.readings[0] for citation in page.citations] == [Doi("10.5555/a"), Doi("10.5555/b")]
    assert [mention.line for mention in page.citations[0].mentions] == [5, 7]
    assert len(page.citations[0].claims) == 2


def test_what_stands_under_our_key_is_held_and_nothing_else() -> None:
    page = looked("---\ntitle: x\ncitations:\n- doi: 10.5555/a\n---\n")

    assert page.held == {"citations": [{"doi": "10.5555/a"}]}


def test_front_matter_is_not_searched() -> None:
    assert looked("---\ndoi: 10.5555/own\n---\n\nNothing.\n").citations == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("No front matter. doi:10.5555/a\n", NO_FRONT_MATTER),
        ("---\nenrich: false\n---\ndoi:10.5555/a\n", OPTED_OUT),
    ],
)
def test_a_page_is_skipped_by_its_owners_wish(text: str, why: str) -> None:
    page = looked(text)

    assert page.skipped == why
    assert page.citations == ()


def test_a_page_without_front_matter_is_looked_at_where_one_may_be_made() -> None:
    page = looked("doi:10.5555/a\n", Terms(TERMS.profile, create="yaml"))

    assert [citation.readings for citation in page.citations] == [(Doi("10.5555/a"),)]


def test_a_key_that_is_somebody_elses_is_refused_with_its_line() -> None:
    refusal = looked("---\ntitle: x\ncitations: mine\n---\n").refusal

    assert refusal is not None
    assert refusal.line == 3
    assert "[output] key" in refusal.reason


def test_broken_front_matter_is_refused() -> None:
    assert looked("---\ntitle: 'x\n---\n").refusal is not None


@pytest.mark.parametrize(
    ("key", "own"),
    [
        ("doi", Doi("10.5555/own")),
        ("params.paper", Doi("10.5555/other")),
        ("title", None),
        ("missing.key", None),
        ("", None),
    ],
)
def test_the_pages_own_work_stands_under_the_key_that_is_named(key: str, own: Doi | None) -> None:
    data = {"doi": "https://doi.org/10.5555/OWN", "title": "x", "params": {"paper": "doi:10.5555/other"}}

    assert own_work(data, key) == own


def test_the_flat_profile_holds_its_own_fields() -> None:
    terms = Terms(Profile("flat", "", tuple(FLAT), 50))

    assert looked("---\ntitle: x\njournal: J\n---\n", terms).held == {"journal": "J"}


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ('{"title": "x"}\n', "zola", 1),
        ("+++\ntitle = 'x'\n+++\n", "pandoc", 1),
        ('{"title": "x"}\n', "jekyll", 1),
        ("+++\ntitle = 'x'\n+++\n", "zola", None),
        ("---\ntitle: x\n---\n", "quarto", None),
        ('{"title": "x"}\n', "hugoblox", None),
    ],
)
def test_front_matter_that_its_readers_cannot_read_is_refused(text: str, name: str, line: int | None) -> None:
    refusal = looked(text, Terms(profile(name))).refusal

    assert (refusal.line if refusal else None) == line
    assert refusal is None or refusal.reason in profile(name).refusals


def test_front_matter_is_not_created_where_nobody_would_read_it() -> None:
    assert looked("doi:10.5555/a\n", Terms(profile("zola"), create="json")).refusal is not None
    assert looked("doi:10.5555/a\n", Terms(profile("zola"), create="toml")).refusal is None


def test_what_was_written_for_other_profiles_is_held_too() -> None:
    page = looked(
        "---\ntitle: x\ndoi: 10.5555/a\nparams: {}\n---\n", Terms(TERMS.profile, held=("doi", "params"))
    )

    assert page.held == {"doi": "10.5555/a", "params": {}}


def test_citation_keys_are_read_for_those_who_cite_by_them_alone() -> None:
    text = "---\ntitle: x\n---\n\nSee [@doi:10.5555/A].\n"

    (listed,) = looked(text).citations
    (referenced,) = looked(text, Terms(profile("pandoc"))).citations

    assert listed.mentions[0].key == ""
    assert referenced.mentions[0].key == "doi:10.5555/A"


def test_the_pages_own_work_is_read_where_it_is_to_be_written() -> None:
    text = "---\ndoi: 10.5555/own\ncitation: true\n---\n"
    quarto = profile("quarto", Wishes(quarto_citation=True))

    assert looked(text, Terms(profile("hugoblox"), "doi")).own == Doi("10.5555/own")
    assert looked(text, Terms(quarto, "doi")).own is None
    assert looked(text.replace("citation: true\n", ""), Terms(quarto, "doi")).own == Doi("10.5555/own")
