"""One table on its sheet: frozen heads, a filter, a number format by unit, the column's own or the row's."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.exports.table import Column, Table, Value
from pages.exports.xlsx import FORMATS, MOST_ROWS, put, title, wide

BY_UNIT = FORMATS | {
    "eur_per_eur": "0.00",
    "index": "0.000",
    "share": "0.000",
    "factor": "0.0",
    "score": "0.0",
}
A4 = 9  # the format's number for it
OWN_UNIT = "row"  # the unit of a column whose cells have each row's


@dataclass(frozen=True)
class Sheet:
    """A table under its sheet's name. ``key`` names it in every language; ``units`` are its rows' where columns have OWN_UNIT."""

    key: str
    name: str
    table: Table
    units: Sequence[str] = ()
    frozen: int = 0

    def at(self, key: str) -> int:
        """The place of a column by its key."""
        return [column.key for column in self.table.columns].index(key)


def put_rows(book: Workbook, sheet: Sheet) -> None:
    """Write a sheet: titles, rows by their own types, filter, widths."""
    page, table = book.add_worksheet(sheet.name), sheet.table
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    made: dict[str, Format] = {}
    rows = list(table.file_rows())[:MOST_ROWS]
    for at, column in enumerate(table.columns):
        page.write_string(0, at, column.title if column.unit == OWN_UNIT else title(column), head)
        page.set_column(at, at, wide(column.title, (row[at] for row in rows[:200])))
    for line, row in enumerate(rows):
        for at, value in enumerate(row):
            put(page, line + 1, at, value, _form(book, made, table.columns[at], sheet, line, value))
    page.freeze_panes(1, sheet.frozen)
    printed(page)
    page.repeat_rows(0)
    if rows:
        page.autofilter(0, 0, len(rows), len(table.columns) - 1)


def printed(page: Worksheet) -> None:
    """On paper: A4 across, as wide as one page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _form(
    book: Workbook, made: dict[str, Format], column: Column, sheet: Sheet, line: int, value: Value
) -> Format | None:
    unit = sheet.units[line] if column.unit == OWN_UNIT else column.unit
    wanted = BY_UNIT.get(unit if column.kind == "number" else column.kind)
    if wanted is None:
        return None
    if wanted not in made:
        made[wanted] = book.add_format({"num_format": wanted})
    return made[wanted]
