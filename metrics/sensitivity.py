"""What a score hides: how far it moves under other weights, under a stricter mean, under the measures' own uncertainty.

Weights are opinions: they are redrawn from a Dirichlet law centred on those of the scorecard. All draws are made at once,
arrays of DRAWS, from a fixed seed, so that the same readings always tell the same range.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from metrics import judge
from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from metrics.scores import RollUp, Score, counts, roll_up

Values: TypeAlias = NDArray[np.float64]
DRAWS = 2000
SEED = 20150630
SPREAD = (
    0.25  # by how much a weight varies: about 95 % of the draws of a usual weight are within +/- 25 % of it
)
FLOOR = 1.0  # of a score in the geometric mean: one zero would make everything zero
NORMAL = 1.959964  # half-width of a 95 % interval in standard deviations
INSIDE = (2.5, 97.5)  # percentiles that a range goes between
Move = Literal["stable", "up", "down"]
_Mean: TypeAlias = Callable[[Sequence[float], Sequence[Values]], Values]


@dataclass(frozen=True)
class Range:
    """Where 95 % of the draws of a score lie."""

    low: float
    high: float


@dataclass(frozen=True)
class Node:
    """One rolled-up score by code ("" is the whole): what it is, and what it would be.

    ``weights`` is its range under other weights, ``measures`` under the intervals of its KPIs (``uncertain`` of them have
    one), ``geometric`` its weighted geometric mean. ``keeps_rank`` is the share of the draws in which it has the same rank
    among its fellows (objectives of a perspective, perspectives of the whole). None: not computed.
    """

    code: str
    score: Score
    weights: Range | None = None
    measures: Range | None = None
    uncertain: int = 0
    geometric: float | None = None
    keeps_rank: float | None = None


@dataclass(frozen=True)
class Sensitivity:
    """The nodes by code, and how alike the ranks of all scored objectives stay: the mean Kendall tau over the draws."""

    nodes: Mapping[str, Node]
    kendall: float | None


def concentration(parts: int) -> float:
    """Return the Dirichlet concentration for which a weight of 1/parts has a relative deviation of SPREAD / 1.96.

    A share of mean w has the variance w (1 - w) / (a + 1); for w = 1/k the squared relative deviation is (k - 1) / (a + 1).
    """
    return max((parts - 1) * (NORMAL / SPREAD) ** 2 - 1.0, 1.0)


def weights_drawn(weights: Sequence[float], random: np.random.Generator, draws: int = DRAWS) -> Values:
    """Return ``draws`` sets of weights around these, each worth 1 together: an array of draws x parts."""
    centre = np.asarray(weights, dtype=np.float64) / sum(weights)
    if len(centre) == 1:
        return np.ones((draws, 1))
    return np.asarray(random.dirichlet(centre * concentration(len(centre)), size=draws))


def geometric(weights: Sequence[float], scores: Sequence[float]) -> float:
    """Return the weighted geometric mean of scores, none of them taken for less than FLOOR."""
    least = np.maximum(np.asarray(scores, dtype=np.float64), FLOOR)
    return float(np.exp(np.average(np.log(least), weights=np.asarray(weights, dtype=np.float64))))


def analyse(catalogue: Catalogue, readings: Mapping[str, Reading], draws: int = DRAWS) -> Sensitivity:
    """Return the sensitivity of every rolled-up score. What is not computed stays out, as in the roll-up itself."""
    rolled = roll_up(catalogue, readings)
    random = np.random.default_rng(SEED)
    known = {kpi.id: _constant(readings[kpi.id].score) for kpi in _scored(catalogue, readings)}
    weighted = _rolled(catalogue, rolled, known, lambda w, s: _random_mean(w, s, random, draws))
    strict = _rolled(catalogue, rolled, known, _geometric_mean)
    unsure = {kpi.id: _drawn(kpi, readings[kpi.id], random, draws) for kpi in _scored(catalogue, readings)}
    measured = _rolled(catalogue, rolled, unsure, _mean)
    nodes = {
        code: Node(
            code,
            score,
            _range(weighted.get(code)),
            _range(measured.get(code)),
            sum(
                _has_interval(readings[kpi.id])
                for kpi in _below(catalogue, code, _scored(catalogue, readings))
            ),
            float(strict[code][0]) if code in strict else None,
            _keeps_rank(code, catalogue, rolled, weighted),
        )
        for code, score in all_scores(rolled).items()
    }
    return Sensitivity(nodes, _kendall(rolled, weighted))


def all_scores(rolled: RollUp) -> dict[str, Score]:
    """Return every rolled-up score by code, the whole first under ""."""
    return {"": rolled.total, **rolled.perspectives, **rolled.objectives}


def move(before: float | None, now: Node) -> Move | None:
    """Say how a score moved: ``stable`` while the earlier one lies within what the measures cannot tell apart from this one."""
    if before is None or now.score.score is None:
        return None
    inside = now.measures is not None and now.measures.low - 1e-9 <= before <= now.measures.high + 1e-9
    if inside or abs(now.score.score - before) < 1e-9:
        return "stable"
    return "up" if now.score.score > before else "down"


def _scored(catalogue: Catalogue, readings: Mapping[str, Reading]) -> list[Kpi]:
    """Return the KPIs that weigh and have a score; suppressed and stale readings have none."""
    return [
        kpi
        for kpi in catalogue.kpis.values()
        if counts(kpi) and kpi.id in readings and readings[kpi.id].score is not None and kpi.weight > 0
    ]


def _below(catalogue: Catalogue, code: str, kpis: Sequence[Kpi]) -> list[Kpi]:
    """Return those of ``kpis`` that an objective, a perspective or the whole rests on."""
    sides = {side.code: {goal.code for goal in side.objectives} for side in catalogue.scorecard.perspectives}
    return [kpi for kpi in kpis if not code or kpi.objective == code or kpi.objective in sides.get(code, ())]


def _constant(score: float | None) -> Values:
    return np.array([0.0 if score is None else score])


def _rolled(
    catalogue: Catalogue, rolled: RollUp, kpis: Mapping[str, Values], mean: _Mean
) -> dict[str, Values]:
    """Return the draws of every score that the roll-up has, by ``mean`` at each level."""
    found: dict[str, Values] = {}
    for code in catalogue.scorecard.objectives:
        if rolled.objectives[code].score is not None:
            parts = [kpi for kpi in catalogue.of_objective(code) if kpi.id in kpis]
            found[code] = mean([kpi.weight for kpi in parts], [kpis[kpi.id] for kpi in parts])
    for side in catalogue.scorecard.perspectives:
        if rolled.perspectives[side.code].score is not None:
            goals = [goal for goal in side.objectives if goal.code in found and goal.weight > 0]
            found[side.code] = mean([goal.weight for goal in goals], [found[goal.code] for goal in goals])
    if rolled.total.score is not None:
        sides = [side for side in catalogue.scorecard.perspectives if side.code in found and side.weight > 0]
        found[""] = mean([side.weight for side in sides], [found[side.code] for side in sides])
    return found


def _mean(weights: Sequence[float], scores: Sequence[Values]) -> Values:
    total = sum(weight * score for weight, score in zip(weights, scores, strict=True))
    return np.asarray(total / sum(weights))


def _geometric_mean(weights: Sequence[float], scores: Sequence[Values]) -> Values:
    return np.array([geometric(weights, [float(score[0]) for score in scores])])


def _random_mean(
    weights: Sequence[float], scores: Sequence[Values], random: np.random.Generator, draws: int
) -> Values:
    drawn = weights_drawn(weights, random, draws)
    table = np.stack([np.broadcast_to(score, draws) for score in scores], axis=1)
    return np.asarray((drawn * table).sum(axis=1))


def _has_interval(reading: Reading) -> bool:
    return reading.low is not None and reading.high is not None and reading.value is not None


def _drawn(kpi: Kpi, reading: Reading, random: np.random.Generator, draws: int) -> Values:
    """Return draws of a KPI's score: its value from a two-piece normal law whose 95 % interval is the reading's.

    Half of the draws lie on each side of the value, as far as that side of the interval says; a value without an interval
    is taken as it is.
    """
    if not _has_interval(reading):
        return np.full(draws, reading.score, dtype=np.float64)
    assert reading.low is not None and reading.high is not None and reading.value is not None
    steps = random.standard_normal(draws) / NORMAL
    sides = np.where(steps < 0, max(reading.value - reading.low, 0.0), max(reading.high - reading.value, 0.0))
    return judge.scores(kpi, reading.value + steps * sides)


def _range(found: Values | None) -> Range | None:
    if found is None:
        return None
    low, high = np.percentile(found, INSIDE)
    return Range(float(low), float(high))


def _keeps_rank(code: str, catalogue: Catalogue, rolled: RollUp, found: Mapping[str, Values]) -> float | None:
    """Return the share of the draws in which a score has the rank that it has; None without a fellow to be ranked with."""
    card = catalogue.scorecard
    side = card.perspective_of(code)
    fellows = [goal.code for goal in side.objectives] if side else [one.code for one in card.perspectives]
    known = [fellow for fellow in fellows if fellow in found]
    if code not in known or len(known) < 2:
        return None
    base = all_scores(rolled)
    here = sum((base[other].score or 0.0) > (base[code].score or 0.0) + 1e-9 for other in known)
    ranks = sum((found[other] > found[code] + 1e-9).astype(int) for other in known)
    return float(np.mean(ranks == here))


def _kendall(rolled: RollUp, found: Mapping[str, Values]) -> float | None:
    """Return the mean over the draws of Kendall's tau-a between the objectives' ranks and the ranks they have."""
    codes = [code for code in rolled.objectives if code in found]
    if len(codes) < 2:
        return None
    base = np.array([rolled.objectives[code].score for code in codes], dtype=np.float64)
    size = max(len(found[code]) for code in codes)
    table = np.stack([np.broadcast_to(found[code], size) for code in codes])
    above, below = np.triu_indices(len(codes), 1)
    before = np.sign(np.round(base[above] - base[below], 9))
    drawn = np.sign(np.round(table[above] - table[below], 9))
    agree = np.where(before[:, None] == drawn, 1.0, np.where(before[:, None] * drawn == 0, 0.0, -1.0))
    return float(agree.mean())
