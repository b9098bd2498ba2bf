"""Cells of closed lists and yes/no columns, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.tables import TABLES
from schemas.words import find_flag, find_value, is_blank, suggest_value

LISTS = [column for table in TABLES.values() for column in table.columns if column.labels]


@pytest.mark.parametrize(
    ("table", "column", "typed", "value"),
    [
        ("staff", "sex", "H", "M"),
        ("staff", "sex", "Femme", "F"),
        ("staff", "category", "b", "B"),
        ("stages", "stage", "Montage financier", "financing"),
        ("stages", "stage", "works", "works"),
        ("partners", "kind", "Etablissement  public", "public_agency"),
        ("practices", "lever", "L’AUDACE", "l'audace"),
        ("financings", "nature", "mecenat", "sponsorship"),
        ("financings", "nature", "subventions", None),
    ],
)
def test_a_typed_value_finds_its_identifier(table: str, column: str, typed: str, value: str | None) -> None:
    assert find_value(TABLES[table].column(column), typed) == value


@given(st.sampled_from(LISTS), st.data())
def test_every_label_of_either_language_is_accepted(column, data) -> None:
    identifier = data.draw(st.sampled_from(sorted(column.labels)))
    typed = data.draw(st.sampled_from([identifier, *column.labels[identifier]]))
    assert find_value(column, typed.upper()) == identifier


def test_a_near_value_is_suggested() -> None:
    assert suggest_value(TABLES["financings"].column("nature"), "subvension") == "grant"


def test_not_stated_is_blank_only_where_the_survey_says_so() -> None:
    assert is_blank(TABLES["survey_answers"].column("sex"), "Non renseigné")
    assert not is_blank(TABLES["staff"].column("sex"), "non renseigné")
    assert is_blank(TABLES["staff"].column("sex"), "  ")


@pytest.mark.parametrize(
    ("typed", "value"), [("Oui", True), ("NON", False), ("vrai", True), ("0", False), ("?", None)]
)
def test_flags(typed: str, value: bool | None) -> None:
    assert find_flag(typed) is value
