"""Scenarios side by side: each beside the same base, and the KPIs, plans and scores that a council compares them by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.claims import headline
from metrics.definitions import Catalogue, Kpi
from metrics.leverage import Plan, leverage
from metrics.reading import Reading
from metrics.results import Engine
from metrics.scenario import Scenario
from metrics.scores import Score
from metrics.whatif import Comparison, Line, compare, under

KEYS = ("a", "b", "c", "d")  # at most four: a council compares no more, and a page holds no more
# What is always compared besides the headline, where the scorecard has it.
ALWAYS = ("leverage_awarded", "investment_capacity_index", "files_per_manager", "compliant_plans")
PLANS = "plan_lines"  # the view without which there are no plans


@dataclass(frozen=True)
class Side:
    """One scenario of a comparison: its letter, the name somebody gave it ("" for none), what it moves, its plans."""

    key: str
    name: str
    found: Comparison
    plans: tuple[Plan, ...] = ()

    @property
    def scenario(self) -> Scenario:
        """What is moved."""
        return self.found.scenario

    def line(self, kpi: str) -> Line | None:
        """Return a KPI's line."""
        return next((line for line in self.found.lines if line.kpi == kpi), None)


@dataclass(frozen=True)
class Abreast:
    """Up to four scenarios at one date and scope, with the plans as they are."""

    as_of: date
    scope: str
    sides: tuple[Side, ...]
    plans: tuple[Plan, ...] = ()

    def side(self, key: str) -> Side | None:
        """Return a side by its letter."""
        return next((side for side in self.sides if side.key == key), None)


@dataclass(frozen=True)
class Row:
    """One KPI over all sides: ``lines`` in their order, None where a side does not know it."""

    kpi: Kpi
    base: Reading
    lines: tuple[Line | None, ...]

    @property
    def has_moved(self) -> bool:
        """Say whether any scenario moves it."""
        return any(line is not None and line.has_moved for line in self.lines)


def side(
    engine: Engine,
    catalogue: Catalogue,
    key: str,
    name: str,
    scenario: Scenario,
    as_of: date,
    scope: str = "",
) -> Side:
    """Return one scenario compared with the base, with its plans. Raises BadEntry for a choice unknown in these data."""
    found = compare(engine, catalogue, scenario, as_of, scope)
    return Side(key, name, found, plans(under(engine, scenario), catalogue, as_of, scope))


def plans(engine: Engine, catalogue: Catalogue, as_of: date, scope: str = "") -> tuple[Plan, ...]:
    """Return the plans that an engine holds at a date; none where the scorecard has no such view."""
    if PLANS not in engine.relations:
        return ()
    return leverage(engine, catalogue, as_of, {"lead_directorate": scope} if scope else None).plans


def compared(catalogue: Catalogue) -> list[str]:
    """Return the KPIs that come first in a comparison: the headline, then what is always compared."""
    found = [kpi.id for kpi in headline(catalogue)]
    return [*found, *(id for id in ALWAYS if id in catalogue.kpis and id not in found)]


def rows(catalogue: Catalogue, sides: Sequence[Side]) -> list[Row]:
    """Return every KPI over all sides: first those compared, then what moves, then the rest."""
    if not sides:
        return []
    base = {line.kpi: line.base for line in sides[0].found.lines}
    found = [
        Row(kpi, base[id], tuple(one.line(id) for one in sides))
        for id, kpi in catalogue.kpis.items()
        if id in base
    ]
    first = {id: place for place, id in enumerate(compared(catalogue))}
    return sorted(found, key=lambda row: (first.get(row.kpi.id, len(first)), not row.has_moved))


def scores(found: Abreast) -> tuple[Score, ...]:
    """Return the score of the whole: the base's, then each side's."""
    return (
        (found.sides[0].found.base_score, *(one.found.scenario_score for one in found.sides))
        if found.sides
        else ()
    )


def every_plan(found: Abreast) -> list[tuple[Plan, list[Plan | None]]]:
    """Return each plan with what it is in the base and under each scenario (None: no such plan there).

    The first of a pair names it: the base's own plans as they are, then those that only a scenario makes.
    """
    held: list[Mapping[str, Plan]] = [
        {plan.project_id: plan for plan in one}
        for one in (found.plans, *(side.plans for side in found.sides))
    ]
    names = {id: plan for one in reversed(held) for id, plan in one.items()}
    order = list(dict.fromkeys(id for one in held for id in one))
    return [(names[id], [one.get(id) for one in held]) for id in order]


def broken(before: Sequence[Plan], after: Sequence[Plan]) -> list[Plan]:
    """Return the plans that a scenario puts under the legal minimum and that were not before."""
    known = {plan.project_id for plan in before if plan.verdict == "breach"}
    return [plan for plan in after if plan.verdict == "breach" and plan.project_id not in known]


def widest(catalogue: Catalogue, sides: Sequence[Side]) -> tuple[Row, list[float]] | None:
    """Return the headline's KPI that these scenarios spread most, against its base, with its known values, base first."""
    claimed = {kpi.id for kpi in headline(catalogue)}
    best, most = None, 0.0
    for row in rows(catalogue, sides):
        values = [row.base.value, *(line.scenario.value for line in row.lines if line is not None)]
        known = [value for value in values if value is not None]
        if row.kpi.id not in claimed or len(known) < 2 or not row.base.value:
            continue
        spread = (max(known) - min(known)) / abs(row.base.value)
        if spread > most + 1e-9:
            best, most = (row, known), spread
    return best
