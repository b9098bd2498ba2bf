"""Goal seek: what one driver must be for a KPI to reach a value, within the driver's bounds and the law."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from metrics import compute
from metrics.crossing import CLOSE, Found, Search, search
from metrics.definitions import Catalogue, Kpi
from metrics.drivers import WHOLE, Asked, drivers
from metrics.present import now
from metrics.refusing import BadEntry, unknown
from metrics.results import Engine
from metrics.scenario import Scenario, Use, check, used
from metrics.seek_rules import Law, Rule, reading
from metrics.seek_ways import numbers_of, ways
from schemas.text import Text

EMPTY = Scenario()


@dataclass(frozen=True)
class By:
    """What is sought: one number of one driver; ``cells`` hold the driver's other values (a programme, a date…)."""

    driver: str
    parameter: str
    cells: tuple[tuple[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """``driver.parameter``."""
        return f"{self.driver}.{self.parameter}"

    @property
    def asked(self) -> Asked:
        """The parameter."""
        found = drivers()[self.driver].asked(self.parameter)
        assert found is not None
        return found

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that the driver admits."""
        return float(self.asked.least or 0.0), float(self.asked.most or 0.0)


@dataclass(frozen=True)
class Sought:
    """A goal and its answer. ``value`` is the driver's, ``reached`` the KPI's with it; both None where it is out of reach.

    ``best``: then the nearest (driver's value, KPI's value) that the bounds and the law admit, and ``rule`` what binds there.
    ``also``: other values that reach it. ``before`` is the KPI under the scenario as it was handed in, ``scenario`` that one with
    the value (or the best) in it. ``public_ceiling``: what the law lets public money alone lever on the plans, where it binds.
    ``movers``: where the driver does not move the KPI, the first number of each driver that may, as ``driver.parameter``.
    """

    kpi: str
    unit: str
    target: float
    by: By
    as_of: date
    before: float | None
    scenario: Scenario
    value: float | None = None
    reached: float | None = None
    also: tuple[float, ...] = ()
    best: tuple[float, float] | None = None
    rule: Rule | None = None
    public_ceiling: float | None = None
    movers: tuple[str, ...] = ()

    @property
    def reachable(self) -> bool:
        """Say whether the goal is reached within the bounds and the law."""
        return self.value is not None

    @property
    def already(self) -> bool:
        """Say whether nothing has to move."""
        return self.before is not None and abs(self.before - self.target) <= _slack(self.target)


def by_text(text: str) -> By:
    """Return what ``DRIVER[.parameter][,name=value…]`` names; without a parameter the driver's first number. Raises BadEntry."""
    head, *pairs = text.split(",")
    name, _, parameter = head.partition(".")
    known = drivers()
    if name not in known:
        raise unknown(Text("Hypothèse", "driver"), name, known)
    numbers = numbers_of(known[name])
    if not numbers:
        raise BadEntry(
            Text(
                f"« {known[name].label.fr} » n'a pas de nombre.", f"“{known[name].label.en}” has no number."
            ),
            Text("Choisissez une autre hypothèse.", "Choose another driver."),
        )
    if parameter and parameter not in numbers:
        raise unknown(Text("Paramètre", "parameter"), parameter, numbers)
    cells = [(one, unquote(value)) for one, _, value in (pair.partition("=") for pair in pairs)]
    return By(name, parameter or numbers[0], tuple(cells))


def seek(
    engine: Engine,
    catalogue: Catalogue,
    kpi: str,
    target: float,
    by: By,
    as_of: date,
    base: Scenario = EMPTY,
    scope: str = "",
) -> Sought:
    """Return what ``by`` must be for ``kpi`` to be ``target`` under ``base``. Raises BadEntry for what does not exist.

    A driver that the scenario has already is moved in place; else it comes last. The goal is reached where the KPI is at least as
    good: of several such values the one nearest to where the driver stands is the answer; where it is better than the goal
    already, the one that is just good enough. What comes and goes between two of the values looked at is not seen.
    """
    if kpi not in catalogue.every:
        raise unknown(Text("Indicateur", "KPI"), kpi, catalogue.every)
    trial = _Trial(engine, catalogue, kpi, by, as_of, base, scope)
    check(engine, base)
    check(engine, trial.scenario(trial.start))
    before = reading(engine, catalogue, kpi, base, as_of, scope)
    law = Law(engine, catalogue, trial.left, as_of, drivers()[by.driver])
    ask = Search(
        trial.value,
        lambda x: not law.broken(trial.scenario(x)),
        target,
        _sign(catalogue.every[kpi], target, before),
        *by.bounds,
        trial.start,
        by.asked.kind in WHOLE,
    )
    found = search(ask) if trial.can_move else Found(None, None, is_constant=True)
    known = Sought(kpi, catalogue.every[kpi].unit, target, by, as_of, before, base)
    if found.x is not None:
        scenario = trial.scenario(found.x)
        return replace(known, value=found.x, reached=found.y, also=found.others, scenario=scenario)
    return _missed(known, found, ask, law, trial)


def _sign(kpi: Kpi, target: float, before: float | None) -> int:
    """Return on which side of the goal it is reached: where the KPI is at least as good; of a band, the side that it comes from."""
    if kpi.direction == "band":
        return 1 if before is None or target >= before else -1
    return -1 if kpi.direction == "down" else 1


def _missed(known: Sought, found: Found, ask: Search, law: Law, trial: "_Trial") -> Sought:
    """Return the answer to a goal out of reach: how near it comes, and what binds."""
    if found.is_constant:
        able = ways(trial.engine, trial.catalogue, known.kpi)
        first = {one.partition(".")[0]: one for one in reversed(able)}  # of each driver its first number
        others = tuple(
            one for one in able if one in first.values() and one.partition(".")[0] != known.by.driver
        )
        return replace(known, rule=Rule("still"), movers=others)
    if found.best is None:
        return replace(known, rule=Rule("unknown"))
    at = found.best[0]
    scenario = trial.scenario(at)
    broken = law.broken(trial.scenario(found.blocked)) if found.blocked is not None else ()
    if broken:
        ceiling = law.plans(scenario).public_ceiling if broken[0].kind == "own_share" else None
        return replace(known, best=found.best, rule=broken[0], scenario=scenario, public_ceiling=ceiling)
    if _is_apart(known, found.best[1], ask.sign):
        return replace(known, rule=Rule("apart"))
    rule = Rule("bound", at) if at in known.by.bounds else Rule("turning", at)
    return replace(known, best=found.best, rule=rule, scenario=scenario)


def _is_apart(known: Sought, best: float, sign: int) -> bool:
    """Say whether the driver, wherever it stands, leads further from the goal than doing nothing."""
    return known.before is not None and sign * (known.before - best) > _slack(known.target)


def _slack(target: float) -> float:
    return CLOSE * max(abs(target), 1e-9)


@dataclass(frozen=True)
class _Trial:
    """One driver's number tried in a scenario."""

    engine: Engine
    catalogue: Catalogue
    kpi: str
    by: By
    as_of: date
    base: Scenario
    scope: str

    @cached_property
    def place(self) -> int | None:
        """Where the scenario has the driver already, with the same other values; None: it has not."""
        for place, use in reversed(list(enumerate(self.base.uses))):
            same = all(str(use.given.get(name, "")) == str(value) for name, value in self.by.cells)
            if use.driver == self.by.driver and same:
                return place
        return None

    @property
    def left(self) -> Scenario:
        """The scenario without the driver."""
        return replace(self.base, uses=tuple(u for at, u in enumerate(self.base.uses) if at != self.place))

    @cached_property
    def start(self) -> float:
        """Where the driver stands: in the scenario, else in the data."""
        given = {} if self.place is None else self.base.uses[self.place].given
        found = given.get(self.by.parameter)
        if found is None:
            cells = {**given, **dict(self.by.cells), self.by.parameter: self.by.bounds[0]}
            one = used(self.by.driver, cells, self.as_of, self.catalogue.parameters)
            here = now(self.engine, drivers()[self.by.driver], self.by.parameter, one.given, self.as_of)
            found = 0.0 if here is None else here
        least, most = self.by.bounds
        return min(max(float(str(found)), least), most)

    @property
    def can_move(self) -> bool:
        """Say whether the KPI reads what the driver replaces."""
        found, replaced = self.catalogue.every[self.kpi], set(drivers()[self.by.driver].relations)
        behind = compute.tables_behind(self.catalogue, found, self.engine.relations)
        return not found.has_own_periods and bool(behind & replaced)

    def scenario(self, x: float) -> Scenario:
        """The scenario with the driver at x, in its place or last."""
        place, whole = self.place, self.by.asked.kind in WHOLE
        given: Mapping[str, Any] = {} if place is None else self.base.uses[place].given
        cells = {**given, **dict(self.by.cells), self.by.parameter: round(x) if whole else x}
        one = used(self.by.driver, cells, self.as_of, self.catalogue.parameters)
        uses: list[Use] = list(self.base.uses)
        uses[len(uses) if place is None else place : len(uses) if place is None else place + 1] = [one]
        return replace(self.base, uses=tuple(uses))

    def value(self, x: float) -> float | None:
        """The KPI with the driver at x."""
        return reading(self.engine, self.catalogue, self.kpi, self.scenario(x), self.as_of, self.scope)


def as_json(found: Sought) -> Mapping[str, Any]:
    """Return the document of ``metrics seek --json``; values in the base unit, unknown as null."""
    rule = found.rule and {
        "kind": found.rule.kind,
        "limit": found.rule.limit,
        "plans": list(found.rule.plans),
        "public_ceiling": found.public_ceiling,
    }
    return {
        "as_of": found.as_of.isoformat(),
        "kpi": found.kpi,
        "unit": found.unit,
        "target": found.target,
        "by": found.by.name,
        "bounds": list(found.by.bounds),
        "before": found.before,
        "reachable": found.reachable,
        "value": found.value,
        "reached": found.reached,
        "also": list(found.also),
        "best": found.best and {"value": found.best[0], "reached": found.best[1]},
        "rule": rule,
        "movers": list(found.movers),
        "scenario": found.scenario.as_text(),
    }
