"""Items of a survey: how answers are spread, their mean, the share of the best two. An answer not given is NaN, never a zero."""

from dataclasses import dataclass
from math import nan, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Z = 1.959963984540054  # 95 %
BEST = 2


@dataclass(frozen=True)
class Spread:
    """An item's valid answers: ``counts`` by value; mean and sd (n - 1) NaN where there are too few."""

    values: Array
    counts: NDArray[np.int64]
    n: int
    missing: int
    mean: float
    sd: float
    top2: float

    @property
    def shares(self) -> Array:
        """The share of the valid answers that each value has; NaN where nobody answered."""
        return self.counts / self.n if self.n else np.full(len(self.counts), nan)


def spread(answers: Array, values: Array, is_reversed: bool = False) -> Spread:
    """Return how ``answers`` (NaN: none) spread over the rising ``values`` they may have.

    ``top2`` is the share of the two best answers: the two highest, of a reversed item the two lowest; NaN where an item
    has but two or three answers, of which the best two would be most.
    """
    valid = answers[~np.isnan(answers)]
    counts = (np.abs(valid[:, None] - values[None, :]) < 1e-6).sum(axis=0)
    n = len(valid)
    best = counts[:BEST] if is_reversed else counts[-BEST:]
    top2 = float(best.sum()) / n if n and len(values) > BEST + 1 else nan
    return Spread(values, counts, n, len(answers) - n, *mean_sd(valid), top2)


def mean_sd(values: Array) -> tuple[float, float]:
    """Return the mean of known values (NaN of none) and their standard deviation over n - 1 (NaN of one)."""
    if not len(values):
        return nan, nan
    return float(values.mean()), float(values.std(ddof=1)) if len(values) > 1 else nan


def finite(n: int, headcount: float | None) -> float:
    """Return what a sampling error is multiplied by when n of ``headcount`` people answered: sqrt(1 - n / N) (Cochran 1977, 2.8)."""
    return sqrt(max(0.0, 1 - n / headcount)) if headcount else 1.0


def mean_limits(mean: float, sd: float, n: int, headcount: float | None = None) -> tuple[float, float]:
    """Return the 95 % limits of a mean: mean -/+ 1.96 s / sqrt(n) x sqrt(1 - n / N). Sampling only: who did not answer is unknown.

    NaN of fewer than two answers, or of answers all equal: no spread is not certainty.
    """
    half = Z * sd / sqrt(n) * finite(n, headcount) if n and sd > 0 else nan
    return mean - half, mean + half


@dataclass(frozen=True)
class NetScore:
    """Per cent for less per cent against, -100..100, with its 95 % limits; the two shares 0..1."""

    value: float
    low: float
    high: float
    promoters: float
    detractors: float
    n: int


def net_score(
    answers: Array, promoters_from: float, detractors_to: float, headcount: float | None = None
) -> NetScore:
    """Return 100 (p - d) of the valid answers; NaN of none. See ``net_limits``."""
    valid = answers[~np.isnan(answers)]
    n = len(valid)
    p = float((valid >= promoters_from).mean()) if n else nan
    d = float((valid <= detractors_to).mean()) if n else nan
    low, high = net_limits(p, d, n, headcount)
    return NetScore(100 * (p - d), 100 * low, 100 * high, p, d, n)


def net_limits(p: float, d: float, n: int, headcount: float | None = None) -> tuple[float, float]:
    """Return the 95 % limits of p - d, within -1..1: its variance is (p + d - (p - d)²) / n (difference of two multinomial shares).

    NaN where nobody answered or all are on one side: no spread is not certainty.
    """
    variance = max(0.0, p + d - (p - d) ** 2) if n else nan
    if not variance > 0:
        return nan, nan
    half = Z * sqrt(variance / n) * finite(n, headcount)
    return max(-1.0, p - d - half), min(1.0, p - d + half)
