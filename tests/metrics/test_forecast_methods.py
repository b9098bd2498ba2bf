"""The three other methods: exact moments, closed forms, and an 80 % band that holds 80 % where the assumptions hold."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from metrics import forecast_blocks, forecast_counts, forecast_walk

HALF_YEAR = np.ones(6)
AHEAD = np.arange(1.0, 7.0)
Array = np.ndarray


def held(make: Callable[[np.random.Generator], tuple[Array, Array]], times: int = 500) -> float:
    """Return how often the 80 % band of the draws held the value; ``make`` returns (draws at the end, the value)."""
    rng = np.random.default_rng(20150630)
    inside = 0
    for _ in range(times):
        drawn, value = make(rng)
        low, high = np.quantile(drawn, [0.1, 0.9])
        inside += bool(low <= value <= high)
    return inside / times


@pytest.mark.parametrize("months", [16, 36])
def test_the_band_of_the_blocks_holds_eight_times_in_ten(months: int) -> None:
    def amounts(rng: np.random.Generator) -> tuple[Array, Array]:
        series = rng.gamma(4.0, 25.0, size=months + 6)
        return forecast_blocks.paths(series[:months], HALF_YEAR, rng, 600)[:, -1], series[months:].sum()

    assert 0.75 <= held(amounts) <= 0.85


def test_the_band_of_the_blocks_holds_with_seasons() -> None:
    season = 10 * np.array([5, 5, 6, 7, 8, 9, 4, 1, 8, 9, 7, 5.0])

    def counts(rng: np.random.Generator) -> tuple[Array, Array]:
        month = np.arange(42) % 12
        series = rng.poisson(season[month]).astype(float)
        seasons = (month[:36] + 1, month[36:] + 1)
        drawn = forecast_blocks.paths(series[:36], HALF_YEAR, rng, 600, seasons=seasons)
        return drawn[:, -1], series[36:].sum()

    assert 0.75 <= held(counts) <= 0.87  # a season learnt from three years: a little wide


def test_the_blocks_keep_mean_and_what_months_owe_each_other() -> None:
    rng = np.random.default_rng(2)
    noise = rng.normal(size=60)
    series = 100 + 8 * np.convolve(noise, [1, 1, 1], "same")  # positively autocorrelated
    drawn = forecast_blocks.paths(series, HALF_YEAR, rng, 20_000)
    assert drawn[:, -1].mean() == pytest.approx(6 * series.mean(), rel=0.01)
    alone = forecast_blocks.paths(rng.permutation(series), HALF_YEAR, rng, 20_000)
    assert drawn[:, -1].std() > 1.2 * alone[:, -1].std()


def test_a_coming_month_has_its_season_and_part_of_a_month_its_part() -> None:
    rng = np.random.default_rng(4)
    month = np.arange(36) % 12
    series = np.where(month == 7, 0.0, 30.0)  # nothing in August
    coming = forecast_blocks.paths(
        series, np.array([0.5, 1, 1]), rng, 2000, seasons=(month + 1, np.array([7, 8, 9]))
    )
    assert coming.mean(axis=0) == pytest.approx([15, 15, 45], rel=1e-6)


def test_cancellations_may_take_away() -> None:
    rng = np.random.default_rng(4)
    series = np.array([5, -2, 3, 0, 4, -1, 2, 6, 0, 1, -3, 5.0])
    drawn = forecast_blocks.paths(series, HALF_YEAR, rng, 5000)
    assert drawn.min() < 0 and drawn[:, -1].mean() == pytest.approx(6 * series.mean(), rel=0.1)


def test_the_band_of_few_counts_holds_eight_times_in_ten() -> None:
    def even(rng: np.random.Generator) -> tuple[Array, Array]:
        series = rng.poisson(7.0, size=16).astype(float)
        return forecast_counts.paths(series[:10], HALF_YEAR, rng, 600)[:, -1], series[10:].sum()

    def uneven(rng: np.random.Generator) -> tuple[Array, Array]:
        series = rng.negative_binomial(3, 0.25, size=16).astype(float)  # variance 4 times the mean
        return forecast_counts.paths(series[:10], HALF_YEAR, rng, 600)[:, -1], series[10:].sum()

    assert 0.75 <= held(even) <= 0.87
    assert 0.73 <= held(uneven) <= 0.87


def test_the_posterior_of_a_count_is_negative_binomial() -> None:
    past = np.array([2, 3, 1, 2, 4, 2, 3, 1, 2.0])
    drawn = forecast_counts.paths(past, HALF_YEAR, np.random.default_rng(1), 200_000)[:, -1]
    exact = stats.nbinom(0.5 + past.sum(), 9 / (9 + 6))  # Gamma(½ + Σx, 9) mixed over Poisson(6λ)
    for value in (6, 12, 18):
        assert (drawn <= value).mean() == pytest.approx(exact.cdf(value), abs=0.005)


def test_uneven_counts_are_seen() -> None:
    assert forecast_counts.dispersion(np.array([2, 3, 1, 2, 4, 2, 3, 1.0])) == 1.0
    assert forecast_counts.dispersion(np.array([0, 0, 30, 0, 1, 25, 0, 0.0])) > 10
    assert forecast_counts.are_counts(np.array([1.0, 0, 3])) and not forecast_counts.are_counts(
        np.array([0.5])
    )


def test_nothing_seen_does_not_mean_nothing_to_come() -> None:
    drawn = forecast_counts.paths(np.zeros(10), HALF_YEAR, np.random.default_rng(1), 50_000)[:, -1]
    assert 0 < (drawn > 0).mean() < 0.3


def test_the_band_of_the_walk_holds_eight_times_in_ten() -> None:
    def walk(rng: np.random.Generator) -> tuple[Array, Array]:
        series = 100 + np.cumsum(rng.normal(0, 2.0, size=30))
        return forecast_walk.paths(series[:24], series[23], AHEAD, "days", 400)[:, -1], series[-1]

    assert 0.75 <= held(walk) <= 0.85


def test_a_step_of_the_walk_by_hand() -> None:
    past = np.array([10.0, 12, 11, 15])  # ranges 2, 1, 4: mean 7/3
    sd = 7 / 3 * 2 / 1.1283791671 * np.sqrt(2) / 2 * np.sqrt(1)  # amR / (d2/√2)
    assert forecast_walk.step_sd(past) == pytest.approx(sd, rel=1e-6)
    drawn = forecast_walk.paths(past, 15.0, AHEAD, "eur_per_eur", 10_001)
    assert np.median(drawn[:, 3]) == pytest.approx(15)
    assert np.quantile(drawn[:, 3], 0.9) == pytest.approx(15 + 1.2816 * 2 * sd, rel=1e-3)


def test_shares_stay_between_0_and_1_and_counts_above_0() -> None:
    shares = forecast_walk.paths(np.array([0.9, 0.99, 0.8, 0.97]), 0.97, AHEAD, "ratio", 1000)
    assert shares.max() == 1.0 and shares.min() >= 0
    assert forecast_walk.paths(np.array([3.0, 1, 4, 1]), 1.0, AHEAD, "n", 1000).min() == 0
    assert forecast_walk.paths(np.array([3.0, -1, 4, 1]), 1.0, AHEAD, "points", 1000).min() < 0
