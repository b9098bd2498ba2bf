"""Too old to be judged: a value whose data are older than one and a half times its frequency (``stale_after``).

A flow (what happened in a period) is as old as the last event in the tables it counts; a value that came with its own
period is as old as that period's end. A stock or a running total is true at its date, however quiet the time before, as
long as the store is kept: after the last event of all its tables nothing was observed, and that is the age of any value.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from metrics import compute
from metrics.datadates import data_dates
from metrics.definitions import Catalogue, Kpi
from metrics.perengine import per_engine
from metrics.results import Engine, Result

DAYS: Mapping[str, float] = {"monthly": 30.4, "quarterly": 91.3, "yearly": 365.25, "wave": 730.5}
FLOWS = ("in_period", "year_to_date", "rolling_12_months")


def mark_stale(engine: Engine, catalogue: Catalogue, found: Sequence[Result]) -> None:
    """Give the reason "stale" to the known values that are too old for their KPI's frequency; they keep their value."""
    times = catalogue.scorecard.thresholds.stale_after
    if not times:
        return
    tables = {result.kpi.id: _tables(engine, catalogue, result.kpi) for result in found if _is_flow(result)}
    events = events_of(engine, frozenset().union(*tables.values())) if tables else {}
    known = data_dates(engine) if found else None
    for result in found:
        last = np.minimum(result.as_of, np.datetime64(known[1])) if known else result.as_of
        if result.dated is not None:
            last = np.minimum(last, result.dated)
        elif result.kpi.id in tables:
            behind = [events[name] for name in tables[result.kpi.id] if name in events]
            last = np.minimum(last, _last(result.as_of, behind))
        too_old = result.as_of - last > np.timedelta64(round(DAYS[result.kpi.frequency] * times), "D")
        _say(result, too_old & ~np.isnan(result.part("value")))


def _is_flow(result: Result) -> bool:
    period = result.kpi.period
    return result.dated is None and period is not None and period.span in FLOWS


def _tables(engine: Engine, catalogue: Catalogue, kpi: Kpi) -> set[str]:
    return compute.tables_behind(catalogue, kpi, engine.relations)


@per_engine
def events_of(engine: Engine, names: frozenset[str]) -> dict[str, NDArray[np.datetime64]]:
    """Return the days on which something happened, in order, of each table that has such days."""
    from schemas.tables import TABLES

    selects = [
        f"SELECT '{name}' AS t, CAST({column.name} AS DATE) AS d FROM {name} WHERE {column.name} IS NOT NULL"
        for name in sorted(names & set(TABLES))
        for column in TABLES[name].columns
        if column.is_event and column.kind == "date"
    ]
    if "budgets" in names:
        selects.append("SELECT 'budgets' AS t, MAKE_DATE(CAST(year AS INTEGER), 1, 1) AS d FROM budgets")
    if not selects:
        return {}
    answer = engine.columns(f"SELECT DISTINCT t, d FROM ({' UNION ALL '.join(selects)}) AS events")
    table, days = np.asarray(answer["t"], dtype=object), np.asarray(answer["d"], dtype="datetime64[D]")
    return {name: np.sort(days[table == name]) for name in set(table)}


def _last(as_of: NDArray[np.datetime64], events: Sequence[NDArray[np.datetime64]]) -> NDArray[np.datetime64]:
    """Return the last event at or before each date; the date itself where no table tells any."""
    if not events:
        return as_of
    days = np.unique(np.concatenate(events))
    place = np.searchsorted(days, as_of.astype("datetime64[D]"), side="right") - 1
    return np.where(place < 0, as_of, days[np.maximum(place, 0)])


def _say(result: Result, stale: NDArray[np.bool_]) -> None:
    for place in np.flatnonzero(stale):
        result.reason[place] = "stale"
