"""What a statement answered, KPI by KPI, as arrays: one element per date and scope. Reasons of the unknown included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.arithmetic import evaluate
from metrics.compile import Compiled
from metrics.dates import period_name
from metrics.definitions import Kpi, Thresholds
from metrics.goals import NO_GOALS, Goals
from metrics.judge import Values, has_goal, scores, statuses
from metrics.measures import Measures, measures
from metrics.plan import Formula
from metrics.reading import UNJUDGED, Status
from metrics.statement import TOWN, decoded

PARTS = ("value", "numerator", "denominator", "n", "coverage", "low", "high")


class Engine(Protocol):
    """What answers a SELECT: see data.engine."""

    dialect: str

    @property
    def relations(self) -> Mapping[str, str]:
        """View name -> SELECT text."""

    def columns(self, sql: str, params: Sequence[Any] = ()) -> dict[str, np.ndarray]:
        """Return the result by column."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""

    def frame(self, sql: str, params: Sequence[Any] = ()) -> pd.DataFrame:
        """Return the result as a frame."""


@dataclass
class Result:
    """One KPI at some dates and scopes (keys of ``statement.TOWN`` and its fellows); NaN is unknown.

    ``periods`` names the period of each value where it is not simply the one that the date is in; ``dated`` is the day
    that such a value is true at.
    """

    kpi: Kpi
    as_of: NDArray[np.datetime64]
    scope: NDArray[np.object_]
    parts: dict[str, Values]
    reason: list[str | None] = field(default_factory=list)
    is_amount: bool = False
    periods: list[str] | None = None
    dated: NDArray[np.datetime64] | None = None

    def names(self) -> list[str]:
        """Return the name of each value's period: 2015-06, 2015-Q2 or 2015 by the frequency, unless the value has its own."""
        if self.periods is not None:
            return self.periods
        days = self.as_of.astype(object)
        found = {day: period_name(day, self.kpi.frequency) for day in set(days)}
        return [found[day] for day in days]

    def part(self, name: str) -> Values:
        """Return one of PARTS, all NaN when the KPI has no such part."""
        found = self.parts.get(name)
        return np.full(len(self.as_of), np.nan) if found is None else found


def split(answer: Mapping[str, np.ndarray], compiled: Compiled, kpis: Sequence[Kpi]) -> list[Result]:
    """Return each KPI's result from the columns of a statement's answer: its formula over the measures."""
    held = measures(answer, compiled)
    days = np.array(compiled.question.days, dtype="datetime64[D]")
    as_of, scope = np.tile(days, len(held.scopes)), np.repeat(np.array(held.scopes, dtype=object), len(days))
    wanted = np.ones(len(scope), dtype=bool)
    if compiled.question.by is not None and not compiled.question.town:
        wanted = scope != TOWN
    return [_result(kpi, compiled.plan.formulas[kpi.id], held, as_of, scope, wanted) for kpi in kpis]


def _result(
    kpi: Kpi,
    formula: Formula,
    held: Measures,
    as_of: NDArray[np.datetime64],
    scope: NDArray[np.object_],
    wanted: NDArray[np.bool_],
) -> Result:
    parts = {}
    for part in PARTS:
        tree = getattr(formula, part)
        if tree is not None and not (part in ("low", "high") and not held.has_bounds):
            values = np.broadcast_to(evaluate(tree, held.column), held.shape)
            parts[part] = values.ravel()[wanted].copy()
    if kpi.base:  # before the base period is over, nothing can be compared with it
        parts["value"][as_of[wanted] < np.datetime64(kpi.base)] = np.nan
    if kpi.known_from:  # before it began, nothing was counted: not 0
        early = as_of[wanted] < np.datetime64(kpi.known_from)
        for part in parts.keys() - {"n", "coverage", "denominator"}:
            parts[part] = np.where(early, np.nan, parts[part])
    _order(parts)
    result = Result(kpi, as_of[wanted], scope[wanted], parts, is_amount=formula.is_amount)
    result.reason = _reasons(result, formula)
    return result


def _order(parts: dict[str, Values]) -> None:
    """Put the lower limit below the upper one: 1 - S turns them round."""
    if "low" in parts and "high" in parts:
        low, high = parts["low"], parts["high"]
        turned = low > high
        parts["low"], parts["high"] = np.where(turned, high, low), np.where(turned, low, high)


def _reasons(result: Result, formula: Formula) -> list[str | None]:
    """Say why a value is unknown, where it is: the first of these that holds."""
    found = np.full(len(result.as_of), None, dtype=object)
    unknown = np.isnan(result.part("value"))
    if not unknown.any():
        return list(found)
    if formula.is_quantile:
        found[unknown] = "not_reached"
    else:
        found[unknown] = (
            "unknown_operand" if formula.needs is None or formula.denominator is not None else "no_data"
        )
    if formula.denominator is not None:
        under = result.part("denominator")
        found[unknown & (np.isnan(under) | (under == 0))] = "no_denominator"
    n = result.part("n")
    found[unknown & ~(n > 0)] = "no_data"
    if formula.kpi.known_from:
        found[unknown & (result.as_of < np.datetime64(formula.kpi.known_from))] = "no_data"
    if formula.kpi.base:
        found[unknown & (result.as_of < np.datetime64(formula.kpi.base))] = "before_base"
    return list(found)


@dataclass
class Judgement:
    """Score, status, reason and target of each element of a result."""

    scores: Values
    statuses: list[Status]
    reasons: list[str | None]
    targets: Values


def judged(
    result: Result, thresholds: Thresholds, goals: Goals = NO_GOALS, is_directorate: bool = True
) -> Judgement:
    """Judge each value by the goal in force at its date and in its scope.

    A known value without target says so. So does an amount of a part of the town, which the town's amount does not judge,
    unless the part (``is_directorate``: the scopes are directorates) has a target of its own. A stale value is not judged,
    nor is one whose period is not over.
    """
    size = len(result.as_of)
    made = Judgement(np.full(size, np.nan), ["unknown"] * size, list(result.reason), np.full(size, np.nan))
    for here, kpi, is_own in _aims(result, goals, is_directorate):
        _judge(made, here, result, kpi, thresholds, is_own)
    return made


def _aims(
    result: Result, goals: Goals, is_directorate: bool
) -> Iterator[tuple[NDArray[np.bool_], Kpi, bool]]:
    """Yield the elements that one goal judges, the KPI with that goal, and whether it is the scope's own."""
    for scope in dict.fromkeys(result.scope):
        name = decoded(scope) if is_directorate and scope != TOWN else None
        here, start = result.scope == scope, np.datetime64("0001-01-01")
        steps = [
            (start, result.kpi),
            *((np.datetime64(d), k) for d, k in goals.variants(result.kpi, name or "")),
        ]
        ends = [*(day for day, _ in steps[1:]), np.datetime64("9999-12-31")]
        for (first, kpi), last in zip(steps, ends, strict=True):
            is_own = scope == TOWN or goals.is_own(kpi.id, day(max(first, start)), name or "")
            yield here & (result.as_of >= first) & (result.as_of < last), kpi, is_own


def _judge(
    made: Judgement, here: NDArray[np.bool_], result: Result, kpi: Kpi, thresholds: Thresholds, is_own: bool
) -> None:
    places = np.flatnonzero(here)
    if not len(places):
        return
    values = result.part("value")[places]
    if not has_goal(kpi) or (result.is_amount and not is_own):
        for place in places:
            made.reasons[place] = made.reasons[place] or "no_target"
        return
    kept_out = np.array([made.reasons[place] in UNJUDGED for place in places], dtype=bool)
    found = np.where(kept_out, np.nan, scores(kpi, values))
    told = statuses(kpi, np.where(kept_out, np.nan, values), found, thresholds)
    made.scores[places] = found
    made.targets[places] = np.nan if kpi.target is None else kpi.target
    for place, status in zip(places, told, strict=True):
        made.statuses[place] = status


def day(value: np.datetime64) -> date:
    """Return a numpy date as Python's."""
    found: date = value.astype("datetime64[D]").item()
    return found
