"""Trends over published waves: Mann and Kendall by brute force and by scipy, slopes by numpy's own least squares."""

from datetime import date
from itertools import combinations, permutations

import numpy as np
import pytest
from scipy import stats

from metrics.disclosure.tables import Cell, Published, Table
from metrics.disclosure.trend import Point, mann_kendall, trend, weighted_slope


def wave(year: int, mean: float, sd: float | None = 20.0, n: int = 300, held_on: bool = True) -> Published:
    table = Table((), "who5", (Cell((), n, mean, sd),))
    return Published(str(year), 11, (table,), held_on=date(year, 6, 1) if held_on else None)


def brute(values: list[float]) -> float:
    def s(order: tuple[float, ...]) -> float:
        return sum(np.sign(b - a) for a, b in combinations(order, 2))

    every = [abs(s(order)) for order in permutations(values)]
    return sum(one >= abs(s(tuple(values))) for one in every) / len(every)


@pytest.mark.parametrize("seed", range(12))
def test_mann_kendall_is_exact(seed: int) -> None:
    draw = np.random.default_rng(seed)
    values = draw.permutation(4 + seed % 4).astype(float).tolist()
    found = mann_kendall(values)
    assert found.p == pytest.approx(brute(values))
    wanted = stats.kendalltau(range(len(values)), values, method="exact")
    assert found.p == pytest.approx(wanted.pvalue) and found.tau == pytest.approx(wanted.statistic)


@pytest.mark.parametrize("values", [[1.0, 1.0, 2.0, 3.0], [5.0, 4.0, 4.0, 4.0, 1.0], [2.0, 2.0, 2.0, 2.0]])
def test_equal_means_are_counted_exactly_too(values: list[float]) -> None:
    assert mann_kendall(values).p == pytest.approx(brute(values))


def test_many_waves_are_scipy_s() -> None:
    values = np.random.default_rng(3).normal(size=20).tolist()
    assert mann_kendall(values).p == pytest.approx(stats.kendalltau(range(20), values, method="exact").pvalue)
    tied = np.round(np.random.default_rng(4).normal(size=30) + np.arange(30) / 20, 0).tolist()
    assert mann_kendall(tied).p == pytest.approx(
        stats.kendalltau(range(30), tied, method="asymptotic").pvalue, rel=0.1
    )


def test_the_slope_is_weighted_least_squares() -> None:
    points = [
        Point(str(2010 + 2 * at), date(2010 + 2 * at, 6, 1), mean, error)
        for at, (mean, error) in enumerate([(50.0, 1.0), (53.0, 1.5), (55.0, 0.8), (58.0, 2.0), (57.0, 1.2)])
    ]
    found = weighted_slope(points)
    years = [(one.day - points[0].day).days / 365.25 for one in points]
    errors = np.array([one.error for one in points], dtype=float)
    fit, cov = np.polyfit(years, [one.mean for one in points], 1, w=1 / errors, cov="unscaled")
    assert found is not None and found.value == pytest.approx(fit[0])
    residual = (np.array([one.mean for one in points]) - np.polyval(fit, years)) / errors
    half = stats.t.ppf(0.975, 3) * np.sqrt(cov[0, 0] * max(1.0, float(residual @ residual) / 3))
    assert (found.low, found.high) == pytest.approx((fit[0] - half, fit[0] + half))


def test_a_rise_over_five_waves_is_said_and_noise_is_noise() -> None:
    rising = trend([wave(2011 + 2 * at, 50 + 3 * at) for at in range(5)], "who5")
    assert (
        rising.is_signal and rising.slope is not None and rising.slope.value == pytest.approx(1.5, abs=0.01)
    )
    assert (
        rising.fr.startswith("5 vagues depuis 2011 : +1,5 point par an [")
        and "plus que le hasard" in rising.fr
    )
    assert "more than chance (Mann-Kendall p = 0.02)" in rising.en
    noise = trend([wave(2011 + 2 * at, 50 + (-1) ** at) for at in range(5)], "who5")
    assert noise.is_signal is False and "dans le bruit" in noise.fr


def test_fewer_than_four_waves_say_differences_only() -> None:
    found = trend([wave(2011, 50), wave(2013, 55), wave(2015, 60)], "who5")
    assert found.kendall is found.slope is found.is_signal is None and len(found.points) == 3
    assert found.fr == "3 vagues : une tendance en demande 4 ; seules les différences se lisent"
    assert "only differences" in found.en


def test_waves_without_a_date_or_the_measure_are_left_out() -> None:
    every = [wave(2011 + at, 50 + at) for at in range(4)]
    assert trend([*every, wave(2020, 9, held_on=False)], "who5").points == trend(every, "who5").points
    assert trend(every, "qwl").points == ()


def test_without_standard_deviations_the_order_alone_judges() -> None:
    found = trend([wave(2005 + at, 50 + at, sd=None) for at in range(6)], "who5")
    assert found.slope is None and found.kendall is not None and found.kendall.p == pytest.approx(2 / 720)
    assert found.is_signal and found.fr == "6 vagues depuis 2005 : Mann-Kendall p < 0,01, plus que le hasard"
