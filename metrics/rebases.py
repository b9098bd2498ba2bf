"""The dates from which a KPI's usual level is computed anew, and the notes on its points, as they were recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class Rebase:
    """One decision: from ``rebased_on`` on, the limits are computed anew. ``directorate`` "" is the town."""

    kpi: str
    directorate: str
    rebased_on: date
    reason: str
    decided_by: str
    decided_on: date | None


@dataclass(frozen=True)
class Note:
    """Words on the point of a date, signed and dated. ``directorate`` "" is the town."""

    kpi: str
    directorate: str
    noted_on: date
    words: str
    signed_by: str
    written_on: date | None


Rebases = Mapping[tuple[str, str], tuple[Rebase, ...]]  # (KPI, directorate) -> decisions, the oldest first
Notes = Mapping[tuple[str, str], tuple[Note, ...]]


def read_rebases(engine: Engine) -> Rebases:
    """Return all new bases of the store."""
    sql = (
        "SELECT kpi, COALESCE(directorate, ''), rebased_on, reason, COALESCE(decided_by, ''), decided_on "
        "FROM rebases ORDER BY rebased_on, _id"
    )
    found: dict[tuple[str, str], tuple[Rebase, ...]] = {}
    for row in engine.rows(sql):
        found[row[0], row[1]] = (*found.get((row[0], row[1]), ()), Rebase(*row))
    return found


def read_notes(engine: Engine) -> Notes:
    """Return all notes of the store."""
    sql = (
        "SELECT kpi, COALESCE(directorate, ''), noted_on, words, COALESCE(signed_by, ''), written_on "
        "FROM annotations ORDER BY noted_on, _id"
    )
    found: dict[tuple[str, str], tuple[Note, ...]] = {}
    for row in engine.rows(sql):
        found[row[0], row[1]] = (*found.get((row[0], row[1]), ()), Note(*row))
    return found
