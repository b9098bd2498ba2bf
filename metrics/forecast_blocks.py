"""Method « increments »: the months to come are blocks of past months drawn again (moving-block bootstrap).

Künsch (1989): blocks of consecutive months keep what one month owes to the one before; closed in a circle (Politis and
Romano 1992), so that the first and last months count as much as the others. The level itself is drawn again too, so that
a short history gives a wider band.
"""

import numpy as np
from numpy.typing import NDArray

from metrics.increments import Array

FEWEST = 12  # months of increments
FEWEST_SEASONAL = 24


def paths(
    past: Array,
    parts: Array,
    rng: np.random.Generator,
    draws: int,
    *,
    seasons: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Array:
    """Return draws x steps: what has been added by the end of each step.

    ``parts`` is the share of each coming month that is still to come; ``seasons`` are the calendar months (1..12) of the
    past increments and of the coming steps: given, increments are de-seasonalised first and take the coming months' season.
    """
    is_positive = bool((past >= 0).all() and past.sum() > 0)
    usual, coming = _season(past, seasons, is_positive, len(parts))
    length = max(1, round(len(past) ** (1 / 3)))
    # Blocks of a centred series vary by (n − length) / n too little, twelve seasons fitted by (n − 12) / n.
    plain = _spread(_plain(past, usual, is_positive), 12 if seasons else length, is_positive)
    drawn = _drawn(plain, len(parts), length, rng, draws)
    level = _levels(plain, length, rng, draws)
    # A positive total is moved by a factor, so that months with nothing stay at nothing.
    moved = (
        drawn * (level / plain.mean())[:, None] if is_positive else drawn + (level - plain.mean())[:, None]
    )
    months = moved * coming if is_positive else moved + coming
    return np.asarray(np.cumsum(months * parts, axis=1), dtype=np.float64)


def _season(
    past: Array, seasons: tuple[NDArray[np.int64], NDArray[np.int64]] | None, is_positive: bool, count: int
) -> tuple[Array, Array]:
    """Return the season of each past month and of each step: a factor of a positive series, else a difference."""
    neutral = 1.0 if is_positive else 0.0
    if seasons is None:
        return np.full(len(past), neutral), np.full(count, neutral)
    of_month = np.full(13, neutral)
    for month in range(1, 13):
        here = past[seasons[0] == month]
        if len(here):
            of_month[month] = here.mean() / past.mean() if is_positive else here.mean() - past.mean()
    return of_month[seasons[0]], of_month[seasons[1]]


def _plain(past: Array, usual: Array, is_positive: bool) -> Array:
    """Return the increments without their season."""
    if not is_positive:
        return past - usual
    return np.where(usual > 0, past / np.where(usual > 0, usual, 1.0), past.mean())


def _spread(plain: Array, fitted: int, is_positive: bool) -> Array:
    """Return the increments with the spread that fitting ``fitted`` numbers took out of them."""
    n = len(plain)
    wide = plain.mean() + (plain - plain.mean()) * np.sqrt(n / max(n - fitted, 1))
    return np.maximum(wide, 0.0) if is_positive else wide


def _drawn(plain: Array, count: int, length: int, rng: np.random.Generator, draws: int) -> Array:
    """Return draws x count increments made of blocks; past the last month a block goes on with the first."""
    blocks = -(-count // length)
    start = rng.integers(0, len(plain), size=(draws, blocks))
    place = (start[:, :, None] + np.arange(length)).reshape(draws, -1)[:, :count]
    return np.asarray(plain[place % len(plain)], dtype=np.float64)


def _levels(plain: Array, length: int, rng: np.random.Generator, draws: int) -> Array:
    """Return what the mean would have been for other draws of the same months."""
    blocks = -(-len(plain) // length)
    sums = np.convolve(np.concatenate([plain, plain[: length - 1]]), np.ones(length), "valid")
    start = rng.integers(0, len(sums), size=(draws, blocks))
    return np.asarray(sums[start].sum(axis=1) / (blocks * length), dtype=np.float64)
