"""Tables as CSV files that a French or an English spreadsheet opens right, and that run no formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from pages.exports.table import Column, Table, unit_sign

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(table: Table, lang: str) -> bytes:
    """Return a table as a CSV file: one line of titles, one line a row, and the table's facts as last columns.

    The file stays a rectangle that any tool reads; each line says by itself what it is true of.
    """
    facts = [(what, value) for what, value in table.facts if value not in (None, "")]
    head = [*(title(column) for column in table.file_columns), *(what for what, _ in facts)]
    said = [value for _, value in facts]
    return to_csv(head, ([*row, *said] for row in table.file_rows()), lang)


def title(column: Column) -> str:
    """A column's title with its unit: ``Fonds propres (€)``."""
    sign = unit_sign(column.unit)
    return f"{column.title} ({sign})" if sign else column.title


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]], lang: str) -> bytes:
    """Return a CSV file in UTF-8 with its mark, so that spreadsheets read the accents.

    French: ``;`` between cells and a decimal comma; English: ``,`` and a point. Dates are ISO, unknown is empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if lang == "en" else ";", lineterminator="\r\n")
    writer.writerow([cell(title, lang) for title in header])
    writer.writerows([cell(value, lang) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cell(value: object, lang: str) -> str:
    """Write one cell. Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers never do."""
    if value is None or value != value:  # nothing, NaN, NaT
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time().isoformat() == "00:00:00"
            else value.isoformat(" ", "seconds")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) or _is_number(text := str(value)):
        return _number(value, lang)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _number(value: object, lang: str) -> str:
    """A number without grouping and, in French, with a decimal comma."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return text.replace(".", ",") if lang != "en" else text


def _is_number(text: str) -> bool:
    """Whether a text is nothing but a number, a negative one for instance."""
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return text.strip() == text and text[-1:].isdigit()
