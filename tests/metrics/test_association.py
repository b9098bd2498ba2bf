"""Rank correlation of few pairs: the same as scipy's, its p counted over all orders."""

import numpy as np
import pytest
from scipy import stats

from metrics.association import FEWEST, ranks, spearman


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("n", [4, 5, 7, 12])
def test_it_is_scipy_s(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    y = np.round(x + rng.normal(size=n), 0 if seed % 2 else 6)  # ties in every other case
    found, oracle = spearman(x.tolist(), y.tolist()), stats.spearmanr(x, y)
    assert found is not None and found.rho == pytest.approx(oracle.statistic)
    if n > 9:
        assert found.p == pytest.approx(oracle.pvalue) and not found.is_exact
        return

    def rho(order: np.ndarray) -> float:
        return float(stats.spearmanr(order, y).statistic)

    exact = stats.permutation_test((x,), rho, permutation_type="pairings", n_resamples=np.inf)
    assert found.is_exact and found.p == pytest.approx(exact.pvalue)


def test_four_pairs_in_perfect_order_are_not_rare_enough() -> None:
    found = spearman([1, 2, 3, 4], [10, 20, 30, 40])
    assert found is not None and found.rho == pytest.approx(1) and found.p == pytest.approx(2 / 24)
    assert not found.is_told
    five = spearman([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])
    assert five is not None and five.p == pytest.approx(2 / 120) and five.is_told


def test_too_few_pairs_or_no_variation_tell_nothing() -> None:
    assert FEWEST == 4
    assert spearman([1, 2, 3], [3, 2, 1]) is None
    assert spearman([1, 1, 1, 1], [1, 2, 3, 4]) is None
    with pytest.raises(ValueError):
        spearman([1, 2, 3, 4], [1, 2, 3])


def test_ties_share_their_ranks() -> None:
    assert ranks([3, 1, 3, 2]).tolist() == [3.5, 1.0, 3.5, 2.0]
