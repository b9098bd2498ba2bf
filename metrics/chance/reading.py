"""What futures read: the requests that wait, the projects with a won or pending line, what has been won, the year's capacity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from metrics import pipeline
from metrics.compute import DIMENSION
from metrics.dates import literal
from metrics.definitions import Parameter
from metrics.increments import Array
from metrics.results import Engine
from metrics.statement import Statement

CAPACITY = "investment_capacity"


@dataclass(frozen=True, eq=False)
class Read:
    """Pending requests (``place``: their project's), projects (NaN: unknown), and sums in euros.

    ``raised`` is all that was won since the change of method; ``partner`` and ``own`` are the leverage's two sides.
    """

    id: tuple[str, ...]
    programme: tuple[str, ...]
    amount: Array
    place: NDArray[np.int64]
    project: tuple[str, ...]
    own_funds: Array
    cost: Array
    granted: Array
    has_plan: NDArray[np.bool_]
    has_begun: NDArray[np.bool_]
    raised: float
    partner: float
    own: float
    capacity: tuple[float, float] | None


def read(engine: Engine, parameters: Mapping[str, Parameter], as_of: date, scope: str = "") -> Read:
    """Return the data of an engine (a scenario's, or the store's) as known on a date, of the town or of one directorate."""
    lines = pipeline.read(engine, parameters, DIMENSION if scope else "", scope)
    day, since = np.datetime64(as_of, "D"), np.datetime64(_since(parameters), "D")
    if lines is None:
        return _nothing()
    stands = ~(lines.cancelled <= day)
    granted = (lines.awarded <= day) & stands
    won, waits = granted & (lines.awarded >= since), lines.waits(day)
    ids = sorted({*lines.project[won | waits]})
    at = {id: place for place, id in enumerate(ids)}
    known = _projects(engine, parameters, as_of)
    own, cost, has_begun = (np.array([known[id][place] for id in ids]) for place in range(3))
    own, cost = own.astype(np.float64), cost.astype(np.float64)
    place = np.array([at.get(id, -1) for id in lines.project], dtype=np.int64)
    euros = np.nan_to_num(lines.won)
    plans = np.zeros(len(ids), dtype=bool)
    plans[place[won]] = True
    plans &= ~np.isnan(own)
    mine = granted & (place >= 0)
    partner = won & plans[place] if len(ids) else won
    return Read(
        tuple(lines.id[waits]),
        tuple(lines.programme_name[waits]),
        lines.amount[waits],
        place[waits],
        tuple(ids),
        own,
        cost,
        np.bincount(place[mine], euros[mine], minlength=len(ids)).astype(np.float64),
        plans,
        has_begun.astype(bool),
        float(euros[won].sum()),
        float(euros[partner].sum()),
        float(own[plans].sum()),
        None if scope else _capacity(engine, parameters, as_of),
    )


def _nothing() -> Read:
    none, places = np.zeros(0), np.zeros(0, dtype=np.int64)
    no = np.zeros(0, dtype=bool)
    return Read((), (), none, places, (), none, none, none, no, no, 0.0, 0.0, 0.0, None)


def _since(parameters: Mapping[str, Parameter]) -> date:
    found = parameters.get("rebase_on")
    return found if isinstance(found, date) else date.min


def _projects(
    engine: Engine, parameters: Mapping[str, Parameter], as_of: date
) -> dict[str, tuple[float, float, bool]]:
    """Return each project's own funds and cost (NaN: unknown), and whether its works had begun."""
    select = (
        "SELECT p.project_id, p.own_funds_amount, p.total_cost_amount, "
        f"p.works_started_on IS NOT NULL AND p.works_started_on <= {literal(as_of)} FROM projects AS p"
    )
    rows = engine.rows(Statement(engine.relations, parameters).text(select, []))
    return {str(id): (_number(own), _number(cost), bool(begun)) for id, own, cost, begun in rows}


def _number(value: object) -> float:
    return np.nan if value is None else float(str(value))


def _capacity(engine: Engine, parameters: Mapping[str, Parameter], as_of: date) -> tuple[float, float] | None:
    """Return KPI F2.1 as (fixed part, euros of an award that add 1): its value is fixed + awards / euros. None where unknown."""
    base = parameters.get("baseline_year")
    if CAPACITY not in engine.relations or not isinstance(base, int):
        return None
    t = literal(as_of)
    last = literal(date(base, 12, 31))
    now = f"EXTRACT(YEAR FROM c.counted_on) = {as_of.year} AND c.counted_on <= {t} AND (c.cancelled_on IS NULL OR c.cancelled_on > {t})"
    then = f"EXTRACT(YEAR FROM c.counted_on) = {base} AND (c.cancelled_on IS NULL OR c.cancelled_on > {last})"
    amount = "COALESCE(c.own_capacity_amount, 0) + COALESCE(c.awarded_amount, 0)"
    select = f"""
        SELECT SUM(CASE WHEN {now} THEN {amount} END), COUNT(CASE WHEN {now} THEN c.own_capacity_amount END),
            SUM(CASE WHEN {then} THEN {amount} END), COUNT(CASE WHEN {then} THEN c.own_capacity_amount END),
            (SELECT MAX(b.price_index) FROM budgets AS b WHERE b.year = {as_of.year}),
            (SELECT MAX(b.price_index) FROM budgets AS b WHERE b.year = {base})
        FROM {CAPACITY} AS c
    """
    row = engine.rows(Statement(engine.relations, parameters).text(select, [CAPACITY, "budgets"]))[0]
    if any(not value for value in row[1:]):
        return None
    here, _, there, _, price, usual = (float(value) for value in row)
    return here / there, there * price / usual
