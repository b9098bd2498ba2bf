"""The pipeline on domain.md's example, against closed forms, quadrature and another library."""

import numpy as np
import pytest
from scipy import integrate, stats

from metrics.forecast_pipeline import (
    Arrivals,
    Chances,
    Requests,
    beta_by_programme,
    lognormal,
    paths,
    remaining,
    to_come,
)

SHARES = (0.6, 0.9, 1.0)


def example(requests: int) -> np.ndarray:
    """15.0 M€ awarded and 11.0 M€ pending in equal requests: draws of the total at the end of the year, M€."""
    chances = Chances(np.array([12.0]), np.array([8.0]), SHARES, np.log(120.0), 0.5)
    asked = Requests(
        np.full(requests, 11.0 / requests), np.zeros(requests), np.zeros(requests, dtype=np.int64)
    )
    return 15.0 + paths(asked, chances, np.array([184.0]), np.random.default_rng(7), 200_000)[:, 0]


def test_the_worked_example() -> None:
    drawn = example(8)
    exact = 15 + 11 * 0.6 * (2.5 / 3) * stats.norm.cdf(np.log(184 / 120) / 0.5)
    assert exact == pytest.approx(19.42, abs=0.005)
    assert drawn.mean() == pytest.approx(exact, abs=0.02)
    assert np.quantile(drawn, [0.1, 0.9]) == pytest.approx([17.2, 21.8], abs=0.06)
    assert (drawn >= 18).mean() == pytest.approx(0.80, abs=0.01)


@pytest.mark.parametrize(("requests", "chance"), [(1, 0.48), (20, 0.86)])
def test_the_number_of_requests_matters(requests: int, chance: float) -> None:
    assert (example(requests) >= 18).mean() == pytest.approx(chance, abs=0.01)


def test_the_chance_with_two_requests_by_quadrature() -> None:
    """Two equal requests of one programme, no delay: P(total > x) integrated over p and r, against the draws."""
    chances = Chances(np.array([3.0]), np.array([2.0]), SHARES, np.log(1e-6), 0.1)
    asked = Requests(np.array([1.0, 1.0]), np.zeros(2), np.zeros(2, dtype=np.int64))
    drawn = paths(asked, chances, np.array([10.0]), np.random.default_rng(1), 200_000)[:, 0]
    share = stats.triang(0.75, 0.6, 0.4)
    both, one = stats.beta(3, 2).moment(2), 2 * (3 / 5 - stats.beta(3, 2).moment(2))
    sum_over = integrate.quad(lambda r: share.pdf(r) * share.sf(1.7 - r), 0.6, 1.0)[0]
    assert (drawn > 1.7).mean() == pytest.approx(both * sum_over, abs=0.004)
    assert (drawn > 0.8).mean() == pytest.approx(both + one * share.sf(0.8), abs=0.004)


def test_a_programme_is_drawn_once_for_all_its_requests() -> None:
    """Shared draws spread the total more than independent ones (pitfall 30): Var = n·p(1−p) + n(n−1)·Var(p)."""
    certain = (1.0, 1.0000001, 1.0000002)
    chances = Chances(np.array([3.0, 3.0]), np.array([2.0, 2.0]), certain, np.log(1e-6), 0.1)
    rng = np.random.default_rng(3)
    one = Requests(np.ones(10), np.zeros(10), np.zeros(10, dtype=np.int64))
    two = Requests(np.ones(10), np.zeros(10), np.arange(10) % 2)
    p, var_p = 0.6, stats.beta(3, 2).var()
    spread = [paths(part, chances, np.array([9.0]), rng, 100_000)[:, 0].var() for part in (one, two)]
    assert spread[0] == pytest.approx(10 * p * (1 - p) + 90 * var_p, rel=0.02)
    assert spread[1] == pytest.approx(10 * p * (1 - p) + 40 * var_p, rel=0.02)


@pytest.mark.parametrize("waited", [0.0, 60.0, 300.0])
def test_the_days_still_to_wait_are_those_of_who_has_waited_already(waited: float) -> None:
    chances = Chances(np.ones(1), np.ones(1), SHARES, np.log(120.0), 0.5)
    drawn = remaining(chances, np.array([waited]), np.random.default_rng(5), (100_000, 1))[:, 0]
    law = stats.lognorm(0.5, scale=120)
    for days in (10, 50, 150):
        exact = (law.cdf(waited + days) - law.cdf(waited)) / law.sf(waited)
        assert (drawn <= days).mean() == pytest.approx(exact, abs=0.006)
    assert drawn.min() >= -1e-9


def test_a_request_forgotten_for_ten_years_breaks_nothing() -> None:
    chances = Chances(np.ones(1), np.ones(1), SHARES, np.log(120.0), 0.2)
    drawn = remaining(chances, np.array([3650.0, 40000.0]), np.random.default_rng(5), (1000, 2))
    assert np.isfinite(drawn).all()


def test_requests_to_come_by_quadrature() -> None:
    """Mean: rate · amount · p · r · the mean chance of an answer in time, over a request made on a uniform day."""
    chances = Chances(np.ones(1), np.ones(1), SHARES, np.log(60.0), 0.5)
    coming = Arrivals(4 / 30, np.array([100.0, 300.0]), (6.0, 4.0))
    horizons = np.array([92.0, 184.0])
    drawn = to_come(coming, chances, horizons, np.random.default_rng(8), 50_000)
    for place, days in enumerate(horizons):
        in_time = integrate.quad(lambda u, end=days: stats.lognorm(0.5, scale=60).cdf(end - u), 0, days)[0]
        mean = 4 / 30 * 200 * 0.6 * (2.5 / 3) * in_time
        assert drawn[:, place].mean() == pytest.approx(mean, rel=0.02)
    assert (drawn[:, 1] >= drawn[:, 0]).all()


def test_no_request_to_come_adds_nothing() -> None:
    chances = Chances(np.ones(1), np.ones(1), SHARES, np.log(60.0), 0.5)
    for coming in (Arrivals(0.0, np.array([1.0]), (1.0, 1.0)), Arrivals(0.0, np.zeros(0), (1.0, 1.0))):
        assert not to_come(coming, chances, np.array([90.0]), np.random.default_rng(8), 100).any()


def test_success_is_learnt_by_programme_from_four_average_applications() -> None:
    is_won = np.array([True, True, True, False, False, True])
    programme = np.array([0, 0, 0, 0, 1, 1])
    a, b = beta_by_programme(is_won, programme, 3, 4.0)
    usual = 5 / 8  # (4 + 1) / (6 + 2)
    assert a == pytest.approx([4 * usual + 3, 4 * usual + 1, 4 * usual])
    assert b == pytest.approx([4 * (1 - usual) + 1, 4 * (1 - usual) + 1, 4 * (1 - usual)])


def test_delays_with_censored_ones_as_another_library_fits_them() -> None:
    rng = np.random.default_rng(11)
    delay, seen = rng.lognormal(np.log(120), 0.5, 300), rng.uniform(20, 400, 300)
    found = lognormal(np.minimum(delay, seen), delay <= seen)
    logs = np.log(np.minimum(delay, seen))
    data = stats.CensoredData(uncensored=logs[delay <= seen], right=logs[delay > seen])
    assert found == pytest.approx(stats.norm.fit(data), rel=1e-4)
    # leaving the unanswered out would say too short
    assert found is not None and found[0] > logs[delay <= seen].mean()


def test_too_few_answers_give_no_law() -> None:
    assert lognormal(np.array([10.0, 20, 30, 40, 50]), np.array([True] * 4 + [False])) is None
