"""Monthly increments, the total reached and the steps to come, by hand."""

from datetime import date

import numpy as np
import pytest

from metrics.definitions import Kpi, Period
from metrics.increments import increments, reached, steps, track
from schemas.text import Text


def kpi(span: str, frequency: str = "monthly", since: date | None = None) -> Kpi:
    period = Period(span=span, date="day", since=since)  # type: ignore[arg-type]
    return Kpi("k", "K", Text("", ""), "O", "n", "up", frequency, "view", "COUNT(*)", period)  # type: ignore[arg-type]


YEAR = [
    *(date(2014, 10, 31), date(2014, 11, 30), date(2014, 12, 31), date(2015, 1, 31), date(2015, 2, 28)),
    *(date(2015, 3, 31), date(2015, 4, 30)),
]


def months(*values: float | None) -> list[tuple[date, float | None]]:
    return list(zip(YEAR, values, strict=True))


def added(*args: object, **more: object) -> list[float]:
    found = increments(*args, **more)  # type: ignore[arg-type]
    return [] if found is None else found.values.tolist()


def test_a_total_that_never_starts_again() -> None:
    told = months(3, 5, 5, 9, 12, 11, 20)
    assert added(kpi("cumulative"), told) == [2, 0, 4, 3, -1, 9]
    assert added(kpi("cumulative"), told, date(2015, 2, 1)) == [3, -1, 9]
    assert added(kpi("cumulative", since=date(2015, 1, 15)), told) == [4, 3, -1, 9]
    assert added(kpi("cumulative"), months(3, None, 5, 9, 12, 11, 20)) == [4, 3, -1, 9]


def test_a_total_that_starts_again() -> None:
    told = months(3, 5, 7, 1, 4, 6, 2)
    assert added(kpi("in_period"), told) == [3, 5, 7, 1, 4, 6, 2]
    # quarters: October stands alone, so do January and April
    assert added(kpi("in_period", "quarterly"), told) == [3, 2, 2, 1, 3, 2, 2]
    assert added(kpi("year_to_date"), told) == [2, 2, 1, 3, 2, -4]
    assert increments(kpi("in_period"), [(date(2015, 4, 15), 3.0)]) is None


def test_the_months_of_the_increments() -> None:
    found = increments(kpi("cumulative"), months(3, 5, 5, 9, 12, 11, 20))
    assert found is not None and (found.last, found.months) == (date(2015, 4, 30), [11, 12, 1, 2, 3, 4])


def test_what_the_year_holds_already() -> None:
    monthly, told = kpi("in_period"), months(3, 5, 7, 1, 4, 6, 2)
    assert reached(monthly, told, date(2015, 4, 30), 2.0) == 1 + 4 + 6 + 2
    assert reached(monthly, told, date(2015, 4, 12), 1.0) == 1 + 4 + 6 + 1
    assert reached(kpi("in_period", "quarterly"), told, date(2015, 4, 30), 2.0) == 6 + 2
    assert reached(monthly, months(3, 5, 7, 1, None, 6, 2), date(2015, 4, 30), 2.0) is None
    assert reached(kpi("cumulative"), told, date(2015, 4, 30), 2.0) == 2.0


def test_the_track_is_the_year_s_total_or_the_whole_cumulative() -> None:
    told = months(3, 5, 7, 1, 4, 6, 2)
    assert track(kpi("in_period"), told, date(2015, 4, 30), 2.0) == [
        (date(2015, 1, 31), 1),
        (date(2015, 2, 28), 5),
        (date(2015, 3, 31), 11),
        (date(2015, 4, 30), 13),
    ]
    assert [value for _, value in track(kpi("cumulative"), told, date(2015, 2, 10), 4.0)] == [3, 5, 7, 1, 4]


def test_the_steps_to_the_year_s_end_and_what_is_left_of_this_month() -> None:
    ends, parts = steps(date(2015, 10, 31), date(2015, 12, 31))
    assert ends == [date(2015, 11, 30), date(2015, 12, 31)] and parts.tolist() == [1, 1]
    ends, parts = steps(date(2015, 11, 20), date(2015, 12, 31))
    assert ends == [date(2015, 11, 30), date(2015, 12, 31)]
    assert parts == pytest.approx(np.array([10 / 30, 1]))
