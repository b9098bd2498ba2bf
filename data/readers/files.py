"""A file's name and bytes -> its sheets. The content decides what the file is; its name only helps the messages."""

import re

from data.readers.archive import protected
from data.readers.delimited import read_delimited
from data.readers.encoding import decode
from data.readers.header import Titles, as_sheet
from data.readers.limits import MAX_BYTES, too_many_bytes
from data.readers.refused import Refused, refusal, shown_name
from data.readers.sheet import Grid, Sheet
from data.readers.workbook import read_workbook
from schemas.text import Text

__all__ = ["Refused", "read_sheets"]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|table|meta|script|style|\?xml)", re.IGNORECASE)
FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
)
NOTHING = ' \t\r\n\u00a0;,|"'  # separators alone are no content
SAVE = Text("Enregistrez le tableau au format .xlsx, .ods ou CSV.", "Save the table as .xlsx, .ods or CSV.")


def read_sheets(name: str, content: bytes, titles: Titles = ()) -> list[Sheet]:
    """Return the sheets of a spreadsheet (.xlsx, .ods) or of a text file with separators, in order.

    ``titles`` are the column names of the tables looked for (under ``schemas.headers.plain``): they find the header
    below titles and blank rows. Raises Refused for a file that is empty, damaged, protected, too large, hostile or
    no spreadsheet.
    """
    file = shown_name(name)
    if len(content) > MAX_BYTES:
        raise too_many_bytes(file)
    grids = [grid for grid in _grids(file, content, titles) if grid.rows]
    if not grids:
        raise _empty(file)
    return [as_sheet(file, grid, titles) for grid in grids]


def _grids(file: str, content: bytes, titles: Titles) -> list[Grid]:
    if not content.strip():
        raise _empty(file)
    if content.startswith(ZIP):
        return read_workbook(file, content)
    if content.startswith(OLE):
        raise protected(file) if ENCRYPTED in content else _old_excel(file)
    _no_other_format(file, content)
    words = decode(file, content)
    return [read_delimited(file, words, titles)] if words.strip(NOTHING) else []


def _no_other_format(file: str, content: bytes) -> None:
    known = next((words for mark, words in FORMATS if content.startswith(mark)), None)
    if MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:200]):
        known = "HTML ou XML"
    elif content.lstrip()[:1] in (b"{", b"["):
        known = known or "JSON"
    if known:
        message = Text(
            f"Le format de ce fichier n'est pas celui d'un tableau : c'est un fichier {known}.",
            f"This file's format is not a table's: it is a {known.replace(' ou ', ' or ')} file.",
        )
        raise refusal(file, "format", message, SAVE)


def _old_excel(file: str) -> Refused:
    # Its cells in error cannot be told from empty ones by the parser, and an error must not become a blank.
    message = Text(
        "Ancien format Excel (.xls) : il ne peut pas être lu sûrement.",
        "Old Excel format (.xls): it cannot be read safely.",
    )
    mend = Text(
        "Ouvrez-le dans le tableur et enregistrez-le au format .xlsx.",
        "Open it in the spreadsheet program and save it as .xlsx.",
    )
    return refusal(file, "old_excel", message, mend)


def _empty(file: str) -> Refused:
    message = Text("Le fichier est vide.", "The file is empty.")
    mend = Text(
        "Vérifiez que vous avez choisi le bon fichier : il doit avoir un en-tête et au moins une ligne.",
        "Check that you chose the right file: it must have a header and at least one row.",
    )
    return refusal(file, "empty", message, mend)
