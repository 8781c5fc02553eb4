from __future__ import annotations

from enrich.model.identifier import Doi
from enrich.model.work import Author, Group, Work
from enrich.page.match import thresholds
from enrich.page.match.author_match import compare


def work(*names: str, group: str = "") -> Work:
    persons = [Author(given, family) for given, _, family in (name.partition(" ") for name in names)]
    return Work(Doi("10.1/x"), authors=(*persons, Group(group)) if group else tuple(persons))


def weight(line: str, of: Work) -> float:
    fact = compare(line, of)
    return fact.weight if fact else 0


THREE = work("Huiqing Gang", "Hongling Zhang", "Jörg von Müller")


def test_half_of_the_names_are_enough() -> None:
    assert weight("Gang H, Zhang HL, Mueller J", THREE) == thresholds.WEIGHT_AUTHORS
    assert (
        weight("Huiqing Gang 1, Hongling Zhang 2, Ann Other 3, Bo Else 4", THREE) == thresholds.WEIGHT_AUTHORS
    )


def test_et_al_is_measured_by_those_named() -> None:
    assert weight("Gang H, Zhang H, et al.", THREE) == thresholds.WEIGHT_AUTHORS
    assert weight("Gang H, et al.", THREE) == thresholds.WEIGHT_ONE_AUTHOR


def test_none_of_the_names_is_evidence_against() -> None:
    assert weight("Ann Smith 1, Bo Berg 2", THREE) == thresholds.AGAINST_AUTHORS
    assert weight("Smith A, et al.", THREE) == thresholds.AGAINST_AUTHORS


def test_namesakes_are_other_people() -> None:
    assert weight("Wei Zhang, Li Chen", work("Hongling Zhang", "Ann Smith")) == thresholds.AGAINST_NAMESAKES


def test_initials_are_compared_where_both_sides_have_them() -> None:
    assert weight("Zhang, Gang", THREE) == thresholds.WEIGHT_AUTHORS
    assert weight("Gang, Huiqing, Hongling Zhang", THREE) == thresholds.WEIGHT_AUTHORS


def test_half_of_a_double_name_is_enough() -> None:
    assert weight("A López, B Silva", work("Ana García-López", "Beatriz Silva")) == thresholds.WEIGHT_AUTHORS


def test_other_scripts_and_groups_cannot_be_compared() -> None:
    assert compare("Иванов И.И., Петров П.П.", THREE) is None
    assert compare("Ann Smith, Bo Berg", work(group="The Bone Trial Consortium")) is None
    assert compare("Ann Smith, Bo Berg", work()) is None
    assert compare("", THREE) is None


def test_a_group_that_is_named_is_found() -> None:
    group = work(group="The Bone Trial Consortium")

    assert weight("Ann Smith, for The Bone Trial Consortium", group) == thresholds.WEIGHT_ONE_AUTHOR


def test_a_group_on_the_page_keeps_unknown_names_from_counting_against() -> None:
    mixed = work("Ann Smith", group="Bone Trial Consortium")

    assert compare("Carl Roe, Bone Trial Consortium", mixed) is None


def test_same_names_in_another_alphabet_agree() -> None:
    assert weight("Иванов И.И., Петров П.П.", work("Иван Иванов", "Пётр Петров")) == thresholds.WEIGHT_AUTHORS
    assert weight("王伟, 李娜", work(" 王伟", " 李娜")) == thresholds.WEIGHT_AUTHORS
