"""The futures of a scenario: what is raised, the leverage, the own cost and the capacity at the horizon, with their chances."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from metrics.assumptions import Assumption
from metrics.chance import exact, fast
from metrics.chance.costs import own_cost
from metrics.chance.expecting import now
from metrics.chance.lawgrid import SAME, Law
from metrics.chance.model import INPUTS, UNITS, Model, Shared, model
from metrics.chance.pending import Pending, pending
from metrics.chance.ratio import leverage
from metrics.definitions import Catalogue
from metrics.goals import Goals, read_goals
from metrics.increments import Array
from metrics.perengine import per_engine
from metrics.results import Engine
from metrics.scenario import Scenario

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
BARS = 32
KPIS = {
    "raised": "cofinancing_raised",
    "leverage": "leverage_awarded",
    "capacity": "investment_capacity_index",
}
Method = Literal["exact", "simulated"]
Values = Mapping[str, tuple[float, ...]]  # by outcome
Asked = tuple[tuple[float, ...], tuple[float, ...]]  # targets and other values whose chance is asked


@dataclass(frozen=True)
class Distribution:
    """What an outcome may be at the horizon, in its ``unit``. ``now``: as things stand, nothing more awarded, costs as planned.

    ``targets`` are (target, chance to reach it), ``marks`` the same of round numbers; of ``own_cost`` less is better: the chance to
    stay within. ``error``: of an exact law the step of its grid, which bounds a quantile's; of draws the mean's standard error.
    """

    outcome: str
    unit: str
    now: float
    mean: float
    sd: float
    quantiles: tuple[tuple[float, float], ...]
    edges: tuple[float, ...]
    shares: tuple[float, ...]
    targets: tuple[tuple[float, float], ...]
    method: Method
    error: float
    marks: tuple[tuple[float, float], ...] = ()

    def quantile(self, level: float) -> float:
        """Return one of the quantiles told."""
        return dict(self.quantiles)[level]


@dataclass(frozen=True)
class Futures:
    """The distributions at the horizon, how many requests wait and what becomes of them, and what is assumed."""

    as_of: date
    horizon: date
    distributions: tuple[Distribution, ...]
    requests: int
    assumptions: tuple[Assumption, ...]
    pending: Pending

    def of(self, outcome: str) -> Distribution | None:
        """Return one outcome's distribution, None where it cannot be told."""
        return next((one for one in self.distributions if one.outcome == outcome), None)


def futures(
    engine: Engine,
    catalogue: Catalogue,
    scenario: Scenario,
    as_of: date,
    horizon: date | None = None,
    draws: int = 10_000,
    scope: str = "",
    shared: Shared = "all",
    marks: Values | None = None,
) -> Futures:
    """Return the futures of a scenario (``Scenario()``: of the base) at ``horizon``, 31 December of the year without one.

    Exact where sums can be had exactly, else ``draws`` draws. ``marks``: values by outcome whose chance is told besides that of
    round numbers. Raises BadEntry for a choice unknown in these data.
    """
    found = model(engine, catalogue, scenario, as_of, horizon, scope, shared)
    aims = targets(engine, catalogue, found, scope)
    return of_model(found, aims, draws, marks)


def of_model(found: Model, aims: Values, draws: int = 10_000, marks: Values | None = None) -> Futures:
    """Return the futures of a model; ``aims`` are the targets by outcome, ``marks`` other values whose chance is told."""
    more = marks or {}
    laws = exact_laws(found)
    left = [one for one in found.outcomes if one not in laws]
    drawn = fast.outcomes(found, draws) if left else {}
    stands = now(found)
    told = [
        _of_law(one, stands[one], laws[one], (aims.get(one, ()), more.get(one, ())))
        if one in laws
        else _of_draws(one, stands[one], drawn[one], (aims.get(one, ()), more.get(one, ())))
        for one in found.outcomes
    ]
    assumed = tuple(found.assumed[input] for input in INPUTS)
    return Futures(found.as_of, found.horizon, tuple(told), len(found.lines.id), assumed, pending(found))


def exact_laws(found: Model) -> dict[str, Law]:
    """Return the outcomes' laws that can be had exactly."""
    awards = exact.awards(found)
    laws = {"raised": exact.shifted(awards, found.raised)}
    if found.capacity is not None:
        laws["capacity"] = exact.shifted(awards, found.capacity[0], 1 / found.capacity[1])
    ratio = leverage(found) if found.own > 0 else None
    cost = own_cost(found) if found.projects.is_known.any() else None
    return laws | {one: law for one, law in (("leverage", ratio), ("own_cost", cost)) if law is not None}


@per_engine
def _goals(engine: Engine) -> Goals:
    return read_goals(engine)


def targets(
    engine: Engine, catalogue: Catalogue, found: Model, scope: str = ""
) -> dict[str, tuple[float, ...]]:
    """Return what each outcome is held against: the KPI's target in force at the horizon; of the own cost the own funds voted.

    Own funds voted count on every request's answer: while some wait at the horizon, the own cost is held against nothing.
    """
    goals = _goals(engine)
    aims: dict[str, tuple[float, ...]] = {}
    for outcome, id in KPIS.items():
        kpi = catalogue.every.get(id)
        if kpi is None or (scope and outcome == "raised" and not goals.is_own(id, found.horizon, scope)):
            continue
        target = goals.kpi_at(kpi, found.horizon, scope).target
        if isinstance(target, (int, float)):
            aims[outcome] = (float(target),)
    waits = pending(found)
    if found.projects.is_known.any() and not waits.waits:
        aims["own_cost"] = (waits.voted,)
    return aims


def _of_law(outcome: str, stands: float, law: Law, aims: Asked) -> Distribution:
    def chance(value: float) -> float:
        return law.under(value) if outcome == "own_cost" else law.reached(value)

    edges = _edges(law.quantile(0.0005), law.quantile(0.9995))
    below = np.array([law.under(edge) for edge in edges])
    below[0], below[-1] = 0.0, 1.0
    quantiles = tuple((level, law.quantile(level)) for level in LEVELS)
    return _told(outcome, stands, law.mean, law.sd, quantiles, edges, below, aims, chance, "exact", law.error)


def _of_draws(outcome: str, stands: float, drawn: Array, aims: Asked) -> Distribution:
    def chance(value: float) -> float:
        return float(
            (drawn <= value).mean() if outcome == "own_cost" else (drawn >= value * (1 - SAME)).mean()
        )

    ordered = np.sort(drawn)
    edges = _edges(float(np.quantile(drawn, 0.0005)), float(np.quantile(drawn, 0.9995)))
    below = np.searchsorted(ordered, edges, side="right") / len(drawn)
    below[0], below[-1] = 0.0, 1.0
    quantiles = tuple((level, float(np.quantile(drawn, level))) for level in LEVELS)
    mean, sd = float(drawn.mean()), float(drawn.std())
    error = sd / len(drawn) ** 0.5
    return _told(outcome, stands, mean, sd, quantiles, edges, below, aims, chance, "simulated", error)


def _told(
    outcome: str,
    stands: float,
    mean: float,
    sd: float,
    quantiles: tuple[tuple[float, float], ...],
    edges: Array,
    below: Array,
    asked: Asked,
    chance: Callable[[float], float],
    method: Method,
    error: float,
) -> Distribution:
    """Return the distribution with the chances of its targets and of the round numbers in its reach."""
    aims, more = asked
    marks = sorted({*_round_numbers(quantiles[0][1], quantiles[-1][1]), *more})
    return Distribution(
        outcome,
        UNITS[outcome],
        stands,
        mean,
        sd,
        quantiles,
        tuple(float(edge) for edge in edges),
        tuple(float(share) for share in np.diff(below)),
        tuple((aim, chance(aim)) for aim in aims),
        method,
        error,
        tuple((mark, chance(mark)) for mark in marks),
    )


def _edges(low: float, high: float) -> Array:
    """Return the edges of equal bars; around one value a bar of its own."""
    if high - low <= 1e-9 * max(abs(high), 1.0):
        wide = max(abs(high), 1.0) * 1e-3
        return np.array([low - wide, high + wide])
    return np.linspace(low, high, BARS + 1)


def _round_numbers(low: float, high: float) -> list[float]:
    """Return the three to six round numbers (1, 2 or 5 times a power of ten) between two values."""
    if high - low <= 1e-9 * max(abs(high), 1.0):
        return []
    size = 10.0 ** np.floor(np.log10((high - low) / 3))
    step = next(size * many for many in (5, 2, 1) if (high - low) / (size * many) >= 3)
    first = np.ceil(low / step)
    return [float(round(k * step, 9)) for k in np.arange(first, np.floor(high / step) + 1)]
