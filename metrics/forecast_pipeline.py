"""Method « pipeline »: the requests that wait for an answer are played out, each with its chance, its share and its delay.

Success p ~ Beta, one draw shared by all the requests of a programme (what one call refuses it refuses to several);
awarded over requested r ~ Triangular; delay lognormal, of a request that has waited w days given that it is longer than w.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.increments import Array

AT_ONCE = 2_000_000  # draws x requests held in memory together


@dataclass(frozen=True)
class Requests:
    """The requests that wait: amount asked (euros), days waited, and the place of each one's programme in ``Chances``."""

    amount: Array
    waited: Array
    programme: NDArray[np.int64]


@dataclass(frozen=True)
class Chances:
    """What the future is drawn from: Beta(successes, failures) by programme, r ~ Triangular(shares), ln(delay) ~ N."""

    successes: Array
    failures: Array
    shares: tuple[float, float, float]
    log_median: float
    log_sd: float


def paths(
    requests: Requests, chances: Chances, horizons: Array, rng: np.random.Generator, draws: int
) -> Array:
    """Return draws x horizons: euros awarded within so many days from now."""
    success = rng.beta(chances.successes, chances.failures, size=(draws, len(chances.successes)))
    total = np.zeros((draws, len(horizons)))
    step = max(1, AT_ONCE // draws)
    for start in range(0, len(requests.amount), step):
        part = slice(start, start + step)
        shape = (draws, len(requests.amount[part]))
        is_won = rng.random(shape) < success[:, requests.programme[part]]
        amount = requests.amount[part] * rng.triangular(*chances.shares, size=shape) * is_won
        delay = remaining(chances, requests.waited[part], rng, shape)
        for place, days in enumerate(horizons):
            total[:, place] += np.where(delay <= days, amount, 0.0).sum(axis=1)
    return total


@dataclass(frozen=True)
class Arrivals:
    """The requests still to be made: how many a day, and the amounts (euros) that they may be of."""

    per_day: float
    amounts: Array
    success: tuple[float, float]


def to_come(
    arrivals: Arrivals, chances: Chances, horizons: Array, rng: np.random.Generator, draws: int
) -> Array:
    """Return draws x horizons: euros awarded to requests made from now on; their number is Poisson, their day uniform.

    They share one draw of success: what makes a year good or bad for one makes it so for all.
    """
    last = float(horizons[-1])
    counts = rng.poisson(arrivals.per_day * last, size=draws)
    total = np.zeros((draws, len(horizons)))
    if not len(arrivals.amounts) or not counts.any():
        return total
    owner = np.repeat(np.arange(draws), counts)
    size = len(owner)
    is_won = rng.random(size) < rng.beta(*arrivals.success, size=draws)[owner]
    amount = rng.choice(arrivals.amounts, size=size) * rng.triangular(*chances.shares, size=size) * is_won
    answered = rng.uniform(0, last, size=size) + np.exp(
        rng.normal(chances.log_median, chances.log_sd, size=size)
    )
    for place, days in enumerate(horizons):
        total[:, place] = np.bincount(owner, np.where(answered <= days, amount, 0.0), minlength=draws)
    return total


def remaining(chances: Chances, waited: Array, rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    """Return the days still to wait: a lognormal delay given that it exceeds the days waited, less these."""
    from scipy.special import ndtr, ndtri

    with np.errstate(divide="ignore"):
        z = (np.log(waited) - chances.log_median) / chances.log_sd  # -inf: has not waited yet
    longer = rng.random(shape) * ndtr(-z)  # its place in the upper tail
    log_delay = chances.log_median - chances.log_sd * ndtri(np.maximum(longer, 1e-300))
    return np.asarray(np.exp(np.minimum(log_delay, 700.0)) - waited, dtype=np.float64)


def beta_by_programme(
    is_won: NDArray[np.bool_], programme: NDArray[np.int64], programmes: int, prior: float
) -> tuple[Array, Array]:
    """Return the Betas' parameters: successes and refusals of each programme, and ``prior`` applications of the average.

    The average is that of all decided requests, one success and one refusal added, so that it is never 0 or 1.
    """
    usual = (is_won.sum() + 1) / (len(is_won) + 2)
    won = np.bincount(programme[is_won], minlength=programmes)
    lost = np.bincount(programme[~is_won], minlength=programmes)
    return (
        np.asarray(prior * usual + won, dtype=np.float64),
        np.asarray(prior * (1 - usual) + lost, dtype=np.float64),
    )


def lognormal(days: Array, is_decided: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Fit ln(delay) ~ N(mean, sd) by maximum likelihood, requests without an answer censored; None under 5 answers.

    EM: an unanswered request stands for the mean and the spread of a normal beyond its own ln(days).
    """
    from scipy.special import log_ndtr

    logs = np.log(np.maximum(days, 0.5))
    done, waiting = logs[is_decided], logs[~is_decided]
    if len(done) < 5 or done.std() == 0:
        return None
    mean, sd = float(done.mean()), float(done.std())
    for _ in range(500):
        z = (waiting - mean) / sd
        ratio = np.exp(-0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_ndtr(-z))  # of density to survival
        first = mean + sd * ratio
        second = mean**2 + sd**2 + sd * (waiting + mean) * ratio
        new = float((done.sum() + first.sum()) / len(logs))
        spread = float(np.sqrt(max((np.square(done).sum() + second.sum()) / len(logs) - new**2, 1e-12)))
        close = abs(new - mean) + abs(spread - sd) < 1e-7
        mean, sd = new, spread
        if close:
            break
    return mean, sd
