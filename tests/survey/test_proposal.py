from __future__ import annotations

from typing import get_args

import pytest

from enrich.config import settings
from enrich.knob import accept
from enrich.model.survey import Count, Generator, Layout, Survey
from enrich.survey.proposal import OUTPUT, Proposal, proposals

LAYOUT = Layout("hugo", "w", "content", "content/ is where Hugo keeps pages", ("**/*.md", "**/*.markdown"))


def proposed(survey: Survey) -> dict[str, Proposal]:
    return {f"{each.table}.{each.key}": each for each in proposals(survey)}


def test_each_generator_has_an_output_that_the_configuration_takes() -> None:
    known = {(one.table, one.key): one for one in settings()}

    assert OUTPUT.keys() == {*get_args(Generator)}
    for output in OUTPUT.values():
        for key in ("profile", "key"):
            one = known["output", key]
            assert accept(one.kind, one.check, getattr(output, key)) == getattr(output, key)


def test_every_proposal_is_a_setting_with_a_reason() -> None:
    full = Survey(
        Layout("plain", "w", ".", "r", ("**/*.md",)),
        pages=3,
        formats=(Count("json", 1, 1), Count("none", 2, 2)),
        own_keys=(Count("doi", 1, 1),),
        pdf_hosts=(Count("a.org", 1, 1),),
    )

    for each in (*proposals(full), *proposals(Survey(LAYOUT))):
        assert (each.table, each.key) in {(one.table, one.key) for one in settings()}
        assert each.why.endswith(".")


def test_endings_that_are_found_are_included_and_the_usual_one_always() -> None:
    found = Survey(LAYOUT, pages=2, endings=(Count("markdown", 2, 2),))
    usual = Survey(LAYOUT, pages=2, endings=(Count("md", 2, 2),))

    assert proposed(found)["pages.include"].value == ("**/*.md", "**/*.markdown")
    assert proposed(usual)["pages.include"].value == ("**/*.md",)
    assert proposed(Survey(LAYOUT))["pages.include"].value == ("**/*.md",)


@pytest.mark.parametrize(
    ("hosts", "value", "is_set"),
    [
        ((Count("d1.cloudfront.net", 2, 3), Count("arxiv.org", 1, 1)), ("d1.cloudfront.net",), True),
        ((Count("arxiv.org", 1, 1), Count("", 5, 5)), ("arxiv.org",), False),
        ((), (), False),
    ],
)
def test_only_hosts_that_are_likely_the_sites_own_are_set(
    hosts: tuple[Count, ...], value: tuple[str, ...], is_set: bool
) -> None:
    pdf = proposed(Survey(LAYOUT, pdf_hosts=hosts))["pdf.hosts"]

    assert (pdf.value, pdf.is_set) == (value, is_set)
    assert all(f"{host.name} ({host.times})" in pdf.why for host in hosts if host.name)


def test_many_hosts_are_told_in_short() -> None:
    hosts = tuple(Count(f"h{number}.org", 1, 1) for number in range(12))

    assert "h7.org (1), and 4 more" in proposed(Survey(LAYOUT, pdf_hosts=hosts))["pdf.hosts"].why


def test_pages_without_front_matter_are_offered_the_style_of_the_others() -> None:
    formats = (Count("json", 1, 1), Count("yaml", 1, 1), Count("toml", 5, 5), Count("none", 2, 2))

    create = proposed(Survey(LAYOUT, formats=formats))["output.create"]

    assert (create.value, create.is_set) == ("toml", False)
    assert "2" in create.why
    assert (
        proposed(Survey(LAYOUT, formats=(Count("none", 1, 1), *formats[:2])))["output.create"].value == "yaml"
    )
    assert "output.create" not in proposed(Survey(LAYOUT, formats=formats[:3]))


def test_a_key_that_holds_something_else_is_told() -> None:
    taken = proposed(Survey(LAYOUT, taken_keys=(Count("citations", 3, 3),)))

    assert "refused: 3; choose another key." in taken["output.key"].why
    assert (
        "refused"
        not in proposed(Survey(LAYOUT, taken_keys=(Count("extra.citations", 3, 3),)))["output.key"].why
    )


def test_the_contact_address_is_left_to_a_person() -> None:
    assert not proposed(Survey(LAYOUT))["crossref.mailto"].is_set


def test_the_store_hides_where_the_sites_own_folder_is_that_of_its_pages() -> None:
    at_top = Survey(Layout("jekyll", "w", ".", "r", ("**/*.md",)))

    assert proposed(at_top)["cache.dir"].value == ".enrich/cache"
    assert "cache.dir" not in proposed(Survey(LAYOUT))
