"""The exact law of what the requests bring together: characteristic functions multiplied, a shared chance integrated out.

Given the chance of success, each request is decided and awarded by itself: the sum's characteristic function is a product. Its mean
over the chance is exact by Gauss-Jacobi, since the product is a polynomial of it. That nothing at all is awarded is a point mass,
kept apart; the rest is smooth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from metrics.chance import laws
from metrics.chance.lawgrid import POINTS, Law, on_grid, rising, series
from metrics.chance.laws import Complex
from metrics.chance.model import Model
from metrics.increments import Array

NODES = (10, 20, 40, 80, 160)  # of the chance of success: the first that the next one agrees with
AGREED, PROBED = 1e-9, (1, 2, 4, 7, 11, 16, 23, 32, 47, 64)  # difference of two, at these frequencies
Told = TypeVar("Told")
ROWS = 32  # frequencies looked at together
SERIES = 0.45  # |p·Q| under which the logarithm's series is used
TERMS = 36  # of that series: 0.45**37 / 37 < 1e-14


@dataclass(frozen=True, eq=False)
class Mixture:
    """Requests whose chances hang together: node by node their weight, and each request's chance (nodes x requests)."""

    lines: NDArray[np.int64]
    weight: Array
    chance: Array


def mixtures(model: Model, nodes: int = NODES[-1]) -> list[Mixture]:
    """Return the independent parts of the model; requests that share no draw are decided with their mean chance.

    ``nodes`` at most stand for a shared chance: as many as half the requests and one more are exact.
    """
    lines = model.lines
    if not len(lines.id):
        return []
    if model.shared == "none":
        mean = np.array([wins / (wins + losses) for wins, losses in model.success])
        return [Mixture(np.arange(len(lines.id)), np.ones(1), mean[lines.law][None, :])]
    return [_mixture(model, np.flatnonzero(lines.draw == draw), nodes) for draw in np.unique(lines.draw)]


def _mixture(model: Model, places: NDArray[np.int64], most: int) -> Mixture:
    """Return the nodes of one shared draw; where laws differ they meet at the same quantile."""
    from scipy.special import betainc

    law = model.lines.law[places]
    first = model.success[int(np.bincount(law).argmax())]
    count = min(len(places) // 2 + 1 if len({*law.tolist()}) == 1 else len(places) + 24, most)
    nodes, weight = laws.beta_nodes(*first, count)
    if len({*law.tolist()}) == 1:
        return Mixture(places, weight, np.repeat(nodes[:, None], len(places), axis=1))
    if min(first) <= 0:
        first = next(model.success[one] for one in law if min(model.success[one]) > 0)
        nodes, weight = laws.beta_nodes(*first, count)
    at = betainc(*first, nodes)
    chance = {int(one): laws.beta_quantile(model.success[one], at) for one in np.unique(law)}
    return Mixture(places, weight, np.stack([chance[int(one)] for one in law], axis=1))


@dataclass(frozen=True, eq=False)
class Parts:
    """Requests of a mixture, equal ones once: how many each stands for, and what its part awarded is bounded by."""

    many: Array
    amount: Array
    arrives: Array
    corners: Array
    chance: Array
    weight: Array


def parts(model: Model, mixture: Mixture, kept: NDArray[np.bool_]) -> Parts:
    """Return the requests of a mixture that are ``kept`` (by place in the model), equal ones together."""
    places = np.flatnonzero(kept[mixture.lines])
    lines, own = model.lines, mixture.lines[places]
    table = np.column_stack(
        [
            *(lines.amount[own], lines.arrives[own], lines.low[own], lines.usual[own], lines.high[own]),
            lines.law[own],
        ]
    )
    rows, first, many = np.unique(table, axis=0, return_index=True, return_counts=True)
    return Parts(
        many.astype(np.float64),
        rows[:, 0],
        rows[:, 1],
        rows[:, 2:5],
        mixture.chance[:, places[first]],
        mixture.weight,
    )


def award_waves(t: Array, amount: Array, corners: Array) -> Complex:
    """Return E[exp(i t W)] of an award, t x requests: the triangular laws of the same corners are told together."""
    found = np.empty((len(t), len(amount)), dtype=np.complex128)
    kinds, place = np.unique(corners, axis=0, return_inverse=True)
    for kind, (low, usual, high) in enumerate(kinds):
        here = np.flatnonzero(place.ravel() == kind)
        found[:, here] = laws.triangular_wave(np.outer(t, amount[here]), low, usual, high)
    return found


def product(turns: Complex, many: Array, chance: Array) -> Complex:
    """Return Π (1 + p·Q)^many over requests, t x nodes, of ``turns`` Q (t x requests) and ``chance`` p (nodes x requests).

    Many requests of the same chances go by power sums where p·Q is small: log Π = -Σ_j (-p)^j / j · Σ many·Q^j.
    """
    if len(many) <= TERMS or not np.all(chance == chance[:, :1]):
        return _by_nodes(turns, many, chance)
    found = np.empty((len(turns), len(chance)), dtype=np.complex128)
    for start in range(0, len(turns), ROWS):
        rows = turns[start : start + ROWS]
        small = np.abs(rows).max(axis=0) * chance.max() < SERIES
        made = _by_powers(rows[:, small], many[small], chance[:, 0]) if small.any() else 1.0
        found[start : start + ROWS] = made * _by_nodes(rows[:, ~small], many[~small], chance[:, ~small])
    return found


def _by_nodes(turns: Complex, many: Array, chance: Array) -> Complex:
    found = np.ones((len(turns), len(chance)), dtype=np.complex128)
    if len(many):
        for node, p in enumerate(chance):
            factors = 1 + turns * p
            found[:, node] = np.prod(factors if np.all(many == 1) else factors**many, axis=1)
    return found


def _by_powers(turns: Complex, many: Array, chance: Array) -> Complex:
    power, total = np.ones_like(turns), np.zeros((len(turns), len(chance)), dtype=np.complex128)
    reach = float(np.abs(turns).max() * chance.max())
    terms = min(TERMS, 2 + int(np.ceil(np.log(1e-14) / np.log(max(reach, 1e-12)))))
    is_each = bool(np.all(many == 1))
    for j in range(1, terms + 1):
        power *= turns
        sums = power.sum(axis=1) if is_each else (power * many).sum(axis=1)
        total -= np.outer(sums, (-chance) ** j / j)
    return np.asarray(np.exp(total))


def wave(all: list[Parts], t: Array) -> Complex:
    """Return E[exp(i t S)] of the sum of the awards of several mixtures."""
    found = np.ones(len(t), dtype=np.complex128)
    for one in all:
        turns = one.arrives * (award_waves(t, one.amount, one.corners) - 1)
        found *= product(turns, one.many, one.chance) @ one.weight
    return found


def nothing(all: list[Parts]) -> float:
    """Return the chance that no request at all is awarded by the horizon."""
    found = 1.0
    for one in all:
        found *= float(np.prod((1 - one.chance * one.arrives) ** one.many, axis=1) @ one.weight)
    return found


def moments(all: list[Parts]) -> tuple[float, float]:
    """Return mean and standard deviation of the sum of the awards."""
    mean = variance = 0.0
    for one in all:
        first, square = laws.triangular_moments(*one.corners.T)
        hit = one.chance * one.arrives
        means = hit @ (one.many * one.amount * first)
        spreads = hit @ (one.many * one.amount**2 * square) - hit**2 @ (one.many * (one.amount * first) ** 2)
        here = float(means @ one.weight)
        mean += here
        variance += float((spreads + (means - here) ** 2) @ one.weight)
    return mean, max(variance, 0.0) ** 0.5


def most(all: list[Parts]) -> float:
    """Return the most that the requests can bring together."""
    return float(sum((one.many * one.amount * one.corners[:, 2]).sum() for one in all))


def kept_parts(model: Model, kept: NDArray[np.bool_]) -> list[Parts]:
    """Return the parts of the requests kept that can be won, with as many nodes as their sum needs."""

    def told(nodes: int) -> tuple[list[Parts], Callable[[Array], Complex]]:
        found = [parts(model, one, kept) for one in mixtures(model, nodes)]
        all = [one for one in found if len(one.many)]
        return all, lambda t: wave(all, t)

    return enough(told, most(told(1)[0]), len(model.lines.id))


def enough(
    told: Callable[[int], tuple[Told, Callable[[Array], Complex]]], period: float, requests: int
) -> Told:
    """Return what is told with the fewest nodes that are exact, or that twice as many agree with."""
    t = 2 * np.pi * np.array(PROBED) / max(period, 1e-9)
    for nodes, more in pairwise(NODES):
        if requests // 2 + 1 <= nodes:
            return told(nodes)[0]
        found, wave_of = told(nodes)
        if np.abs(wave_of(t) - told(more)[1](t)).max() < AGREED:
            return found
    return told(NODES[-1])[0]


def awards(model: Model, points: int = POINTS) -> Law:
    """Return the law of the euros awarded to all pending requests by the horizon, from 0."""
    all = kept_parts(model, np.ones(len(model.lines.id), dtype=bool))
    top, none = most(all), nothing(all)
    mean, sd = moments(all)
    if top <= 0 or 1 - none < 1e-12:
        return Law(np.array([0.0, 1e-9]), np.array([1.0, 1.0]), 0.0, 0.0, 0.0)
    period = top * (1 + 1e-9)
    waves = series(lambda t: wave(all, t) - none, period)
    below = rising(none + on_grid(waves, 1 - none, points))
    at = np.linspace(0, period, len(below))
    return Law(at, below, mean, sd, float(at[1]))


def shifted(law: Law, start: float, scale: float = 1.0) -> Law:
    """Return the law of start + value·scale, scale above 0."""
    return Law(start + law.at * scale, law.below, start + law.mean * scale, law.sd * scale, law.error * scale)
