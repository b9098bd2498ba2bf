"""The exact law of the own cost: overruns (lognormal, by project), a shared rise of works costs, less what is awarded.

Given the rise, costs and awards are independent: characteristic functions multiply. The rise is integrated by Gauss-Hermite.
"""

from functools import lru_cache

import numpy as np

from metrics.chance import exact
from metrics.chance.lawgrid import Law, on_grid, rising, series
from metrics.chance.laws import Complex
from metrics.chance.model import Model
from metrics.increments import Array

REACH = 11.0  # standard deviations of the mean within which the law stands
RISES = 9  # nodes of the rise of works costs
STEPS = 3000  # of the table of the lognormal's characteristic function
VANISHED = 13.0  # angle times spread beyond which it is nothing


def own_cost(model: Model, with_awards: bool = True) -> Law | None:
    """Return the law of the euros that the town pays, None where it is certain or no project's cost is known.

    Without ``with_awards`` what the pending requests bring is not taken off.
    """
    projects = model.projects
    kept = projects.is_known
    cost, late = projects.cost[kept], projects.late[kept]
    if not len(cost) or not model.assumed["cost_overrun"].given["sd"]:
        return None
    counted = kept[model.lines.project] & with_awards
    all = exact.kept_parts(model, counted)
    gain, gain_sd = exact.moments(all)
    paid = float((projects.granted + projects.to_come)[kept].sum())
    rises, weight = _rises(model)
    factors = (1 + rises[:, None]) ** late[None, :]
    mean_cost, sd_cost = _moments(model, cost, factors, weight)
    mean, sd = mean_cost - paid - gain, float(np.hypot(sd_cost, gain_sd))
    period = 2 * REACH * sd

    def wave(t: Array) -> Complex:
        turned = _costs(model, t, cost, factors, weight, mean_cost)
        return np.asarray(
            turned * np.conj(exact.wave(all, t)) * np.exp(1j * t * gain) * np.exp(1j * t * REACH * sd)
        )

    below = rising(on_grid(series(wave, period), 1.0))
    at = mean - REACH * sd + np.linspace(0, period, len(below))
    return Law(at, below, mean, sd, float(at[1] - at[0]))


def _rises(model: Model) -> tuple[Array, Array]:
    """Return nodes and weights of the yearly rise of works costs; one node where no works wait."""
    told = model.assumed["works_inflation"].given
    if not model.projects.late.any() or not told["sd"]:
        return np.array([told["mean"]]), np.ones(1)
    nodes, weight = np.polynomial.hermite_e.hermegauss(RISES)
    return told["mean"] + told["sd"] * nodes, weight / weight.sum()


def _moments(model: Model, cost: Array, factors: Array, weight: Array) -> tuple[float, float]:
    """Return mean and standard deviation of what the projects cost in the end."""
    law = model.assumed["cost_overrun"]
    mean, sd = law.given["mean"], law.given["sd"]
    means = factors @ cost * mean
    middle = float(weight @ means)
    return middle, float(
        weight @ ((factors * cost) ** 2).sum(axis=1) * sd**2 + weight @ (means - middle) ** 2
    ) ** 0.5


def _costs(model: Model, t: Array, cost: Array, factors: Array, weight: Array, middle: float) -> Complex:
    """Return E[exp(i t (C - middle))] of what the projects cost together."""
    mean, sd = (model.assumed["cost_overrun"].given[name] for name in ("mean", "sd"))
    found = np.zeros(len(t), dtype=np.complex128)
    rows, many = np.unique(np.column_stack([cost, *factors]), axis=0, return_counts=True)
    for node, chance in enumerate(weight):
        euros = rows[:, 0] * rows[:, 1 + node]
        waves = overrun_wave(np.outer(t, euros), mean, sd)
        made = np.prod(waves if np.all(many == 1) else waves**many, axis=1)
        found += chance * made * np.exp(1j * t * (float(many @ euros) * mean - middle))
    return found


def overrun_wave(u: Array, mean: float, sd: float) -> Complex:
    """Return E[exp(i u (X - mean))], X lognormal of this mean and standard deviation, u ≥ 0, from a table."""
    places, real, imaginary = _table(mean, sd)
    flat = u.ravel()
    found = np.interp(flat, places, real, right=0.0) + 1j * np.interp(flat, places, imaginary, right=0.0)
    return np.asarray(found.reshape(u.shape))


@lru_cache(maxsize=8)
def _table(mean: float, sd: float) -> tuple[Array, Array, Array]:
    """Return the lognormal's characteristic function about its mean, by the trapezoid rule over the normal behind it.

    Told every ``STEPS``-th of the way and drawn finer by a cubic, so that straight lines between points suffice.
    """
    from scipy.interpolate import CubicSpline

    log_sd = float(np.log1p((sd / mean) ** 2)) ** 0.5
    z = np.linspace(-9, 9, 361)
    chance = np.exp(-(z**2) / 2)
    chance /= chance.sum()
    factor = mean * np.exp(log_sd * z - log_sd**2 / 2) - mean
    coarse = np.linspace(0, VANISHED / sd, STEPS // 10 + 1)
    told = np.exp(1j * np.outer(coarse, factor)) @ chance
    fine = np.linspace(0, VANISHED / sd, 20 * STEPS + 1)
    return fine, CubicSpline(coarse, told.real)(fine), CubicSpline(coarse, told.imag)(fine)
