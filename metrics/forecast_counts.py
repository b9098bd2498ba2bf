"""Method « counts »: few months of a count. Gamma posterior of the monthly rate, Poisson months, negative binomial when uneven."""

import numpy as np

from metrics.increments import Array

FEWEST = 8  # months
FEWEST_EVENTS = 12  # below, drawing the same few events again says nothing of what is rare
PRIOR = 0.5  # Jeffreys' prior of a rate: half an event in no time
UNEVEN = (
    1.645  # standard deviations of the index of dispersion over 1 before the count is called uneven (5 %)
)


def are_counts(past: Array) -> bool:
    """Say whether the increments are counts: whole numbers, none negative."""
    return bool((past >= 0).all() and np.allclose(past, np.round(past)))


def dispersion(past: Array) -> float:
    """Return variance over mean, 1 unless it is larger than a Poisson count's would be one time in twenty."""
    n, mean = len(past), past.mean()
    if n < 2 or mean == 0:
        return 1.0
    index = float(past.var(ddof=1) / mean)
    return index if index > 1 + UNEVEN * np.sqrt(2 / (n - 1)) else 1.0


def paths(past: Array, parts: Array, rng: np.random.Generator, draws: int) -> Array:
    """Return draws x steps: how many more by the end of each step.

    The rate is drawn from Gamma(½ + Σx, n months); uneven counts know it less well (both divided by the dispersion φ) and
    each month is negative binomial with variance φ times its mean.
    """
    uneven = dispersion(past)
    rate = rng.gamma((PRIOR + past.sum()) / uneven, uneven / len(past), size=draws)
    mean = rate[:, None] * parts
    if uneven > 1:
        mean = rng.gamma(np.maximum(mean / (uneven - 1), 1e-12), uneven - 1)
    return np.cumsum(rng.poisson(mean), axis=1).astype(np.float64)
