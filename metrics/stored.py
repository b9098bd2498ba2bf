"""Readings as they were kept: what screens show. A page costs the same whatever the size of the facts behind."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from metrics.compute import DIMENSION
from metrics.dates import is_month_end
from metrics.definitions import Catalogue
from metrics.directorates import existing, without_ceased
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
SELECT = f"SELECT {', '.join(COLUMNS)} FROM readings"


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


def at(
    engine: Engine, catalogue: Catalogue, as_of: date, dimension: str = "", scope: str = ""
) -> dict[str, Reading]:
    """Return the kept readings of one date and scope by KPI, in the catalogue's order; {} where none are kept."""
    sql = f"{SELECT} WHERE as_of = ? AND dimension = ? AND scope = ?"
    found = {row[0]: row for row in engine.rows(sql, [as_of, dimension, scope])}
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
    sql = f"{SELECT} WHERE kpi = ? AND dimension = ? AND scope = ? ORDER BY as_of"
    rows = engine.rows(sql, [kpi, dimension, scope])
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


def scopes(engine: Engine, dimension: str = DIMENSION) -> list[str]:
    """Return the values of a dimension that have kept readings, in order."""
    return [
        name
        for (name,) in engine.rows(
            "SELECT DISTINCT scope FROM readings WHERE dimension = ? ORDER BY scope", [dimension]
        )
    ]


def scopes_at(engine: Engine, as_of: date) -> list[str]:
    """Return the directorates that exist, or have rows, at a date among those with kept readings, in order.

    At a date without kept readings, rows are looked for at the last one before it.
    """
    there = existing(engine, as_of)
    if there is None:
        return scopes(engine)
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
    sql = "SELECT kpi, as_of, value FROM readings WHERE dimension = ? AND scope = ? ORDER BY kpi, as_of"
    found: dict[str, list[tuple[date, float | None]]] = {}
    for kpi, day, value in engine.rows(sql, [dimension, scope]):
        if is_month_end(day):
            found.setdefault(kpi, []).append((day, value))
    return {kpi: tuple(pairs) for kpi, pairs in found.items()}
