"""The exact interval of a share of counts (Clopper and Pearson 1934): what another draw of as many like things could have given."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
WHOLE = 1e-6  # a count that travelled as a double


def limits(successes: Array, trials: Array, level: float = 0.95) -> tuple[Array, Array]:
    """Return the lower and upper limit of successes / trials, each in 0..1; arrays of one shape.

    Both NaN where they are no counts (unknown, not whole, more successes than trials) or where there was no trial. The
    lower limit is the (1 - level) / 2 quantile of Beta(k, n - k + 1), the upper one the other of Beta(k + 1, n - k); 0 and 1
    where nobody, or everybody, succeeded.
    """
    from scipy.special import betaincinv  # here: it takes a while to load, and most statements never need it

    k, n = np.round(successes), np.round(trials)
    good = (np.abs(k - successes) <= WHOLE) & (np.abs(n - trials) <= WHOLE) & (n > 0) & (k >= 0) & (k <= n)
    k, n = np.where(good, k, 0.0), np.where(good, n, 1.0)
    tail = (1 - level) / 2
    low = np.where(k > 0, betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    high = np.where(k < n, betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail), 1.0)
    return np.where(good, low, np.nan), np.where(good, high, np.nan)
