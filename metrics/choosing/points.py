"""What each project adds to the scorecard's total score: the score as it is, less the score without the project."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

from metrics import whatif
from metrics.choosing.question import Candidate
from metrics.definitions import Catalogue
from metrics.results import Engine
from metrics.scenario import from_text

_known: WeakKeyDictionary[Engine, dict[tuple[date, str], tuple[Catalogue, float | None]]] = (
    WeakKeyDictionary()
)


def scored(
    engine: Engine, catalogue: Catalogue, as_of: date, candidates: Iterable[Candidate]
) -> tuple[Candidate, ...]:
    """Return candidates with their points from the scorecard; one that cannot be computed keeps what it had.

    A project's points are its marginal effect on the readings of the date: dropped on that day, everything else as it is. Points of
    several projects add up only nearly, since scores are bounded and KPIs are ratios.
    """
    return tuple(_scored(engine, catalogue, as_of, one) for one in candidates)


def _scored(engine: Engine, catalogue: Catalogue, as_of: date, one: Candidate) -> Candidate:
    found = points(engine, catalogue, as_of, one.id)
    return one if found is None else replace(one, points=found, points_from="scorecard")


def points(engine: Engine, catalogue: Catalogue, as_of: date, project: str) -> float | None:
    """Return the points (0..100 scale) that the scorecard's total score loses without a project, None where a score is unknown.

    Kept as long as the engine, for the catalogue it was computed with.
    """
    known = _known.setdefault(engine, {})
    found = known.get((as_of, project))
    if found is None or found[0] is not catalogue:
        known[as_of, project] = found = catalogue, _lost(engine, catalogue, as_of, project)
    return found[1]


def _lost(engine: Engine, catalogue: Catalogue, as_of: date, project: str) -> float | None:
    scenario = from_text(f"project_dropped,project={project}", as_of, catalogue.parameters)
    found = whatif.compare(engine, catalogue, scenario, as_of)
    if found.base_score.score is None or found.scenario_score.score is None:
        return None
    return found.base_score.score - found.scenario_score.score
