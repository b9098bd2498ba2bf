"""What a sheet reads besides its own readings, kept by (role, store, version): groups, and the rows behind."""

from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Page:
    """Some rows, and how many there are in all."""

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"_id": []}))
    total: int = 0


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
    part: dict[str, str | None] = {DIMENSION: source.scope} if source.scope else {}
    return rows.behind(engine, catalogue, kpi, as_of, part) if as_of else pd.DataFrame({"_id": []})


def page_behind(source: Source, kpi: str, start: int, most: int) -> Page:
    """Some of the rows ``behind``, and how many there are in all: none where ``start`` is past the last.

    Costs the same however many there are. Raises Forbidden without ``read_rows``.
    """
    require(source.actor, "read_rows")
    return _page(source.reads, kpi, source.as_of, source.scope, start, most) if source.as_of else Page()


@kept(maxsize=SHEETS)
def _page(kept: Reads, kpi: str, as_of: date, scope: str, start: int, most: int) -> Page:
    engine, catalogue = kept.store.engine(kept.actor), reads.view(kept).catalogue
    found = rows.behind(
        engine, catalogue, kpi, as_of, {DIMENSION: scope} if scope else {}, window=(start, most)
    )
    total = found.pop("_total") if "_total" in found else [len(found)]
    return Page(found, int(total[0])) if len(found) else Page()
