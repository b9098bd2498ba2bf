"""A scenario as a workbook: every sheet, and every page it prints, says that these are no measured values."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.exports.table import Table, Value
from pages.exports.workbook_sheet import BY_UNIT, OWN_UNIT
from pages.exports.xlsx import FORMATS, NARROWEST, SAFE, WIDEST, put, title
from pages.texts import t

HEAD = 2  # the banner's row, then an empty one
LONGEST_TAB = 31  # what Excel takes
NOT_IN_TABS = frozenset("[]:*?/\\")


def write(tables: Sequence[Table], units: Sequence[Sequence[str]] = ()) -> bytes:
    """Return a workbook of one sheet a table, and one that says what they are true of.

    ``units`` are, table by table, those of its rows where a column has OWN_UNIT.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, SAFE)
    book.set_properties({"title": t("Scénario"), "author": "Levier"})
    for place, table in enumerate(tables):
        _rows(book, table, units[place] if units else ())
    _about(book, tables)
    book.close()
    return content.getvalue()


def banner() -> str:
    """What every sheet begins with."""
    return t("SCÉNARIO : valeurs calculées sous des hypothèses, rien n’est mesuré ni enregistré.")


def _name(book: Workbook, table: Table) -> str:
    """What a tab says: ``Scénario · Indicateurs`` of a table titled ``Scénarios, indicateurs``; its place too where it is taken."""
    rest = "".join(sign for sign in table.title.split(", ", 1)[-1] if sign not in NOT_IN_TABS).strip("' ")
    name = f"{t('Scénario')} · {rest[:1].upper()}{rest[1:]}"[:LONGEST_TAB]
    place = len(book.worksheets()) + 1
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    return f"{name[: LONGEST_TAB - 3]} {place}" if name.casefold() in taken else name


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, banner(), book.add_format({"bold": True, "font_color": "#80102F"}))
    sheet.set_header(f"&C{t('Scénario')}")
    return sheet


def _rows(book: Workbook, table: Table, units: Sequence[str]) -> None:
    sheet = _sheet(book, _name(book, table))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    rows = list(table.file_rows())
    made: dict[str, Format] = {}
    for at, column in enumerate(table.file_columns):
        own = column.unit == OWN_UNIT
        sheet.write_string(HEAD, at, column.title if own else title(column), head)
        longest = max((len(str(row[at])) for row in rows if row[at] is not None), default=0)
        sheet.set_column(at, at, max(NARROWEST, min(WIDEST, longest + 2)))
        for line, row in enumerate(rows):
            unit = units[line] if own else column.unit if column.is_number else column.kind
            put(sheet, line + HEAD + 1, at, row[at], _form(book, made, unit))
    sheet.freeze_panes(HEAD + 1, 0)


def _form(book: Workbook, made: dict[str, Format], unit: str) -> Format | None:
    """The format of a unit, one a sheet."""
    wanted = BY_UNIT.get(unit)
    if wanted is None:
        return None
    if unit not in made:
        made[unit] = book.add_format({"num_format": wanted})
    return made[unit]


def _about(book: Workbook, tables: Sequence[Table]) -> None:
    sheet = _sheet(book, f"{t('Scénario')} · {t('À propos')}")
    bold, wrapped = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "align": "left"}),
    )
    day = book.add_format({"num_format": FORMATS["date"], "align": "left"})
    facts: dict[str, Value] = {}
    for table in tables:
        facts |= {what if what != t("Filtres") else table.title: value for what, value in table.facts}
    for line, (what, value) in enumerate(facts.items(), HEAD):
        sheet.write_string(line, 0, what, bold)
        put(
            sheet,
            line,
            1,
            value,
            day if isinstance(value, date) and not isinstance(value, datetime) else wrapped,
        )
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, WIDEST)
