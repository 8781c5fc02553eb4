from __future__ import annotations

from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.model.work import Author, Group
from enrich.source import medline


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2012 Sep 25", "2012-09-25"),
        ("2012 Sep", "2012-09"),
        ("2012 September 5", "2012-09-05"),
        ("2012", "2012"),
        ("2012 Sep-Oct", "2012"),
        ("2012 Sep/Oct", "2012"),
        ("2012 Sep 1-15", "2012-09"),
        ("2012 Sep 25-Oct 1", "2012"),
        ("2012 Spring", "2012"),
        ("2012 1st Quart", "2012"),
        ("1998 Dec-1999 Jan", "1998"),
        ("1998-1999", "1998"),
        ("2012 Feb 30", "2012-02"),
        (" 2012 Sep 25 ", "2012-09-25"),
        ("", None),
        ("Sep 2012", None),
        ("0000", None),
    ],
)
def test_a_date_is_as_precise_as_it_was_stated(stated: str, date: str | None) -> None:
    found = medline.date(stated)

    assert (str(found) if found else None) == date


@pytest.mark.parametrize(
    ("stated", "pages"),
    [
        ("84", "84"),
        ("413-20", "413-420"),
        ("889-94", "889-894"),
        ("110-1", "110-111"),
        ("199-201", "199-201"),
        ("1023–9", "1023-1029"),
        ("S12-5", "S12-S15"),
        ("S155-S156", "S155-S156"),
        ("S155-S6", "S155-S156"),
        ("e1-e5", "e1-e5"),
        ("e1-5", "e1-e5"),
        ("511A-2A", "511A-512A"),
        ("233-40.e2", "233-240.e2"),
        ("413-20; discussion 420-1", "413-420"),
        ("12-5, 18", "12-15, 18"),
        ("e0260748", "e0260748"),
        ("i-iv", "i-iv"),
        ("119-12", "119-12"),
        ("A12-B3", "A12-B3"),
        ("", ""),
        ("-", ""),
    ],
)
def test_a_range_of_pages_is_made_complete(stated: str, pages: str) -> None:
    assert medline.pages(stated) == pages


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 99_999), st.integers(0, 400), st.sampled_from(["", "S", "e"]))
def test_a_shortened_range_means_what_it_was_shortened_from(start: int, more: int, mark: str) -> None:
    first, last = str(start), str(start + more)
    same = takewhile(lambda both: both[0] == both[1], zip(first, last, strict=False))
    common = len(list(same)) if len(first) == len(last) else 0
    short = last[min(common, len(last) - 1) :]

    assert medline.pages(f"{mark}{first}-{short}") == f"{mark}{first}-{mark}{last}"


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Hornikx M", Author("M", "Hornikx")),
        ("van der Berg JA", Author("JA", "van der Berg")),
        ("King ML Jr", Author("ML", "King", "Jr")),
        ("Ford HB 3rd", Author("HB", "Ford", "3rd")),
        ("Ivanov IuA", Author("IuA", "Ivanov")),
        ("Österberg Ö", Author("Ö", "Österberg")),
        ("O'Brien-Smith K", Author("K", "O'Brien-Smith")),
        ("Suryani", Author("", "Suryani")),
        ("Van Gogh", Author("", "Van Gogh")),
        ("", None),
        (" ", None),
    ],
)
def test_a_name_is_parted_before_its_initials(name: str, author: Author | None) -> None:
    assert medline.person(name) == author


def test_a_group_is_named_without_its_full_stop() -> None:
    assert medline.group("WHO Study Group.") == Group("WHO Study Group")
    assert medline.group("") is None


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("On rats.", "On rats"),
        ("[On rats].", "On rats"),
        ("[On rats.]", "On rats"),
        ("[On [3H]lorazepam in rats].", "On [3H]lorazepam in rats"),
        ("[3H]lorazepam and [14C]urea.", "[3H]lorazepam and [14C]urea"),
        ("Do rats sing?", "Do rats sing?"),
        ("[Do rats sing?].", "Do rats sing?"),
        ("Rats of the U.S.", "Rats of the U.S."),
        ("To be continued...", "To be continued..."),
        ("Effects of &lt;i&gt;Rattus&lt;/i&gt; &amp; others.", "Effects of Rattus & others"),
        ("[Not Available].", ""),
        ("[On rats", "[On rats"),
        ("", ""),
    ],
)
def test_a_title_loses_what_pubmed_adds(stated: str, title: str) -> None:
    assert medline.title(stated) == title


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Respiratory research", "Respiratory research"),
        ("Journal of clinical oncology : official journal of the ASCO", "Journal of clinical oncology"),
        ("Zhonghua yi xue za zhi = Chinese medical journal", "Zhonghua yi xue za zhi"),
        ("Lancet (London, England)", "Lancet"),
        ("(Nature)", "(Nature)"),
        ("", ""),
    ],
)
def test_a_journals_name_is_its_first_part(stated: str, name: str) -> None:
    assert medline.journal(stated) == name


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read(stated: str) -> None:
    for found in (
        medline.pages(stated),
        medline.title(stated),
        medline.journal(stated),
        medline.person(stated),
    ):
        assert str(found) == " ".join(str(found).split())
    medline.date(stated)
