from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import settings as law
from hypothesis import strategies as st

from enrich.model.survey import CitedBy, Count, Fault, Layout, SurveyedPage
from enrich.survey.census import FORMATS, counted

LAYOUT = Layout("plain", "", ".", "", ("**/*.md",))


def test_pages_and_citations_are_counted_apart() -> None:
    survey = counted(
        LAYOUT,
        [
            SurveyedPage("a.md", "yaml", ("doi", "doi", "words"), ("cdn.org", "cdn.org"), own_key="doi"),
            SurveyedPage("b.qmd", "yaml", ("doi",), ("", "arxiv.org"), opted_out=True),
            SurveyedPage("c.md", taken_keys=("citations",)),
        ],
    )

    assert (survey.pages, survey.citing, survey.opted_out) == (3, 2, 1)
    assert survey.endings == (Count("md", 2, 2), Count("qmd", 1, 1))
    assert [each.pages for each in survey.formats] == [0, 2, 0, 1]
    assert [each.name for each in survey.formats] == ["json", "yaml", "toml", "none"]
    assert survey.cited_by[0] == Count("doi", 2, 3)
    assert survey.cited_by[-1] == Count("words", 1, 1)
    assert survey.pdf_hosts == (Count("cdn.org", 1, 2), Count("", 1, 1), Count("arxiv.org", 1, 1))
    assert survey.own_keys == (Count("doi", 1, 1),)
    assert survey.taken_keys == (Count("citations", 1, 1),)


def test_pages_at_fault_are_pages_but_show_nothing() -> None:
    refused, unreadable = Fault("a.md", "broken", 2), Fault("b.md", "cannot be read")

    survey = counted(
        LAYOUT, [SurveyedPage("a.md", refused=refused), SurveyedPage("b.md", unreadable=unreadable)]
    )

    assert (survey.pages, survey.refused, survey.unreadable) == (2, (refused,), (unreadable,))
    assert sum(each.pages for each in survey.formats) == 0


_PAGES = st.builds(
    SurveyedPage,
    st.sampled_from(["a.md", "b/c.markdown", "d"]),
    st.sampled_from(["json", "yaml", "toml", None]),
    st.lists(st.sampled_from(get_args(CitedBy)), max_size=4).map(tuple),
    st.lists(st.sampled_from(["", "a.org", "b.org"]), max_size=4).map(tuple),
)


@law(max_examples=80, deadline=None)
@given(st.lists(_PAGES, max_size=8))
def test_nothing_is_lost_in_counting_and_the_order_of_pages_does_not_matter(
    pages: list[SurveyedPage],
) -> None:
    survey = counted(LAYOUT, pages)

    assert [each.name for each in survey.formats] == [*FORMATS]
    assert (
        sum(each.pages for each in survey.formats) == sum(each.pages for each in survey.endings) == len(pages)
    )
    assert sum(each.times for each in survey.cited_by) == sum(len(page.cited_by) for page in pages)
    assert sum(each.times for each in survey.pdf_hosts) == sum(len(page.pdf_hosts) for page in pages)
    assert counted(LAYOUT, pages[::-1]) == survey
