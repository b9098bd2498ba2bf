"""The exact law of the leverage: it reaches x when the awards, less x times the own funds they bring in, reach what x lacks today.

P(L ≥ x) = P(Σ (W_i - x·own_i·1{won_i}) ≥ x·O - A): one sum for each threshold x, by its characteristic function.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.chance import exact
from metrics.chance.lawgrid import Law, at_point, rising, series
from metrics.chance.laws import Complex, triangular_moments
from metrics.chance.model import Model
from metrics.increments import Array

LOOKED, FINE, POINTS = (
    400,
    49,
    768,
)  # thresholds looked at roughly, exact ones within, points that a curve adds
TAIL = 8.0  # standard deviations
MOST, VANISHED = 512, 1e-7  # frequencies of a threshold


@dataclass(frozen=True, eq=False)
class Plans:
    """The requests of one mixture as plans: ``new`` those of one request whose own funds come with it (``own``, 0 without),
    ``several`` the new plans of several requests, as places in the same arrays."""

    mixture: exact.Mixture
    amount: Array
    arrives: Array
    corners: Array
    own: Array
    project: NDArray[np.int64]
    alone: NDArray[np.int64]
    several: tuple[tuple[NDArray[np.int64], float], ...]


def plans(model: Model, nodes: int = exact.NODES[-1]) -> list[Plans] | None:
    """Return the plans mixture by mixture, ``nodes`` at most of a shared chance; None where requests of one new plan hang on different draws."""
    lines, projects = model.lines, model.projects
    known = ~np.isnan(projects.own)[lines.project]
    is_new = known & ~projects.has_plan[lines.project]
    found, seen = [], set[int]()
    for mixture in exact.mixtures(model, nodes):
        places = np.flatnonzero(known[mixture.lines])
        here = mixture.lines[places]
        groups = [places[lines.project[here] == id] for id in np.unique(lines.project[here[is_new[here]]])]
        starts = {int(lines.project[mixture.lines[group[0]]]) for group in groups}
        if starts & seen:
            return None
        seen |= starts
        found.append(_plans(model, mixture, places, groups, is_new))
    return found


def _plans(
    model: Model,
    mixture: exact.Mixture,
    places: NDArray[np.int64],
    groups: list[NDArray[np.int64]],
    is_new: NDArray[np.bool_],
) -> Plans:
    lines, own_of = model.lines, model.projects.own
    own = np.where(is_new[mixture.lines], np.nan_to_num(own_of[lines.project[mixture.lines]]), 0.0)
    several = tuple((group, float(own[group[0]])) for group in groups if len(group) > 1)
    together = {int(place) for group, _ in several for place in group}
    alone = np.array([place for place in places if int(place) not in together], dtype=np.int64)
    corners = np.column_stack([lines.low, lines.usual, lines.high])[mixture.lines]
    return Plans(
        mixture,
        lines.amount[mixture.lines],
        lines.arrives[mixture.lines],
        corners,
        own,
        lines.project[mixture.lines],
        alone,
        several,
    )


@dataclass(frozen=True, eq=False)
class Waves:
    """What does not depend on the threshold: the frequencies and each request's characteristic function at them."""

    t: Array
    awards: tuple[Complex, ...]


def waves_of(all: list[Plans], t: Array) -> Waves:
    """Return the awards' characteristic functions at the frequencies ``t``."""
    return Waves(t, tuple(exact.award_waves(t, one.amount, one.corners) for one in all))


def brought(all: list[Plans], t: Array, threshold: float) -> list[Complex]:
    """Return exp(-i t threshold·own) of the plans of one request, t x requests."""
    return [np.exp(np.outer(-1j * threshold * t, one.own[one.alone])) for one in all]


def wave(all: list[Plans], known: Waves, threshold: float, brings: list[Complex]) -> Complex:
    """Return E[exp(i t Σ (W - threshold·own·1{won}))]; ``brings`` are those of ``brought``."""
    found = np.ones(len(known.t), dtype=np.complex128)
    for one, awards, bring in zip(all, known.awards, brings, strict=True):
        turns = awards[:, one.alone] * bring
        turns -= 1
        turns *= one.arrives[one.alone]
        made = exact.product(turns, np.ones(len(one.alone)), one.mixture.chance[:, one.alone])
        for group, own in one.several:
            made = made * _together(one, awards, group, np.exp(-1j * known.t * threshold * own))
        found *= made @ one.mixture.weight
    return found


def _together(one: Plans, awards: Complex, group: NDArray[np.int64], bring: Complex) -> Complex:
    """Return t x nodes of one plan of several requests: its own funds come once, if any is won."""
    hit = one.mixture.chance[:, group] * one.arrives[group]
    none = np.prod(1 - hit, axis=1)
    some = np.prod(1 + hit[None, :, :] * (awards[:, None, group] - 1), axis=2) - none
    return np.asarray(none + bring[:, None] * some)


def nothing(all: list[Plans]) -> float:
    """Return the chance that none of these requests is awarded."""
    found = 1.0
    for one in all:
        places = np.concatenate([one.alone, *(group for group, _ in one.several)])
        hit = one.mixture.chance[:, places] * one.arrives[places]
        found *= float(np.prod(1 - hit, axis=1) @ one.mixture.weight)
    return found


def leverage(model: Model) -> Law | None:
    """Return the law of the leverage on a curve through exact points; None where it must be drawn."""
    first = plans(model, 1)
    if first is None or model.own <= 0:
        return None
    units = [unit for one in first for unit in _units(one)]
    now = model.partner / model.own
    if not units or 1 - nothing(first) < 1e-12:
        return Law(np.array([now, now]), np.array([0.0, 1.0]), now, 0.0, 0.0)
    thresholds = np.linspace(*_region(model, plans(model, exact.NODES[0]) or [], *_reach(model, units)), FINE)
    all = _enough(model, np.array(units), float(thresholds[FINE // 2]))
    none = nothing(all)
    return _curve(thresholds, Thresholds(model, all, np.array(units), none).smooth(thresholds), now, none)


def _region(model: Model, all: list[Plans], low: float, high: float) -> tuple[float, float]:
    """Return the thresholds between which the leverage lies but for ``TAIL`` standard deviations, within its reach."""
    looked = np.linspace(low, high, LOOKED)
    mean, variance = np.zeros(LOOKED), np.zeros(LOOKED)
    for one in all:
        first, square = triangular_moments(*one.corners.T)
        hit = one.mixture.chance * one.arrives
        bring = one.own / np.maximum(np.bincount(one.project)[one.project], 1)
        value = one.amount * first - np.outer(looked, bring)
        means = hit @ value.T
        second = hit @ (value**2 + one.amount**2 * (square - first**2)).T - hit**2 @ (value**2).T
        here = one.mixture.weight @ means
        mean += here
        variance += one.mixture.weight @ (second + (means - here) ** 2)
    score = (looked * model.own - model.partner - mean) / np.sqrt(np.maximum(variance, 1e-9))
    inside = np.flatnonzero(np.abs(score) < TAIL)
    if not len(inside):
        return low, high
    return float(looked[max(inside[0] - 1, 0)]), float(looked[min(inside[-1] + 1, LOOKED - 1)])


def _enough(model: Model, units: Array, threshold: float) -> list[Plans]:
    """Return the plans with as many nodes of a shared chance as the threshold in the middle needs."""

    def told(nodes: int) -> tuple[list[Plans], Callable[[Array], Complex]]:
        all = plans(model, nodes) or []
        return all, lambda t: wave(all, waves_of(all, t), threshold, brought(all, t, threshold))

    low, high = _span(units, threshold)
    return exact.enough(told, high - low, len(model.lines.id))


@dataclass(frozen=True, eq=False)
class Thresholds:
    """What the chances of staying under thresholds are told from."""

    model: Model
    all: list[Plans]
    units: Array
    none: float

    def smooth(self, thresholds: Array) -> Array:
        """Return P(L ≤ x and something is won) at thresholds an equal step apart."""
        spans = np.array([_span(self.units, x) for x in thresholds])
        period = float((spans[:, 1] - spans[:, 0]).max()) * (1 + 1e-9)
        middle = float(thresholds[len(thresholds) // 2])

        def one(t: Array) -> Complex:
            here = brought(self.all, t, middle)
            return wave(self.all, waves_of(self.all, t), middle, here) - self.none

        count = len(series(one, period, MOST, VANISHED))
        known = waves_of(self.all, np.arange(1.0, count + 1) * (2 * np.pi / period))
        brings = brought(self.all, known.t, float(thresholds[0]))
        steps = brought(self.all, known.t, float(thresholds[1] - thresholds[0]))
        found = np.empty(len(thresholds))
        for place, (threshold, (low, high)) in enumerate(zip(thresholds, spans, strict=True)):
            if place:
                brings = [bring * step for bring, step in zip(brings, steps, strict=True)]
            found[place] = self._at(known, brings, period, float(threshold), low, high)
        return found

    def _at(
        self, known: Waves, brings: list[Complex], period: float, threshold: float, low: float, high: float
    ) -> float:
        point = threshold * self.model.own - self.model.partner
        if point <= low or point >= high:
            return 0.0 if point <= low else 1 - self.none
        waves = wave(self.all, known, threshold, brings) - self.none
        found = at_point(waves, 1 - self.none, period, low - (period - high + low) / 2, point)
        return min(max(found, 0.0), 1 - self.none)


def _units(one: Plans) -> Iterator[tuple[float, float, float]]:
    """Yield (least, most, own) of each plan that may be won."""
    for place in one.alone:
        low, high = one.amount[place] * one.corners[place, [0, 2]]
        yield float(low), float(high), float(one.own[place])
    for group, own in one.several:
        lows, highs = (one.amount[group] * one.corners[group, side] for side in (0, 2))
        yield float(lows.min()), float(highs.sum()), own


def _span(units: Array, threshold: float) -> tuple[float, float]:
    """Return the least and the most that a threshold's sum can be."""
    low, high = (units[:, side] - threshold * units[:, 2] for side in (0, 1))
    return float(np.minimum(low, 0).sum()), float(np.maximum(high, 0).sum())


def _reach(model: Model, units: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Return the lowest and the highest leverage: plans come in while they pull it further."""
    ends = []
    for side, sign in ((0, 1.0), (1, -1.0)):
        partner, own = model.partner, model.own
        for unit in sorted(units, key=lambda one: sign * (one[side] / one[2] if one[2] else np.inf)):
            if sign * (unit[side] - unit[2] * partner / own) < 0:
                partner, own = partner + unit[side], own + unit[2]
        ends.append(partner / own)
    return ends[0], ends[1]


def _curve(thresholds: Array, smooth: Array, now: float, none: float) -> Law:
    """Return the law through exact points, its point mass of nothing won where the leverage stands today."""
    from scipy.interpolate import PchipInterpolator

    at = np.linspace(thresholds[0], thresholds[-1], POINTS + 1)
    below = np.asarray(PchipInterpolator(thresholds, np.maximum.accumulate(smooth))(at))
    below = np.minimum(below, 1 - none)
    below[0], below[-1] = 0.0, 1 - none
    steps, middles = np.diff(below), (at[1:] + at[:-1]) / 2
    mean = float(steps @ middles + none * now)
    spread = float(steps @ (middles - mean) ** 2 + none * (now - mean) ** 2)
    error = float(thresholds[1] - thresholds[0])
    if none > 0:
        place = int(np.searchsorted(at, now))
        left = np.interp(now, at, below, left=0.0, right=1 - none)
        at = np.insert(at, place, [now, now])
        below = np.concatenate([below[:place], [left, left + none], below[place:] + none])
    return Law(at, rising(below), mean, spread**0.5, error)
