"""How good a value is: a score of 0 to 100 and a status, from the value alone, never from a rounded score.

The status says whether the target is *met*; the score says how far along the way from the floor it is. A score of 99.75
rounds to 100 and does not meet its target.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from metrics.definitions import Kpi, Thresholds
from metrics.reading import Status

Values: TypeAlias = NDArray[np.float64]
SLACK = 1e-9  # relative: a sum that should be the target exactly must not miss it by a rounding


def scores(kpi: Kpi, values: Values) -> Values:
    """Return the scores (0..100, unrounded) of values; NaN where the value is unknown or nothing says how good it is."""
    values = np.asarray(values, dtype=np.float64)
    if kpi.direction == "band":
        return _band_scores(kpi, values)
    return np.clip(unclipped(kpi, values), 0.0, 100.0)


def unclipped(kpi: Kpi, values: Values) -> Values:
    """Return the scores as far as they go below 0 and above 100: by how much a target is passed, a floor missed."""
    values = np.asarray(values, dtype=np.float64)
    if kpi.direction == "band":
        return _unclipped_band(kpi, values)
    ends = ends_of(kpi)
    if ends is None:
        return np.full(values.shape, np.nan)
    none, full = ends
    if none == full:
        found = np.where(met(kpi, values), 100.0, 0.0)
    else:
        # multiplied first: 100 * 27 / 120 is 22.5 exactly, which half-even rounding needs
        found = 100.0 * (values - none) / (full - none)
    return np.where(np.isnan(values), np.nan, found)


def ends_of(kpi: Kpi) -> tuple[float, float] | None:
    """Return the values that score 0 and 100; None where the entry gives no such scale.

    By target and floor: floor and target. By goal and red flag: the line through both that puts them at one third and two
    thirds of the way, hence 0 at 2 x red flag - goal and 100 at 2 x goal - red flag (goal 700, red flag 500: 300 and 900).
    """
    if kpi.target is None:
        return None
    if kpi.scoring == "goal_red_flag":
        return (
            None if kpi.red_flag is None else (2 * kpi.red_flag - kpi.target, 2 * kpi.target - kpi.red_flag)
        )
    return None if kpi.floor is None else (kpi.floor, kpi.target)


def has_scale(kpi: Kpi) -> bool:
    """Say whether a KPI can have a score at all."""
    return kpi.band is not None if kpi.direction == "band" else ends_of(kpi) is not None


def _band_scores(kpi: Kpi, values: Values) -> Values:
    """100 inside the band, then straight down to 0 at the outer limits; without limits, 0 outside."""
    if kpi.band is None:
        return np.full(values.shape, np.nan)
    low, high = kpi.band
    least, most = kpi.limits or kpi.band
    points = np.array([least, low, high, most])
    if least == low or high == most:
        inside = (values >= low) & (values <= high)
        found = np.where(inside, 100.0, _slopes(values, least, low, high, most))
    else:
        found = np.interp(values, points, [0.0, 100.0, 100.0, 0.0])
    return np.where(np.isnan(values), np.nan, found)


def _unclipped_band(kpi: Kpi, values: Values) -> Values:
    """100 inside the band, then straight down, past the limits too; without a slope on a side, as clipped."""
    clipped = _band_scores(kpi, values)
    if kpi.band is None or kpi.limits is None:
        return clipped
    (low, high), (least, most) = kpi.band, kpi.limits
    found = np.where((values < least) & (low > least), _line(values, least, low), clipped)
    return np.where((values > most) & (most > high), _line(values, most, high), found)


def _line(values: Values, none: float, full: float) -> Values:
    return 100.0 * (values - none) / ((full - none) or 1.0)


def _slopes(values: Values, least: float, low: float, high: float, most: float) -> Values:
    under = 100.0 * (values - least) / (low - least) if low > least else np.zeros(values.shape)
    over = 100.0 * (most - values) / (most - high) if most > high else np.zeros(values.shape)
    return np.clip(np.where(values < low, under, over), 0.0, 100.0)


def met(kpi: Kpi, values: Values) -> NDArray[np.bool_]:
    """Say which values meet the target: at it or beyond it; strictly beyond it for a strict KPI; inside the band."""
    values = np.asarray(values, dtype=np.float64)
    if kpi.direction == "band":
        low, high = kpi.band or (np.nan, np.nan)
        return (values >= low - _slack(low)) & (values <= high + _slack(high))
    if kpi.target is None:
        return np.zeros(values.shape, dtype=bool)
    beyond = values - kpi.target if kpi.direction == "up" else kpi.target - values
    slack = _slack(kpi.target)
    return np.asarray(beyond > slack if kpi.strict else beyond >= -slack)


def _slack(target: float) -> float:
    return SLACK * max(1.0, abs(target))


def has_goal(kpi: Kpi) -> bool:
    """Say whether an entry tells what is good: a target, or a band."""
    return kpi.band is not None if kpi.direction == "band" else kpi.target is not None


def statuses(kpi: Kpi, values: Values, found: Values, thresholds: Thresholds) -> list[Status]:
    """Return the status of each value, given its score: met, else off target under the threshold, else to watch."""
    if not has_goal(kpi):
        return ["unknown"] * len(values)
    reached, far = met(kpi, values), _far(kpi, values, found, thresholds)
    return [
        _status(bool(known), bool(ok), bool(off))
        for known, ok, off in zip(~np.isnan(values), reached, far, strict=True)
    ]


def _far(kpi: Kpi, values: Values, found: Values, thresholds: Thresholds) -> NDArray[np.bool_]:
    """Say which values are off target: beyond the red flag where there is one, else with a score under the threshold."""
    if kpi.scoring != "goal_red_flag" or kpi.red_flag is None:
        return np.asarray(found < thresholds.off_target_below)
    short = kpi.red_flag - values if kpi.direction == "up" else values - kpi.red_flag
    return np.asarray(short > _slack(kpi.red_flag))


def _status(known: bool, reached: bool, far: bool) -> Status:
    if not known:
        return "unknown"
    return "on_target" if reached else "off_target" if far else "watch"


def judge(kpi: Kpi, value: float | None, thresholds: Thresholds) -> tuple[float | None, Status]:
    """Return the score (None when there is none) and the status of one value."""
    values = np.array([np.nan if value is None else value], dtype=np.float64)
    found = scores(kpi, values)
    return (None if np.isnan(found[0]) else float(found[0])), statuses(kpi, values, found, thresholds)[0]
