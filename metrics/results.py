"""What a statement answered, KPI by KPI, as arrays: one element per date and scope. Reasons of the unknown included."""

from collections.abc import Mapping, Sequence
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
from metrics.judge import Values, has_goal, scores, statuses
from metrics.measures import Measures, measures
from metrics.plan import Formula
from metrics.reading import Status
from metrics.statement import TOWN

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

    ``periods`` names the period of each value where it is not simply the one that the date is in.
    """

    kpi: Kpi
    as_of: NDArray[np.datetime64]
    scope: NDArray[np.object_]
    parts: dict[str, Values]
    reason: list[str | None] = field(default_factory=list)
    is_amount: bool = False
    periods: list[str] | None = None

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
    if formula.kpi.base:
        found[unknown & (result.as_of < np.datetime64(formula.kpi.base))] = "before_base"
    return list(found)


def judged(result: Result, thresholds: Thresholds) -> tuple[Values, list[Status], list[str | None]]:
    """Return scores, statuses and reasons; a known value without target says so, an amount of a part of the town too."""
    values = result.part("value")
    aimed = (result.scope == TOWN) if result.is_amount else np.ones(len(values), dtype=bool)
    aimed &= has_goal(result.kpi)
    found = np.where(aimed, scores(result.kpi, values), np.nan)
    status = statuses(result.kpi, values, found, thresholds)
    told: list[Status] = [state if aim else "unknown" for state, aim in zip(status, aimed, strict=True)]
    reasons = [
        reason if aim else reason or "no_target" for reason, aim in zip(result.reason, aimed, strict=True)
    ]
    return found, told, reasons


def day(value: np.datetime64) -> date:
    """Return a numpy date as Python's."""
    found: date = value.astype("datetime64[D]").item()
    return found
