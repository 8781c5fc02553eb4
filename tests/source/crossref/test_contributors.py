from __future__ import annotations

from enrich.source.crossref.contributors import people

ANA = {"given": "Ana", "family": "Lima"}
WIM = {"given": "Wim", "family": "Berg"}


def named(*items: object, container: str = "", title: str = "") -> list[str]:
    return [str(one) for one in people(list(items), container=container, title=title)]


def test_the_order_of_the_deposit_is_kept() -> None:
    assert named({**WIM, "sequence": "additional"}, {**ANA, "sequence": "first"}) == ["Wim Berg", "Ana Lima"]


def test_who_stands_there_twice_stands_there_once() -> None:
    assert named(ANA, WIM, ANA, {"given": "ANA", "family": "LIMA"}) == ["Ana Lima", "Wim Berg"]
    assert named({"name": "Salt Group"}, {"name": "salt group"}) == ["Salt Group"]


def test_two_people_of_one_name_stay_two() -> None:
    one, two = "0000-0000-0000-0001", "0000-0000-0000-0002"

    assert len(named({**ANA, "ORCID": one}, {**ANA, "ORCID": two})) == 2
    assert len(named({**ANA, "affiliation": [{"name": "A"}]}, {**ANA, "affiliation": [{"name": "B"}]})) == 2
    assert len(named({**ANA, "affiliation": [{"name": "A"}]}, ANA)) == 1


def test_of_two_scripts_the_titles_one_stays() -> None:
    cyrillic, latin = {"given": "Анна", "family": "Петрова"}, {"given": "Anna", "family": "Petrova"}

    assert named(cyrillic, latin, title="Salt") == ["Anna Petrova"]
    assert named(cyrillic, latin, title="Соль и зоб") == ["Анна Петрова"]
    assert named(cyrillic, WIM, title="Salt") == ["Анна Петрова", "Wim Berg"]


def test_a_list_too_long_to_be_deposited_twice_is_left_alone() -> None:
    cyrillic = [{"given": "Анна", "family": f"Петрова {number}"} for number in range(800)]
    latin = [{"given": "Anna", "family": f"Petrova {number}"} for number in range(800)]

    assert len(named(*cyrillic, *latin)) == 1600


def test_affiliations_are_no_authors_beside_people() -> None:
    places = [
        {"name": "School of Medicine, Salt University, Bern, Switzerland"},
        {"name": "Department of Salt, University of Bern"},
    ]

    assert named(ANA, *places) == ["Ana Lima"]
    assert len(named(*places)) == 2
    assert named(ANA, {"name": "Universidad de los Andes"}) == ["Ana Lima", "Universidad de los Andes"]
    group = "Salt Study Group, University of Bern, Switzerland"
    assert named(ANA, {"name": group}) == ["Ana Lima", group]


def test_a_journal_that_signs_is_a_group() -> None:
    signed = people([{"given": "Salt", "family": "and Water Research"}], container="Salt and Water Research")

    assert [type(one).__name__ for one in signed] == ["Group"]


def test_a_record_in_capitals_is_recased_down_to_its_short_names() -> None:
    shouted = [{"given": "Hong", "family": "LI"}, {"given": "NAN", "family": "WANG"}]

    assert named(*shouted) == ["Hong Li", "NAN Wang"]
    assert named({"given": "Swetha", "family": "MG"}, WIM) == ["Swetha MG", "Wim Berg"]


def test_what_is_no_list_of_people_has_none() -> None:
    assert people(None) == people("Ana Lima") == people([None, 5, [], {}]) == ()
