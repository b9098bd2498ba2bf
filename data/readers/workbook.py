"""An .xlsx or .ods workbook -> the raw rows of each of its sheets."""

import io
import posixpath
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from data.readers.archive import Archive
from data.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, too_far, too_many_columns, too_many_rows
from data.readers.refused import refusal
from data.readers.scan import Extent, filled_xlsx, scan_ods, scan_xlsx
from data.readers.sheet import Cell, Grid, filled_width, is_blank
from schemas.text import Text

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_workbook(file: str, content: bytes) -> list[Grid]:
    """Return the worksheets in order, blank ones left out; raises Refused."""
    archive = Archive(file, content)
    archive.check()
    extents = _extents(archive)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [facts for facts in book.sheets_metadata if facts.typ == SheetTypeEnum.WorkSheet]
        grids = [_grid(file, book, facts, extents.get(facts.name, Extent())) for facts in sheets]
    except PasswordError as error:
        raise archive.protected() from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise archive.damaged() from error
    return [grid for grid in grids if grid.rows]


def _extents(archive: Archive) -> dict[str, Extent]:
    """Return what each sheet holds, by its name; refuses those too large for memory before they are parsed."""
    if "xl/workbook.xml" in archive.names:
        found = {name: _xlsx_extent(archive, entry) for name, entry in _xlsx_sheets(archive).items()}
    elif "content.xml" in archive.names:
        found = _ods_extents(archive)
    else:
        message = Text(
            "Ce fichier n'est pas un classeur au format .xlsx ou .ods.",
            "This file is not an .xlsx or .ods workbook.",
        )
        mend = Text("Enregistrez-le au format .xlsx, .ods ou CSV.", "Save it as .xlsx, .ods or CSV.")
        raise refusal(archive.file, "format", message, mend)
    for name, extent in found.items():
        if extent.cells > MAX_CELLS:
            raise too_far(archive.file, name, extent.rows, extent.columns)
    return found


def _xlsx_extent(archive: Archive, entry: str) -> Extent:
    extent = scan_xlsx(archive.blocks(entry))
    if extent.cells > MAX_CELLS:  # formatted empty cells far away are no reason to refuse
        filled = filled_xlsx(archive.blocks(entry))
        extent.rows, extent.columns = filled.rows, filled.columns
    return extent


def _xlsx_sheets(archive: Archive) -> dict[str, str]:
    """Return the entry of each sheet, by the sheet's name."""
    relations = _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    found: dict[str, str] = {}
    for item in _tree(archive, "xl/workbook.xml").iter():
        if item.tag.rpartition("}")[2] == "sheet":
            target = targets.get(item.get(RELATION) or item.get(STRICT_RELATION), "")
            entry = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            if entry in archive.names:
                found[item.get("name", "")] = entry
    return found


def _ods_extents(archive: Archive) -> dict[str, Extent]:
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise archive.protected()
    extents = scan_ods(archive.blocks("content.xml"))
    return {extent.name: extent for extent in extents}


def _tree(archive: Archive, entry: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(archive.read(entry))
    except (KeyError, ElementTree.ParseError) as error:
        raise archive.damaged() from error


def _grid(file: str, book: CalamineWorkbook, facts: Any, extent: Extent) -> Grid:
    values = book.get_sheet_by_name(facts.name).to_python(skip_empty_area=False)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    broken = _by_row(extent)
    for at, row in enumerate(values):
        cells = [_cell(value) for value in row]
        for column, words in broken.get(at, ()):
            _mark(cells, column, words)
        width = filled_width(cells)
        if width > MAX_COLUMNS:
            raise too_many_columns(file, facts.name, width)
        if width:
            rows.append(cells[:width])
            numbers.append(at + 1)
    if len(rows) > MAX_ROWS:
        raise too_many_rows(file, facts.name)
    return Grid(facts.name, rows, numbers, facts.visible != SheetVisibleEnum.Visible, extent.hidden_rows)


def _by_row(extent: Extent) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for (row, column), words in extent.broken.items():
        found.setdefault(row, []).append((column, words))
    return found


def _mark(cells: list[Cell], column: int, words: str) -> None:
    """Put an error's words where the parser saw an empty cell: an error is not a blank."""
    cells.extend([None] * (column + 1 - len(cells)))
    if is_blank(cells[column]):
        cells[column] = words


def _cell(value: Any) -> Cell:
    if value == "":
        return None
    if isinstance(value, (str, float, bool, int, datetime, date)):
        return value
    return (
        value.isoformat() if isinstance(value, time) else str(value) if isinstance(value, timedelta) else None
    )
