"""The two recorded cohorts of appraisals: files of 2012 (A) and files since the DADI started (N)."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "appraisals.csv"


class Appraisal(NamedTuple):
    """One file: when it was complete, when it was decided (None: not yet)."""

    project_id: str
    opened_on: date
    decided_on: date | None


def appraisals(cohort: str) -> list[Appraisal]:
    """Return a cohort, ``before_dadi`` or ``after_dadi``, in the file's order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [
            Appraisal(
                row["project_id"],
                date.fromisoformat(row["opened_on"]),
                date.fromisoformat(row["decided_on"]) if row["decided_on"] else None,
            )
            for row in csv.DictReader(lines)
            if row["cohort"] == cohort
        ]
