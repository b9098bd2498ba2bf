"""Tables as workbooks: typed numbers and dates under a frozen head, and a sheet that says what they are true of.

No text becomes a formula or a link, whatever it begins with.
"""

import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.exports.table import Column, Table, Value, unit_sign
from pages.texts import t

SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
LONGEST_TEXT = 32_767  # characters of a cell, and rows of a sheet: what the format itself allows
MOST_ROWS = 1_048_575
FIRST_YEAR = 1900  # of the format's calendar: an older date is written as text
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
FORMATS = {
    "eur": '#,##0.00 "€"',
    "ratio": "0.0%",
    "n": "#,##0",
    "days": "#,##0.0",
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}
SHOWN_BY_FORMAT = frozenset({"eur", "ratio"})  # units that the number format already says
WIDEST, NARROWEST = 60, 10


def write(table: Table) -> bytes:
    """Return a table as an XLSX workbook: the rows on the first sheet, the facts on the second."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, SAFE)
    book.set_properties({"title": table.title, "author": "Levier"})
    rows = list(table.file_rows())
    _rows(book, table, rows[:MOST_ROWS])
    _facts(book, table, len(rows))
    book.close()
    return content.getvalue()


def _rows(book: Workbook, table: Table, rows: Sequence[Sequence[Value]]) -> None:
    columns = table.file_columns
    sheet = book.add_worksheet(sheet_name(table.title))
    sheet.set_header(printed(table.title))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    forms = [_format(book, column) for column in columns]
    for at, column in enumerate(columns):
        sheet.write_string(0, at, title(column), head)
        sheet.set_column(at, at, wide(title(column), (row[at] for row in rows[:200])))
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            put(sheet, line, at, value, forms[at])
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _facts(book: Workbook, table: Table, total: int) -> None:
    sheet = book.add_worksheet(t("À propos"))
    sheet.set_header(printed(table.title))
    bold = book.add_format({"bold": True, "valign": "top"})
    day, moment = (
        book.add_format({"num_format": FORMATS[kind], "align": "left"}) for kind in ("date", "moment")
    )
    wrapped = book.add_format({"text_wrap": True, "align": "left"})
    facts: list[tuple[str, Value]] = [(t("Tableau"), table.title), *table.facts, (t("Lignes"), total)]
    if total > MOST_ROWS:
        facts.append((t("Lignes écrites"), MOST_ROWS))
    for line, (what, value) in enumerate(facts):
        sheet.write_string(line, 0, what, bold)
        form = moment if isinstance(value, datetime) else day if isinstance(value, date) else wrapped
        put(sheet, line, 1, value, form)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, WIDEST)


def put(sheet: Worksheet, line: int, at: int, value: Value, form: Format | None) -> None:
    """Write one cell by its own type: unknown stays empty, text stays text."""
    if value is None:
        sheet.write_blank(line, at, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(line, at, value, form)
    elif isinstance(value, (int, float)) and math.isfinite(value):
        sheet.write_number(line, at, value, form)
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(line, at, _naive(value), form)
    else:
        sheet.write_string(line, at, _fitting(str(value)), form)


def title(column: Column) -> str:
    """A column's title, with its unit where the number format does not say it."""
    sign = "" if column.unit in SHOWN_BY_FORMAT else unit_sign(column.unit)
    return f"{column.title} ({sign})" if sign else column.title


def _format(book: Workbook, column: Column) -> Format | None:
    wanted = FORMATS.get(column.unit if column.kind == "number" else column.kind)
    return book.add_format({"num_format": wanted}) if wanted else None


def _naive(value: date | datetime) -> date | datetime:
    """A workbook knows no time zones: the clock's own reading is kept."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _fitting(text: str) -> str:
    """A text no longer than a cell may be; one that is cut says so by its last sign."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def sheet_name(words: str) -> str:
    """A sheet's name: at most 31 characters, without those the format forbids."""
    return " ".join(words.translate(FORBIDDEN_IN_NAMES).split()).strip("'")[:31].strip(" '") or t("Tableau")


def printed(words: str) -> str:
    """What every printed page bears at its top: the table's title, so that a scenario says so on each."""
    return f"&C{words[:200].replace('&', '&&')}"


def wide(words: str, values: Iterable[Value]) -> int:
    """A column's width in letters, for its title and its first values."""
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return max(NARROWEST, min(WIDEST, max(longest, min(len(words), 24)) + 2))
