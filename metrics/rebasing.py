"""New bases: proposed when a known change is followed by seven points on one side of the old mean; decided by people.

There is no formula for a new base: a proposal says its date, the change and the evidence, and nothing happens until somebody
records it, with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

import numpy as np

from metrics import rules, xmr
from metrics.definitions import Catalogue
from metrics.goals import Goals
from metrics.signals import ControlChart
from schemas.text import Text

KINDS = ("dadi", "governance")  # milestones that change how the town works
METHOD = Text("changement de méthode", "change of method")
TARGET = Text("nouvelle cible : {reason}", "new target: {reason}")


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class Change:
    """Something known that may have changed how a KPI behaves: ``words`` as the town says them."""

    happened_on: date
    kind: Literal["parameter", "milestone", "target"]
    words: Text


@dataclass(frozen=True)
class Proposal:
    """A base to consider from ``change`` on: ``count`` points in a row on one ``side`` (1 above, -1 below) of the old mean."""

    kpi: str
    change: Change
    side: int
    count: int
    first: date
    before: xmr.Limits
    after: xmr.Limits


def known_changes(
    engine: Engine, catalogue: Catalogue, goals: Goals, kpi: str, as_of: date, scope: str = ""
) -> list[Change]:
    """Return the changes known at a date: ``rebase_on``, done milestones of the DADI and of governance, new targets."""
    found = []
    start = catalogue.parameters.get("rebase_on")
    if isinstance(start, date):
        found.append(Change(start, "parameter", METHOD))
    marks = ", ".join("?" * len(KINDS))
    done = (
        f"SELECT happened_on, label FROM milestones WHERE kind IN ({marks}) AND is_done AND happened_on <= ? "
        "AND COALESCE(date_precision, 'day') IN ('day', 'month')"  # a year says too little to start a base
    )
    found += [
        Change(day, "milestone", Text(label, label)) for day, label in engine.rows(done, [*KINDS, as_of])
    ]
    decided = [*goals.history(kpi), *(goals.history(kpi, scope) if scope else ())]
    found += [Change(goal.valid_from, "target", TARGET.format(reason=goal.reason)) for goal in decided]
    return sorted((change for change in found if change.happened_on <= as_of), key=lambda c: c.happened_on)


def proposals(found: ControlChart, changes: Sequence[Change], screen: bool = True) -> list[Proposal]:
    """Return the base to consider, if any: within the base in force, the change after which the level moved the most."""
    if found.chart is None:
        return []
    start = found.chart.segments[-1].start
    made = []
    for change in changes:
        place = next((i for i, day in enumerate(found.days) if day >= change.happened_on), len(found.days))
        if start < place < len(found.days):
            made.append(_proposal(found, change, start, place, screen))
    kept = [one for one in made if one is not None]
    return sorted(kept, key=lambda one: -abs(one.after.mean - one.before.mean))[:1]


def _proposal(found: ControlChart, change: Change, start: int, place: int, screen: bool) -> Proposal | None:
    values = np.array(found.values)
    widened = found.method == "widened"
    before = xmr.limits(values[start:place], screen=screen, widened=widened)
    if before.n < xmr.LEAST:
        return None
    side = rules.sides(values[place:], before.mean)
    count = next((i for i, one in enumerate(side) if one != side[0]), len(side))
    if count < rules.SEVEN or side[0] == 0:
        return None
    after = xmr.limits(values[place:], screen=screen, widened=widened)
    if widened and before.lower <= after.mean <= before.upper:
        return None  # points that carry over lie on one side by themselves: only a new level counts
    return Proposal(found.kpi, change, int(side[0]), count, found.days[place], before, after)
