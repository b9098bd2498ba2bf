"""From KPIs to objectives, perspectives and the whole: scores on the weight there is, and how much of it there is.

A missing KPI is neither 0 nor 100: it lowers the coverage. Below the scorecard's ``min_coverage`` no score is given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrics.definitions import Catalogue, Kpi, Thresholds
from metrics.judge import has_goal
from metrics.reading import Reading, Status


@dataclass(frozen=True)
class Score:
    """A rolled-up score 0..100 (None: not computed), the share of the weight behind it, and its status."""

    score: float | None
    coverage: float
    status: Status = "unknown"


@dataclass(frozen=True)
class RollUp:
    """All rolled-up scores: of objectives and perspectives by code, and of the whole."""

    objectives: Mapping[str, Score]
    perspectives: Mapping[str, Score]
    total: Score


@dataclass(frozen=True)
class _Part:
    """One thing to average: its weight, score, coverage, and whether everything in it meets its target."""

    weight: float
    score: float | None
    coverage: float
    met: bool


def roll_up(catalogue: Catalogue, readings: Mapping[str, Reading]) -> RollUp:
    """Return the scores of objectives, perspectives and the whole from the readings of one date and scope."""
    limits = catalogue.scorecard.thresholds
    objectives = {
        code: _score(
            [_kpi(kpi, readings.get(kpi.id)) for kpi in catalogue.of_objective(code) if counts(kpi)], limits
        )
        for code in catalogue.scorecard.objectives
    }
    perspectives = {
        side.code: _score([_part(goal.weight, objectives[goal.code]) for goal in side.objectives], limits)
        for side in catalogue.scorecard.perspectives
    }
    total = _score(
        [_part(side.weight, perspectives[side.code]) for side in catalogue.scorecard.perspectives], limits
    )
    return RollUp(objectives, perspectives, total)


def counts(kpi: Kpi) -> bool:
    """Say whether a KPI can have a score at all: one without target weighs nothing."""
    return has_goal(kpi) and (kpi.direction == "band" or kpi.floor is not None)


def _kpi(kpi: Kpi, reading: Reading | None) -> _Part:
    score = reading.score if reading else None
    return _Part(
        kpi.weight,
        score,
        0.0 if score is None else 1.0,
        reading is not None and reading.status == "on_target",
    )


def _part(weight: float, score: Score) -> _Part:
    return _Part(
        weight, score.score, score.coverage if score.score is not None else 0.0, score.status == "on_target"
    )


def _score(parts: Iterable[_Part], limits: Thresholds) -> Score:
    """Return the weighted mean over the parts that have a score; a part counts by what it covers itself."""
    known = list(parts)
    total = sum(part.weight for part in known)
    covered = sum(part.weight * part.coverage for part in known)
    coverage = covered / total if total > 0 else 0.0
    if coverage < limits.min_coverage - 1e-9 or not covered:
        return Score(None, coverage)
    scored = [part for part in known if part.score is not None]
    weight = sum(part.weight for part in scored)
    score = sum(part.weight * (part.score or 0.0) for part in scored) / weight
    return Score(score, coverage, _status(score, scored, limits))


def _status(score: float, parts: list[_Part], limits: Thresholds) -> Status:
    if all(part.met for part in parts if part.weight > 0):
        return "on_target"
    return "off_target" if score < limits.off_target_below else "watch"
