"""What the last point of a chart said at each moment: every point judged by the limits of the points up to it, at once.

The same lines and rules as ``metrics.xmr``, over all prefixes of a series: a test holds the two equal.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from metrics import rules, xmr
from metrics.rules import Flags, Signs, Values

Counts = Callable[[Values, Values], Flags]


@dataclass(frozen=True)
class Moments:
    """Of each prefix: mean, limits (NaN under eight points), which way its last point signals, and whether it hardly moves."""

    mean: Values
    lower: Values
    upper: Values
    way: Signs
    still: Flags


def moments(
    values: Values, *, screen: bool = True, widened: bool = False, counts: Counts | None = None
) -> Moments:
    """Return what each prefix says. ``counts``: (values, means) -> which prefixes have the limits of small counts."""
    known = ~np.isnan(values)
    n = np.cumsum(known)
    mean = _mean(values, known, n)
    half = xmr.LIMIT * _ranges(values, screen) * (_stretch(values, known, mean) if widened else 1.0)
    few = counts(values, mean) if counts else np.zeros(len(values), dtype=bool)
    half = np.where(few, 3 * np.sqrt(np.maximum(mean, 0.0)), half)
    half[n < xmr.LEAST] = np.nan
    floor = np.where(few, 0.0, -np.inf)
    return Moments(
        mean,
        np.maximum(mean - half, floor),
        mean + half,
        _way(values, mean, half, floor, widened, (few & (mean < xmr.SKEWED)) | (n < xmr.SURE)),
        _still(values),
    )


def _mean(values: Values, known: Flags, n: NDArray[np.int64]) -> Values:
    base = float(values[known][0]) if known.any() else 0.0  # around a value of its size no digit is lost
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(base + np.cumsum(np.where(known, values - base, 0.0)) / np.where(n > 0, n, np.nan))


def _still(values: Values) -> Flags:
    """Say of which prefixes more than half of the points repeat the one before."""
    steps = np.diff(values, prepend=np.nan)
    return np.asarray(2 * np.cumsum(steps == 0) > np.cumsum(~np.isnan(steps)))


def _ranges(values: Values, screen: bool) -> Values:
    """The average moving range of each prefix, the outlying ones left out once when ``screen``."""
    steps = np.abs(np.diff(values, prepend=np.nan))
    known = ~np.isnan(steps)
    filled = np.where(known, steps, 0.0)
    count = np.cumsum(known)
    average = np.cumsum(filled) / np.where(count > 0, count, np.nan)
    if not screen:
        return average
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(
            np.maximum.accumulate(filled) >= xmr.SCREEN * average
        )  # the others have nothing to leave out
    kept = (filled < xmr.SCREEN * average[rows, None]) & known & (np.arange(len(values)) <= rows[:, None])
    left = kept.sum(axis=1)
    found = average.copy()
    found[rows] = np.where(left > 0, (kept * filled).sum(axis=1) / np.maximum(left, 1), average[rows])
    return found


def _stretch(values: Values, known: Flags, mean: Values) -> Values:
    """1 / sqrt(1 - rho) of each prefix, rho its autocorrelation at lag 1 in [0, 0.95]."""
    base = float(values[known][0]) if known.any() else 0.0
    x, centre = np.where(known, values - base, 0.0), mean - base
    both = np.concatenate([[False], known[1:] & known[:-1]])
    past = np.concatenate([[0.0], x[:-1]])
    pairs = np.cumsum(both)
    cross = (
        np.cumsum(np.where(both, x * past, 0.0))
        - centre * np.cumsum(np.where(both, x + past, 0.0))
        + centre**2 * pairs
    )
    spread = np.cumsum(x**2) - centre**2 * np.cumsum(known)
    rho = np.where(spread > 0, cross / np.where(spread > 0, spread, 1.0), 0.0)
    return np.asarray(1.0 / np.sqrt(1.0 - np.clip(np.nan_to_num(rho), 0.0, xmr.MOST_RHO)))


def _way(values: Values, mean: Values, half: Values, floor: Values, widened: bool, weak: Flags) -> Signs:
    """Which way the last point of each prefix signals, by the first of its rules that holds; 0 for none.

    ``weak``: which prefixes cannot bear runs and groups of three (provisional limits, very small counts).
    """
    size = len(values)
    edge = rules.SAME * np.maximum.accumulate(np.abs(np.nan_to_num(values)))
    around = np.full((size, rules.SEVEN), np.nan)  # the last seven points of each prefix
    padded = np.concatenate([np.full(rules.SEVEN - 1, np.nan), values])
    around[:] = sliding_window_view(padded, rules.SEVEN)
    gap = around - mean[:, None]
    side = np.where(np.abs(gap) > edge[:, None], np.sign(np.nan_to_num(gap)), 0).astype(np.int64)
    lower, near_lower = np.maximum(mean - half, floor), np.maximum(mean - 2 * half / 3, floor)
    beyond = (around > (mean + half + edge)[:, None]) | (around < (lower - edge)[:, None])
    near = ~beyond & (
        (around > (mean + 2 * half / 3 + edge)[:, None]) | (around < (near_lower - edge)[:, None])
    )
    run = (np.abs(side.sum(axis=1)) == rules.SEVEN) & ~np.isnan(half)
    three = near[:, -1] & (near[:, -3:].sum(axis=1) >= 2) & (np.abs(side[:, -3:].sum(axis=1)) == 3)
    trend = rules.seven_in_a_trend(values)
    if widened:
        trend, run, three = np.zeros(size, dtype=np.int64), np.zeros(size, bool), np.zeros(size, bool)
    special = (run | three) & ~weak
    last = side[:, -1]
    return np.where(beyond[:, -1], last, np.where(trend != 0, trend, np.where(special, last, 0)))
