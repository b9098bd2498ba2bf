"""Good rows pass; each kind of bad cell is refused, in words, where it stands."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from schemas.tables import TABLES
from schemas.validate import validate
from tests.schemas.examples import TOWN, frame, town


@pytest.mark.parametrize("table", TABLES)
def test_good_rows_pass_both_ways(table: str) -> None:
    good = frame(table, TOWN[table])
    assert validate(table, good) == []
    TABLES[table].model.validate(good, lazy=True)


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_required_cell_is_refused(table: str) -> None:
    for column in TABLES[table].columns:
        if column.required:
            rows = town()[table]
            rows[0][column.name] = None
            assert [
                (fault.index, fault.column, fault.rule) for fault in validate(table, frame(table, rows))
            ] == [(0, column.name, "required")]


BAD_CELLS: list[tuple[str, str, Any, str, str]] = [
    ("projects", "title", " Gare", "text", "espaces"),
    ("projects", "title", "x" * 501, "text", "trop long"),
    ("projects", "title", 12, "type", "pas un texte"),
    ("projects", "outcome", "fini", "enumeration", "liste"),
    ("projects", "min_own_share", 0.25, "enumeration", "0,25"),
    ("projects", "total_cost_amount", -1.0, "range", "négatif"),
    ("projects", "total_cost_amount", 1e12, "range", "trop grand"),
    ("projects", "total_cost_amount", float("inf"), "range", "trop grand"),
    ("projects", "vat_rate", 20.0, "range", "maximum 1"),
    ("projects", "opened_on", date(1815, 1, 1), "range", "trop ancienne"),
    ("projects", "theme", "voir a.b@exemple.fr", "R20", "adresse électronique"),
    ("partners", "engagement_level", 6, "range", "maximum 5"),
    ("practices", "lever", "le courage", "enumeration", "liste"),
    ("practices", "revolution", 0, "range", "minimum 1"),
    ("survey_answers", "who5_1", 6, "range", "maximum 5"),
    ("survey_answers", "qwl_1", 0, "range", "minimum 1"),
    ("survey_answers", "recommend", 11, "range", "maximum 10"),
    ("kpi_values", "period", "2015-13", "period", "période"),
    ("kpi_values", "period", "2015-Q5", "period", "période"),
    ("kpi_values", "value", float("inf"), "type", "nombre"),
    ("staff", "category", "D", "enumeration", "liste"),
    ("staff", "headcount", -1, "range", "négatif"),
]


@pytest.mark.parametrize(("table", "column", "value", "rule", "word"), BAD_CELLS)
def test_a_bad_cell_is_refused_where_it_stands(
    table: str, column: str, value: Any, rule: str, word: str
) -> None:
    rows = town()[table]
    rows[-1][column] = value
    faults = validate(table, frame(table, rows))
    assert [(fault.index, fault.column) for fault in faults] == [(len(rows) - 1, column)]
    assert faults[0].rule in (rule, "text") and word in faults[0].message.fr
    assert TABLES[table].column(column).title.en in faults[0].message.en
    assert faults[0].mend.fr and faults[0].mend.en


@pytest.mark.parametrize("period", ["2015", "2015-Q2", "2015-06", "2013-audit", "vague_1"])
def test_periods(period: str) -> None:
    assert validate("kpi_values", frame("kpi_values", [{"kpi": "k", "period": period, "value": 1.0}])) == []


def test_a_cell_of_the_wrong_kind_is_told_once() -> None:
    bad = frame("projects", TOWN["projects"]).astype({"vat_rate": "object"})
    bad.loc[1, "vat_rate"] = "vingt"
    assert [(fault.index, fault.column, fault.value, fault.rule) for fault in validate("projects", bad)] == [
        (1, "vat_rate", "vingt", "type")
    ]


def test_all_faults_are_told_in_the_order_of_the_rows() -> None:
    rows = town()["projects"]
    rows[1] |= {"title": None, "outcome": "realise"}
    rows[0] |= {"total_cost_amount": -5.0}
    told = [(fault.index, fault.column) for fault in validate("projects", frame("projects", rows))]
    assert told == [(0, "total_cost_amount"), (1, "title"), (1, "outcome")]


def test_the_nearest_value_is_proposed() -> None:
    rows = town()["projects"]
    rows[0]["outcome"] = "abandone"
    (fault,) = validate("projects", frame("projects", rows))
    assert "Vouliez-vous dire « abandonné »" in fault.mend.fr and 'Did you mean "abandoned"' in fault.mend.en


def test_a_repeated_key_blames_the_second_row_even_in_other_capitals() -> None:
    rows = town()["projects"]
    rows[1]["project_id"] = "p1"
    (fault,) = validate("projects", frame("projects", rows))
    assert (fault.index, fault.column, fault.value, fault.rule) == (1, "project_id", "p1", "duplicate")
    assert "en double" in fault.message.fr


def test_a_repeated_composite_key_is_told_once() -> None:
    rows = town()["stages"]
    rows.append(dict(rows[0]))
    (fault,) = validate("stages", frame("stages", rows))
    assert (fault.index, fault.value) == (4, "P1 · appraisal · 01/01/2013")


def test_rows_without_key_may_repeat() -> None:
    rows = TOWN["payments"] * 2
    assert validate("payments", frame("payments", rows)) == []


def test_a_lacking_column_is_unknown_not_wrong() -> None:
    rows = town()["projects"]
    for row in rows:
        row["own_funds_amount"] = None
    given = frame("projects", rows)
    assert len(validate("projects", given)) == 2
    assert validate("projects", given, lacking=["own_funds_amount"]) == []
    assert validate("projects", given.drop(columns="own_funds_amount"), lacking=["own_funds_amount"]) == []
    assert len(validate("projects", given)) == 2, (
        "what one source lacks must not loosen the schema for the next"
    )


def test_a_missing_required_column_is_named() -> None:
    given = frame("projects", TOWN["projects"]).drop(columns="title")
    (fault,) = validate("projects", given)
    assert (fault.index, fault.column, fault.rule) == (None, "title", "required")
    assert "Intitulé" in fault.mend.fr


def test_personal_data_is_not_repeated() -> None:
    rows = town()["projects"]
    rows[0]["title"] = "joindre prenom.nom@exemple.fr"
    (fault,) = validate("projects", frame("projects", rows))
    assert "exemple" not in str(fault)


def test_pandas_own_text_dtype_is_accepted() -> None:
    given = frame("projects", TOWN["projects"])
    assert validate("projects", given.astype({"title": "str", "theme": "str"})) == []
    assert isinstance(given["title"].dtype, type(pd.Series(["a"], dtype="object").dtype))
