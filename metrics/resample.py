"""The bootstrap: what the value would be for other draws of the same projects. Seeded, so that a reading is reproducible."""

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from math import comb, lgamma
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Curves: TypeAlias = tuple[Array, Array, Array]  # times, S at them by draw, ended at them by draw
DRAWS, MANY_DRAWS = 2000, 50_000  # many where they cost little: the ends of an interval waver less
SEED = 20150630
FEWEST = 5  # below, no interval: print the list instead
ENOUGH_FOR_BCA = 20
AT_ONCE = 4_000_000  # weights held in memory together
MOST_KEPT = 1_500_000  # weights kept for the next value of the same draws
MOST_UNKNOWN = 0.01  # share of draws without a value above which there is no interval
MOST_DRAWN = 100_000  # ways to draw that are all computed
NORMAL = NormalDist()
Z = NORMAL.inv_cdf(0.975)
LEVELS = (0.025, 0.975)


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


def draws(counts: NDArray[np.int64], value: Callable[[Array], Array], *, cheap: bool = False) -> Array:
    """Return thousands of resampled values; ``value`` maps weights (draws x cells) to values."""
    size = min(MANY_DRAWS, max(DRAWS, 1_000_000 // max(1, len(counts)))) if cheap else DRAWS
    if size * len(counts) <= MOST_KEPT:
        return value(_drawn(tuple(int(count) for count in counts), size))
    rng = np.random.default_rng(SEED)
    step = max(1, min(size, AT_ONCE // max(1, len(counts))))
    parts = [value(weights(counts, min(step, size - done), rng)) for done in range(0, size, step)]
    return np.concatenate(parts)


@lru_cache(maxsize=4)
def _drawn(counts: tuple[int, ...], size: int) -> Array:
    """Return the weights of all draws at once: seeded, they are the same for the same counts, whatever the amounts."""
    return weights(np.array(counts, dtype=np.int64), size, np.random.default_rng(SEED))


def interval(
    counts: NDArray[np.int64], value: Callable[[Array], Array], *, smooth: bool
) -> tuple[float, float] | None:
    """Return the 95 % interval of a value, None with fewer than 5 rows or when too many draws have no value.

    Percentiles; from 20 rows on and for a ``smooth`` value (a quantile is not one), bias-corrected and accelerated. Of few
    rows every possible draw is computed, so that nothing is left to chance.
    """
    n = int(counts.sum())
    if n < FEWEST:
        return None
    if comb(n + len(counts) - 1, len(counts) - 1) <= MOST_DRAWN:
        weight, chance = every_draw(tuple(int(count) for count in counts))
        found = value(weight)
    else:
        found = draws(counts, value, cheap=smooth)
        chance = np.full(len(found), 1 / len(found))
    known = ~np.isnan(found)
    if chance[known].sum() < 1 - MOST_UNKNOWN:
        return None
    levels = _bca_levels(counts, value, found[known]) if smooth and n >= ENOUGH_FOR_BCA else LEVELS
    return _at(found[known], chance[known], levels)


def _at(values: Array, chance: Array, levels: tuple[float, float]) -> tuple[float, float]:
    """Return the smallest values under which a share ``levels`` of the draws lies."""
    order = np.argsort(values)
    reached = np.cumsum(chance[order]) / chance.sum()
    low, high = (min(int(np.searchsorted(reached, level - 1e-12)), len(order) - 1) for level in levels)
    return float(values[order][low]), float(values[order][high])


@lru_cache(maxsize=8)
def every_draw(counts: tuple[int, ...]) -> tuple[Array, Array]:
    """Return all the ways to draw as many rows as there are, with replacement: weights, and the chance of each."""
    n, cells = sum(counts), len(counts)
    if cells == 1:
        return np.array([[float(n)]]), np.ones(1)
    bars = np.array(list(combinations(range(n + cells - 1), cells - 1)), dtype=np.int64).reshape(
        -1, cells - 1
    )
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), n + cells - 1)])
    weight = np.diff(edges, axis=1) - 1
    logs = np.array([lgamma(k + 1) for k in range(n + 1)])
    chance = logs[n] - logs[weight].sum(axis=1) + weight @ np.log(np.array(counts) / n)
    return weight.astype(np.float64), np.exp(chance)


def _bca_levels(
    counts: NDArray[np.int64], value: Callable[[Array], Array], known: Array
) -> tuple[float, float]:
    """Return the two levels at which to read the draws, moved for bias and for skewness (Efron 1987)."""
    observed = float(value(counts[None, :].astype(np.float64))[0])
    below = (np.sum(known < observed) + 0.5 * np.sum(known == observed)) / len(known)
    bias = NORMAL.inv_cdf(min(max(below, 1e-6), 1 - 1e-6))
    skew = _acceleration(counts, value)
    levels = []
    for z in (-Z, Z):
        moved = bias + (bias + z) / (1 - skew * (bias + z))
        levels.append(float(np.clip(NORMAL.cdf(moved), 0.0, 1.0)))
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


def survival(t: Array, d: Array, cell: NDArray[np.int64]) -> Callable[[Array], Curves]:
    """Return what maps weights to Kaplan-Meier curves: (times, S at them by draw, ended at them by draw).

    ``t`` and ``d`` are durations and ends (1 or 0) of the rows; ``cell`` is the place of each row's weight.
    """
    order = np.argsort(t, kind="stable")
    times, first = np.unique(t[order], return_index=True)
    cells, ended = cell[order], d[order]

    def curves(weight: Array) -> Curves:
        picked = weight[:, cells]
        here = np.add.reduceat(picked, first, axis=1)
        done = np.add.reduceat(picked * ended, first, axis=1)
        risk = np.cumsum(here[:, ::-1], axis=1)[:, ::-1]
        steps = np.where(risk > 0, 1 - done / np.maximum(risk, 1e-300), 1.0)
        return (
            np.asarray(times, dtype=np.float64),
            np.asarray(np.cumprod(steps, axis=1), dtype=np.float64),
            done,
        )

    return curves


def quantile(curves: Curves, q: float) -> Array:
    """Return each curve's quantile, NaN where it is not reached."""
    times, s, done = curves
    there = (s <= 1 - q + 1e-9) & (done > 0)
    return np.where(there.any(axis=1), times[np.argmax(there, axis=1)], np.nan)


def share(curves: Curves, days: float) -> Array:
    """Return each curve's S at ``days``."""
    times, s, _ = curves
    place = int(np.searchsorted(times, days, side="right")) - 1
    return s[:, place] if place >= 0 else np.ones(len(s))
