"""Late data: a table that has been silent for longer than the KPIs that read it can bear, and than it ever was lately.

A table may be silent for one and a half times the shortest period of the KPIs that read it. One that was as silent within the
two years before keeps its own rhythm (a yearly staff count is not late in October) and is not said to be late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from metrics import compute
from metrics.change import Change
from metrics.changing_weight import place, weigh
from metrics.freshness import DAYS, events_of
from metrics.states import State, kept_by_state, readings

WATCHED = 730  # days in which a table shows its own rhythm


@dataclass(frozen=True)
class Late:
    """A table that is late: its last event, how long ago, and how long it may be silent."""

    last_on: date
    days: int
    limit: int
    kpis: tuple[str, ...]


@kept_by_state
def late_tables(state: State) -> Mapping[str, Late]:
    """Return the tables that are late at the state's date, by name."""
    times, day = state.catalogue.scorecard.thresholds.stale_after, np.datetime64(state.as_of)
    readers = _readers(state)
    found = {}
    for table, days in events_of(state.engine, frozenset(readers)).items():
        days = days[days <= day]
        if not times or not len(days):
            continue
        limit = round(times * min(DAYS[state.catalogue.kpis[id].frequency] for id in readers[table]))
        silent = int((day - days[-1]).astype(int))
        if silent > limit and silent > _longest(days):
            found[table] = Late(days[-1].astype(object), silent, limit, readers[table])
    return found


def _longest(days: Any) -> int:
    """Return the longest silence in the two years up to the last event; 0 where there were no two events."""
    lately = days[days >= days[-1] - np.timedelta64(WATCHED, "D")]
    return int(np.diff(lately).max().astype(int)) if len(lately) > 1 else 0


def _readers(state: State) -> Mapping[str, tuple[str, ...]]:
    """Return the scorecard's KPIs that read each table, in its order."""
    found: dict[str, list[str]] = {}
    for id, kpi in state.catalogue.kpis.items():
        for table in compute.tables_behind(state.catalogue, kpi, state.engine.relations):
            found.setdefault(table, []).append(id)
    return {table: tuple(ids) for table, ids in found.items()}


def data_changes(since: State, until: State) -> list[Change]:
    """Return the tables that are late, and the KPIs that are too old for another reason; none of one directorate."""
    if until.scope:
        return []
    old, now = late_tables(since.of_town()), late_tables(until)
    found = [_table(name, late, name not in old) for name, late in now.items()]
    told = {id for late in now.values() for id in late.kpis}
    return found + [one for one in _too_old(since, until) if one.kpi not in told]


def _table(name: str, late: Late, is_new: bool) -> Change:
    facts = {"last_on": late.last_on, "days": late.days, "limit": late.limit, "kpis": late.kpis}
    weight = weigh("data", is_new=is_new, shade=min(1.0, len(late.kpis) / 20))
    return Change(f"data:{name}", "data", "bad", weight, is_new, table=name, facts=facts)


def _too_old(since: State, until: State) -> list[Change]:
    """Return the KPIs whose value has become too old to be judged."""
    old, now, ids = readings(since), readings(until), list(until.catalogue.kpis)
    found = []
    for id in ids:
        if id in now and now[id].reason == "stale":
            is_new = id in old and old[id].reason != "stale"
            weight = weigh("data", is_new=is_new, shade=place(ids, id) / 2)
            facts = {"period": now[id].period}
            then = old.get(id)
            found.append(
                Change(
                    f"data:{id}", "data", "bad", weight, is_new, kpi=id, facts=facts, now=now[id], then=then
                )
            )
    return found
