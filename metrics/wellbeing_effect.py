"""What a scenario would do to well-being, if the assumptions held: never a reading, always told with its spread.

Equation: change = b1 (load - load of the base) + b2 (participation - that of the base), b1 and b2 normal (domain, what-if 7). No
data bear the two effects out, so the KPI of well-being itself stays what its survey said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

from metrics.assumptions import Assumption, assumptions
from metrics.definitions import Parameter
from metrics.whatif import Comparison

KPI = "wellbeing_who5"
# What each assumption is about: its KPI, and how many of the assumption's units one unit of the KPI is.
BEHIND = {
    "wellbeing_per_file": ("files_per_manager", 1.0),
    "wellbeing_per_participation": ("participation_rate", 100.0),
}
Z = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True)
class Effect:
    """Points of the score from 0 to 100: the mean, and P10 to P90. ``base`` is the last survey's, None where there is none."""

    base: float | None
    change: float
    low: float
    high: float
    behind: tuple[Assumption, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the part of ``metrics whatif --json``."""
        told = [{"id": one.id, **one.given, "supported": one.is_supported} for one in self.behind]
        numbers = {"base": self.base, "change": self.change, "p10": self.low, "p90": self.high}
        return {"kpi": KPI, **numbers, "assumptions": told}


def effect(found: Comparison, parameters: Mapping[str, Parameter]) -> Effect | None:
    """Return the assumed effect on well-being; None where neither the load nor participation moves."""
    known, lines = assumptions(parameters), {line.kpi: line for line in found.lines}
    change = variance = 0.0
    behind = []
    for id, (kpi, scale) in BEHIND.items():
        line = lines.get(kpi)
        if line is not None and line.has_moved and line.difference is not None:
            law, moved = known[id].given, scale * line.difference
            change, variance = change + law["mean"] * moved, variance + (law["sd"] * moved) ** 2
            behind.append(known[id])
    if not behind:
        return None
    half = Z * sqrt(variance)
    base = lines[KPI].base.value if KPI in lines else None
    return Effect(base, change, change - half, change + half, tuple(behind))
