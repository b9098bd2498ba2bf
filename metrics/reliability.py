"""How well the items of a scale hang together: Cronbach's alpha, McDonald's omega total, item-rest correlations.

All take a matrix (answers, items) without gaps, reversed items turned round; ``complete`` leaves out the answers with one.
"""

from dataclasses import dataclass
from math import nan
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
LEAST_ITEMS = 3
LEAST_ANSWERS = 30
LEVEL = 0.95
LOWEST_UNIQUENESS = 0.005  # as in R's factanal: under it a loading is not told from 1


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha and its 95 % limits, of n complete answers."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Omega:
    """Omega total of the sum of the items as answered, and of the items brought to one spread (``standardized``)."""

    value: float
    standardized: float
    n: int


def complete(matrix: Array) -> Array:
    """Return the rows without a gap."""
    return matrix[~np.isnan(matrix).any(axis=1)]


def why_none(matrix: Array) -> str | None:
    """Return why no reliability is told of complete answers: too_few_items, too_few_answers, no_variance; None where it is."""
    n, items = matrix.shape
    if items < LEAST_ITEMS:
        return "too_few_items"
    if n < LEAST_ANSWERS:
        return "too_few_answers"
    return "no_variance" if matrix.sum(axis=1).var() < 1e-12 else None


def alpha(matrix: Array) -> Alpha:
    """Return k / (k - 1) x (1 - sum of the items' variances / variance of their sum) (Cronbach 1951).

    Limits: 1 - (1 - alpha) x F quantiles of (n - 1, (n - 1)(k - 1)) degrees (Feldt 1965; Feldt, Woodruff and Salih 1987).
    """
    from scipy.special import fdtri  # here: it takes a while to load

    n, k = matrix.shape
    value = k / (k - 1) * (1 - matrix.var(axis=0, ddof=1).sum() / matrix.sum(axis=1).var(ddof=1))
    tail, first, second = (1 - LEVEL) / 2, n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - value) * fdtri(first, second, 1 - tail)
    high = 1 - (1 - value) * fdtri(first, second, tail)
    return Alpha(float(value), float(low), float(high), n)


def omega(matrix: Array) -> Omega | None:
    """Return (sum of loadings)² / ((sum of loadings)² + sum of uniquenesses) of one factor (McDonald 1999, chapter 6).

    Maximum likelihood. Of the items as answered the loadings are times their standard deviations, the uniquenesses times
    their variances. None where an item never varies, two say the same, or the solution is not found.
    """
    sd = matrix.std(axis=0, ddof=1)
    if (sd < 1e-9).any():
        return None
    correlations: Array = np.atleast_2d(np.corrcoef(matrix, rowvar=False))
    loadings = one_factor(correlations)
    if loadings is None:
        return None
    left = 1 - loadings**2
    return Omega(_share(loadings * sd, left * sd**2), _share(loadings, left), len(matrix))


def _share(loadings: Array, uniquenesses: Array) -> float:
    common = float(loadings.sum()) ** 2
    return common / (common + float(uniquenesses.sum()))


def one_factor(correlations: Array) -> Array | None:
    """Return the maximum likelihood loadings of one factor, their sum positive; None where there is no solution.

    Jöreskog 1967: the uniquenesses minimise - sum over the eigenvalues but the largest of (log e - e) of the scaled
    correlations; the loadings follow from the largest one.
    """
    from scipy.optimize import minimize

    if np.linalg.cond(correlations) > 1e10:
        return None
    start = (1 - 0.5 / len(correlations)) / np.diag(np.linalg.inv(correlations))
    bounds = [(LOWEST_UNIQUENESS, 1.0)] * len(correlations)
    options = {"ftol": 1e-13, "gtol": 1e-9, "maxiter": 1000}
    start = np.clip(start, LOWEST_UNIQUENESS, 1.0)
    found = minimize(_misfit, start, (correlations,), "L-BFGS-B", jac=True, bounds=bounds, options=options)
    if not np.isfinite(found.fun):
        return None
    loadings = _loadings(found.x, correlations)
    return loadings if loadings.sum() >= 0 else -loadings


def _misfit(uniquenesses: Array, correlations: Array) -> tuple[float, Array]:
    """Return the likelihood's misfit and its slope by uniqueness."""
    root = np.sqrt(uniquenesses)
    rest = np.linalg.eigvalsh(correlations / np.outer(root, root))[:-1]
    loadings = _loadings(uniquenesses, correlations)
    slope = (loadings**2 + uniquenesses - np.diag(correlations)) / uniquenesses**2
    return float((rest - np.log(np.maximum(rest, 1e-300)) - 1).sum()), slope


def _loadings(uniquenesses: Array, correlations: Array) -> Array:
    root = np.sqrt(uniquenesses)
    sizes, directions = np.linalg.eigh(correlations / np.outer(root, root))
    found: Array = root * directions[:, -1] * np.sqrt(max(float(sizes[-1]) - 1, 0.0))
    return found


def item_rest(matrix: Array) -> Array:
    """Return each item's correlation with the sum of the others (the corrected item-total correlation); NaN where one never varies."""
    total = matrix.sum(axis=1)
    return np.array([_correlation(item, total - item) for item in matrix.T])


def _correlation(one: Array, other: Array) -> float:
    if len(one) < 2 or one.std() < 1e-12 or other.std() < 1e-12:
        return nan
    return float(np.corrcoef(one, other)[0, 1])
