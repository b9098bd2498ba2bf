"""Method « random_walk »: a point-in-time value goes on from where it is, by steps as large as those it made."""

import numpy as np

from metrics.increments import Array

FEWEST = 8  # points
# E|N(0, s)| = s·√(2/π): the sd of one step of a walk from its mean moving range. (amR/1.128 is the sd of the points
# themselves when they do not walk: it is √2 times smaller, and the band would hold 64 % instead of 80 %.)
STEP = float(np.sqrt(np.pi / 2))
SHARES = ("ratio", "share")
FREE = ("points",)  # units that may be negative


def step_sd(past: Array) -> float:
    """Return the sd of one step: 1.2533 times the mean moving range. ``past`` has at least two points."""
    return STEP * float(np.abs(np.diff(past)).mean())


def bounds(past: Array, unit: str) -> tuple[float, float]:
    """Return the range that the unit allows: shares in [0, 1], counts and amounts from 0, unless the past went beyond."""
    low = -np.inf if unit in FREE or past.min() < 0 else 0.0
    return low, 1.0 if unit in SHARES and past.max() <= 1 else np.inf


def paths(past: Array, start: float, ahead: Array, unit: str, draws: int) -> Array:
    """Return draws x steps: values from ``start`` on, after ``ahead`` periods, evenly spread over their law (nothing is random).

    ``ahead`` counts in the periods of ``past`` and need not be whole.
    """
    from scipy.special import ndtri

    spread = ndtri((np.arange(draws) + 0.5) / draws)[:, None]
    after = start + step_sd(past) * spread * np.sqrt(ahead)
    return np.asarray(np.clip(after, *bounds(past, unit)), dtype=np.float64)
