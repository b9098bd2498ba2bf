"""What a sheet reads besides its own readings, kept by (role, store, version): groups, and the rows behind."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.access import require
from metrics import compute, rows, stored
from metrics.reading import Reading
from pages.parts import reads
from pages.parts.once import kept
from pages.parts.reads import DIMENSION, Reads
from pages.parts.source import Source

ORDERED = frozenset({"year"})  # breakdowns read in their own order, not by size


@dataclass(frozen=True)
class Group:
    """One group of a breakdown: its identifier (None: not filled in) and its reading."""

    id: str | None
    reading: Reading


def groups(source: Source, kpi: str, by: str) -> tuple[Group, ...]:
    """The KPI's readings by group for the whole town, the largest value first, the unknown last."""
    return _groups(source.reads, kpi, source.as_of, by) if source.as_of else ()


@kept(maxsize=256)
def _groups(kept: Reads, kpi: str, as_of: date, by: str) -> tuple[Group, ...]:
    engine, catalogue = kept.store.engine(kept.actor), reads.view(kept).catalogue
    if by == DIMENSION and as_of in reads.view(kept).dates:
        made = stored.by_scope(engine, catalogue, [kpi], as_of)
    else:
        made = compute.readings(engine, catalogue, [kpi], [as_of], by=by)
    found = [Group(reading.scope.get(by), reading) for reading in made]
    if by in ORDERED:
        return tuple(sorted(found, key=lambda group: str(group.id)))
    return tuple(
        sorted(found, key=lambda group: (group.reading.value is None, -(group.reading.value or 0.0)))
    )


def behind(source: Source, kpi: str) -> pd.DataFrame:
    """The rows behind a KPI's value at this date and scope, with ``_id``. Raises Forbidden without ``read_rows``."""
    require(source.actor, "read_rows")
    return (
        _behind(source.reads, kpi, source.as_of, source.scope) if source.as_of else pd.DataFrame({"_id": []})
    )


@kept(maxsize=16)
def _behind(kept: Reads, kpi: str, as_of: date, scope: str) -> pd.DataFrame:
    engine, catalogue = kept.store.engine(kept.actor), reads.view(kept).catalogue
    return rows.behind(engine, catalogue, kpi, as_of, {DIMENSION: scope} if scope else {})
