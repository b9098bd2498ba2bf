"""Special causes: the four rules that tell a signal from noise, as in NHS "Making Data Count".

A missing value (NaN) is no point: it joins nothing, so it breaks a run, a trend and a group of three.
"""

from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.float64]
Signs: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

OUTSIDE, TREND, TWO_OF_THREE, RUN = "outside", "trend", "two_of_three", "run"
RULES = (OUTSIDE, TREND, TWO_OF_THREE, RUN)  # by priority: the first that holds names the point
SEVEN = 7
SAME = 1e-12  # of the largest value: what lies this near to a line is on it, whatever the rounding of a mean


def slack(values: Values) -> float:
    """Return how far from a line a value may lie and still be on it."""
    largest = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 0.0
    return SAME * largest


def sides(values: Values, mean: float) -> Signs:
    """Return the side of the mean of each value: 1 above, -1 below, 0 on it (or missing)."""
    gap = values - mean
    known = np.abs(gap) > slack(values)
    return np.where(known, np.sign(np.nan_to_num(gap)), 0).astype(np.int64)


def seven_on_one_side(side: Signs) -> Flags:
    """Say at which points seven consecutive ones, this one the last, lie on the same side of the mean."""
    found = np.zeros(len(side), dtype=bool)
    if len(side) >= SEVEN:
        total = np.abs(sliding_window_view(np.asarray(side), SEVEN).sum(axis=1))
        found[SEVEN - 1 :] = total == SEVEN
    return found


def seven_in_a_trend(values: Values) -> Signs:
    """Return 1 on the last of seven strictly rising points, -1 of seven falling ones; an equal value breaks the trend."""
    found = np.zeros(len(values), dtype=np.int64)
    if len(values) >= SEVEN:
        steps = np.nan_to_num(np.sign(np.diff(np.asarray(values, dtype=np.float64))))
        total = sliding_window_view(steps, SEVEN - 1).sum(axis=1)
        found[SEVEN - 1 :] = np.where(np.abs(total) == SEVEN - 1, np.sign(total), 0)
    return found


def over_the_seven(last: NDArray[np.generic]) -> Signs:
    """Spread each mark on a seventh point over its seven points; where two overlap, the later one counts."""
    marks = np.asarray(last).astype(np.int64)
    found = np.zeros(len(marks), dtype=np.int64)
    for place in np.flatnonzero(marks):
        found[max(place - SEVEN + 1, 0) : place + 1] = marks[place]
    return found


def two_of_three(is_near: Flags, side: Signs) -> Flags:
    """Say which near points belong to three consecutive ones of one side, two of them at least near their limit."""
    found = np.zeros(len(side), dtype=bool)
    for place in np.flatnonzero(two_of_three_end(is_near, side)):
        found[place - 2 : place + 1] |= is_near[place - 2 : place + 1]
    return found


def two_of_three_end(is_near: Flags, side: Signs) -> Flags:
    """Say which points are the last of such a three."""
    found = np.zeros(len(side), dtype=bool)
    if len(side) >= 3:
        enough = sliding_window_view(np.asarray(is_near, dtype=np.int64), 3).sum(axis=1) >= 2
        alike = np.abs(sliding_window_view(np.asarray(side), 3).sum(axis=1)) == 3
        found[2:] = enough & alike
    return found
