"""The trend of a series: Theil-Sen's slope and the Mann-Kendall test, corrected for autocorrelation (Hamed and Rao 1998)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEWEST = 8
Z = 1.959963984540054  # 95 %


@dataclass(frozen=True)
class Tendency:
    """``slope`` is per step, with its 95 % interval; ``p`` the chance of such a trend without any; ``is_corrected`` of ``p``."""

    slope: float
    low: float
    high: float
    p: float
    n: int
    is_corrected: bool

    @property
    def is_clear(self) -> bool:
        """Whether less than 5 % of trendless series show as much."""
        return self.p < 0.05


def tendency(values: Sequence[float]) -> Tendency | None:
    """Return the trend of evenly spaced values, None under 8."""
    series = np.asarray(values, dtype=np.float64)
    n = len(series)
    if n < FEWEST:
        return None
    first, second = np.triu_indices(n, 1)
    gaps = series[second] - series[first]
    slopes = np.sort(gaps / (second - first))
    score, variance = float(np.sign(gaps).sum()), _variance(series)
    slope = float(np.median(slopes))
    factor = _autocorrelation_factor(series - slope * np.arange(n))
    low, high = _interval(slopes, variance)
    z = (score - np.sign(score)) / sqrt(variance * factor) if variance > 0 else 0.0
    return Tendency(slope, low, high, erfc(abs(z) / sqrt(2)), n, factor != 1.0)


def _variance(series: Array) -> float:
    """Return the variance of Kendall's S without trend, ties taken into account."""
    n = len(series)
    ties = np.unique(series, return_counts=True)[1]
    return float(n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18


def _interval(slopes: Array, variance: float) -> tuple[float, float]:
    """Return the 95 % interval of the slope (Sen 1968): so many ranks from the middle of the pairwise slopes."""
    count, reach = len(slopes), Z * sqrt(variance)
    low = max(round((count - reach) / 2) - 1, 0)
    high = min(round((count + reach) / 2), count - 1)
    return float(slopes[low]), float(slopes[high])


def _autocorrelation_factor(detrended: Array) -> float:
    """Return what the variance of S is multiplied by: the ranks' autocorrelations that differ from 0 (5 %), weighted.

    1 without any; never under 1/n: a trend is not made clearer without limit by neighbours that alternate.
    """
    n = len(detrended)
    ranks = _ranks(detrended)
    centred = ranks - ranks.mean()
    power = float(centred @ centred)
    if power == 0:
        return 1.0
    lag = np.arange(1, n - 2)
    rho = np.array([centred[:-i] @ centred[i:] for i in lag]) / power
    seen = np.where(np.abs(rho) > Z / sqrt(n), rho, 0.0)
    weight = (n - lag) * (n - lag - 1) * (n - lag - 2)
    return max(1 + 2 / (n * (n - 1) * (n - 2)) * float(weight @ seen), 1 / n)


def _ranks(values: Array) -> Array:
    """Return the ranks from 1, ties sharing their mean."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], dtype=np.float64)
