"""How far two series of few points rise and fall together, by their ranks. An association: it never says which is the cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEWEST = 4  # pairs under which no order of the ranks would be rare
MOST_EXACT = 9  # pairs whose orders are all counted: 9! of them
LEVEL = 0.05


@dataclass(frozen=True)
class Association:
    """Spearman's rank correlation of ``n`` pairs and its two-sided p-value; ``is_exact``: over all orders there are."""

    n: int
    rho: float
    p: float
    is_exact: bool

    @property
    def is_told(self) -> bool:
        """Whether chance alone would seldom give such a correlation."""
        return self.p < LEVEL


def spearman(first: Sequence[float], second: Sequence[float]) -> Association | None:
    """Return the rank correlation of pairs (Spearman 1904), ties at their mean rank; None of fewer than four, or without variation.

    p is the share of all orders of the second series that are correlated as strongly (exact, ties included); of more than
    nine pairs, that of Student's t with n - 2 degrees.
    """
    x, y = ranks(first), ranks(second)
    n = len(x)
    if n != len(y):
        raise ValueError("pairs have two values")
    if n < FEWEST or not x.std() or not y.std():
        return None
    rho = float(np.corrcoef(x, y)[0, 1])
    if n <= MOST_EXACT:
        return Association(n, rho, _exact(x, y), True)
    return Association(n, rho, _student(rho, n), False)


def ranks(values: Sequence[float]) -> Array:
    """Return the ranks of values from 1, equal ones at the mean of theirs."""
    given = np.asarray(values, dtype=np.float64)
    below = (given[:, None] > given[None, :]).sum(axis=1)
    equal = (given[:, None] == given[None, :]).sum(axis=1)
    found: Array = below + (equal + 1) / 2
    return found


def _exact(x: Array, y: Array) -> float:
    """Return the share of orders of y whose products with x lie as far from their mean as the observed one."""
    centred = x - x.mean()
    observed = abs(float(centred @ y))
    orders = np.array(list(permutations(y.tolist())))
    return float((np.abs(orders @ centred) >= observed - 1e-9).mean())


def _student(rho: float, n: int) -> float:
    from scipy.special import stdtr  # here: it takes a while to load

    if abs(rho) >= 1:
        return 0.0
    t = abs(rho) * np.sqrt((n - 2) / (1 - rho**2))
    return float(2 * stdtr(n - 2, -t))
