"""Readings as they were kept: what screens show. A page costs the same whatever the size of the facts behind.

Every function here takes an engine of a published version, whose readings never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from metrics.compute import DIMENSION
from metrics.dates import is_month_end
from metrics.definitions import Catalogue
from metrics.directorates import existing, without_ceased
from metrics.perengine import per_engine
from metrics.reading import Reading

COLUMNS = (
    *(
        "kpi",
        "as_of",
        "period",
        "dimension",
        "scope",
        "value",
        "numerator",
        "denominator",
        "n",
        "low",
        "high",
    ),
    *("coverage", "score", "status", "reason", "version", "target", "variation", "assurance"),
)
Row = tuple[Any, ...]
SELECT = f"SELECT {', '.join(COLUMNS)} FROM readings"


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class _Part:
    """The kept readings of one scope: rows by date, and by KPI with the oldest first."""

    by_day: Mapping[date, list[Row]]
    by_kpi: Mapping[str, list[Row]]


@per_engine
def _part(engine: Engine, dimension: str, scope: str) -> _Part:
    """Read a scope's readings at once: a few thousand rows, then every screen looks them up."""
    by_day: dict[date, list[Row]] = {}
    by_kpi: dict[str, list[Row]] = {}
    for row in engine.rows(f"{SELECT} WHERE dimension = ? AND scope = ? ORDER BY as_of", [dimension, scope]):
        by_day.setdefault(row[1], []).append(row)
        by_kpi.setdefault(row[0], []).append(row)
    return _Part(by_day, by_kpi)


def at(
    engine: Engine, catalogue: Catalogue, as_of: date, dimension: str = "", scope: str = ""
) -> dict[str, Reading]:
    """Return the kept readings of one date and scope by KPI, in the catalogue's order; {} where none are kept."""
    found = {row[0]: row for row in _part(engine, dimension, scope).by_day.get(as_of, ())}
    return {id: _reading(catalogue, found[id]) for id in catalogue.every if id in found}


def by_scope(
    engine: Engine, catalogue: Catalogue, kpis: Sequence[str], as_of: date, dimension: str = DIMENSION
) -> list[Reading]:
    """Return the kept readings of some KPIs at one date, one per value of ``dimension``.

    A directorate that does not exist at the date is left out where it has no row.
    """
    marks = ", ".join("?" * len(kpis)) or "NULL"
    sql = f"{SELECT} WHERE as_of = ? AND dimension = ? AND kpi IN ({marks}) ORDER BY scope"
    order = {id: place for place, id in enumerate(kpis)}
    found = [
        _reading(catalogue, row)
        for row in engine.rows(sql, [as_of, dimension, *kpis])
        if row[0] in catalogue.every
    ]
    if dimension == DIMENSION:
        found = without_ceased(engine, found, DIMENSION)
    return sorted(found, key=lambda reading: order[reading.kpi])


def series(
    engine: Engine, catalogue: Catalogue, kpi: str, dimension: str = "", scope: str = ""
) -> list[Reading]:
    """Return a KPI's kept readings, the oldest first: the last of each of its periods.

    Of a value that was stored for a period, the first: it stands where its period ends, not as long as nothing replaced it.
    """
    if kpi not in catalogue.every:
        return []
    rows = _part(engine, dimension, scope).by_kpi.get(kpi, [])
    if catalogue.every[kpi].is_survey:  # the years before the first wave are no waves
        reason = COLUMNS.index("reason")
        rows = [row for row in rows if row[reason] != "no_data"] or rows
    one = {row[2]: row for row in (reversed(rows) if catalogue.every[kpi].has_own_periods else rows)}
    return [_reading(catalogue, row) for row in sorted(one.values(), key=lambda row: row[1])]


def dates(engine: Engine) -> list[date]:
    """Return the dates that have kept readings, the oldest first."""
    return [day for (day,) in engine.rows("SELECT DISTINCT as_of FROM readings ORDER BY as_of")]


def definitions(engine: Engine) -> dict[str, str]:
    """Return the fingerprint of the definition that each KPI's kept readings were computed with."""
    return dict(engine.rows("SELECT kpi, MAX(definition) FROM readings GROUP BY kpi"))


@per_engine
def scopes(engine: Engine, dimension: str = DIMENSION) -> tuple[str, ...]:
    """Return the values of a dimension that have kept readings, in order."""
    sql = "SELECT DISTINCT scope FROM readings WHERE dimension = ? ORDER BY scope"
    return tuple(name for (name,) in engine.rows(sql, [dimension]))


def scopes_at(engine: Engine, as_of: date) -> list[str]:
    """Return the directorates that exist, or have rows, at a date among those with kept readings, in order.

    At a date without kept readings, rows are looked for at the last one before it.
    """
    there = existing(engine, as_of)
    if there is None:
        return list(scopes(engine))
    sql = (
        "SELECT DISTINCT scope FROM readings WHERE dimension = ? AND n > 0 "
        "AND as_of = (SELECT MAX(as_of) FROM readings WHERE as_of <= ?)"
    )
    busy = {name for (name,) in engine.rows(sql, [DIMENSION, as_of])}
    return [name for name in scopes(engine) if name in there or name in busy]


def _reading(catalogue: Catalogue, row: tuple[Any, ...]) -> Reading:
    cells = dict(zip(COLUMNS, row, strict=True))
    kpi = catalogue.every[cells["kpi"]]
    dimension, scope = cells.pop("dimension"), cells.pop("scope")
    return Reading(code=kpi.code, unit=kpi.unit, scope={dimension: scope} if dimension else {}, **cells)


def months(
    engine: Engine, dimension: str = "", scope: str = ""
) -> dict[str, tuple[tuple[date, float | None], ...]]:
    """Return every KPI's kept values at month ends, whatever its frequency, the oldest first."""
    found = _part(engine, dimension, scope).by_kpi
    day, value = COLUMNS.index("as_of"), COLUMNS.index("value")
    ends = {kpi: [row for row in rows if is_month_end(row[day])] for kpi, rows in found.items()}
    return {kpi: tuple((row[day], row[value]) for row in rows) for kpi, rows in ends.items() if rows}
