"""The bootstrap against what theory and scipy say, on the ten funded files of the demo and on larger draws."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from metrics import resample

OWN = np.array([600, 400, 150, 700, 100, 250, 400, 200, 20, 180], dtype=float)
PARTNER = np.array([2400, 3600, 950, 2300, 700, 1350, 1300, 700, 100, 1600], dtype=float)
Array = NDArray[np.float64]


def ratio(over: Array, under: Array) -> Callable[[Array], Array]:
    """Return what maps weights (draws x rows) to a ratio of sums."""

    def value(weight: Array) -> Array:
        bottom = weight @ under
        return np.divide(weight @ over, bottom, out=np.full(len(weight), np.nan), where=bottom != 0)

    return value


def ones(n: int) -> NDArray[np.int64]:
    return np.ones(n, dtype=np.int64)


def many(n: int, seed: int = 7) -> tuple[Array, Array]:
    """Return skewed partner and own amounts of n files."""
    rng = np.random.default_rng(seed)
    own = rng.lognormal(5, 0.6, n)
    return own * rng.lognormal(1.3, 0.5, n), own


def test_the_standard_error_of_the_leverage_is_the_delta_methods() -> None:
    gaps = PARTNER - 5 * OWN
    delta = np.sqrt(10 / 9 * np.sum(gaps**2)) / OWN.sum()
    assert round(float(delta), 2) == 0.83
    drawn = resample.draws(ones(10), ratio(PARTNER, OWN))
    assert float(np.std(drawn)) == pytest.approx(delta, rel=0.12)
    assert float(np.mean(drawn)) == pytest.approx(5.0, abs=0.15)


def test_the_interval_of_the_leverage() -> None:
    found = resample.interval(ones(10), ratio(PARTNER, OWN), smooth=True)
    assert found is not None and found == (pytest.approx(3.8, abs=0.1), pytest.approx(6.9, abs=0.1))


def test_a_mean_of_ratios_would_be_another_number() -> None:
    assert PARTNER.sum() / OWN.sum() == 5.0
    assert round(float(np.mean(PARTNER / OWN)), 2) == 5.57


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_under_five_rows_there_is_no_interval(n: int) -> None:
    assert resample.interval(ones(n), ratio(PARTNER[:n], OWN[:n]), smooth=True) is None


def test_from_five_rows_on_there_is_one() -> None:
    found = resample.interval(ones(5), ratio(PARTNER[:5], OWN[:5]), smooth=True)
    assert found is not None
    assert found[0] < PARTNER[:5].sum() / OWN[:5].sum() < found[1]


def test_five_files_counted_in_one_cell_are_five_files() -> None:
    """One cell may stand for several equal rows: it is how many rows there are that decides."""
    counts = np.array([3, 2], dtype=np.int64)
    grouped = resample.interval(counts, ratio(PARTNER[:2], OWN[:2]), smooth=True)
    spread = resample.interval(
        ones(5), ratio(np.repeat(PARTNER[:2], counts), np.repeat(OWN[:2], counts)), smooth=True
    )
    assert grouped is not None and spread is not None
    assert grouped == pytest.approx(spread, rel=0.05)


def test_the_same_rows_give_the_same_interval_each_time() -> None:
    partner, own = many(60)
    first, second = (resample.interval(ones(60), ratio(partner, own), smooth=True) for _ in range(2))
    assert first == second and first is not None
    other = resample.interval(ones(59), ratio(partner[1:], own[1:]), smooth=True)
    assert other != first


@pytest.mark.parametrize(("smooth", "method"), [(True, "BCa"), (False, "percentile")])
def test_from_twenty_rows_on_it_is_scipys(smooth: bool, method: str) -> None:
    partner, own = many(40)
    found = resample.interval(ones(40), ratio(partner, own), smooth=smooth)
    theirs = stats.bootstrap(
        (partner, own),
        lambda a, b, axis: a.sum(axis) / b.sum(axis),
        paired=True,
        vectorized=True,
        method=method,
        n_resamples=4000,
        rng=np.random.default_rng(1),
    )
    limits = theirs.confidence_interval
    width = limits.high - limits.low
    assert found is not None
    assert found[0] == pytest.approx(limits.low, abs=0.06 * width)
    assert found[1] == pytest.approx(limits.high, abs=0.06 * width)


def test_bias_and_skewness_move_the_limits() -> None:
    partner, own = many(40)
    plain, moved = (
        resample.interval(ones(40), ratio(partner, own), smooth=smooth) for smooth in (False, True)
    )
    assert plain != moved


def test_nineteen_rows_are_read_at_the_plain_percentiles() -> None:
    partner, own = many(19)
    value = ratio(partner, own)
    assert resample.interval(ones(19), value, smooth=True) == pytest.approx(
        resample.interval(ones(19), value, smooth=False) or (), rel=0.02
    )


def test_too_many_draws_without_value_leave_no_interval() -> None:
    """With own funds on one file of six, a third of the draws have nothing to divide by."""
    own = np.array([100.0, 0, 0, 0, 0, 0])
    assert resample.interval(ones(6), ratio(PARTNER[:6], own), smooth=True) is None


def test_equal_rows_have_no_spread() -> None:
    found = resample.interval(ones(25), ratio(np.full(25, 50.0), np.full(25, 10.0)), smooth=True)
    assert found == (pytest.approx(5.0), pytest.approx(5.0))


def test_a_drawn_survival_curve_is_the_one_of_the_drawn_rows() -> None:
    days, ended = np.array([10.0, 20, 20, 40, 60]), np.array([1.0, 1, 0, 1, 0])
    curves = resample.survival(days, ended, np.arange(5))(
        np.array([[1.0, 1, 1, 1, 1], [0, 0, 1, 1, 3], [2, 3, 0, 0, 0]])
    )
    assert resample.quantile(curves, 0.5).tolist() == pytest.approx([40, np.nan, 20], nan_ok=True)
    assert resample.share(curves, 30) == pytest.approx([0.6, 1.0, 0.0])
    assert resample.share(curves, 5) == pytest.approx([1.0, 1.0, 1.0])
