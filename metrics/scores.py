"""From KPIs to objectives, perspectives and the whole: scores on the weight there is, and how much of it there is.

A missing KPI is neither 0 nor 100: it lowers the coverage. Below the scorecard's ``min_coverage`` no score is given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from metrics.definitions import Catalogue, Kpi, Thresholds
from metrics.judge import has_goal, has_scale
from metrics.reading import Reading, Status

UNKNOWN: Status = "unknown"
RANKS: Mapping[Status, int] = {"off_target": 0, "watch": 1, "on_target": 2, "unknown": 3}


@dataclass(frozen=True)
class Score:
    """A rolled-up score 0..100 (None: not computed), the share of the weight behind it, and its status.

    A mean compensates, so it says what it may hide: ``worst`` is the code of the weakest thing averaged, with its status,
    and ``off_target`` the codes of all KPIs below that are off target.
    """

    score: float | None
    coverage: float
    status: Status = "unknown"
    worst: str = ""
    worst_status: Status = "unknown"
    off_target: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class RollUp:
    """All rolled-up scores: of objectives and perspectives by code, and of the whole."""

    objectives: Mapping[str, Score]
    perspectives: Mapping[str, Score]
    total: Score


@dataclass(frozen=True)
class _Part:
    """One thing to average: its weight, score, coverage, status, code, and the KPIs in it that are off target."""

    weight: float
    score: float | None
    coverage: float
    status: Status
    code: str
    off_target: tuple[str, ...]


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
        side.code: _score(
            [_part(goal.code, goal.weight, objectives[goal.code]) for goal in side.objectives], limits
        )
        for side in catalogue.scorecard.perspectives
    }
    total = _score(
        [_part(side.code, side.weight, perspectives[side.code]) for side in catalogue.scorecard.perspectives],
        limits,
    )
    return RollUp(objectives, perspectives, total)


def counts(kpi: Kpi) -> bool:
    """Say whether a KPI can have a score at all: one without target weighs nothing."""
    return has_goal(kpi) and has_scale(kpi)


def _kpi(kpi: Kpi, reading: Reading | None) -> _Part:
    score = reading.score if reading else None
    status: Status = reading.status if reading and score is not None else "unknown"
    off = (kpi.code,) if status == "off_target" else ()
    return _Part(kpi.weight, score, 0.0 if score is None else 1.0, status, kpi.code, off)


def _part(code: str, weight: float, score: Score) -> _Part:
    coverage = score.coverage if score.score is not None else 0.0
    return _Part(weight, score.score, coverage, score.status, code, score.off_target)


def _score(parts: Iterable[_Part], limits: Thresholds) -> Score:
    """Return the weighted mean over the parts that have a score; a part counts by what it covers itself."""
    known = [part for part in parts if part.weight > 0]
    total = sum(part.weight for part in known)
    covered = sum(part.weight * part.coverage for part in known)
    coverage = covered / total if total > 0 else 0.0
    off = tuple(code for part in known for code in part.off_target)
    scored = [part for part in known if part.score is not None]
    worst = min(scored, key=lambda part: (RANKS[part.status], part.score or 0.0), default=None)
    flag = (worst.code, worst.status) if worst else ("", UNKNOWN)
    if coverage < limits.min_coverage - 1e-9 or not covered:
        return Score(None, coverage, UNKNOWN, *flag, off)
    weight = sum(part.weight for part in scored)
    score = sum(part.weight * (part.score or 0.0) for part in scored) / weight
    return Score(score, coverage, _status(score, known, limits), *flag, off)


def _status(score: float, parts: list[_Part], limits: Thresholds) -> Status:
    """Say whether all that is known meets its target, else by the score."""
    if all(part.status == "on_target" for part in parts if part.score is not None):
        return "on_target"
    return "off_target" if score < limits.off_target_below else "watch"
