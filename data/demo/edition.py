"""The demo's files as the town knew them on an earlier day: later events absent, three cells not yet corrected, one row still to come."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "csv"
KNOWN_ON = date(2015, 6, 22)  # the day of the review before last
Cells = dict[str, str]

# table -> the day that brings a row
BIRTH = {
    "staff": "as_of",
    "projects": "opened_on",
    "stages": "entered_on",
    "financings": "requested_on",
    "payments": "paid_on",
    "partners": "joined_on",
    "interactions": "held_on",
    "practice_sessions": "held_on",
    "targets": "decided_on",
    "rebases": "decided_on",
    "annotations": "written_on",
    "meetings": "held_on",
    "agenda_items": "decided_on",
    "decisions": "decided_on",
    "actions": "decided_on",
    "notes": "written_on",
    "scenarios": "decided_on",
}
# table -> a later day -> what is not known before it, and what stands there until then
LATER: dict[str, dict[str, Cells]] = {
    "projects": {"closed_on": {"outcome": ""}, "works_started_on": {}, "works_ended_on": {}},
    "stages": {"left_on": {}},
    "financings": {
        "awarded_on": {"awarded_amount": "", "start_deadline_on": ""},
        "contracted_on": {"contracted_amount": ""},
        "refused_on": {},
        "cancelled_on": {},
    },
    "partners": {"left_on": {}},
    "actions": {"closed_on": {"outcome": "", "state": "open"}},
    "notes": {"reviewed_on": {"reviewed_by": ""}},
}
QUARTER = "2015-Q2"  # a quarter is keyed in once it is over
# table, key -> cells as they were first typed: digits in the wrong order
SLIPS: dict[tuple[str, str], Cells] = {
    ("projects", "N132"): {"total_cost_amount": "4730000"},
    ("financings", "N092-F01"): {"requested_amount": "1357000"},
    ("practice_sessions", "S118"): {"hours": "15.9"},
}
COMES_LATE = {("payments", "P008-F02", "2015-06-16")}  # table and first two cells


def files() -> list[tuple[str, bytes]]:
    """Return the demo's files as they are, in the order of their names."""
    return [(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.csv"))]


def earlier_files() -> list[tuple[str, bytes]]:
    """Return the demo's files as they were known on KNOWN_ON."""
    return [(name, earlier(name.removesuffix(".csv"), content)) for name, content in files()]


def earlier(table: str, content: bytes) -> bytes:
    """Return one file as it was known on KNOWN_ON: the same bytes where nothing came after."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8")))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows.fieldnames or ()), lineterminator="\n")
    writer.writeheader()
    writer.writerows(_known(table, rows))
    return out.getvalue().encode("utf-8")


def _known(table: str, rows: Iterable[Cells]) -> Iterator[Cells]:
    for row in rows:
        cells = list(row.values())
        if _is_after(row.get(BIRTH.get(table, ""), "")) or row.get("period") == QUARTER:
            continue
        if (table, *cells[:2]) in COMES_LATE:
            continue
        for day, unknown in LATER.get(table, {}).items():
            if _is_after(row[day]):
                row |= {day: ""} | unknown
        yield row | SLIPS.get((table, cells[0]), {})


def _is_after(day: str) -> bool:
    return day > KNOWN_ON.isoformat()  # ISO dates are in the order of their letters
