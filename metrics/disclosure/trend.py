"""Whether a measure rises or falls over four waves or more, from what was published of them; fewer say differences only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, permutations
from math import comb, factorial, sqrt

import numpy as np

from metrics.disclosure.compare import LEVEL, Sample, sample_of
from metrics.disclosure.listed import told_of
from metrics.disclosure.numbers import Pair, chance, interval, signed
from metrics.disclosure.tables import Group, Published

LEAST_WAVES = 4
MOST_PERMUTED = 8  # waves with equal means up to which all orders are counted; beyond, the normal law
YEAR = 365.25


@dataclass(frozen=True)
class Point:
    """A wave's mean at a date with its standard error (None where no standard deviation is told)."""

    wave: str
    day: date
    mean: float
    error: float | None


@dataclass(frozen=True)
class Kendall:
    """Mann and Kendall's test: ``s`` rises less falls over all pairs of waves, ``tau`` of their number, two-sided p."""

    s: int
    tau: float
    p: float


@dataclass(frozen=True)
class Slope:
    """Points a year with their 95 % limits, each wave weighing the inverse of its squared standard error."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    """A measure over the waves. Fewer than four: neither test, and a sentence that says differences only."""

    points: tuple[Point, ...]
    kendall: Kendall | None
    slope: Slope | None
    is_signal: bool | None
    fr: str
    en: str


def trend(waves: Sequence[Published], measure: str, group: Group = ()) -> Trend:
    """Return a measure's trend over the waves that tell it of a group and have a date, oldest first."""
    points = tuple(
        sorted(filter(None, (_point(one, measure, group) for one in waves)), key=lambda it: it.day)
    )
    if len({one.day for one in points}) < LEAST_WAVES:
        return Trend(points, None, None, None, *_too_few(len(points)))
    kendall = mann_kendall([one.mean for one in points])
    slope = weighted_slope(points)
    is_signal = kendall.p <= LEVEL if slope is None else not slope.low <= 0 <= slope.high
    return Trend(points, kendall, slope, is_signal, *_sentence(points, kendall, slope, is_signal))


def _point(published: Published, measure: str, group: Group) -> Point | None:
    day, cell = published.held_on, told_of(published).get(group, {}).get(measure)
    if day is None or cell is None:
        return None
    sample, _ = sample_of(published, group, measure)
    if sample is None:
        return Point(published.wave, day, float(cell.mean or 0.0), None)
    return Point(published.wave, day, sample.mean, _error(sample))


def _error(sample: Sample) -> float | None:
    return sample.sd / sqrt(sample.n) or None


def mann_kendall(values: Sequence[float]) -> Kendall:
    """Return the test of a monotonic trend (Mann 1945; Kendall 1975): exact p, but of many waves with equal means.

    p is the share of all orders of the values whose s is as far from 0 as theirs. With ties the normal law takes the
    variance that they leave and a correction for continuity.
    """
    s, pairs = _rises(values), comb(len(values), 2)
    if len(set(values)) == len(values):
        p = _exact(s, len(values))
    elif len(values) <= MOST_PERMUTED:
        orders = [abs(_rises(order)) for order in permutations(values)]
        p = sum(one >= abs(s) for one in orders) / len(orders)
    else:
        p = _normal(s, values)
    return Kendall(s, s / pairs, p)


def _rises(values: Sequence[float]) -> int:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


def _exact(s: int, many: int) -> float:
    """Return the share of the orders of distinct values with so large an s: orders are counted by their inversions."""
    counts = [1]
    for size in range(2, many + 1):
        longer = [0] * (len(counts) + size - 1)
        for place, count in enumerate(counts):
            for step in range(size):
                longer[place + step] += count
        counts = longer
    most = len(counts) - 1
    far = sum(count for inversions, count in enumerate(counts) if abs(most - 2 * inversions) >= abs(s))
    return far / factorial(many)


def _normal(s: int, values: Sequence[float]) -> float:
    from scipy.special import ndtr  # here: it takes a while to load

    many = len(values)
    ties = np.unique(np.array(values), return_counts=True)[1]
    variance = (many * (many - 1) * (2 * many + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    if variance <= 0:
        return 1.0
    return min(1.0, 2 * float(ndtr(-max(0.0, abs(s) - 1) / sqrt(variance))))


def weighted_slope(points: Sequence[Point]) -> Slope | None:
    """Return the weighted least squares slope in points a year; None where a wave has no standard error.

    Its error is that of the sampling, and larger by Birge's ratio (1932) where the waves lie further from the line than
    sampling lets them; the limits are Student's with n - 2 degrees, since the waves are few.
    """
    from scipy.special import stdtrit  # here: it takes a while to load

    errors = [one.error for one in points]
    if None in errors:
        return None
    years = np.array([(one.day - points[0].day).days / YEAR for one in points])
    means, weight = np.array([one.mean for one in points]), 1 / np.array(errors, dtype=np.float64) ** 2
    centre = years - (weight @ years) / weight.sum()
    spread = float(weight @ centre**2)
    value = float(weight @ (centre * means)) / spread
    left = means - (weight @ means) / weight.sum() - value * centre
    ratio = float(weight @ left**2) / (len(points) - 2)
    half = float(stdtrit(len(points) - 2, 1 - LEVEL / 2)) * sqrt(max(1.0, ratio) / spread)
    return Slope(value, value - half, value + half)


def _too_few(many: int) -> Pair:
    return (
        f"{many} vague{'s' if many > 1 else ''} : une tendance en demande {LEAST_WAVES} ; seules les différences se lisent",
        f"{many} wave{'' if many == 1 else 's'}: a trend needs {LEAST_WAVES}; only differences can be read",
    )


def _sentence(points: Sequence[Point], kendall: Kendall, slope: Slope | None, is_signal: bool) -> Pair:
    """Return in French and English whether the trend is more than noise."""
    said = ("plus que le hasard", "more than chance") if is_signal else ("dans le bruit", "within the noise")
    p = chance(kendall.p)
    start = (f"{len(points)} vagues depuis {points[0].wave}", f"{len(points)} waves since {points[0].wave}")
    if slope is None:
        return f"{start[0]} : Mann-Kendall {p[0]}, {said[0]}", f"{start[1]}: Mann-Kendall {p[1]}, {said[1]}"
    value, limits = signed(slope.value), interval(slope.low, slope.high)
    return (
        f"{start[0]} : {value[0]} point{'s' if abs(slope.value) >= 2 else ''} par an {limits[0]}, {said[0]} (Mann-Kendall {p[0]})",
        f"{start[1]}: {value[1]} points a year {limits[1]}, {said[1]} (Mann-Kendall {p[1]})",
    )
