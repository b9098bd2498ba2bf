"""Targets are data: what a KPI aims at on a date and in a scope, as decided then. The catalogue's own stand until the first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from metrics.definitions import Catalogue, Kpi

COLUMNS = (
    *(
        "kpi",
        "directorate",
        "valid_from",
        "target",
        "floor",
        "band_low",
        "band_high",
        "limit_low",
        "limit_high",
    ),
    *("due_on", "reason", "decided_by", "decided_on"),
)
SELECT = f"SELECT {', '.join(COLUMNS)} FROM targets ORDER BY valid_from, decided_on NULLS FIRST, _id"


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class Goal:
    """One decision: from ``valid_from`` on, for the town (``directorate`` "") or one directorate. Base units; None: unsaid."""

    kpi: str
    directorate: str
    valid_from: date
    target: float | None
    floor: float | None
    band: tuple[float, float] | None
    limits: tuple[float, float] | None
    due: date | None
    reason: str
    decided_by: str
    decided_on: date | None

    def of(self, kpi: Kpi) -> Kpi:
        """Return the KPI with this goal: what the decision leaves unsaid stays as it was."""
        return replace(
            kpi,
            target=kpi.target if self.target is None else self.target,
            floor=kpi.floor if self.floor is None else self.floor,
            band=self.band or kpi.band,
            limits=self.limits or kpi.limits,
            due=self.due or kpi.due,
        )


@dataclass(frozen=True)
class Goals:
    """All decisions, by (KPI, directorate), the oldest first."""

    decided: Mapping[tuple[str, str], tuple[Goal, ...]] = field(default_factory=dict)

    def history(self, kpi: str, scope: str = "") -> tuple[Goal, ...]:
        """Return the decisions on a KPI for the town ("") or a directorate, the oldest first."""
        return self.decided.get((kpi, scope), ())

    def at(self, kpi: str, as_of: date, scope: str = "") -> Goal | None:
        """Return the decision in force at a date; None before the first."""
        known = [goal for goal in self.history(kpi, scope) if goal.valid_from <= as_of]
        return known[-1] if known else None

    def kpi_at(self, kpi: Kpi, as_of: date, scope: str = "") -> Kpi:
        """Return the KPI with the goal in force: a directorate's own decision, else the town's, else the catalogue's."""
        found = (self.at(kpi.id, as_of, scope) if scope else None) or self.at(kpi.id, as_of)
        return found.of(kpi) if found else kpi

    def is_own(self, kpi: str, as_of: date, scope: str) -> bool:
        """Say whether a directorate has a goal of its own at a date."""
        return bool(scope) and self.at(kpi, as_of, scope) is not None

    def in_force(self, catalogue: Catalogue, as_of: date, scope: str = "") -> Catalogue:
        """Return the catalogue with the goals in force at a date and in a scope; itself when nothing was decided."""
        if not self.decided:
            return catalogue
        kpis = {id: self.kpi_at(kpi, as_of, scope) for id, kpi in catalogue.kpis.items()}
        others = {id: self.kpi_at(kpi, as_of, scope) for id, kpi in catalogue.others.items()}
        return replace(catalogue, kpis=kpis, others=others)

    def variants(self, kpi: Kpi, scope: str) -> list[tuple[date, Kpi]]:
        """Return the KPI as it is aimed at from each date on which that changes, the oldest first; [] without decision."""
        goals = (*self.history(kpi.id), *(self.history(kpi.id, scope) if scope else ()))
        days = sorted({goal.valid_from for goal in goals})
        return [(day, self.kpi_at(kpi, day, scope)) for day in days]


NO_GOALS = Goals()


def read_goals(engine: Engine) -> Goals:
    """Return all decisions of the store."""
    return goals_of(engine.rows(SELECT))


def goals_of(rows: Iterable[Sequence[Any]]) -> Goals:
    """Return the decisions told as rows of COLUMNS, in the order in which they are given."""
    found: dict[tuple[str, str], list[Goal]] = {}
    for row in rows:
        goal = goal_of(dict(zip(COLUMNS, row, strict=True)))
        found.setdefault((goal.kpi, goal.directorate), []).append(goal)
    return Goals({key: tuple(goals) for key, goals in found.items()})


def goal_of(cells: Mapping[str, Any]) -> Goal:
    """Return a row of table ``targets`` as a decision; cells it does not have are unsaid."""
    return Goal(
        kpi=cells["kpi"],
        directorate=cells.get("directorate") or "",
        valid_from=cells["valid_from"],
        target=cells.get("target"),
        floor=cells.get("floor"),
        band=_pair(cells.get("band_low"), cells.get("band_high")),
        limits=_pair(cells.get("limit_low"), cells.get("limit_high")),
        due=cells.get("due_on"),
        reason=cells["reason"],
        decided_by=cells.get("decided_by") or "",
        decided_on=cells.get("decided_on"),
    )


def _pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)
