"""What each driver of a scenario brings, in its order: base, with the first driver, with the first two, … up to the scenario.

The steps of a KPI sum exactly to its difference. A driver's step is what it adds after those before it: in another order the same
drivers may share an effect that they have together otherwise, the sum stays.
"""

from dataclasses import dataclass
from datetime import date

from metrics.definitions import Catalogue
from metrics.reading import Reading
from metrics.results import Engine
from metrics.scenario import Scenario, Use
from metrics.whatif import Comparison, compare


@dataclass(frozen=True)
class Step:
    """One driver: the KPI before and after it; ``amount`` None where either is unknown."""

    use: Use
    before: float | None
    after: float | None

    @property
    def amount(self) -> float | None:
        """What the driver adds, in the KPI's base unit."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Steps:
    """The way of one KPI (``kpi`` "" for the score) from the base to the scenario."""

    kpi: str
    start: float | None
    steps: tuple[Step, ...]
    end: float | None

    @property
    def is_whole(self) -> bool:
        """Whether every value on the way is known, so that the steps sum to the difference."""
        return self.start is not None and all(step.after is not None for step in self.steps)


def ladder(
    engine: Engine, catalogue: Catalogue, scenario: Scenario, as_of: date, scope: str = ""
) -> tuple[Comparison, ...]:
    """Return the comparisons of the scenario's beginnings: no driver, its first, its first two, …, all. Raises BadEntry."""
    beginnings = [Scenario(scenario.uses[:many]) for many in range(len(scenario.uses))]
    return tuple(compare(engine, catalogue, one, as_of, scope) for one in (*beginnings, scenario))


def steps(rungs: tuple[Comparison, ...], kpi: str) -> Steps:
    """Return the way of a KPI ("" for the score) over the rungs of ``ladder``. Raises KeyError for one that is not told."""
    values = [_value(rung, kpi) for rung in rungs]
    uses = rungs[-1].scenario.uses
    found = [Step(use, *values[place : place + 2]) for place, use in enumerate(uses)]
    return Steps(kpi, values[0], tuple(found), values[-1])


def _value(rung: Comparison, kpi: str) -> float | None:
    return rung.scenario_score.score if kpi == "" else _reading(rung, kpi).value


def _reading(rung: Comparison, kpi: str) -> Reading:
    for line in rung.lines:
        if line.kpi == kpi:
            return line.scenario
    raise KeyError(kpi)
