"""What a value is worth: score and status for each direction, at the ends and between them."""

import numpy as np
import pytest

from metrics.definitions import Kpi, Thresholds
from metrics.judge import judge, met, scores, unclipped
from schemas.text import Text

LIMITS = Thresholds()


def kpi(direction: str, **goal: object) -> Kpi:
    """Return a KPI with nothing but a goal."""
    return Kpi("k", "K1", Text("Essai", "Trial"), "X", "n", direction, "monthly", **goal)  # type: ignore[arg-type]


UP = kpi("up", target=5.0, floor=1.0)
DOWN = kpi("down", target=60.0, floor=240.0)
BAND = kpi("band", band=(90.0, 110.0), limits=(70.0, 130.0))


@pytest.mark.parametrize(
    ("value", "score", "status"),
    [
        (0.0, 0.0, "off_target"),
        (1.0, 0.0, "off_target"),
        (2.9, 47.5, "off_target"),
        (3.0, 50.0, "watch"),
        (4.99, 99.75, "watch"),
        (5.0, 100.0, "on_target"),
        (9.0, 100.0, "on_target"),
    ],
)
def test_higher_is_better(value: float, score: float, status: str) -> None:
    found = judge(UP, value, LIMITS)
    assert found == (pytest.approx(score), status)


@pytest.mark.parametrize(
    ("value", "score", "status"),
    [(300.0, 0.0, "off_target"), (240.0, 0.0, "off_target"), (150.0, 50.0, "watch"), (61.0, 99.4444, "watch"), (60.0, 100.0, "on_target")],
)  # fmt: skip
def test_lower_is_better(value: float, score: float, status: str) -> None:
    found = judge(DOWN, value, LIMITS)
    assert found == (pytest.approx(score, abs=1e-4), status)


@pytest.mark.parametrize(
    ("value", "score", "status"),
    [
        (70.0, 0.0, "off_target"),
        (60.0, 0.0, "off_target"),
        (79.0, 45.0, "off_target"),
        (80.0, 50.0, "watch"),
        (90.0, 100.0, "on_target"),
        (100.0, 100.0, "on_target"),
        (110.0, 100.0, "on_target"),
        (115.0, 75.0, "watch"),
        (130.0, 0.0, "off_target"),
        (500.0, 0.0, "off_target"),
    ],
)
def test_inside_the_band_is_good(value: float, score: float, status: str) -> None:
    assert judge(BAND, value, LIMITS) == (pytest.approx(score), status)


@pytest.mark.parametrize(("value", "score"), [(9.9, 0.0), (10.0, 100.0), (16.0, 100.0), (16.1, 0.0)])
def test_a_band_without_limits_falls_at_once(value: float, score: float) -> None:
    assert judge(kpi("band", band=(10.0, 16.0)), value, LIMITS)[0] == score


@pytest.mark.parametrize(("value", "score"), [(5.0, 100.0), (9.0, 100.0), (14.0, 50.0), (4.9, 0.0)])
def test_a_band_may_slope_on_one_side_only(value: float, score: float) -> None:
    one_sided = kpi("band", band=(5.0, 10.0), limits=(5.0, 18.0))
    assert judge(one_sided, value, LIMITS)[0] == pytest.approx(score)


@pytest.mark.parametrize(
    ("value", "status"), [(200.0, "watch"), (200.001, "on_target"), (201.0, "on_target")]
)
def test_a_strict_target_must_be_passed(value: float, status: str) -> None:
    assert judge(kpi("up", target=200.0, floor=0.0, strict=True), value, LIMITS)[1] == status


def test_a_sum_that_should_be_the_target_does_not_miss_it_by_a_rounding() -> None:
    assert 0.1 + 0.2 != 0.3
    assert judge(kpi("down", target=0.3, floor=1.0), 0.1 + 0.2, LIMITS)[1] == "on_target"
    assert judge(kpi("up", target=0.3, floor=0.0), 0.3 - 1e-16, LIMITS)[1] == "on_target"
    assert judge(kpi("up", target=0.3, floor=0.0), 0.2999, LIMITS)[1] == "watch"


def test_a_strict_target_is_not_passed_by_a_rounding_either() -> None:
    assert judge(kpi("up", target=0.3, floor=0.0, strict=True), 0.1 + 0.2, LIMITS)[1] != "on_target"


def test_without_target_there_is_neither_score_nor_status() -> None:
    assert judge(kpi("up"), 5.0, LIMITS) == (None, "unknown")
    assert judge(kpi("band", target=5.0), 5.0, LIMITS) == (None, "unknown")


def test_a_target_without_floor_has_a_status_but_no_score() -> None:
    assert judge(kpi("up", target=5.0), 6.0, LIMITS) == (None, "on_target")
    score, status = judge(kpi("up", target=5.0), 4.0, LIMITS)
    assert score is None and status != "on_target"


@pytest.mark.parametrize("one", [UP, DOWN, BAND])
def test_an_unknown_value_is_neither_good_nor_bad(one: Kpi) -> None:
    assert judge(one, None, LIMITS) == (None, "unknown")


def test_a_target_on_its_floor_is_all_or_nothing() -> None:
    assert scores(kpi("up", target=0.0, floor=0.0), np.array([-1.0, 0.0, 1.0])).tolist() == [0, 100, 100]
    assert scores(kpi("down", target=0.0, floor=0.0), np.array([-1.0, 0.0, 1.0])).tolist() == [100, 100, 0]


def test_the_town_says_under_which_score_it_is_off_target() -> None:
    assert judge(UP, 2.0, Thresholds(off_target_below=25.0))[1] == "watch"
    assert judge(UP, 2.0, Thresholds(off_target_below=26.0))[1] == "off_target"


@pytest.mark.parametrize(
    ("target", "floor", "value", "score", "shown"),
    [
        (120.0, 0.0, 27.0, 22.5, 22),
        (1.0, 0.0, 0.995, 99.5, 100),
        (8.0, 0.0, 1.0, 12.5, 12),
        (7.0, 0.0, 1.0, 100 / 7, 14),
    ],
)
def test_scores_are_kept_unrounded_and_exact_at_the_half(
    target: float, floor: float, value: float, score: float, shown: int
) -> None:
    """Rounded once, when shown, half to even: 27 of 120 is exactly 22.5 and shows 22, never 22.500000000000004 and 23."""
    found = scores(kpi("up", target=target, floor=floor), np.array([value]))[0]
    assert found == score and round(found) == shown


def test_a_score_that_shows_100_may_not_meet_its_target() -> None:
    score, status = judge(UP, 4.99, LIMITS)
    assert round(score or 0) == 100 and status == "watch"
    assert met(UP, np.array([4.99, 5.0])).tolist() == [False, True]


GOAL = kpi("up", scoring="goal_red_flag", target=700.0, red_flag=500.0)
LESS = kpi("down", scoring="goal_red_flag", target=500.0, red_flag=700.0)


@pytest.mark.parametrize(
    ("value", "score", "status"),
    [
        (200.0, 0.0, "off_target"),
        (300.0, 0.0, "off_target"),  # the published example: 0 out of 10 at 300, 10 at 900
        (499.0, 100 * 199 / 600, "off_target"),
        (500.0, 100 / 3, "watch"),
        (600.0, 50.0, "watch"),
        (699.0, 66.5, "watch"),
        (700.0, 200 / 3, "on_target"),
        (900.0, 100.0, "on_target"),
        (950.0, 100.0, "on_target"),
    ],
)
def test_goal_and_red_flag(value: float, score: float, status: str) -> None:
    assert judge(GOAL, value, LIMITS) == (pytest.approx(score), status)
    assert judge(LESS, 1200 - value, LIMITS) == (pytest.approx(score), status)  # its mirror, lower is better


def test_a_score_out_of_ten_as_published() -> None:
    assert scores(GOAL, np.array([300.0, 900.0])) / 10 == pytest.approx([0, 10])


@pytest.mark.parametrize(
    ("one", "value", "score"),
    [
        (UP, 9.0, 200.0),
        (UP, 0.0, -25.0),
        (DOWN, 0.0, 100 * 240 / 180),
        (GOAL, 1200.0, 150.0),
        (BAND, 100.0, 100.0),
        (BAND, 140.0, -50.0),
        (BAND, 60.0, -50.0),
        (BAND, 120.0, 50.0),
    ],
)
def test_an_unclipped_score_says_by_how_much(one: Kpi, value: float, score: float) -> None:
    assert unclipped(one, np.array([value]))[0] == pytest.approx(score)
    assert scores(one, np.array([value]))[0] == pytest.approx(min(max(score, 0), 100))


def test_a_value_without_scale_has_no_unclipped_score_either() -> None:
    assert np.isnan(unclipped(kpi("up", target=5.0), np.array([3.0]))).all()
    assert np.isnan(unclipped(UP, np.array([np.nan]))).all()
