"""Where a function reaches a goal: against a dense scan, on curves, steps, gaps and forbidden stretches."""

from math import sin

import numpy as np
import pytest

from metrics.crossing import Search, search


def ask(value, goal=0.0, sign=1, low=-1.0, high=1.0, start=0.0, allowed=lambda x: True, whole=False):  # type: ignore[no-untyped-def]
    return Search(value, allowed, goal, sign, low, high, start, whole)


def test_a_straight_line_is_solved_and_said_roundly() -> None:
    found = search(ask(lambda x: 3 * x, goal=0.75))
    assert found.x == 0.25 and found.y == pytest.approx(0.75)


def test_few_values_are_asked_of_a_smooth_function() -> None:
    one = ask(lambda x: 15 / (3 * (1 + x)), goal=4.0, sign=-1, low=-0.9, high=2)
    assert search(one).x == 0.25
    assert len(one.values) < 30


def test_of_several_roots_the_nearest_is_the_answer_and_the_others_are_told() -> None:
    found = search(ask(lambda x: sin(x), goal=0.5, low=-7, high=9, start=1.8 * 3.14159))
    assert found.x == pytest.approx(2 * np.pi + np.pi / 6, abs=1e-5)
    assert found.others == pytest.approx((5 * np.pi / 6, -7 * np.pi / 6), abs=1e-5)


def test_what_is_more_than_enough_comes_back_to_just_enough() -> None:
    found = search(ask(lambda x: 15 + 9 * x, goal=18, low=0, high=1, start=0.5))
    assert found.x == pytest.approx(1 / 3, abs=1e-9)
    steps = search(ask(lambda x: float(round(10 * x)), goal=4.2, low=0, high=1, start=0.9))
    assert steps.y == 5 and steps.x is not None and 0.45 <= steps.x <= 0.55
    assert search(ask(lambda x: 7.0 + x, goal=3, start=0.5)).x == -1.0


def test_where_it_stands_is_the_answer_when_the_goal_is_reached_there() -> None:
    assert search(ask(lambda x: 5.0 if x == 0.1 else 1.0, goal=5.0, start=0.1)).x == 0.1


@pytest.mark.parametrize("edge", [0.3, -0.61237])
def test_a_step_is_crossed_at_its_edge(edge: float) -> None:
    found = search(ask(lambda x: 60.0 if (x >= edge) == (edge > 0) else 75.0, goal=60.0, sign=-1))
    assert found.x == pytest.approx(edge, abs=1e-5) and found.y == 60.0


def test_a_plateau_at_the_goal_is_entered_where_it_begins() -> None:
    found = search(ask(lambda x: min(max(x, 0.0), 0.5), goal=0.5))
    assert found.x == pytest.approx(0.5)
    flat = search(ask(lambda x: float(np.floor(10 * x)), goal=3.0))
    assert flat.x == pytest.approx(0.3, abs=1e-6)


def test_whole_numbers_stay_whole() -> None:
    found = search(ask(lambda x: 100 - 7 * x, goal=60, sign=-1, low=1, high=36, start=1, whole=True))
    assert found.x == 6 and found.y == 58
    far = search(ask(lambda x: 100 - x, goal=-833, sign=-1, low=1, high=1000, start=1, whole=True))
    assert far.x == 933


def test_what_is_unknown_on_the_way_is_passed() -> None:
    found = search(ask(lambda x: None if 0.1 < x < 0.4 else x, goal=0.3))
    assert found.x == pytest.approx(0.4, abs=1e-6)
    nothing = search(ask(lambda x: None, goal=1))
    assert nothing.x is None and nothing.best is None and not nothing.is_constant


def test_the_law_stops_it_at_the_last_value_that_it_allows() -> None:
    found = search(ask(lambda x: 5 + x, goal=6, allowed=lambda x: x <= 0.37))
    assert found.x is None and found.best is not None
    assert found.best[0] == 0.37 and found.best[1] == pytest.approx(5.37)
    assert found.blocked is not None and found.blocked > 0.37


def test_the_only_value_that_reaches_it_may_be_the_law_s_own_limit() -> None:
    found = search(ask(lambda x: 4 / (1 + x), goal=5, low=-0.9, high=2, allowed=lambda x: x >= -0.2))
    assert found.x == pytest.approx(-0.2) and found.y == pytest.approx(5)


def test_a_forbidden_stretch_is_jumped_over() -> None:
    found = search(ask(lambda x: x, goal=0.2, allowed=lambda x: not 0.1 < x < 0.6))
    assert found.x == pytest.approx(0.6, abs=1e-5)


def test_all_forbidden_has_no_best() -> None:
    found = search(ask(lambda x: x, goal=2, allowed=lambda x: False))
    assert found.x is None and found.best is None and found.blocked is not None


def test_a_summit_below_the_goal_is_found() -> None:
    found = search(ask(lambda x: 4 - (x - 0.237) ** 2, goal=5))
    assert found.x is None and found.best is not None
    assert found.best[0] == pytest.approx(0.237, abs=2e-3) and found.best[1] == pytest.approx(4, abs=1e-5)


def test_the_bound_binds_where_it_still_grows() -> None:
    found = search(ask(lambda x: x**3, goal=5))
    assert found.best == (1.0, 1.0) and found.blocked is None and not found.is_constant
    assert search(ask(lambda x: 7.0, goal=5, sign=-1)).is_constant


@pytest.mark.parametrize("seed", range(60))
def test_a_dense_scan_finds_nothing_nearer(seed: int) -> None:
    """Random waves with steps and a forbidden stretch: the answer holds, and nothing wider than a grid step is nearer."""
    rng = np.random.default_rng(seed)
    a, b, c, step = rng.uniform(0.5, 2, 4)
    fence = sorted(rng.uniform(-1, 1, 2))

    def value(x: float) -> float:
        found = a * sin(b * x + c)
        return float(np.floor(found / (step / 8)) * step / 8) if seed % 2 else found

    goal, sign = float(rng.uniform(-1, 1)), 1 if seed % 3 else -1
    one = ask(value, goal=goal, sign=sign, allowed=lambda x: not fence[0] < x < fence[1])
    found = search(one)
    xs = np.linspace(-1, 1, 4001)
    good = [x for x in xs if sign * (value(x) - goal) >= 0 and one.is_allowed(x)]
    if found.x is None:
        assert len(good) * (xs[1] - xs[0]) < 2 / 16 * 3
    else:
        assert sign * (value(found.x) - goal) >= -2e-6 and one.is_allowed(found.x)
        if (
            sign * (value(0.0) - goal) > 0
        ):  # more than enough where it stands: the answer is where it is just enough
            return
        nearer = [x for x in good if abs(x) < abs(found.x) - 1e-3]
        assert len(nearer) * (xs[1] - xs[0]) <= 2 / 16 * 2
