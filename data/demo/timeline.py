"""A file's way through its stages, as half-open spells that follow one another."""

from collections.abc import Sequence
from datetime import date

from data.demo.town import Row

STAGES = ("appraisal", "financing", "contracting", "works")


def spells(project_id: str, entries: Sequence[date], end: date | None) -> list[Row]:
    """Return one row a stage, in the order of STAGES; each is left when the next is entered, the last one at the end."""
    leaves = [*entries[1:], end]
    return [
        {"project_id": project_id, "stage": stage, "entered_on": entered, "left_on": left}
        for stage, entered, left in zip(STAGES, entries, leaves, strict=False)
    ]


def suspend(rows: list[Row], stage: str, first: date, last: date) -> list[Row]:
    """Put a suspension [first, last) inside a stage's spell: the gross span stays, the net one shrinks."""
    kept: list[Row] = []
    for row in rows:
        inside = (
            row["stage"] == stage
            and row["entered_on"] < first
            and (row["left_on"] is None or last < row["left_on"])
        )
        if not inside:
            kept.append(row)
            continue
        kept.append(row | {"left_on": first})
        kept.append(row | {"stage": "suspended", "entered_on": first, "left_on": last})
        kept.append(row | {"entered_on": last})
    return kept


def spell(rows: Sequence[Row], stage: str) -> Row:
    """Return the first spell of a stage."""
    return next(row for row in rows if row["stage"] == stage)
