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
    found = pace(YEAR, [(date(2015, 6, 30), value)], date(2015, 6, 30))
    assert (found.standing, found.gap) == (standing, gap)
    assert found.days == pytest.approx(days, abs=1) and (found.days or 0) * days > 0


def test_rates_reached_and_needed() -> None:
    # 10 a month in 2014, then 20 a month; the line starts long before.
    line = Line(date(2013, 12, 31), 0.0, date(2015, 12, 31), 300.0)
    ends = [date(2014, 1, 31), date(2014, 2, 28), date(2014, 3, 31), date(2014, 4, 30), date(2014, 5, 31)]
    ends += [date(2014, 6, 30), date(2014, 7, 31), date(2014, 8, 31), date(2014, 9, 30), date(2014, 10, 31)]
    ends += [date(2014, 11, 30), date(2014, 12, 31), date(2015, 1, 31), date(2015, 2, 28), date(2015, 3, 31)]
    values = [10.0 * (i + 1) for i in range(12)] + [140.0, 160.0, 180.0]
    found = pace(line, list(zip(ends, values, strict=True)), date(2015, 3, 31))
    assert found.rate_3 == pytest.approx(20) and found.rate_12 == pytest.approx((180 - 30) / 12)
    # 120 left in 275 days, of 30.4375 days a month
    assert found.needed == pytest.approx(120 / (275 / 30.4375))
    assert pytest.approx(30.4375) == MONTH


def test_no_rate_over_more_months_than_the_line_has() -> None:
    line = Line(date(2015, 2, 28), 0.0, date(2015, 12, 31), 100.0)
    points = [(date(2015, 4, 30), 10.0), (date(2015, 5, 31), 30.0)]
    assert rate(line, points, date(2015, 5, 31), 12) is None
    assert rate(line, points, date(2015, 5, 31), 3) == pytest.approx(10)  # nothing yet at the end of February


def test_past_due_is_met_or_missed_and_needs_nothing() -> None:
    day = date(2016, 3, 31)
    late, done = (pace(YEAR, [(date(2016, 3, 31), value)], day) for value in (360.0, 365.0))
    assert (late.standing, late.needed) == ("missed", None)
    assert (done.standing, done.needed) == ("met", None)
    on_the_day = pace(YEAR, [(date(2015, 12, 31), 364.0)], date(2015, 12, 31))
    assert on_the_day.standing == "missed"


def test_more_than_the_target_where_the_target_itself_is_not_enough() -> None:
    at = [(date(2015, 6, 30), 365.0)]
    assert pace(YEAR, at, date(2015, 6, 30), strict=True).standing == "ahead"
    assert pace(YEAR, at, date(2015, 6, 30)).standing == "met"


def test_a_ceiling_is_held_under_its_line_and_met_only_at_the_end() -> None:
    def at(value: float, day: date) -> str:
        return pace(YEAR, [(day, value)], day, direction="down").standing

    assert at(100.0, date(2015, 6, 30)) == "ahead" and at(250.0, date(2015, 6, 30)) == "behind"
    assert at(300.0, date(2015, 12, 31)) == "met" and at(400.0, date(2015, 12, 31)) == "missed"


def test_a_flat_line_has_no_days() -> None:
    flat = Line(date(2014, 12, 31), 0.0, date(2015, 12, 31), 0.0)
    found = pace(flat, [(date(2015, 6, 30), 0.0)], date(2015, 6, 30), direction="down")
    assert (found.days, found.standing, found.needed) == (None, "on_line", 0.0)


def test_nothing_known_is_an_error_not_a_zero() -> None:
    with pytest.raises(ValueError, match="no value"):
        pace(YEAR, [(date(2015, 6, 30), 1.0)], date(2015, 1, 31))


def test_the_year_to_forecast_ends_after_the_day() -> None:
    assert year_end(date(2015, 6, 30)) == date(2015, 12, 31)
    assert year_end(date(2015, 12, 30)) == date(2015, 12, 31)
    assert year_end(date(2015, 12, 31)) == date(2016, 12, 31)
