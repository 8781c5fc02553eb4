from __future__ import annotations

from enrich.page.match.fields import read_cells, read_line


def test_cells_are_read_by_their_column_heads() -> None:
    claims = read_cells(
        [
            ("Authors", "Smith J, Doe A"),
            ("Title", "Selenium and bones"),
            ("Journal", "Nutrients"),
            ("Year", "2019"),
            ("Vol.", "11"),
            ("Pages", "550-561"),
            ("Dose", "200 µg in 1999"),
        ]
    )

    assert (claims.authors, claims.titles, claims.journals) == (
        "Smith J, Doe A",
        ("Selenium and bones",),
        ("Nutrients",),
    )
    assert (claims.years, claims.volume, claims.page) == ((2019,), "11", "550")


def test_a_cell_may_hold_a_whole_reference() -> None:
    claims = read_cells([("Reference", "Smith J. Selenium and bones. Nutrients. 2019;11(3):550.")])

    assert (claims.titles, claims.journals, claims.page) == (("Selenium and bones",), ("Nutrients",), "550")


def test_a_study_that_is_no_reference_heads_its_row() -> None:
    claims = read_cells([("Study", "Selenium helps the old"), ("", "2019")])

    assert (claims.heading, claims.titles, claims.years) == ("Selenium helps the old", (), ())


def test_a_journal_cell_may_hold_the_place_too() -> None:
    claims = read_cells([("Journal", "Nutrients 2019;11(3):550")])

    assert (claims.journals, claims.years, claims.volume, claims.page) == (
        ("Nutrients",),
        (2019,),
        "11",
        "550",
    )


def test_a_line_that_names_itself_is_read() -> None:
    line = read_line("**Authors:** Smith J".replace("*", ""))

    assert line is not None
    assert line.authors == "Smith J"
    assert read_line("Conclusion: selenium helps") is None
    assert read_line("Selenium helps") is None
