"""What if: the scorecard's own KPIs over replaced relations. A definition never changes, and nothing is ever stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics import cascade, compute, moment, scores
from metrics.definitions import Catalogue
from metrics.drivers import drivers
from metrics.reach import can_move
from metrics.reading import Reading
from metrics.replaced import Replaced
from metrics.results import Engine
from metrics.scenario import Scenario, check, relations

STEADY = 1e-9  # relative: a difference smaller than this is none


@dataclass(frozen=True)
class Line:
    """One KPI as it is and as it would be. ``can_move``: it reads something that the scenario replaces."""

    kpi: str
    base: Reading
    scenario: Reading
    can_move: bool

    @property
    def difference(self) -> float | None:
        """Scenario minus base, None where either is unknown."""
        if self.base.value is None or self.scenario.value is None:
            return None
        return self.scenario.value - self.base.value

    @property
    def has_moved(self) -> bool:
        """Say whether the value, or whether it is known, differs."""
        if self.difference is None:
            return (self.base.value is None) != (self.scenario.value is None)
        size = max(abs(self.base.value or 0.0), abs(self.scenario.value or 0.0), 1e-12)
        return abs(self.difference) > STEADY * size


@dataclass(frozen=True)
class Comparison:
    """A scenario's readings beside the base's, in the catalogue's order, with the scores that roll up from both."""

    scenario: Scenario
    as_of: date
    lines: tuple[Line, ...]
    base_score: scores.Score
    scenario_score: scores.Score

    @property
    def moved(self) -> tuple[Line, ...]:
        """The lines that moved."""
        return tuple(line for line in self.lines if line.has_moved)


def under(engine: Engine, scenario: Scenario) -> Engine:
    """Return the engine as the scenario would have it, for whatever makes its statements from relations. Raises BadEntry."""
    check(engine, scenario)
    return Replaced(engine, relations(scenario)) if scenario.uses else engine


def compare(
    engine: Engine, catalogue: Catalogue, scenario: Scenario, as_of: date, scope: str = ""
) -> Comparison:
    """Return every KPI of the scorecard at a date, as it is and under a scenario. Raises BadEntry for a choice unknown here.

    Only KPIs that read what is replaced are computed again; the same draws make both intervals, so that they compare.
    """
    check(engine, scenario)
    base = moment.readings(engine, catalogue, as_of, scope)
    able = [id for id in catalogue.kpis if id in base and _reads(engine, catalogue, scenario, id)]
    made = _under(engine, catalogue, scenario, able, as_of, scope)
    lines = tuple(
        Line(id, base[id], made.get(id, base[id]), id in able) for id in catalogue.kpis if id in base
    )
    both = [
        scores.roll_up(catalogue, {line.kpi: side(line) for line in lines}) for side in (_base, _scenario)
    ]
    return Comparison(scenario, as_of, lines, both[0].total, both[1].total)


def _base(line: Line) -> Reading:
    return line.base


def _scenario(line: Line) -> Reading:
    return line.scenario


def _reads(engine: Engine, catalogue: Catalogue, scenario: Scenario, kpi: str) -> bool:
    made = [one for use in scenario.uses for one in drivers()[use.driver].replaces]
    return not catalogue.every[kpi].has_own_periods and can_move(catalogue, kpi, engine.relations, made)


def _under(
    engine: Engine, catalogue: Catalogue, scenario: Scenario, kpis: Sequence[str], as_of: date, scope: str
) -> dict[str, Reading]:
    """Return the readings of some KPIs over the scenario's relations."""
    by = compute.DIMENSION if scope else None
    able = [id for id in kpis if by is None or by in catalogue.every[id].by]
    if not able:
        return {}
    found = compute.readings(engine, catalogue, able, [as_of], by, relations(scenario), ceased=True)
    wanted = [one for one in found if one.scope.get(compute.DIMENSION, "") == scope]
    return {one.kpi: cascade.careful(catalogue.every[one.kpi], one) for one in wanted}


def as_json(found: Comparison) -> dict[str, Any]:
    """Return the document of ``metrics whatif --json``; values in the base unit, unknown as null."""
    return {
        "as_of": found.as_of.isoformat(),
        "scenario": _plain(found.scenario.as_data()),
        "score": {"base": found.base_score.score, "scenario": found.scenario_score.score},
        "readings": [
            {
                "kpi": line.kpi,
                "code": line.base.code,
                "unit": line.base.unit,
                "base": line.base.as_json(),
                "scenario": line.scenario.as_json(),
                "difference": line.difference,
                "can_move": line.can_move,
                "moved": line.has_moved,
            }
            for line in found.lines
        ],
    }


def _plain(value: Any) -> Any:
    """Return data without dates, for JSON."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
