"""The bootstrap: what the value would be for other draws of the same projects. Seeded, so that a reading is reproducible."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
DRAWS, MANY_DRAWS = 2000, 10_000  # many where they cost little
FEW_ROWS = 100
SEED = 20150630
FEWEST = 5  # below, no interval: print the list instead
ENOUGH_FOR_BCA = 20
AT_ONCE = 4_000_000  # weights held in memory together
MOST_UNKNOWN = 0.01  # share of draws without a value above which there is no interval
Z = 1.959963984540054


def weights(counts: NDArray[np.int64], draws: int, rng: np.random.Generator) -> Array:
    """Return draws x cells: how often each cell is drawn when as many rows as there are get drawn with replacement.

    ``counts`` is how many rows each cell stands for.
    """
    n, cells = int(counts.sum()), len(counts)
    if n > 4 * cells:
        return rng.multinomial(n, counts / n, size=draws).astype(np.float64)
    cell_of = np.repeat(np.arange(cells), counts)
    drawn = cell_of[rng.integers(0, n, size=(draws, n))] + cells * np.arange(draws)[:, None]
    return np.bincount(drawn.ravel(), minlength=draws * cells).reshape(draws, cells).astype(np.float64)


def draws(counts: NDArray[np.int64], value: Callable[[Array], Array]) -> Array:
    """Return thousands of resampled values; ``value`` maps weights (draws x cells) to values."""
    size = MANY_DRAWS if len(counts) <= FEW_ROWS else DRAWS
    rng = np.random.default_rng(SEED)
    step = max(1, min(size, AT_ONCE // max(1, len(counts))))
    parts = [value(weights(counts, min(step, size - done), rng)) for done in range(0, size, step)]
    return np.concatenate(parts)


def interval(
    counts: NDArray[np.int64], value: Callable[[Array], Array], *, smooth: bool
) -> tuple[float, float] | None:
    """Return the 95 % interval of a value, None with fewer than 5 rows or when too many draws have no value.

    Percentiles; from 20 rows on and for a ``smooth`` value (a quantile is not one), bias-corrected and accelerated.
    """
    n = int(counts.sum())
    if n < FEWEST:
        return None
    found = draws(counts, value)
    known = np.sort(found[~np.isnan(found)])
    if len(known) < (1 - MOST_UNKNOWN) * len(found):
        return None
    low, high = _bca_levels(counts, value, known) if smooth and n >= ENOUGH_FOR_BCA else (0.025, 0.975)
    return float(np.quantile(known, low)), float(np.quantile(known, high))


def _bca_levels(counts: NDArray[np.int64], value: Callable[[Array], Array], known: Array) -> tuple[float, float]:
    """Return the two levels at which to read the draws, moved for bias and for skewness (Efron 1987)."""
    observed = float(value(counts[None, :].astype(np.float64))[0])
    below = (np.sum(known < observed) + 0.5 * np.sum(known == observed)) / len(known)
    bias = _normal_quantile(min(max(below, 1e-6), 1 - 1e-6))
    skew = _acceleration(counts, value)
    levels = []
    for z in (-Z, Z):
        moved = bias + (bias + z) / (1 - skew * (bias + z))
        levels.append(float(np.clip(_normal(moved), 0.0, 1.0)))
    return levels[0], levels[1]


def _acceleration(counts: NDArray[np.int64], value: Callable[[Array], Array]) -> float:
    """Return the skewness of the value with each row left out in turn."""
    cells = len(counts)
    step = max(1, AT_ONCE // max(1, cells))
    left = []
    for start in range(0, cells, step):
        out = np.repeat(counts[None, :].astype(np.float64), min(step, cells - start), axis=0)
        out[np.arange(len(out)), np.arange(start, start + len(out))] -= 1
        left.append(value(out))
    gaps = np.nanmean(np.repeat(np.concatenate(left), counts)) - np.repeat(np.concatenate(left), counts)
    spread = np.nansum(gaps**2)
    return 0.0 if spread == 0 else float(np.nansum(gaps**3) / (6 * spread**1.5))


def _normal(z: float) -> float:
    from math import erf, sqrt

    return 0.5 * (1 + erf(z / sqrt(2)))


def _normal_quantile(p: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(p)


def survival(t: Array, d: Array, cell: NDArray[np.int64]) -> Callable[[Array], tuple[Array, Array, Array]]:
    """Return what maps weights to Kaplan-Meier curves: (times, S at them by draw, ended at them by draw).

    ``t`` and ``d`` are durations and ends (1 or 0) of the rows; ``cell`` is the place of each row's weight.
    """
    order = np.argsort(t, kind="stable")
    times, first = np.unique(t[order], return_index=True)
    cells, ended = cell[order], d[order]

    def curves(weight: Array) -> tuple[Array, Array, Array]:
        picked = weight[:, cells]
        here = np.add.reduceat(picked, first, axis=1)
        done = np.add.reduceat(picked * ended, first, axis=1)
        risk = np.cumsum(here[:, ::-1], axis=1)[:, ::-1]
        steps = np.where(risk > 0, 1 - done / np.maximum(risk, 1e-300), 1.0)
        return times, np.cumprod(steps, axis=1), done

    return curves


def quantile(curves: tuple[Array, Array, Array], q: float) -> Array:
    """Return each curve's quantile, NaN where it is not reached."""
    times, s, done = curves
    there = (s <= 1 - q + 1e-9) & (done > 0)
    return np.where(there.any(axis=1), times[np.argmax(there, axis=1)], np.nan)


def share(curves: tuple[Array, Array, Array], days: float) -> Array:
    """Return each curve's S at ``days``."""
    times, s, _ = curves
    place = int(np.searchsorted(times, days, side="right")) - 1
    return s[:, place] if place >= 0 else np.ones(len(s))
