"""KPIs that no table can compute: the last value that kpi_values holds, its period over, at each date."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from metrics.dates import calendar, period_name
from metrics.definitions import Kpi
from metrics.results import PARTS, Engine, Result
from metrics.statement import TOWN

KINDS = ("value", "numerator", "denominator", "n")


def is_stored(kpi: Kpi) -> bool:
    """Say whether a KPI's values come as they are from table kpi_values."""
    return kpi.is_stored_value


def statement(dates: Sequence[date], count: int) -> str:
    """Return the SELECT of (as_of, kpi, period, ended_on, value, numerator, denominator, n) for ``count`` ids given as parameters."""
    marks = ", ".join("?" * count)
    return f"""
WITH calendar AS ({calendar(dates)}),
dated AS (
    SELECT kpi, period, value, numerator, denominator, n, {ended_on("period")} AS ended_on
    FROM kpi_values
    WHERE kpi IN ({marks})
),
ranked AS (
    SELECT c.as_of, d.*, ROW_NUMBER() OVER (PARTITION BY c.as_of, d.kpi ORDER BY d.ended_on DESC, d.period DESC) AS rank
    FROM calendar AS c
    JOIN dated AS d ON d.ended_on <= c.as_of
)
SELECT as_of, kpi, period, ended_on, value, numerator, denominator, n FROM ranked WHERE rank = 1
"""


def ended_on(period: str) -> str:
    """Return the SQL of a period's last day: 2015, 2015-Q2, 2015-06 or a wave (its year's); unknown for anything else."""
    year = f"TRY_CAST(SUBSTRING({period}, 1, 4) AS INTEGER)"
    quarter = f"3 * TRY_CAST(SUBSTRING({period}, 7, 1) AS INTEGER)"
    month = f"TRY_CAST(SUBSTRING({period}, 6, 2) AS INTEGER)"
    ends = f"CASE WHEN {period} LIKE '____-Q_' THEN {quarter} WHEN {period} LIKE '____-__' THEN {month} ELSE 12 END"
    made = f"LAST_DAY(MAKE_DATE({year}, {ends}, 1))"
    return f"CASE WHEN {year} BETWEEN 1 AND 9999 AND {ends} BETWEEN 1 AND 12 THEN {made} END"


def results(engine: Engine, kpis: Sequence[Kpi], dates: Sequence[date]) -> list[Result]:
    """Return the results of stored-value KPIs for the town at each date, unknown where nothing was stored yet.

    A value keeps the period it was stored for, however long ago that was.
    """
    if not kpis:
        return []
    days = np.array(sorted(set(dates)), dtype="datetime64[D]")
    answer = engine.columns(statement(dates, len(kpis)), [kpi.id for kpi in kpis])
    place = np.searchsorted(days, np.asarray(answer["as_of"], dtype="datetime64[D]"))
    return [_one(kpi, days, place, answer) for kpi in kpis]


def _one(kpi: Kpi, days: np.ndarray, place: np.ndarray, answer: dict[str, np.ndarray]) -> Result:
    mine = np.asarray(answer["kpi"], dtype=object) == kpi.id
    parts = {}
    for kind in KINDS:
        parts[kind] = np.full(len(days), np.nan)
        parts[kind][place[mine]] = np.asarray(answer[kind], dtype=np.float64)[mine]
    scope = np.full(len(days), TOWN, dtype=object)
    reasons: list[str | None] = ["no_data" if missing else None for missing in np.isnan(parts["value"])]
    assert set(parts) <= set(PARTS)
    periods = [period_name(day, kpi.frequency) for day in days.astype(object)]
    for at, name in zip(place[mine], answer["period"][mine], strict=True):
        periods[at] = str(name)
    dated = days.copy()
    dated[place[mine]] = np.asarray(answer["ended_on"], dtype="datetime64[D]")[mine]
    return Result(kpi, days, scope, parts, reasons, periods=periods, dated=dated)
