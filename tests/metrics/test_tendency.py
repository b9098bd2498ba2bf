"""Slope and test against another library and a brute force written from the paper."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from metrics.tendency import tendency


def series(seed: int, ties: bool, carried: float) -> list[float]:
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=30)
    for i in range(1, 30):
        noise[i] += carried * noise[i - 1]
    values = 0.05 * np.arange(30) + noise
    return list(np.round(values) if ties else values)


@pytest.mark.parametrize("seed", range(4))
def test_the_slope_and_its_interval_as_another_library_has_them(seed: int) -> None:
    values = series(seed, False, 0.0)
    found, other = tendency(values), stats.theilslopes(values)
    assert found is not None
    assert (found.slope, found.low, found.high) == pytest.approx((other[0], other[2], other[3]))


def brute(values: list[float]) -> tuple[float, bool]:
    """Mann-Kendall with Hamed and Rao's correction, loop by loop."""
    n = len(values)
    score = sum(int(np.sign(b - a)) for a, b in combinations(values, 2))
    variance = n * (n - 1) * (2 * n + 5) / 18
    for value in set(values):
        t = values.count(value)
        variance -= t * (t - 1) * (2 * t + 5) / 18
    slope = float(np.median([(values[j] - values[i]) / (j - i) for i, j in combinations(range(n), 2)]))
    rest = [value - slope * i for i, value in enumerate(values)]
    ranks = stats.rankdata(rest)
    mean = sum(ranks) / n
    power = sum((rank - mean) ** 2 for rank in ranks)
    factor = 1.0
    for lag in range(1, n - 2):
        rho = sum((ranks[i] - mean) * (ranks[i + lag] - mean) for i in range(n - lag)) / power
        if abs(rho) > stats.norm.ppf(0.975) / np.sqrt(n):
            factor += 2 / (n * (n - 1) * (n - 2)) * (n - lag) * (n - lag - 1) * (n - lag - 2) * rho
    z = (score - np.sign(score)) / np.sqrt(variance * max(factor, 1 / n))
    return float(2 * stats.norm.sf(abs(z))), factor != 1.0


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("ties", "carried"), [(False, 0.0), (True, 0.0), (False, 0.8), (True, 0.6)])
def test_the_p_value_as_the_brute_force_has_it(seed: int, ties: bool, carried: float) -> None:
    values = series(seed, ties, carried)
    found = tendency(values)
    assert found is not None
    assert (found.p, found.is_corrected) == (pytest.approx(brute(values)[0], rel=1e-9), brute(values)[1])


def test_kendall_s_own_test_without_ties_or_autocorrelation() -> None:
    values = [3.0, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93]
    found = tendency(values)
    other = stats.kendalltau(range(12), values, method="asymptotic")
    assert found is not None and not found.is_corrected and found.is_clear
    # another library makes no correction for continuity: S is one less here
    assert found.p > other.pvalue and found.p == pytest.approx(brute(values)[0])


def test_what_carries_over_is_less_of_a_proof() -> None:
    def alarms(carried: float) -> int:
        rng, seen = np.random.default_rng(9), 0
        for _ in range(300):
            noise = rng.normal(size=36)
            for i in range(1, 36):
                noise[i] += carried * noise[i - 1]
            found = tendency(list(noise))
            seen += found is not None and found.is_clear
        return seen

    assert alarms(0.0) <= 45  # about 5 %, of which chance autocorrelations leave more
    assert alarms(0.6) <= 90  # 40 % without correction


def test_constant_and_short_series() -> None:
    assert tendency([1.0] * 7) is None
    flat = tendency([1.0] * 20)
    assert flat is not None and (flat.slope, flat.p, flat.is_clear) == (0.0, 1.0, False)
