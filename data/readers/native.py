"""The product's own files: its template, or any workbook or CSV whose headers are the tables' titles or identifiers."""

from collections.abc import Sequence
from pathlib import PurePath

from data.readers import answers
from data.readers import native_words as words
from data.readers.batch import Batch, Parsed
from data.readers.files import Refused, read_sheets
from data.readers.placing import is_empty, places_of
from data.readers.refused import shown_name
from data.readers.sheet import Sheet
from data.readers.tabular import as_batch
from schemas.fault import Fault
from schemas.headers import plain
from schemas.personal import is_personal_header
from schemas.tables import FILLED, TABLES, Table, find_table, suggest
from schemas.text import Text

NAME = "levier"
TITLE = Text("Tableaux de Levier (modèle Excel ou CSV)", "Levier's own tables (Excel template or CSV)")
FILLS: tuple[str, ...] = FILLED

TITLES: dict[str, frozenset[str]] = {
    table.name: frozenset(plain(name) for column in table.columns for name in (column.name, *column.title))
    for table in map(TABLES.__getitem__, FILLED)
}
OF_AN_ANSWER = frozenset(
    plain(name) for name in ("answer_id", *TABLES[answers.TABLE].column("answer_id").title)
)


def read(
    files: Sequence[tuple[str, bytes]], table: str | None = None, scales: answers.Scales = answers.no_scales
) -> Parsed:
    """Read all sheets of all files into batches; ``table`` (an identifier or a title) forces the table.

    ``scales`` gives the items of declared scales; it is asked only where a sheet of survey answers has such columns.

    All faults of all files come back at once; a sheet that is no table is ignored with a warning as long as
    another sheet of its file is one.
    """
    forced = find_table(table) if table else None
    parsed = Parsed()
    if table and forced is None:
        parsed.faults.append(words.unknown_table(table))
        return parsed
    for name, content in files:
        try:
            sheets = read_sheets(name, content, [TITLES[forced.name]] if forced else list(TITLES.values()))
        except Refused as refused:
            parsed.faults += refused.faults
            continue
        _read_file(parsed, shown_name(name), sheets, forced, scales)
    return parsed


def table_of(sheet: Sheet, alone: bool) -> Table | None:
    """Return the table a sheet is: by the sheet's name, else the file's name if alone in it, else by its header."""
    stem = PurePath(sheet.file).stem
    named = find_table(sheet.sheet or "") or (find_table(stem) if alone else None)
    return named or _best(sheet.header)


def _best(header: Sequence[str]) -> Table | None:
    """Return the table that knows at least two columns of the header, and half of it; the best of them."""
    known = {plain(title) for title in header} - {""}
    if (
        known & OF_AN_ANSWER
    ):  # whatever stands beside it: what is not anonymous there must be said, not ignored
        return TABLES[answers.TABLE]
    counts = {name: len(known & titles) for name, titles in TITLES.items()}
    name = max(counts, key=lambda each: (counts[each], -len(TITLES[each])))
    return TABLES[name] if counts[name] >= 2 and 2 * counts[name] >= len(known) else None


def _read_file(
    parsed: Parsed, file: str, sheets: list[Sheet], forced: Table | None, scales: answers.Scales
) -> None:
    seen = [sheet for sheet in sheets if not sheet.hidden]
    tables = [(sheet, forced or table_of(sheet, len(seen) == 1)) for sheet in seen]
    parsed.faults += [words.hidden_sheet(sheet) for sheet in sheets if sheet.hidden]
    found = [(sheet, table) for sheet, table in tables if table is not None]
    missed = [sheet for sheet, table in tables if table is None]
    parsed.faults += [words.no_table(sheet, "warning" if found else "error") for sheet in missed]
    if (found and not any(sheet.rows for sheet, _ in found)) or not sheets or not seen:
        parsed.faults.append(words.no_row(file))
    for sheet, table in found:
        if table.is_register:
            parsed.faults.append(words.kept_by_levier(sheet, table))
            continue
        if table.name == answers.TABLE:
            batches, faults = answers.read(sheet, scales)
        else:
            batch, faults = read_sheet(sheet, table)
            batches = [batch] if batch else []
        parsed.batches += batches
        parsed.faults += faults


def read_sheet(sheet: Sheet, table: Table) -> tuple[Batch | None, list[Fault]]:
    """Return a sheet's rows for one table, and its faults; no rows where the header is wrong or nothing is below it."""
    places, faults = places_of(sheet, table, lambda at, title: _unknown(sheet, table, at, title))
    faults += [words.beyond_header(sheet, row, value) for row, value in sheet.overflow]
    if any(each.severity == "error" for each in faults) or not sheet.rows:
        return None, faults
    batch, found = as_batch(sheet, table, places)
    return batch, faults + found + ([words.hidden_rows(sheet)] if sheet.hidden_rows else [])


def _unknown(sheet: Sheet, table: Table, at: int, title: str) -> list[Fault]:
    if is_personal_header(title):
        return [words.personal_column(sheet, title)]
    if is_empty(sheet, at, title):
        return []
    return [words.unknown_column(sheet, table, title, suggest(title, table) if title else None)]
