"""Headers as people type them lead to their column."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.headers import plain
from schemas.tables import TABLES, find_column, suggest

NAMED = [
    (table.name, column.name, name)
    for table in TABLES.values()
    for column in table.columns
    for name in (column.name, *column.title)
]


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


MISTYPED = [
    str.upper,
    str.lower,
    without_accents,
    lambda text: text.replace("'", "’"),
    lambda text: f"  {text}\u00a0",
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("œ", "oe"),
]


@given(st.sampled_from(NAMED), st.lists(st.sampled_from(MISTYPED), max_size=4))
def test_every_spelling_leads_to_its_column(named: tuple[str, str, str], changes: list) -> None:
    table, column, typed = named
    for change in changes:
        typed = change(typed)
    found = find_column(table, typed)
    assert found is not None and found.name == column


@given(st.text(max_size=30))
def test_a_header_that_is_no_name_leads_nowhere(typed: str) -> None:
    found = find_column("projects", typed)
    assert found is None or plain(typed) in {plain(found.name), plain(found.title.fr), plain(found.title.en)}


@pytest.mark.parametrize("typed", ["", "   ", "***", "Colonne1"])
def test_unknown_headers(typed: str) -> None:
    assert find_column("projects", typed) is None


def test_a_typing_slip_is_suggested() -> None:
    near = suggest("Date d'ouvertur", "projects")
    assert near is not None and near.name == "opened_on"
    assert suggest("zzz", "projects") is None
