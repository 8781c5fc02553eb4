from __future__ import annotations

import pytest

from enrich.page.match import thresholds
from enrich.page.match.journal_name import ratio, stands_in


@pytest.mark.parametrize(
    ("page", "registry"),
    [
        ("Nutrients", "Nutrients"),
        ("Nutrients (Basel)", "Nutrients"),
        ("Am J Clin Nutr", "The American Journal of Clinical Nutrition"),
        ("Phys. Rev. Lett.", "Physical Review Letters"),
        ("J Nutr Health Aging", "The Journal of Nutrition, Health and Aging"),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences"),
        ("JAMA", "JAMA: The Journal of the American Medical Association"),
        ("JAMA", "Journal of the American Medical Association"),
        ("BJR", "The British Journal of Radiology"),
        ("Z Kinderheilkd", "Zeitschrift für Kinderheilkunde"),
        ("PLOS One", "PLoS ONE"),
        ("Bulletin de l’Académie", "Bulletin de l'Academie"),
    ],
)
def test_full_and_abbreviated_names_are_one_journal(page: str, registry: str) -> None:
    assert ratio(page, registry) >= thresholds.JOURNAL_ALIKE
    assert ratio(registry, page) >= thresholds.JOURNAL_ALIKE


@pytest.mark.parametrize(
    ("page", "registry"),
    [
        ("Nutrients", "Bone & Joint Research"),
        ("J Nutr", "The Journal of Urology"),
        ("Ann Bot", "Annals of Internal Medicine"),
    ],
)
def test_other_names_are_other_journals(page: str, registry: str) -> None:
    assert ratio(page, registry) < thresholds.JOURNAL_OTHER


def test_a_sister_journal_is_neither() -> None:
    likeness = ratio("Journal of Nutrition", "British Journal of Nutrition")

    assert thresholds.JOURNAL_OTHER <= likeness < 100


def test_a_name_of_one_word_is_not_looked_for_in_text() -> None:
    assert stands_in("Bone Joint Research", "smith in bone joint research 2019")
    assert not stands_in("Nature", "the nature of bones")
