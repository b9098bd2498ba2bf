"""What a sheet reads besides its own readings, kept by (role, store, version): groups, and the rows behind."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.access import require
from metrics import compute, rows, stored
from metrics.reading import Reading
from pages.parts import reads
from pages.parts.once import SHEETS, kept
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


@kept(maxsize=SHEETS)
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
    """All rows behind a KPI's value at this date and scope, with ``_id``. Raises Forbidden without ``read_rows``."""
    require(source.actor, "read_rows")
    engine, catalogue, as_of = source.engine, reads.view(source.reads).catalogue, source.as_of
    return rows.behind(engine, catalogue, kpi, as_of, _part(source)) if as_of else pd.DataFrame({"_id": []})


def count_behind(source: Source, kpi: str) -> int:
    """How many rows ``behind`` has. Raises Forbidden without ``read_rows``."""
    require(source.actor, "read_rows")
    return _count(source.reads, kpi, source.as_of, source.scope) if source.as_of else 0


def page_behind(source: Source, kpi: str, start: int, most: int) -> pd.DataFrame:
    """Some of the rows ``behind``: a page costs the same however many there are. Raises Forbidden without ``read_rows``."""
    require(source.actor, "read_rows")
    engine, catalogue, as_of = source.engine, reads.view(source.reads).catalogue, source.as_of
    assert as_of is not None
    return rows.behind(engine, catalogue, kpi, as_of, _part(source), window=(start, most))


def _part(source: Source) -> dict[str, str | None]:
    return {DIMENSION: source.scope} if source.scope else {}


@kept(maxsize=SHEETS)
def _count(kept: Reads, kpi: str, as_of: date, scope: str) -> int:
    engine, catalogue = kept.store.engine(kept.actor), reads.view(kept).catalogue
    return rows.count(engine, catalogue, kpi, as_of, {DIMENSION: scope} if scope else {})
