"""The laws that futures are drawn from: quantiles, means, characteristic functions. Pure; shapes broadcast."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from metrics.assumptions import Assumption
from metrics.increments import Array

Complex = NDArray[np.complex128]
SMALL = 0.05  # |angle| under which a characteristic function is taken from its series


def quantile(law: Assumption, level: float) -> float:
    """Return the value that an assumption stays under with a chance ``level``, in its unit."""
    from scipy.special import ndtri

    told, z = law.given, float(ndtri(level))
    if law.law == "beta":
        return float(beta_quantile((told["wins"], told["losses"]), np.array(level)))
    if law.law == "triangular":
        least, usual, most = (np.array(told[name]) for name in ("least", "usual", "most"))
        return float(triangular(np.array(level), least, usual, most))
    if law.law == "normal":
        return told["mean"] + told["sd"] * z
    mean, sd = logs(law)
    return float(np.exp(mean + sd * z))


def level(law: Assumption, value: float) -> float:
    """Return the chance that an assumption stays under a value."""
    from scipy.special import betainc, ndtr

    told = law.given
    if law.law == "beta":
        if min(told["wins"], told["losses"]) <= 0:
            return 0.5
        return float(betainc(told["wins"], told["losses"], min(max(value, 0.0), 1.0)))
    if law.law == "triangular":
        low, usual, high = (told[name] for name in ("least", "usual", "most"))
        if value <= low or value >= high:
            return float(value >= high)
        if value <= usual:
            return (value - low) ** 2 / ((high - low) * (usual - low))
        return 1 - (high - value) ** 2 / ((high - low) * (high - usual))
    if law.law == "normal":
        return float(ndtr((value - told["mean"]) / told["sd"]))
    mean, sd = logs(law)
    return float(ndtr((np.log(value) - mean) / sd)) if value > 0 else 0.0


def logs(law: Assumption) -> tuple[float, float]:
    """Return mean and standard deviation of the logarithm of a lognormal law, told by its median or by its mean."""
    told = law.given
    if law.law == "lognormal":
        return float(np.log(told["median"])), told["sd"]
    variance = float(np.log1p((told["sd"] / told["mean"]) ** 2))
    return float(np.log(told["mean"])) - variance / 2, variance**0.5


def beta_quantile(law: tuple[float, float], at: Array) -> Array:
    """Return the quantiles of a beta law (wins, losses); one without wins, or without losses, is certain."""
    from scipy.special import betaincinv

    wins, losses = law
    if min(wins, losses) <= 0:
        return np.full_like(at, float(wins > 0))
    return np.asarray(betaincinv(wins, losses, at))


def triangular(at: Array, low: Array, usual: Array, high: Array) -> Array:
    """Return the quantiles of triangular laws; of the type of ``at``, so that single precision stays single."""
    width, left, right = high - low, usual - low, high - usual
    below = low + np.sqrt(at * (width * left))
    above = high - np.sqrt((1 - at) * (width * right))
    return np.asarray(np.where(at * width <= left, below, above))


def triangular_moments(low: Array, usual: Array, high: Array) -> tuple[Array, Array]:
    """Return mean and mean square of triangular laws."""
    mean = (low + usual + high) / 3
    square = (low**2 + usual**2 + high**2 + low * usual + low * high + usual * high) / 6
    return mean, square


def triangular_wave(t: Array, low: float, usual: float, high: float) -> Complex:
    """Return E[exp(i t r)], r ~ Triangular: the second divided difference of exp(i t x), twice over (i t)²."""
    t = np.asarray(t, dtype=np.float64)
    middle = (low + usual + high) / 3
    if high - low < 1e-12:
        return np.asarray(np.exp(1j * t * middle))
    points = np.array([low, usual, high]) - middle
    far = np.abs(t) * (high - low) > SMALL
    found = np.empty(t.shape, dtype=np.complex128)
    second, third, fourth, fifth, sixth = _moments(low - middle, usual - middle, high - middle)
    it = 1j * t[~far]
    found[~far] = 1 + it**2 * second / 2 + it**3 * third / 6 + it**4 * fourth / 24 + it**5 * fifth / 120
    found[~far] += it**6 * sixth / 720
    s = t[far]
    waves = [np.exp(1j * s * point) for point in points]
    first = _slope(s, waves[0], waves[1], points[0], points[1])
    last = _slope(s, waves[1], waves[2], points[1], points[2])
    found[far] = 2 * (last - first) / (points[2] - points[0]) / (1j * s) ** 2
    return np.asarray(found * np.exp(1j * t * middle))


def _slope(t: Array, start: Complex, end: Complex, low: float, high: float) -> Complex:
    """Return the slope of exp(i t x) from ``low`` to ``high``; at one point its derivative."""
    if high - low > 1e-12:
        return np.asarray((end - start) / (high - low))
    return np.asarray(1j * t * start)


def _moments(low: float, usual: float, high: float) -> list[float]:
    """Return the moments 2 to 6 of a triangular law: complete symmetric polynomials of its corners, 2 / ((k+1)(k+2)) each."""
    return [
        2
        / ((k + 1) * (k + 2))
        * sum(low**i * usual**j * high ** (k - i - j) for i in range(k + 1) for j in range(k + 1 - i))
        for k in range(2, 7)
    ]


@lru_cache(maxsize=128)
def beta_nodes(wins: float, losses: float, count: int) -> tuple[Array, Array]:
    """Return nodes p and weights that integrate polynomials of degree 2·count - 1 over Beta(wins, losses) exactly (Gauss-Jacobi)."""
    from scipy.special import roots_jacobi

    if min(wins, losses) <= 0:
        return np.array([float(wins > 0)]), np.ones(1)
    nodes, weights = roots_jacobi(count, losses - 1, wins - 1)
    return (1 + nodes) / 2, weights / weights.sum()
