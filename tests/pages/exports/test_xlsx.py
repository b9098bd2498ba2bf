"""Workbooks read back with two other libraries: types, French letters, text that stays text, unknown that is not zero."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pages.exports import xlsx
from pages.exports.table import Cell, Column, Table
from pages.texts import use

LONG = "é" * 40_000
COLUMNS = (
    Column("Intitulé"),
    Column("Montant", "number", "eur"),
    Column("Part", "number", "ratio"),
    Column("Durée", "number", "days"),
    Column("Le", "date"),
    Column("À", "moment"),
    Column("Oui", "boolean"),
)
ROWS = (
    ("=1+1", 1234.5, 0.222, 60, date(2015, 6, 30), datetime(2015, 6, 30, 14, 5, tzinfo=UTC), True),
    ("@SUM(A1)", 0, 0.0, None, None, None, False),
    ("https://exemple.fr", None, None, None, date(1848, 2, 24), None, None),
    (Cell("Pôle d’échanges « gare » œuvré", "<a>drawn</a>"), -5, None, None, None, None, None),
    (LONG, None, None, None, None, None, None),
    ("0012", None, None, None, None, None, None),
)
TABLE = Table(
    "x", "Plans : [ville] / 2015", COLUMNS, ROWS, (("Données au", date(2015, 6, 30)), ("Périmètre", "=DADI"))
)


@pytest.fixture(scope="module")
def content() -> bytes:
    use("fr")
    return xlsx.write(TABLE)


@pytest.fixture(scope="module")
def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_no_text_becomes_a_formula_or_a_link(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    assert [sheet.cell(line, 1).value for line in (2, 3, 4)] == ["=1+1", "@SUM(A1)", "https://exemple.fr"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row} | {
        cell.data_type for row in book.worksheets[1].iter_rows() for cell in row
    }
    assert "f" not in kinds
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    assert sheet["A7"].value == "0012"  # an identifier keeps its zeros


def test_numbers_and_dates_are_typed(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    assert (sheet["B2"].value, sheet["C2"].value, sheet["D2"].value) == (1234.5, 0.222, 60)
    assert sheet["B2"].number_format == '#,##0.00 "€"' and sheet["C2"].number_format == "0.0%"
    assert sheet["E2"].value == datetime(2015, 6, 30) and sheet["F2"].value == datetime(2015, 6, 30, 14, 5)
    assert sheet["G2"].value is True and sheet["G3"].value is False
    assert sheet["E4"].value == "1848-02-24"  # before the format's calendar


def test_unknown_is_empty_and_zero_is_zero(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    assert sheet["B3"].value == 0 and sheet["C3"].value == 0 and sheet["B4"].value is None


def test_head_is_frozen_and_says_its_units(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:G7"
    assert [cell.value for cell in sheet[1]] == [
        "Intitulé",
        "Montant",
        "Part",
        "Durée (jours)",
        "Le",
        "À",
        "Oui",
    ]
    assert sheet.title == "Plans ville 2015"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(book: openpyxl.Workbook) -> None:
    cut = book.worksheets[0]["A6"].value
    assert len(cut) == xlsx.LONGEST_TEXT and cut.endswith("…")


def test_the_second_sheet_says_what_it_is_true_of(book: openpyxl.Workbook) -> None:
    about = {row[0].value: row[1].value for row in book["À propos"].iter_rows()}
    assert about["Données au"] == datetime(2015, 6, 30) and about["Périmètre"] == "=DADI"
    assert about["Tableau"] == "Plans : [ville] / 2015" and about["Lignes"] == 6


def test_another_reader_sees_the_same(content: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["=1+1", 1234.5, 0.222, 60.0] and rows[1][4] == date(2015, 6, 30)
    assert rows[2][1] == 0 and rows[3][1] == "" and rows[4][0] == "Pôle d’échanges « gare » œuvré"


def test_an_empty_table_is_a_workbook_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Table("x", "", (Column("a"),), ()))))
    assert book.worksheets[0].max_row == 1 and book.worksheets[0]["A1"].value == "a"
