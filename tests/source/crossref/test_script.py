from __future__ import annotations

import pytest

from enrich.source.crossref.script import are_one_name, is_latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Туберозова", "Tuberozova"),
        ("Щербаков", "Shcherbakov"),
        ("Юрьев", "Iurev"),
        ("Чайковский", "Tchaikovsky"),
    ],
)
def test_one_name_in_two_scripts_is_one(cyrillic: str, latin: str) -> None:
    assert are_one_name(cyrillic, latin)
    assert are_one_name(latin, cyrillic)


def test_other_names_and_one_script_are_not_one() -> None:
    assert not are_one_name("Иванов", "Petrov")
    assert not are_one_name("Ivanov", "Ivanov")
    assert not are_one_name("Иванов", "Иванов")


def test_most_letters_decide_the_script() -> None:
    assert is_latin("Łódź")
    assert is_latin("12")
    assert not is_latin("Служба A")
    assert not is_latin("王")
