"""The shared files that must be refused, or read right: through the product's own reader and validator.

The two generic tables are declared here as schemas. Cases on rules that the product words otherwise are left out by name.
"""

import json
import re
from decimal import Decimal
from time import perf_counter
from typing import Any
from unicodedata import normalize

import pytest

from data.readers import native, native_words
from data.readers.files import Refused, read_sheets
from schemas.fields import Day, Number, Words, amount, choice, day, key, number, text
from schemas.headers import plain
from schemas.model import TableModel
from schemas.tables import Table, table_of
from schemas.text import Text
from schemas.validate import validate
from tests.shared import SHARED, shared_file

STATUSES = {name: Text(name, name) for name in ("À l'étude", "En cours", "Terminé", "Abandonné")}


class Projets(TableModel):
    """The generic table of the shared files."""

    id: Words = key("Code projet", "Project code")
    nom: Words = text("Intitulé", "Title", required=True)
    budget: Number = amount("Budget (€)", "Budget", required=True)
    debut: Day = day("Date de début", "Start", required=True)
    fin: Day = day("Date de fin", "End")
    avancement: Number = number("Avancement", "Progress", minimum=0.0, maximum=100.0)
    statut: Words = choice("Statut", "Status", STATUSES, required=True)

    class Config:
        """Titles and key."""

        name = "projets"
        title = "Projets"
        description = "Projects"
        unique = ("id",)


TABLE: Table = table_of(Projets)
TITLES = [frozenset(plain(name) for column in TABLE.columns for name in column.title)]
OTHERWISE = {
    "pct_fraction": "shares are ratios here",
    "xlsx_percent_format": "shares are ratios here: 0.4 shown as 40 % is 0.4",
    "date_end_before_start": "a rule of the store, over the rows of a table",
}


def cases() -> list[Any]:
    """Return the manifest's cases on the projects' table; one skipped case where the shared folder is missing."""
    if not SHARED.exists():
        return [pytest.param(None, id="shared-folder")]
    found = json.loads((SHARED / "bad-inputs" / "manifest.json").read_text("utf-8"))["cases"]
    return [
        pytest.param(c, id=c["name"]) for c in found if c["table"] == "projets" and c["name"] not in OTHERWISE
    ]


def outcome(file: str, content: bytes) -> tuple[Any, list[Any]]:
    """Return the rows (None when refused) and what was said: (severity, row, words)."""
    try:
        sheets = read_sheets(file, content, TITLES)
    except Refused as refused:
        return None, [(fault.severity, fault.row, fault.message.fr) for fault in refused.faults]
    said, frame, rows = [], None, ()
    for sheet in (sheet for sheet in sheets if not sheet.hidden):
        batch, faults = native.read_sheet(sheet, TABLE)
        faults += [] if sheet.rows else [native_words.no_row(file)]
        said += [(fault.severity, fault.row, fault.message.fr + " " + fault.mend.fr) for fault in faults]
        if batch is not None:
            frame, rows = batch.frame, batch.rows
            for bad in validate(TABLE, frame):
                said.append(
                    ("error", int(rows[bad.index]) if bad.index is not None else None, bad.message.fr)
                )
    return (None if any(severity == "error" for severity, *_ in said) else frame), said


@pytest.mark.parametrize("case", cases())
def test_the_file_is_refused_or_read_right(case: dict[str, Any] | None) -> None:
    if case is None:
        shared_file("bad-inputs")
    assert case is not None
    content = shared_file(f"bad-inputs/files/{case['file']}").read_bytes()
    started = perf_counter()
    frame, said = outcome(case["file"], content)
    assert perf_counter() - started < case.get("limits", {}).get("seconds", 10)
    verdicts = [case, *([case["or"]] if "or" in case else [])]
    assert any(right(verdict, frame, said) for verdict in verdicts), said


def right(verdict: dict[str, Any], frame: Any, said: list[Any]) -> bool:
    """Tell whether the outcome is what the manifest expects."""
    if verdict["expect"] == "reject":
        whole = "\n".join(f"ligne {row} : {words}" for severity, row, words in said if severity == "error")
        return frame is None and re.search(verdict["message"], whole, re.IGNORECASE | re.DOTALL) is not None
    values = verdict["values"]
    if frame is None or len(frame) != values.get("rows", len(frame)):
        return False
    sums = all(total(frame, title) == Decimal(amount) for title, amount in values.get("sum", {}).items())
    return sums and all(same(frame, title, cell) for title, cell in values.get("first", {}).items())


def total(frame: Any, title: str) -> Decimal:
    """Return the exact sum of a column of amounts."""
    return sum((Decimal(repr(float(value))) for value in frame[name_of(title)]), Decimal(0))


def name_of(title: str) -> str:
    """Return the column that bears a title."""
    return next(column.name for column in TABLE.columns if column.title.fr == title)


def same(frame: Any, title: str, expected: str | None) -> bool:
    """Compare the first row's cell: dates as ISO, numbers as decimals, text as it is."""
    cell = frame[name_of(title)].iloc[0]
    if expected is None or cell is None or cell != cell:
        return expected is None and (cell is None or cell != cell)
    if hasattr(cell, "isoformat"):
        return cell.date().isoformat() == expected
    return (
        cell == normalize("NFC", expected).strip()
        if isinstance(cell, str)
        else Decimal(repr(float(cell))) == Decimal(expected)
    )


@pytest.mark.parametrize(
    "name", ["../../x.csv", "..\\x.csv", "a\r\nSet-Cookie: x=1.csv", "‮gpj.csv", "x" * 400 + ".csv"]
)
def test_a_hostile_file_name_is_made_safe_to_show(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_sheets(name, b"")
    shown = refused.value.faults[0].file or ""
    assert not re.search(r"[/\\\r\n‮]", shown)
    assert 0 < len(shown) <= 120
