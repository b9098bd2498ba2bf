"""What each project adds to the scorecard's total score: the score with it, less the score without."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import quote
from weakref import WeakKeyDictionary

from metrics import whatif
from metrics.choosing.question import Candidate
from metrics.definitions import Catalogue
from metrics.results import Engine
from metrics.scenario import choices, from_text

_known: WeakKeyDictionary[Engine, dict[tuple[date, str], tuple[Catalogue, float | None]]] = (
    WeakKeyDictionary()
)


def scored(
    engine: Engine, catalogue: Catalogue, as_of: date, candidates: Iterable[Candidate]
) -> tuple[Candidate, ...]:
    """Return candidates with their points from the scorecard; one that has some given, or whose score is unknown, keeps what it had.

    A project's points are its marginal effect on the readings of the date, everything else as it is: with its partners' money awarded,
    less without the project. Points of several projects add up only nearly, since scores are bounded and KPIs are ratios.
    """
    return tuple(
        one if one.points is not None else _scored(engine, catalogue, as_of, one) for one in candidates
    )


def _scored(engine: Engine, catalogue: Catalogue, as_of: date, one: Candidate) -> Candidate:
    found = points(engine, catalogue, as_of, *_scenarios(engine, one))
    return one if found is None else replace(one, points=found, points_from="scorecard")


def _scenarios(engine: Engine, one: Candidate) -> tuple[str, str]:
    """Return the scenarios with and without a project: the store's own dropped or as it is, else one made anew.

    A request still pending brings nothing yet, so the file that made it is taken out and put back with the money awarded.
    """
    known = any(id == one.id for id, _ in choices(engine, "project"))
    without = f"project_dropped,project={quote(one.id, safe='')}" if known else ""
    anew = f"new_project,cost={one.cost:.0f},own={one.own:.0f},awarded={one.partner:.0f}"
    if known and not one.pending:
        return "", without
    return ";".join(filter(None, (without, anew))), without


def points(engine: Engine, catalogue: Catalogue, as_of: date, having: str, lacking: str) -> float | None:
    """Return the points (0..100 scale) of the scorecard's total score between two scenarios, None where either score is unknown.

    Kept as long as the engine, for the catalogue it was computed with.
    """
    sides = [_score(engine, catalogue, as_of, text) for text in (having, lacking)]
    return None if sides[0] is None or sides[1] is None else sides[0] - sides[1]


def _score(engine: Engine, catalogue: Catalogue, as_of: date, text: str) -> float | None:
    known = _known.setdefault(engine, {})
    found = known.get((as_of, text))
    if found is None or found[0] is not catalogue:
        scenario = from_text(text, as_of, catalogue.parameters)
        score = whatif.compare(engine, catalogue, scenario, as_of).scenario_score.score
        known[as_of, text] = found = catalogue, score
    return found[1]
