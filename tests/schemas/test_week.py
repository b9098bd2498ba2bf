"""Weeks are ISO weeks: the first days of a year may belong to the last week of the year before."""

from datetime import date, timedelta

import pytest

from schemas.week import monday_of, week_of


def test_names_of_weeks() -> None:
    assert week_of(date(2015, 7, 6)) == "2015-W28"
    assert week_of(date(2016, 1, 3)) == "2015-W53"
    assert week_of(date(2014, 12, 29)) == "2015-W01"


@pytest.mark.parametrize("days", range(0, 800, 7))
def test_a_week_leads_back_to_its_monday(days: int) -> None:
    day = date(2014, 9, 3) + timedelta(days=days)
    assert monday_of(week_of(day)) == day - timedelta(days=day.weekday())


@pytest.mark.parametrize("wrong", ["", "2015", "2015-28", "2015-W54", "2015-W00", "W28"])
def test_what_is_no_week_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        monday_of(wrong)
