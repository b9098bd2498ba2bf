"""Small invented files for the readers' tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

OFFICE = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"'


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook with these sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(content: bytes, entry: str, old: str, new: str) -> bytes:
    """Return a workbook in which one entry's text was changed; ``old`` with ``<v />`` for an empty value, however it was written."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            words = source.read(name)
            if name == entry:  # openpyxl writes an empty tag as lxml does where it is there
                words = words.replace(b"<v></v>", b"<v />").replace(old.encode(), new.encode())
            target.writestr(name, words)
    return stream.getvalue()


def zipped(entries: Sequence[tuple[str, str]]) -> bytes:
    """Return a zip with these entries, repeated names allowed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, words in entries:
            target.writestr(name, words)
    return stream.getvalue()


def ods(rows: str, name: str = "Feuille") -> bytes:
    """Return an OpenDocument sheet with these XML rows."""
    body = f'<table:table table:name="{name}">{rows}</table:table>'
    content = f"<office:document-content {OFFICE}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped([("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", "<m/>")])


def ods_row(*cells: str | float, repeated: int = 1) -> str:
    """Return one XML row of text and numbers."""
    made = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if isinstance(cell, str)
        else f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{made}</table:table-row>'
