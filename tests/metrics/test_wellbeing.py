"""What a published wave allows to say, against figures worked out by hand and against a simulation."""

import numpy as np
import pytest

from metrics.disclosure.tables import Cell, Net, Response
from metrics.wellbeing import bound, limits, net_noise, rate


def test_what_is_not_published_is_not_invented() -> None:
    assert limits(Cell(())) == (None, None) and limits(Cell((), 30, 50.0)) == (None, None)
    assert rate(None) is None and rate(Response(10)) is None


def test_the_interval_of_a_group_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(600):
        answers = np.clip(rng.normal(55, 15, 90), 0, 100)
        low, high = limits(Cell((), 90, round(float(answers.mean()), 1), round(float(answers.std(ddof=1)))))
        assert low is not None and high is not None
        inside += low <= 55 <= high
    assert 0.92 < inside / 600 < 0.98


def test_limits_stay_on_the_scale() -> None:
    low, high = limits(Cell((), 15, 98.0, 12.0))
    assert high == 100.0 and low == pytest.approx(98 - 1.959964 * 12 / 15**0.5, abs=1e-4)


def test_the_silent_ones_move_the_mean_by_their_share() -> None:
    assert rate(Response(350, 640)) == pytest.approx(0.546875)
    low, high = bound(60.9, 0.55)
    assert (low, high) == (pytest.approx(56.4), pytest.approx(65.4))
    # The formula of the domain: RR x m + (1 - RR) x (m + d).
    assert low == pytest.approx(0.55 * 60.9 + 0.45 * (60.9 - 10))
    assert bound(2.0, 0.5) == (0.0, 7.0) and bound(60.0, 1.0) == (60.0, 60.0)


def test_two_net_scores_eight_points_apart_are_not_different() -> None:
    # The domain's: p = 0.32, d = 0.24, n = 352 is +8 +/- 7.8, so that two such waves may be 11 apart by chance.
    found = net_noise(Net(8.0, 2.8, 13.2, 0.32, 0.24), 352)
    assert found is not None and found == pytest.approx(7.8 * 2**0.5, abs=0.06) and found > 8
    assert net_noise(Net(100.0, None, None, 1.0, 0.0), 40) is None
