"""Raw cells into typed values: French habits, and no guess."""

from datetime import date, datetime

import pandas as pd
import pytest

from data.readers.cellfault import CellFault
from data.readers.cells import parse_cell, parse_column, words_of
from schemas.columns import Column
from schemas.tables import TABLES
from schemas.text import Text

COLUMN_OF = {
    kind: Column("c", Text("Colonne", "Column"), kind)
    for kind in ("text", "integer", "number", "ratio", "amount", "boolean", "date", "period")
}
KIND = TABLES["partners"].column("kind")


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("amount", "1 250 000,50", 1250000.5),
        ("amount", "1\u202f250\u202f000,50 €", 1250000.5),
        ("amount", "213\u00a0000", 213000.0),
        ("amount", "€1250000,5", 1250000.5),
        ("amount", "1.250.000,50", 1250000.5),
        ("amount", "1,250,000.50", 1250000.5),
        ("amount", "1,250,000", 1250000.0),
        ("amount", "0001250,50", 1250.5),
        ("amount", "-12", -12.0),
        ("amount", "−12,30", -12.3),
        ("amount", 1338000.4900000001, 1338000.49),
        ("amount", 0.1 + 0.2, 0.3),
        ("amount", 999999999999.99, 999999999999.99),
        ("number", "1,234", 1.234),
        ("number", "47.8", 47.8),
        ("integer", "1 250", 1250),
        ("integer", 2015.0, 2015),
        ("ratio", "20 %", 0.2),
        ("ratio", "0,2", 0.2),
        ("ratio", 0.2, 0.2),
        ("boolean", "Oui", True),
        ("boolean", "FAUX", False),
        ("boolean", 1.0, True),
        ("boolean", False, False),
        ("date", "03/04/2025", pd.Timestamp(2025, 4, 3)),
        ("date", "2025-04-03", pd.Timestamp(2025, 4, 3)),
        ("date", "2025-04-03T10:00:00", pd.Timestamp(2025, 4, 3)),
        ("date", "1er avril 2025", pd.Timestamp(2025, 4, 1)),
        ("date", "03-avr.-25", pd.Timestamp(2025, 4, 3)),
        ("date", 45750.0, pd.Timestamp(2025, 4, 3)),
        ("date", datetime(2025, 4, 3, 12), pd.Timestamp(2025, 4, 3)),
        ("date", date(2025, 4, 3), pd.Timestamp(2025, 4, 3)),
        ("period", "2015", "2015"),
        ("period", 2015.0, "2015"),
        ("period", "T2 2015", "2015-Q2"),
        ("period", "06/2015", "2015-06"),
        ("period", "juin 2015", "2015-06"),
        ("period", date(2015, 6, 1), "2015-06"),
        ("period", "2013-audit", "2013-audit"),
        ("text", "  Me\u0301diathe\u0300que\u00a0", "Médiathèque"),
        ("text", 26281.0, "26281"),
        ("text", "=1+1", "=1+1"),
        ("text", "VRAI", "VRAI"),
        ("text", "   ", None),
        ("amount", None, None),
    ],
)
def test_a_cell_is_read(kind: str, cell: object, value: object) -> None:
    found = parse_cell(cell, COLUMN_OF[kind])
    assert found == value and (value is None) == (found is None)


@pytest.mark.parametrize(
    ("kind", "cell", "rule"),
    [
        ("amount", "1,234", "ambiguous"),
        ("amount", "10.005", "ambiguous"),
        ("amount", "1250000.5000000001", "decimals"),
        ("amount", "1234,567", "decimals"),
        ("amount", 10.005, "decimals"),
        ("amount", "15 M€", "unit"),
        ("amount", "1 250 k€", "unit"),
        ("amount", "(1 250,50)", "not_a_number"),
        ("amount", "1250,50-", "not_a_number"),
        ("amount", "-", "not_a_number"),
        ("amount", "12 34", "not_a_number"),
        ("amount", "1e5", "not_a_number"),
        ("amount", "１２５０", "not_a_number"),
        ("amount", "١٢٥٠", "not_a_number"),
        ("amount", True, "not_a_number"),
        ("amount", date(2025, 4, 3), "not_a_number"),
        ("amount", "9" * 40, "too_large"),
        ("amount", float("inf"), "too_large"),
        ("amount", "#DIV/0 !", "error_value"),
        ("text", "#REF!", "error_value"),
        ("date", "########", "error_value"),
        ("integer", "1,234", "ambiguous"),
        ("integer", "12,5", "not_whole"),
        ("number", "12 %", "not_a_number"),
        ("boolean", "peut-être", "not_a_boolean"),
        ("boolean", 2.0, "not_a_boolean"),
        ("date", "30/02/2025", "no_such_day"),
        ("date", "12/31/2024", "no_such_day"),
        ("date", "01/02/03", "not_a_date"),
        ("date", "2025", "not_a_date"),
        ("date", 2025.0, "not_a_date"),
        ("date", "T2 2025", "not_a_date"),
        ("date", True, "not_a_date"),
        ("text", "a\x07b", "character"),
        ("text", "Projet \u202eexe.fdp", "character"),
    ],
)
def test_a_cell_that_says_nothing_sure_is_a_fault(kind: str, cell: object, rule: str) -> None:
    with pytest.raises(CellFault) as fault:
        parse_cell(cell, COLUMN_OF[kind])
    assert fault.value.rule == rule


@pytest.mark.parametrize("typed", ["company", "Entreprise", "ENTREPRISE ", "entrepri\u0073e"])
def test_a_closed_list_accepts_identifiers_and_words_however_typed(typed: str) -> None:
    assert parse_cell(typed, KIND) == "company"
    assert parse_cell("etablissement  public", KIND) == "public_agency"


def test_an_unknown_label_lists_what_is_allowed_and_suggests() -> None:
    with pytest.raises(CellFault) as fault:
        parse_cell("entreprize", KIND)
    assert "« entreprise »" in fault.value.mend.fr and "fondation / mécène" in fault.value.mend.fr


def test_aliases_blanks_lists_and_defaults_of_a_column() -> None:
    answers, projects = TABLES["survey_answers"], TABLES["projects"]
    assert parse_cell("H", answers.column("sex")) == "M"
    assert parse_cell("Non renseigné", answers.column("sex")) is None
    assert parse_cell("DADI ;Culture;", projects.column("partner_directorates")) == "DADI; Culture"
    assert parse_column([None, "10 %"], projects.column("vat_rate"))[0].tolist() == [0.2, 0.1]
    assert parse_column([None], projects.column("vat_rate"), defaults=False)[0].isna().all()


def test_equal_cells_of_different_kinds_are_not_confused() -> None:
    values, faults = parse_column([1.0, True, "1", None], COLUMN_OF["amount"])
    assert values.tolist()[0] == 1.0 and values.tolist()[2] == 1.0
    assert [at for at, *_ in faults] == [1]


@pytest.mark.parametrize("kind", COLUMN_OF)
def test_a_column_has_its_dtype_even_when_empty(kind: str) -> None:
    values, faults = parse_column([None, None], COLUMN_OF[kind])
    assert str(values.dtype) == COLUMN_OF[kind].pandas_type and values.isna().all() and not faults


def test_the_words_name_the_column_and_the_value() -> None:
    _, [(at, cell, why)] = parse_column(["30/02/2025"], COLUMN_OF["date"])
    message, mend = words_of(why, cell, COLUMN_OF["date"])
    assert message.fr == "« Colonne » : La date « 30/02/2025 » n'existe pas."
    assert at == 0 and "jj/mm/aaaa" in mend.fr


def test_another_unit_says_how_many_euros_it_would_be() -> None:
    with pytest.raises(CellFault) as fault:
        parse_cell("1,25 M€", COLUMN_OF["amount"])
    assert "1250000 ?" in fault.value.mend.fr
