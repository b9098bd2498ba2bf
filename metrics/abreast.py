"""Scenarios side by side: each beside the same base, and the KPIs, plans and scores that a council compares them by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics import legality
from metrics.breaches import Breach
from metrics.cash import Cash, both
from metrics.chance.futures import Futures, futures
from metrics.claims import headline
from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from metrics.refusing import BadEntry
from metrics.results import Engine
from metrics.scenario import Scenario
from metrics.scores import Score
from metrics.whatif import Comparison, Line, compare, under
from schemas.text import Text

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
    plans: tuple[legality.Side, ...] = ()
    cash: Cash | None = None
    futures: Futures | None = None

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
    plans: tuple[legality.Side, ...] = ()
    cash: Cash | None = None
    futures: Futures | None = None

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
    held = plans(under(engine, scenario), catalogue, as_of, scope)
    cash, may = (
        money(engine, catalogue, scenario, as_of, scope)[1],
        coming(engine, catalogue, scenario, as_of, scope),
    )
    return Side(key, name, found, held, cash, may)


def abreast(
    engine: Engine, catalogue: Catalogue, named: Sequence[tuple[str, Scenario]], as_of: date, scope: str = ""
) -> Abreast:
    """Return up to four scenarios, each with its name ("" for none), beside the base. Raises BadEntry for one that cannot be."""
    sides = tuple(
        side(engine, catalogue, key, name, scenario, as_of, scope)
        for key, (name, scenario) in zip(KEYS, named, strict=False)
    )
    base = money(engine, catalogue, Scenario(), as_of, scope)[0]
    may = coming(engine, catalogue, Scenario(), as_of, scope)
    return Abreast(as_of, scope, sides, plans(engine, catalogue, as_of, scope), base, may)


def check_many(found: Sequence[Scenario]) -> None:
    """Raise BadEntry for more scenarios than can be compared, or for one that moves nothing."""
    if len(found) > len(KEYS):
        raise BadEntry(
            Text(
                f"{len(found)} scénarios : {len(KEYS)} au plus.",
                f"{len(found)} scenarios: {len(KEYS)} at most.",
            ),
            Text("Comparez-les en plusieurs fois.", "Compare them in several goes."),
        )
    if not all(one.uses for one in found):
        raise BadEntry(
            Text("Ce scénario ne contient aucune hypothèse.", "This scenario has no driver."),
            Text("Donnez-lui au moins une hypothèse.", "Give it at least one driver."),
        )


def money(
    engine: Engine, catalogue: Catalogue, scenario: Scenario, as_of: date, scope: str = ""
) -> tuple[Cash | None, Cash | None]:
    """Return the cash of the plans as they are and under a scenario; None where the scorecard has no plans."""
    if PLANS not in engine.relations:
        return None, None
    return both(engine, catalogue, scenario, as_of, _by(scope))


def coming(
    engine: Engine, catalogue: Catalogue, scenario: Scenario, as_of: date, scope: str = ""
) -> Futures | None:
    """Return what may come by the year's end, the same draws for every scenario; None where the scorecard has no plans."""
    if PLANS not in engine.relations:
        return None
    return futures(engine, catalogue, scenario, as_of, scope=scope)


def _by(scope: str) -> dict[str, str] | None:
    return {"lead_directorate": scope} if scope else None


def plans(engine: Engine, catalogue: Catalogue, as_of: date, scope: str = "") -> tuple[legality.Side, ...]:
    """Return the plans that an engine holds at a date with what each breaks; none where the scorecard has no such view."""
    if PLANS not in engine.relations:
        return ()
    return tuple(legality.sides(engine, catalogue, as_of, _by(scope)).values())


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


def years(found: Abreast) -> list[int]:
    """Return the years in which money moves on any side."""
    told = [one for one in (found.cash, *(side.cash for side in found.sides)) if one is not None]
    return sorted(
        {year.year for one in told for year in one.years if year.works or year.grants or year.fctva}
    )


def every_plan(found: Abreast) -> list[list[legality.Side | None]]:
    """Return each plan as it is in the base, then under each scenario (None: no such plan there); the base's own come first."""
    held: list[Mapping[str, legality.Side]] = [
        {one.plan.project_id: one for one in plans}
        for plans in (found.plans, *(side.plans for side in found.sides))
    ]
    order = dict.fromkeys(id for one in held for id in one)
    return [[one.get(id) for one in held] for id in order]


def broken(
    before: Sequence[legality.Side], after: Sequence[legality.Side]
) -> list[tuple[legality.Side, tuple[Breach, ...]]]:
    """Return the plans that break, under a scenario, a legal rule that they did not break before, each with those rules.

    A plan that brings more than its cost is told among its breaches, but breaks no law: less own money mends it.
    """
    known = {one.plan.project_id: one for one in before}
    laws = [
        (one, legality.Law(one.plan.project_id, one.plan.title, known.get(one.plan.project_id), one).breaks)
        for one in after
    ]
    legal = [(one, tuple(rule for rule in breaks if rule.rule != "over_cost")) for one, breaks in laws]
    return [(one, breaks) for one, breaks in legal if breaks]


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
