"""Assumptions: their centres by hand, moved with their spread kept, a town's own values before the shipped ones."""

import pytest

from metrics.assumptions import assumptions

SHIPPED = assumptions({})


@pytest.mark.parametrize(
    ("id", "centre"),
    [
        ("success", 0.6),
        ("awarded_ratio", 2.5 / 3),
        ("decision_days", 120),
        ("cost_overrun", 1.05),
        ("works_inflation", 0.02),
        ("wellbeing_per_file", -0.5),
        ("wellbeing_per_participation", 0.05),
    ],
)
def test_the_centre_is_the_mean_or_a_delay_s_median(id: str, centre: float) -> None:
    assert SHIPPED[id].centre == pytest.approx(centre)
    assert SHIPPED[id].label.fr and SHIPPED[id].label.en and SHIPPED[id].note.en


@pytest.mark.parametrize(
    ("id", "value"), [("success", 0.3), ("decision_days", 60.0), ("works_inflation", 0.05)]
)
def test_a_moved_centre_keeps_the_spread(id: str, value: float) -> None:
    moved = SHIPPED[id].centred(value)
    assert moved.centre == pytest.approx(value)
    if id == "success":
        assert sum(moved.given.values()) == pytest.approx(20)  # worth as many requests as before
    else:
        assert moved.given["sd"] == SHIPPED[id].given["sd"]


def test_a_ratio_never_leaves_0_to_1() -> None:
    told = SHIPPED["awarded_ratio"].centred(0.95).given
    assert max(told.values()) == 1 and told["least"] <= told["usual"] <= told["most"]


def test_a_town_s_own_value_replaces_the_shipped_one() -> None:
    assert assumptions({"success_wins": 3, "success_losses": 1})["success"].centre == 0.75
    assert assumptions({"success_wins": "many"})["success"] == SHIPPED["success"]
