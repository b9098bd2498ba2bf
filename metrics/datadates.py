"""From when to when the facts of a store go: what bounds the calendar of the readings, and how old they may be."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from metrics.perengine import per_engine
from metrics.storedvalues import ended_on
from schemas.tables import TABLES


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@per_engine
def data_dates(engine: Engine) -> tuple[date, date] | None:
    """Return the first and last event of all tables (of their periods where there is no event), None for no data."""
    events = {t.name: [c.name for c in t.columns if c.is_event and c.kind == "date"] for t in TABLES.values()}
    selects = [
        f"SELECT MIN({name}) AS a, MAX({name}) AS z FROM {table}"
        for table, names in events.items()
        for name in names
    ]
    first, last = engine.rows(f"SELECT MIN(a), MAX(z) FROM ({' UNION ALL '.join(selects)}) AS events")[0]
    if last is not None:
        return first, last
    return _period_dates(engine)


def _period_dates(engine: Engine) -> tuple[date, date] | None:
    first, last = engine.rows(
        f"SELECT MIN(d), MAX(d) FROM (SELECT {ended_on('period')} AS d FROM kpi_values) AS ends"
    )[0]
    return None if last is None else (first, last)
