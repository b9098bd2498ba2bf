"""A table's description: what it refuses, what of it goes to a file."""

import pytest

from pages.exports.table import Cell, Column, Table, unit_sign


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Table("x", "X", (Column("a"), Column("b")), ((1,),))


def test_a_file_has_its_own_columns_and_raw_values() -> None:
    columns = (
        Column("code", on_screen=False),
        Column("name"),
        Column("mark", in_file=False),
        Column("v", "number"),
    )
    table = Table("x", "X", columns, (("A1", Cell("name", "<b>drawn</b>"), "●", float("nan")),))
    assert [c.title for c in table.file_columns] == ["code", "name", "v"]
    assert list(table.file_rows()) == [["A1", "name", None]]


def test_a_plain_number_has_no_sign() -> None:
    assert unit_sign("eur") == "€" and unit_sign("n") == "" and unit_sign("nobody knows") == ""
