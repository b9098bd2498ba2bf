"""From shares told to whole per cent to the counts that they can come from."""

from collections.abc import Sequence
from math import ceil, floor, inf

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.questions import is_complete
from metrics.disclosure.tables import Spread

HALF_SHARE = 0.005  # a share shown as 0.24 lies in 0.235..0.245
LOOSE = 1e-9
Range = tuple[int, int]  # least and greatest
Whole = NDArray[np.int64]


def range_of(share: float, totals: Sequence[int]) -> Range:
    """Return the counts that a share of one of these totals can come from."""
    low = ceil((share - HALF_SHARE) * min(totals) - LOOSE)
    high = floor((share + HALF_SHARE) * max(totals) + LOOSE)
    return max(0, low), max(max(0, low), high)


def bounds(spread: Spread, totals: Sequence[int]) -> tuple[Whole, Whole]:
    """Return the least and greatest counts of each class (a row), for each number of answers to the item (a column)."""
    told = np.array([one.share for one in spread.classes])[:, None]
    every = np.array(totals)[None, :]
    low = np.maximum(0, np.ceil((told - HALF_SHARE) * every - LOOSE)).astype(np.int64)
    return low, np.floor((told + HALF_SHARE) * every + LOOSE).astype(np.int64)


def able(spread: Spread, totals: Sequence[int]) -> list[int]:
    """Return those of these numbers of answers to the item that can give its shares."""
    low, high = bounds(spread, totals)
    every = np.array(totals)
    kept = (low <= high).all(axis=0) & (low.sum(axis=0) <= every) & (every <= high.sum(axis=0))
    found: list[int] = every[kept].tolist()
    return found


def totals_of(spread: Spread, counts: Sequence[int], k: int) -> list[int]:
    """Return how many can have answered an item, of a town with one of these counts.

    All of them, where the scale's rule needs every item; else any number up to it that can give the shares.
    """
    is_whole = is_complete(spread.item, spread.measure)
    return able(spread, counts if is_whole else range(k, max(counts) + 1))


def cumulated(spread: Spread, totals: Sequence[int]) -> dict[float, Range]:
    """Return how many answered up to each boundary of a spread's classes, by the highest answer under it.

    Nobody is under the first boundary, everybody under the last.
    """
    low, high = bounds(spread, totals)
    every = np.array(totals)
    found: dict[float, Range] = {-inf: (0, 0)}
    for place, one in enumerate(spread.classes, start=1):
        least = np.maximum(low[:place].sum(axis=0), every - high[place:].sum(axis=0))
        most = np.minimum(high[:place].sum(axis=0), every - low[place:].sum(axis=0))
        found[one.high] = int(least.min()), int(most.max())
    return found
