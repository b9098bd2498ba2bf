"""What a score hides, against hand-worked examples and draws made one by one."""

from dataclasses import replace

import numpy as np
import pytest

from metrics import judge
from metrics.definitions import Catalogue
from metrics.reading import Reading
from metrics.scores import Score, roll_up
from metrics.sensitivity import DRAWS, Node, Range, analyse, concentration, geometric, move, weights_drawn
from tests.metrics.test_scores import _reading, kpi, town


def read(catalogue: Catalogue, **points: float | None) -> dict[str, Reading]:
    """Return readings of these scores."""
    return {id: _reading(catalogue.kpis[id], score) for id, score in points.items()}


@pytest.mark.parametrize("parts", [2, 3, 4, 13])
def test_weights_vary_by_a_quarter_around_those_of_the_scorecard(parts: int) -> None:
    drawn = weights_drawn([1.0] * parts, np.random.default_rng(1), 20_000)
    assert drawn.sum(axis=1) == pytest.approx(1.0)
    assert drawn.mean(axis=0) == pytest.approx(1 / parts, rel=0.01)
    assert drawn.std(axis=0) * parts == pytest.approx(0.25 / 1.96, rel=0.03)
    assert np.mean(np.abs(drawn * parts - 1) <= 0.25) == pytest.approx(0.95, abs=0.01)


def test_unequal_weights_keep_their_centre() -> None:
    drawn = weights_drawn([6.0, 3.0, 1.0], np.random.default_rng(2), 20_000)
    assert drawn.mean(axis=0) == pytest.approx([0.6, 0.3, 0.1], abs=0.005)
    assert (weights_drawn([7.0], np.random.default_rng(3)) == 1).all()
    assert concentration(2) == pytest.approx((1.959964 / 0.25) ** 2 - 1)


def test_the_geometric_mean_by_hand() -> None:
    assert geometric([1, 1], [25, 100]) == pytest.approx(
        50
    )  # the root of 2,500; the arithmetic mean says 62.5
    assert geometric([3, 1], [16, 81]) == pytest.approx((16**3 * 81) ** 0.25)
    assert geometric([1, 1], [0, 100]) == pytest.approx(10)  # 0 is taken for 1


def test_the_geometric_total_goes_level_by_level() -> None:
    catalogue = town(kpi("x", "A1"), kpi("y", "A2"), kpi("z", "B1"))
    found = analyse(catalogue, read(catalogue, x=100, y=20, z=40)).nodes
    side = (100**3 * 20) ** 0.25  # weights 3 and 1
    assert found["A"].geometric == pytest.approx(side)
    assert found[""].geometric == pytest.approx((side * 40) ** 0.5)
    assert found[""].score.score == pytest.approx(60)


def test_the_range_of_the_total_against_draws_made_one_by_one() -> None:
    catalogue = town(kpi("x", "A1"), kpi("y", "A2"), kpi("z", "B1"))
    found = analyse(catalogue, read(catalogue, x=100, y=20, z=40)).nodes[""].weights
    random, totals = np.random.default_rng(99), []
    for _ in range(20_000):
        goals = random.dirichlet(np.array([0.75, 0.25]) * concentration(2))
        sides = random.dirichlet(np.array([0.5, 0.5]) * concentration(2))
        totals.append(sides[0] * (goals[0] * 100 + goals[1] * 20) + sides[1] * 40)
    low, high = np.percentile(totals, [2.5, 97.5])
    assert found is not None and (found.low, found.high) == (
        pytest.approx(low, abs=0.6),
        pytest.approx(high, abs=0.6),
    )
    assert found.low < 60 < found.high


def test_equal_scores_do_not_depend_on_weights_and_keep_their_ranks() -> None:
    catalogue = town(kpi("x", "A1"), kpi("y", "A2"), kpi("z", "B1"))
    found = analyse(catalogue, read(catalogue, x=70, y=70, z=70))
    assert found.nodes[""].weights == Range(pytest.approx(70), pytest.approx(70))  # type: ignore[arg-type]
    assert found.nodes["A1"].keeps_rank == 1 and found.kendall == 1


def test_close_objectives_change_ranks_and_distant_ones_do_not() -> None:
    kpis = kpi("x", "A1", 0.5), kpi("w", "A1", 0.5), kpi("y", "A2"), kpi("z", "B1")
    catalogue = town(*kpis)
    close = analyse(catalogue, read(catalogue, x=0, w=100, y=49, z=100))
    distant = analyse(catalogue, read(catalogue, x=90, w=100, y=10, z=100))
    assert 0.4 < (close.nodes["A1"].keeps_rank or 0) < 0.8
    assert distant.nodes["A1"].keeps_rank == 1 and distant.kendall == 1
    assert close.kendall is not None and close.kendall < 1
    assert distant.nodes["B1"].keeps_rank is None  # alone in its perspective


def test_the_same_readings_tell_the_same_range() -> None:
    catalogue = town(kpi("x", "A1"), kpi("y", "A2"), kpi("z", "B1"))
    assert analyse(catalogue, read(catalogue, x=90, y=10, z=50)) == analyse(
        catalogue, read(catalogue, x=90, y=10, z=50)
    )


def test_intervals_of_kpis_reach_the_perspective() -> None:
    catalogue = town(kpi("x", "B1"), kpi("y", "B1"))
    readings = read(catalogue, x=50, y=50)
    readings["x"] = replace(readings["x"], low=40.0, high=60.0)
    found = analyse(catalogue, readings).nodes["B"]
    assert found.measures is not None and found.uncertain == 1
    assert (found.measures.low, found.measures.high) == (
        pytest.approx(45, abs=0.7),
        pytest.approx(55, abs=0.7),
    )


def test_an_interval_counts_side_by_side_and_through_the_clip() -> None:
    catalogue = town(kpi("x", "B1"))
    readings = {"x": replace(_reading(catalogue.kpis["x"], 100.0), low=80.0, high=130.0)}
    found = analyse(catalogue, readings).nodes["B1"].measures
    assert found is not None
    assert found.high == 100  # a score does not go over 100 whatever the interval
    assert found.low == pytest.approx(80, abs=1.5)


def test_without_interval_a_score_is_taken_as_it_is() -> None:
    catalogue = town(kpi("x", "B1"))
    found = analyse(catalogue, read(catalogue, x=40)).nodes["B1"]
    assert found.measures == Range(40, 40) and found.uncertain == 0


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(52.0, 50.0, "stable"), (44.0, 50.0, "up"), (57.0, 50.0, "down"), (50.0, 50.0, "stable"), (None, 50.0, None), (50.0, None, None)],
)  # fmt: skip
def test_a_score_that_moves_less_than_its_interval_is_stable(
    before: float | None, now: float | None, expected: str | None
) -> None:
    assert move(before, Node("B", Score(now, 1.0), measures=Range(45, 55))) == expected


@pytest.mark.parametrize("reason", ["stale", "suppressed", "no_data"])
def test_stale_suppressed_and_missing_readings_are_out_of_everything(reason: str) -> None:
    catalogue = town(kpi("x", "B1", 0.8), kpi("y", "B1", 0.2))
    readings = read(catalogue, x=60, y=None)
    readings["y"] = replace(readings["y"], value=None if reason != "stale" else 0.0, reason=reason)
    score = roll_up(catalogue, readings).objectives["B1"]
    assert score.score == pytest.approx(60) and score.coverage == pytest.approx(0.8)
    found = analyse(catalogue, readings).nodes["B1"]
    assert found.weights == Range(pytest.approx(60), pytest.approx(60)) and found.geometric == pytest.approx(
        60
    )


def test_what_is_not_computed_has_no_range() -> None:
    catalogue = town(kpi("x", "A1"), kpi("z", "B1"))
    found = analyse(catalogue, read(catalogue, x=60)).nodes
    assert found["B1"] == Node("B1", roll_up(catalogue, read(catalogue, x=60)).objectives["B1"])
    assert found[""].weights is None and found[""].geometric is None


def test_one_kpi_off_target_is_said_all_the_way_up() -> None:
    catalogue = town(kpi("x", "A1", 0.9), kpi("w", "A1", 0.1), kpi("y", "A2"), kpi("z", "B1"))
    rolled = roll_up(catalogue, read(catalogue, x=100, w=10, y=100, z=100))
    assert rolled.objectives["A1"].score == pytest.approx(91)
    assert (rolled.objectives["A1"].worst, rolled.objectives["A1"].worst_status) == ("w", "off_target")
    assert (
        rolled.objectives["A1"].off_target
        == rolled.perspectives["A"].off_target
        == rolled.total.off_target
        == ("w",)
    )
    assert (rolled.perspectives["A"].worst, rolled.perspectives["A"].worst_status) == ("A1", "watch")
    assert rolled.perspectives["B"].off_target == () and rolled.perspectives["B"].worst_status == "on_target"


def test_draws_are_those_that_the_documents_say() -> None:
    assert DRAWS == 2000


def test_the_demo_town_s_score_lies_within_its_range(catalogue: Catalogue) -> None:
    readings = {
        id: _reading(one, 40.0 + (place * 37) % 60) for place, (id, one) in enumerate(catalogue.kpis.items())
    }
    found = analyse(catalogue, readings).nodes["P"]
    assert found.weights is not None and found.score.score is not None
    assert found.weights.low < found.score.score < found.weights.high
    assert judge.unclipped(kpi("k", "X"), np.array([130.0]))[0] == 130
