from __future__ import annotations

import pytest

from enrich.source.crossref.titles import Titles, titles

LONG = "Efficacy and tolerability of iodised salt in patients with endemic goitre"


@pytest.mark.parametrize(
    ("title", "subtitle", "joined"),
    [
        ("Iodine", "A Review of Cases", "Iodine: A Review of Cases"),
        ("Iodine:", "A Review of Cases", "Iodine: A Review of Cases"),
        ("Is it iodine?", "A trial", "Is it iodine? A trial"),
        ("Tubes. Conditions of delivery", "Steel tubes", "Tubes. Conditions of delivery: Steel tubes"),
        ("Iodine. A second look.", "Part 2", "Iodine. A second look. Part 2"),
        ("Iodine", "", "Iodine"),
        ("Iodine", "(718982007-001)", "Iodine"),
        ("Iodine", "Editorials", "Iodine"),
        ("Iodine in salt: a trial", "Iodine in salt", "Iodine in salt: a trial"),
        ("Iodine in salt", "Iodine in salt: a trial", "Iodine in salt: a trial"),
        ("Iodine in salt", "<i>IODINE</i> in Salt", "Iodine in salt"),
        (LONG, "IODISED SALT IN GOITRE", LONG),
        (LONG, "Iodised Salt in Endemic Goitre", LONG),
        (LONG, "Including patients without goitre", f"{LONG}: Including patients without goitre"),
        ("THE SALT", "A STUDY OF SALT", "THE SALT: A STUDY OF SALT"),
    ],
)
def test_a_subtitle_is_joined_unless_it_repeats_or_labels(title: str, subtitle: str, joined: str) -> None:
    assert titles({"title": [title], "subtitle": [subtitle]}).title == joined


def test_the_title_alone_and_its_short_form_are_kept_beside() -> None:
    assert titles({"title": ["Iodine"], "subtitle": ["A trial of salt"]}).others == ("Iodine",)
    assert titles({"title": [LONG], "subtitle": ["IODISED SALT IN GOITRE"]}).others == (
        "IODISED SALT IN GOITRE",
    )
    assert titles({"title": [LONG], "short-title": ["Salt"], "original-title": [LONG]}).others == ("Salt",)


def test_the_title_in_another_language_stands_beside() -> None:
    record = {"title": ["Salt and goitre", "Salz und Kropf"], "original-title": ["Соль и зоб"]}

    assert titles(record) == Titles("Salt and goitre", ("Salz und Kropf", "Соль и зоб"))


def test_an_empty_title_gives_way_to_the_original_one() -> None:
    assert titles({"title": [""], "original-title": ["五、乾餾"]}) == Titles("五、乾餾", ())
    assert titles({"title": ["[No title]"], "short-title": "Salt"}) == Titles("", ("Salt",))
    assert titles({}) == Titles("", ())


def test_a_plain_string_is_a_title_too() -> None:
    assert titles({"title": "Iodine", "subtitle": "A trial of salt"}).title == "Iodine: A trial of salt"


@pytest.mark.parametrize("mark", ["RETRACTED: ", "RETRACTED ARTICLE: ", "[Retracted] ", "WITHDRAWN: "])
def test_a_retracted_title_stays_and_what_it_was_stands_beside(mark: str) -> None:
    assert titles({"title": [f"{mark}Salt and goitre"]}) == Titles(
        f"{mark}Salt and goitre", ("Salt and goitre",)
    )


def test_a_word_is_not_a_mark_of_retraction() -> None:
    assert titles({"title": ["Withdrawn children in school"]}).others == ()
