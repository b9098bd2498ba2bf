"""Control charts: the golden cases of NHSRplotthedots, properties that must hold for any series, false alarm rates."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import rules, xmr
from tests.shared import shared_file

SERIES = st.lists(st.integers(-50, 50).map(lambda n: n / 4), min_size=8, max_size=40)


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    """What the R package's own tests expect."""
    found: dict[str, Any] = json.loads(shared_file("data/spc/expected.json").read_text("utf-8"))
    return found


def test_the_golden_limits(golden: dict[str, Any]) -> None:
    for case in golden["xmr_limits"]["cases"]:
        found = xmr.limits(case["y"], screen=case["screen_outliers"])
        assert (found.mean, found.lower, found.upper) == pytest.approx(
            (case["mean"], case["lpl"], case["upl"]), rel=1e-5
        )
        assert found.near_upper - found.mean == pytest.approx(2 / 3 * (found.upper - found.mean))


def test_the_golden_runs(golden: dict[str, Any]) -> None:
    for case in golden["seven_points_one_side"]["cases"]:
        assert rules.seven_on_one_side(np.array(case["rel"])).astype(int).tolist() == case["flag"]


def test_the_golden_trends(golden: dict[str, Any]) -> None:
    for case in golden["seven_point_trend"]["cases"]:
        assert rules.seven_in_a_trend(np.array(case["y"], dtype=float)).tolist() == case["flag"]


def test_the_golden_spread(golden: dict[str, Any]) -> None:
    for case in golden["spread_to_the_seven"]["cases"]:
        assert np.abs(rules.over_the_seven(np.array(case["in"]))).tolist() == case["out"]


def test_the_package_s_two_in_three() -> None:
    """The cases of test-ptd_calculate_point_type.R: near points, sides, which of the near ones belong to such a three."""
    cases = [
        ([1, 0, 1], [1, 1, 1], [1, 0, 1]),
        ([0, 1, 1], [1, 1, 1], [0, 1, 1]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 0, 1, 0, 0]),
        ([1, 0, 0, 1], [1] * 4, [0, 0, 0, 0]),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 0, 1, 1]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [-1, 1, -1, 1, -1, 1, -1], [0] * 7),
    ]
    for near, side, expected in cases:
        found = rules.two_of_three(np.array(near, dtype=bool), np.array(side))
        assert found.astype(int).tolist() == expected


def test_every_point_of_a_run_is_flagged_and_only_the_seventh_on_completes_it() -> None:
    values = [1.0, 2, 1, 2, 1, 2, 1, 2, -9, -9, -9, -8]
    found = xmr.chart(values, direction="up", screen=False)
    assert [("run" in spot.flags) for spot in found.points] == [True] * 8 + [False] * 4
    assert [("run" in spot.detected) for spot in found.points] == [False] * 6 + [True] * 2 + [False] * 4


def test_a_trend_bears_its_way_and_outside_goes_before_it() -> None:
    values = [9.0, 1, 2, 3, 4, 5, 6, 30, 3, 1, 9, 1]
    found = xmr.chart(values, direction="down", screen=False)
    assert {spot.flags for spot in found.points[1:7]} == {("trend",)}
    assert found.points[7].flags[:2] == ("outside", "trend")
    assert {spot.variation for spot in found.points[1:8]} == {"concern"}  # rising, where falling is wanted
    assert found.points[1].way == 1 and found.points[1].value < found.limits.mean


def test_a_gap_joins_nothing() -> None:
    nan = float("nan")
    rising = [1.0, 2, 3, nan, 4, 5, 6, 7, 1]
    assert not any("trend" in spot.flags for spot in xmr.chart(rising, direction="up").points)
    assert "trend" in xmr.chart([1.0, 2, 3, *rising[4:]], direction="up").points[0].flags
    with_gap = xmr.limits([1.0, 5, nan, 1, 5, 1, 5, 1, 5], screen=False)
    assert with_gap.n == 8 and with_gap.upper == pytest.approx(3 + 2.66 * 4)


def test_a_point_on_the_mean_breaks_a_run_whatever_the_rounding() -> None:
    values = [0.1, 0.1, 0.1, 0.2, 0.3, 0.3, 0.3, 0.2]  # their mean is 0.2 but for one bit
    assert rules.sides(np.array(values), float(np.mean(values))).tolist() == [-1, -1, -1, 0, 1, 1, 1, 0]


def test_few_points_have_no_limits_but_seven_that_rise_are_a_trend() -> None:
    flat = xmr.chart([1.0, 2, 1, 2, 1, 2, 1], direction="up", target=5)
    assert not flat.limits.is_drawn and flat.variation is None and flat.assurance is None
    rising = xmr.chart([1.0, 2, 3, 4, 5, 6, 7], direction="up")
    assert rising.variation == "improvement" and rising.points[0].flags == ("trend",)


@pytest.mark.parametrize(
    ("n", "drawn", "provisional"), [(7, False, False), (8, True, True), (11, True, True), (12, True, False)]
)
def test_limits_come_with_eight_points_and_are_sure_with_twelve(
    n: int, drawn: bool, provisional: bool
) -> None:
    found = xmr.limits([float(i % 3) for i in range(n)])
    assert (found.is_drawn, found.is_provisional) == (drawn, provisional)


def test_each_base_has_its_limits_and_no_run_crosses() -> None:
    values = [10.0, 12] * 6 + [1.0, 3] * 6
    found = xmr.chart(values, direction="down", breaks=[12])
    assert [round(s.limits.mean) for s in found.segments] == [11, 2]
    assert not any(spot.flags for spot in found.points) and found.limits.n == 12
    assert any(spot.flags for spot in xmr.chart(values, direction="down").points)


@pytest.mark.parametrize(
    ("direction", "target", "expected"),
    [
        ("up", 20.0, "consistently_missed"),
        ("up", -20.0, "consistently_met"),
        ("up", 1.5, "inconsistent"),
        ("down", 20.0, "consistently_met"),
        ("down", -20.0, "consistently_missed"),
        (None, 20.0, None),
        ("up", None, None),
    ],
)
def test_assurance(direction: xmr.Way, target: float | None, expected: str | None) -> None:
    assert xmr.chart([1.0, 2] * 6, direction=direction, target=target).assurance == expected


@pytest.mark.parametrize(
    ("band", "expected"),
    [((-9, 12), "consistently_met"), ((7, 12), "consistently_missed"), ((1, 2), "inconsistent")],
)
def test_assurance_of_a_band(band: tuple[float, float], expected: str) -> None:
    assert xmr.chart([1.0, 2] * 6, direction="band", band=band).assurance == expected


def test_without_a_wanted_way_a_signal_is_special_and_no_more() -> None:
    values = [1.0, 2] * 8 + [40]
    assert xmr.chart(values, direction="band").variation == "special"
    assert xmr.chart(values, direction="up").variation == "improvement"
    assert xmr.chart(values, direction="down").variation == "concern"


def test_a_baseline_fixes_the_limits() -> None:
    values = [1.0, 2] * 5 + [9.0] * 10
    assert xmr.chart(values, direction="up", baseline=10).limits == xmr.limits(values[:10])


def test_widened_limits_follow_the_autocorrelation() -> None:
    """An AR(1) of rho 0.8: sigma over sqrt(1 - rho) gives back the spread of the process itself."""
    rng = np.random.default_rng(20150630)
    values = np.zeros(4000)
    for i in range(1, 4000):
        values[i] = 0.8 * values[i - 1] + rng.normal()
    found = xmr.limits(values, screen=False, widened=True)
    assert (found.upper - found.mean) / 3 == pytest.approx(np.std(values), rel=0.03)
    assert xmr.limits(values, screen=False).upper < 0.6 * found.upper
    names = {name for spot in xmr.chart(values, direction="up", widened=True).points for name in spot.flags}
    assert names <= {"outside"}


@settings(max_examples=60, deadline=None)
@given(SERIES, st.integers(-1000, 1000), st.sampled_from([0.5, 2.0, 8.0]))
def test_shift_and_scale_change_the_lines_and_no_flag(series: list[float], shift: int, scale: float) -> None:
    plain = xmr.chart(series, direction="up")
    moved = xmr.chart([scale * value + shift for value in series], direction="up")
    assert [spot.flags for spot in plain.points] == [spot.flags for spot in moved.points]
    assert moved.limits.upper == pytest.approx(scale * plain.limits.upper + shift, abs=1e-6)
    assert moved.variation == plain.variation


@settings(max_examples=60, deadline=None)
@given(SERIES, st.integers(-12, 12))
def test_turned_over_the_same_is_said_the_other_way(series: list[float], target: int) -> None:
    plain = xmr.chart(series, direction="up", target=target)
    turned = xmr.chart([-value for value in series], direction="down", target=-target)
    assert [spot.flags for spot in plain.points] == [spot.flags for spot in turned.points]
    assert (plain.variation, plain.assurance) == (turned.variation, turned.assurance)


@pytest.mark.parametrize(
    ("screen", "expected"),
    [
        (False, {"outside": 0.058, "run": 0.090, "trend": 0.008, "two_of_three": 0.027, "any": 0.156}),
        (True, {"outside": 0.094, "two_of_three": 0.032, "any": 0.189}),
    ],
)
def test_false_alarms_of_a_stable_series(screen: bool, expected: dict[str, float]) -> None:
    """24 points of pure noise: how many charts show something all the same, within three standard errors."""
    runs, rng = 3000, np.random.default_rng(24)
    seen = dict.fromkeys(expected, 0)
    for _ in range(runs):
        values = rng.normal(size=24)
        names = {name for held in xmr.flags(values, xmr.limits(values, screen=screen)) for name in held}
        for name in expected:
            seen[name] += bool(names) if name == "any" else name in names
    for name, rate in expected.items():
        assert seen[name] / runs == pytest.approx(rate, abs=3.2 * np.sqrt(rate * (1 - rate) / runs) + 5e-4), (
            name
        )


def test_under_provisional_limits_a_signal_is_shown_and_not_judged() -> None:
    calm = [5.0, 6, 5, 6, 5, 6, 5, 6, 5, 60]
    few, enough = (xmr.chart(start + calm, direction="up", cautious=True) for start in ([], [5.0, 6]))
    assert few.limits.is_provisional and not enough.limits.is_provisional
    assert few.points[-1].flags == enough.points[-1].flags == ("outside",)
    assert (few.variation, enough.variation) == ("special", "improvement")
    assert xmr.chart(calm, direction="up").variation == "improvement"  # said by the rules alone
    assert few.limits_at(0) == few.limits
