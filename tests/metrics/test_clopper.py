"""The exact interval of a share: equal to a second library's, to the published figure, and unknown where there are no counts."""

import numpy as np
import pytest
from scipy.stats import binomtest

from metrics.clopper import limits

NONE = np.nan


def of(k: float, n: float) -> tuple[float, float]:
    low, high = limits(np.array([float(k)]), np.array([float(n)]))
    return float(low[0]), float(high[0])


def test_it_is_the_exact_interval_of_a_second_library() -> None:
    pairs = [(k, n) for n in (1, 2, 5, 13, 84, 640) for k in sorted({0, 1, n // 3, n // 2, n - 1, n})]
    low, high = limits(*(np.array(column, dtype=float) for column in zip(*pairs, strict=True)))
    for (k, n), *found in zip(pairs, low, high, strict=True):
        exact = binomtest(k, n).proportion_ci(method="exact")
        assert found == pytest.approx([exact.low, exact.high], abs=1e-9), (k, n)


@pytest.mark.parametrize(("n", "percent"), [(10, 69.2), (30, 88.4), (84, 95.7)])
def test_all_of_a_few_is_no_certainty(n: int, percent: float) -> None:
    """Everybody agreed: the lower limit is 0.025 to the power 1/n."""
    assert of(n, n) == (pytest.approx(0.025 ** (1 / n)), 1.0)
    assert round(100 * of(n, n)[0], 1) == percent


@pytest.mark.parametrize(("k", "n"), [(NONE, 5), (2, NONE), (3, 2), (-1, 4), (0, 0), (1.5, 4), (1, 4.2)])
def test_what_are_no_counts_have_no_interval(k: float, n: float) -> None:
    assert np.isnan(of(k, n)).all()


def test_each_place_is_on_its_own() -> None:
    low, high = limits(np.array([0.0, NONE, 4.0]), np.array([4.0, 4.0, 4.0]))
    assert np.isnan(low).tolist() == [False, True, False]
    assert (low[0], high[2]) == (0.0, 1.0) and high[0] == pytest.approx(1 - low[2])
