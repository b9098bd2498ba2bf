"""A reading: one KPI at one date for one scope, with all that is needed to trust it. It carries; it computes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Status = Literal["on_target", "watch", "off_target", "unknown"]
Variation = Literal["improvement", "concern", "special", "stable"]  # special: a signal, no wanted direction
Assurance = Literal["consistently_met", "inconsistent", "consistently_missed"]

REASONS = (
    "no_data",  # a table the KPI needs is empty, or no row says anything about this period
    "no_denominator",  # nothing to divide by
    "not_reached",  # the survival curve has not come down to the quantile yet
    "unknown_operand",  # rows exist, but a value they need is unknown
    "before_base",  # the base period is not over yet at this date
    "not_a_dimension",  # the KPI cannot be broken down this way
    "failed",  # the statement failed; the log names it by the id in ``reason``
    "suppressed",  # too few people answered to say anything without saying it of somebody
    "stale",  # the value is known, but too old for its frequency: shown, neither judged nor rolled up
    "running",  # the value is known, but its month or quarter is not over: shown, neither judged nor rolled up
    "few",  # the value of a directorate rests on too few to be judged: shown, neither judged nor rolled up
    "no_target",  # the value is known, but nothing says how good it is
)

UNJUDGED = ("stale", "running", "few")  # reasons of a known value that no target judges, whatever it is
JUDGED = ("no_target",)  # those that a target gives, not the value


@dataclass(frozen=True)
class Reading:
    """One KPI, one date, one scope. Everything is in the base unit (euros, ratio 0..1, days); None is unknown.

    ``scope`` is {} for the town, else {dimension: value}. ``reason`` says why ``value`` (or ``score``) is None: one
    of REASONS, ``failed`` followed by a log id. ``score`` is 0..100, unrounded. ``target`` is the one it was judged by.
    ``variation`` and ``assurance`` say what the control chart up to ``as_of`` says; None where there is none.
    """

    kpi: str
    code: str
    as_of: date
    period: str
    scope: Mapping[str, str | None]
    value: float | None
    unit: str
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    coverage: float | None = None
    score: float | None = None
    status: Status = "unknown"
    reason: str | None = None
    version: int = 1
    target: float | None = None
    variation: Variation | None = None
    assurance: Assurance | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object of ``metrics show --json``; a date as ISO text, unknown as null."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return found | {"as_of": self.as_of.isoformat(), "scope": dict(self.scope)}
