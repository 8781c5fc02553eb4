from __future__ import annotations

import pytest

from enrich.model.claims import Claims
from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.page.match.wording import compare

TITLE = "Sunlight and bone strength in older sailors of the north"


def reads(page: str, *registry: str) -> str:
    return compare(Claims(titles=(page,)), Work(Doi("10.1/x"), registry[0], other_titles=registry[1:]))


@pytest.mark.parametrize(
    "page",
    [
        TITLE.upper(),
        f"{TITLE}.",
        "Sunlihgt and bone strength in older sailors of the north",
        "Sunlight and bone-strength in older sailors of the North",
        "The sunlight and bone strength in older sailors of the north",
        "Sunlight and bonestrength in older sailors of the north",
        f"RETRACTED: {TITLE}",
    ],
)
def test_typing_errors_case_and_glued_words_leave_a_title_the_same(page: str) -> None:
    assert reads(page, TITLE) == "same"


@pytest.mark.parametrize(
    ("page", "registry"),
    [
        ("Sunlight and bone strength in older men", "Sunlight and bone strength in older women"),
        ("Effects of vitamin D2 on bone in sailors", "Effects of vitamin D3 on bone in sailors"),
        ("Hypertension in sailors of the north sea", "Hypotension in sailors of the north sea"),
        ("Bones of sailors in winter, part 1", "Bones of sailors in winter, part 2"),
        ("The effect of sunlight on bone loss", "The effect of bone loss on sunlight"),
    ],
)
def test_a_word_of_another_meaning_makes_another_title(page: str, registry: str) -> None:
    assert reads(page, registry) == "akin"


@pytest.mark.parametrize(
    ("page", "registry"),
    [
        ("Sunlight and bone strength in older sailor of the north", TITLE),
        ("Sunlight and bone strength in the older sailors of the north", TITLE),
        ("Nitrite in the blood of sailors of the north", "Nitrate in the blood of sailors of the north"),
        (
            "Links of diet with sleep in a sample of two thousand older sailors of the north",
            "Links of sleep with diet in a sample of two thousand older sailors of the north",
        ),
    ],
)
def test_what_may_be_a_typing_error_or_another_paper_is_typed(page: str, registry: str) -> None:
    assert reads(page, registry) == "typed"


def test_the_number_of_a_reviewed_book_is_no_part_of_a_title() -> None:
    assert reads("Bones of the north. Price", "Bones of the north. ISBN 0904181723 Price") == "same"


def test_figures_that_changed_places_are_other_figures() -> None:
    assert reads("Bones of sailors in 1958 and later", "Bones of sailors in 1985 and later") != "same"


@pytest.mark.parametrize(
    "page",
    [
        "Sunlight and bone strength in older sail…",
        f"{TITLE}: a cohort study",
        "Sunlight and bone strength in older sailors",
    ],
)
def test_a_title_cut_short_or_with_more_is_a_part(page: str) -> None:
    assert reads(page, TITLE) == "part"


def test_a_title_cut_short_with_another_letter_is_no_part() -> None:
    assert reads("Nitrite in the blood of sailors", "Nitrate in the blood of sailors of the north") == "akin"


def test_a_title_without_its_subtitle_is_a_part() -> None:
    assert (
        reads("Sunlight and old bones", "Sunlight and old bones: a cohort study", "Sunlight and old bones")
        == "part"
    )


@pytest.mark.parametrize("rest", [". Part II", " 2", ". II. Spine", " in 1950"])
def test_a_part_that_leaves_out_a_number_may_be_of_a_series(rest: str) -> None:
    assert reads(TITLE, TITLE + rest) == "series"


@pytest.mark.parametrize(
    "notice",
    [f"Erratum to: {TITLE}", f"Comment on “{TITLE}”", f"{TITLE}: authors' reply", f"Editorial: {TITLE}"],
)
def test_what_is_about_a_paper_is_another(notice: str) -> None:
    assert reads(TITLE, notice) == "other"
    assert reads(notice, TITLE) == "other"
    assert reads(TITLE, notice, TITLE) == "other"
    assert reads(notice, notice) == "same"


def test_a_title_in_another_script_cannot_be_compared() -> None:
    assert reads("日照与老年水手的骨强度研究", TITLE) == "unknown"
    assert reads("Etwas ganz anderes zu einem fernen Thema", TITLE) == "other"
    assert compare(Claims(), Work(Doi("10.1/x"), TITLE)) == "unknown"
    assert reads(TITLE, "") == "unknown"


def test_the_best_of_all_lines_counts() -> None:
    claims = Claims(heading="Sun cuts risk in half", titles=(TITLE,))

    assert compare(claims, Work(Doi("10.1/x"), TITLE)) == "same"
