"""The forecast's figure is one that plotly accepts, shows all it must, and starts its fan at the last known value."""

from datetime import date

import pytest
from plotly.graph_objects import Figure

from pages.charts.outlook import outlook
from pages.charts.palette import palette
from pages.charts.points import Mark, Point

PAST = [Point(date(2015, month, 28), float(month), str(month)) for month in range(1, 7)]
COMING = [
    Point(date(2015, month, 28), float(month), str(month), month - 1.0, month + 2.0) for month in (7, 8)
]
LINE = [(date(2014, 12, 31), 0.0), (date(2015, 12, 31), 20.0)]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plotly_accepts_it(narrow: bool, theme: str) -> None:
    made = outlook(PAST, COMING, LINE, palette(theme), "fr", target=Mark(20, "cible 20"), narrow=narrow)
    assert len(Figure(made).data) == 4


def test_the_fan_starts_at_the_last_known_value_and_all_is_in_reach() -> None:
    made = outlook(PAST, COMING, LINE, palette("light"), "fr", target=Mark(20, "cible 20"))
    fan, middle, line, past = made["data"]
    assert (fan["x"][0], fan["y"][0]) == ("2015-06-28", 6.0) == (past["x"][-1], past["y"][-1])
    assert (middle["y"][-1], middle["text"][-1]) == (8.0, "<b>8</b>") and line["y"] == [0.0, 20.0]
    low, high = made["layout"]["yaxis"]["range"]
    assert low <= 0 and high >= 20
    assert made["layout"]["xaxis"]["range"][1] > "2015-12-31"


def test_without_forecast_or_line_the_history_alone() -> None:
    made = outlook(PAST, [], [], palette("light"), "en")
    assert len(made["data"]) == 1


def test_what_is_expected_and_the_target_do_not_cross_the_last_numbers() -> None:
    """150 under a target of 168, which the expected line reaches the same day."""
    coming = [Point(date(2015, 12, 31), 18.0, "18", 15.0, 21.0)]
    made = outlook(PAST, coming, LINE, palette("light"), "fr", target=Mark(20, "cible 20"))
    assert made["data"][1]["textposition"].startswith("bottom")
    free = outlook(PAST, coming, [], palette("light"), "fr", target=Mark(40, "cible 40"))
    assert all(drawn["textposition"].startswith("top") for drawn in free["data"][1:])


def test_a_line_of_millions_is_read_on_any_day() -> None:
    """Millions of euros times days are more days than there are."""
    millions = [(day, 1e6 * value) for day, value in LINE]
    past = [Point(date(2015, 6, 28), 9.5e6, "9,5 M€")]
    made = outlook(past, [], millions, palette("light"), "fr")
    assert made["data"][-1]["textposition"].startswith("bottom")
