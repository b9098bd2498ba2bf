"""The expected line and the standing against it, worked by hand."""

from datetime import date

import pytest

from metrics.pacing import MONTH, Line, pace, rate, year_end

# 0 at the end of 2014, 365 at the end of 2015: one a day.
YEAR = Line(date(2014, 12, 31), 0.0, date(2015, 12, 31), 365.0)


def test_the_line_is_straight_and_flat_outside() -> None:
    assert YEAR.at(date(2015, 1, 31)) == 31
    assert YEAR.at(date(2015, 6, 30)) == 181
    assert (YEAR.at(date(2014, 1, 1)), YEAR.at(date(2016, 5, 1))) == (0, 365)


@pytest.mark.parametrize(
    ("value", "standing", "gap", "days"),
    [
        (193.0, "ahead", 12, 12),
        (160.5, "behind", -20.5, -20),
        (182.0, "on_line", 1, 1),
        (365.0, "met", 184, 184),
    ],
)
def test_where_we_stand_in_units_and_in_days(value: float, standing: str, gap: float, days: int) -> None:
    found = pace(YEAR, value, date(2015, 6, 30))
    assert (found.standing, found.gap) == (standing, gap)
    assert found.days == pytest.approx(days, abs=1) and (found.days or 0) * days > 0


def test_rates_reached_and_needed() -> None:
    # 10 a month in 2014, then 20 a month: 180 at the end of March, of 300 by the end of the year.
    line = Line(date(2013, 12, 31), 0.0, date(2015, 12, 31), 300.0)
    found = pace(line, 180.0, date(2015, 3, 31), [10.0] * 12 + [20.0] * 3)
    assert found.rate_3 == pytest.approx(20) and found.rate_12 == pytest.approx((180 - 30) / 12)
    # 120 left in 275 days, of 30.4375 days a month
    assert found.needed == pytest.approx(120 / (275 / 30.4375))
    assert pytest.approx(30.4375) == MONTH


def test_no_rate_over_more_months_than_are_known() -> None:
    assert rate([10.0, 20.0], 3) is None
    assert rate([10.0, 20.0, 30.0, 0.0], 3) == pytest.approx(50 / 3)


def test_past_due_is_met_or_missed_and_needs_nothing() -> None:
    day = date(2016, 3, 31)
    late, done = (pace(YEAR, value, day) for value in (360.0, 365.0))
    assert (late.standing, late.needed) == ("missed", None)
    assert (done.standing, done.needed) == ("met", None)
    on_the_day = pace(YEAR, 364.0, date(2015, 12, 31))
    assert on_the_day.standing == "missed"


def test_more_than_the_target_where_the_target_itself_is_not_enough() -> None:
    assert pace(YEAR, 365.0, date(2015, 6, 30), strict=True).standing == "ahead"
    assert pace(YEAR, 365.0, date(2015, 6, 30)).standing == "met"


def test_a_ceiling_is_held_under_its_line_and_met_only_at_the_end() -> None:
    def at(value: float, day: date) -> str:
        return pace(YEAR, value, day, direction="down").standing

    assert at(100.0, date(2015, 6, 30)) == "ahead" and at(250.0, date(2015, 6, 30)) == "behind"
    assert at(300.0, date(2015, 12, 31)) == "met" and at(400.0, date(2015, 12, 31)) == "missed"


def test_a_flat_line_has_no_days() -> None:
    flat = Line(date(2014, 12, 31), 0.0, date(2015, 12, 31), 0.0)
    found = pace(flat, 0.0, date(2015, 6, 30), direction="down")
    assert (found.days, found.standing, found.needed) == (None, "on_line", 0.0)


def test_the_year_to_forecast_ends_after_the_day() -> None:
    assert year_end(date(2015, 6, 30)) == date(2015, 12, 31)
    assert year_end(date(2015, 12, 30)) == date(2015, 12, 31)
    assert year_end(date(2015, 12, 31)) == date(2016, 12, 31)
