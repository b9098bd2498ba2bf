"""The year-end forecast of a KPI: value, 80 % band, chance of the target, by which method, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from metrics import increments, outlook
from metrics.definitions import Kpi
from metrics.forecast_words import METHODS, Why
from metrics.increments import Array
from metrics.outlook import Ahead, Known
from metrics.pacing import year_end
from metrics.reading import Reading

DRAWS = 10_000
BAND = (0.1, 0.9)


@dataclass(frozen=True)
class Step:
    """What is expected at a month end: the middle of the draws and the band that holds 80 % of them."""

    day: date
    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """What a KPI may be on ``horizon``. ``value`` is the mean of the draws (of a random walk their
    median); 80 % of them are from ``low`` to ``high``.

    ``total`` says whether it is the sum of a year of months or quarters; ``chance`` is that of meeting ``target`` (a tuple:
    a band), rounded to 5 %, None without a target. ``n`` counts what was learnt from; ``facts`` word the assumptions.
    """

    kpi: str
    as_of: date
    horizon: date
    method: str
    start: float
    value: float
    low: float
    high: float
    target: float | tuple[float, float] | None
    chance: float | None
    n: int
    total: bool
    facts: Mapping[str, float]
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object of ``metrics forecast --json``."""
        names = ("kpi", "method", "start", "value", "low", "high", "chance", "n", "total")
        found = {name: getattr(self, name) for name in names}
        target = list(self.target) if isinstance(self.target, tuple) else self.target
        steps = [
            {"day": step.day.isoformat(), "low": step.low, "value": step.value, "high": step.high}
            for step in self.steps
        ]
        days = {"as_of": self.as_of.isoformat(), "horizon": self.horizon.isoformat()}
        return (
            found
            | days
            | {
                "target": target,
                "facts": dict(self.facts),
                "steps": steps,
                "reason": None,
                "reason_code": None,
            }
        )


@dataclass(frozen=True)
class NoForecast:
    """Why nobody can say what a KPI will be on ``horizon``."""

    kpi: str
    as_of: date
    horizon: date
    why: Why

    def as_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the JSON object of ``metrics forecast --json``: no value, and the reason."""
        days = {"as_of": self.as_of.isoformat(), "horizon": self.horizon.isoformat()}
        return {
            "kpi": self.kpi,
            **days,
            "value": None,
            "reason": self.why.said().get(lang),
            "reason_code": self.why.code,
        }


def forecast(kpi: Kpi, known: Known, reading: Reading | None, as_of: date) -> Forecast | NoForecast:
    """Return the forecast for the next 31 December of the KPI as read at ``as_of``, from what was known then."""
    horizon = year_end(as_of)
    since = kpi.known_from or (kpi.period.since if kpi.period else None)
    if since and as_of < since:
        return NoForecast(kpi.id, as_of, horizon, Why("not_begun", {"day": since}))
    if reading is None or reading.value is None:
        is_quantile = reading is not None and reading.reason == "not_reached"
        return NoForecast(kpi.id, as_of, horizon, Why("not_reached" if is_quantile else "no_value"))
    if reading.reason == "stale":
        return NoForecast(kpi.id, as_of, horizon, Why("stale"))
    found = outlook.ahead(kpi, known, as_of, reading.value, horizon, DRAWS)
    if isinstance(found, Why):
        return NoForecast(kpi.id, as_of, horizon, found)
    start = started(kpi, known, as_of, reading.value, horizon) if found.is_added else reading.value
    if start is None:
        return NoForecast(kpi.id, as_of, horizon, Why("no_value"))
    target = goal(kpi) if reading.reason != "no_target" else None
    return _made(kpi, found, as_of, horizon, start, target)


def started(kpi: Kpi, known: Known, as_of: date, now: float, horizon: date) -> float | None:
    """Return the total that additions come on top of: ``now``, or what the horizon's year already holds."""
    if increments.restarts(kpi) is None:
        return now
    return increments.reached(kpi, known.months, as_of, now) if as_of.year == horizon.year else 0.0


def _made(
    kpi: Kpi,
    found: Ahead,
    as_of: date,
    horizon: date,
    start: float,
    target: float | tuple[float, float] | None,
) -> Forecast:
    values = start + found.values if found.is_added else found.values
    days = increments.steps(as_of, horizon)[0]
    bands = np.quantile(values, BAND, axis=0)
    # The middle of a walk stays where it starts; its mean would drift away from the unit's bound.
    middle = np.median(values, axis=0) if found.method == "random_walk" else values.mean(axis=0)
    steps = tuple(
        # of rare events the mean may lie outside
        Step(day, float(min(low, mean)), float(mean), float(max(high, mean)))
        for day, low, mean, high in zip(days, bands[0], middle, bands[1], strict=True)
    )
    last = steps[-1]
    return Forecast(
        kpi=kpi.id,
        as_of=as_of,
        horizon=horizon,
        method=found.method,
        start=start,
        value=last.value,
        low=last.low,
        high=last.high,
        target=target,
        chance=None if target is None else rounded(float(hits(kpi, values[:, -1], target).mean())),
        n=found.n,
        total=found.is_added and increments.restarts(kpi) is not None,
        facts=found.facts,
        steps=steps,
    )


def goal(kpi: Kpi) -> float | tuple[float, float] | None:
    """Return what the year's end is held against: the target or the band; of a sum by month or quarter, the year's."""
    every = increments.restarts(kpi) if outlook.method_of(kpi) == "increments" else None
    periods = 12 // every if every else 1
    if kpi.direction == "band":
        return None if kpi.band is None else (kpi.band[0] * periods, kpi.band[1] * periods)
    return None if kpi.target is None else kpi.target * periods


def hits(kpi: Kpi, values: Array, target: float | tuple[float, float]) -> np.ndarray:
    """Say for each value whether it meets the target."""
    if isinstance(target, tuple):
        return (values >= target[0]) & (values <= target[1])
    if kpi.direction == "down":
        return values < target if kpi.strict else values <= target
    return values > target if kpi.strict else values >= target


def rounded(chance: float) -> float:
    """Return a chance rounded to 5 %: more digits would be more than is known."""
    return round(20 * chance) / 20


__all__ = ["METHODS", "Forecast", "NoForecast", "Step", "forecast", "goal", "rounded"]
