"""CSV files open right in a French spreadsheet and never run a formula."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.exports.csvfile import DANGEROUS, cell, to_csv, write
from pages.exports.table import Cell, Column, Table


def test_french_cells_are_parted_by_semicolons_with_decimal_commas() -> None:
    text = to_csv(["Nom", "Valeur"], [["Pôle d'échanges", 1234.5]], "fr").decode("utf-8")
    assert text == "\ufeffNom;Valeur\r\nPôle d'échanges;1234,5\r\n"


def test_english_cells_are_parted_by_commas_with_points() -> None:
    assert b"a,1.5\r\n" in to_csv(["x", "y"], [["a", 1.5]], "en")


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_what_would_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text, "fr") == "'" + text


@pytest.mark.parametrize(
    ("value", "expected"), [(-12.5, "-12,5"), ("-12,5", "-12,5"), ("+3", "+3"), (-4, "-4")]
)
def test_a_negative_number_stays_a_number(value: object, expected: str) -> None:
    assert cell(value, "fr") == expected


def test_unknown_is_empty_and_dates_are_iso() -> None:
    assert [cell(v, "fr") for v in (None, float("nan"))] == ["", ""]
    assert cell(date(2015, 6, 30), "fr") == cell(datetime(2015, 6, 30), "fr") == "2015-06-30"


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_no_text_starts_as_a_formula_and_all_is_read_back(row: list[str]) -> None:
    written = to_csv(["h"] * len(row), [row], "fr").decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))[1]
    for before, after in zip(row, read, strict=True):
        assert after in (before, f"'{before}", before.replace(".", ","))
        is_number = after.lstrip("+-").replace(",", "").replace(".", "")[:1].isdigit()
        assert not after.startswith(DANGEROUS) or is_number


def test_a_table_s_lines_say_what_they_are_true_of() -> None:
    table = Table(
        "x",
        "Plans",
        (Column("Projet"), Column("Fonds", "number", "eur"), Column("Marque", in_file=False)),
        ((Cell("Gare", "<b>Gare</b>"), 1234.5, "●"), ("=1+1", None, "○")),
        (("Données au", date(2015, 6, 30)), ("Filtres", None), ("Version", "1")),
    )
    assert write(table, "fr").decode("utf-8-sig").splitlines() == [
        "Projet;Fonds (€);Données au;Version",
        "Gare;1234,5;2015-06-30;1",
        "'=1+1;;2015-06-30;1",
    ]
