"""Dues are counted from today on fresh data, from the review that came next on old ones."""

from datetime import date

import pytest

from metrics.clock import working_day

END = date(2015, 6, 30)  # a Tuesday


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2015, 6, 30), date(2015, 6, 30)),
        (date(2015, 7, 3), date(2015, 7, 3)),
        (date(2015, 8, 14), date(2015, 8, 14)),
        (date(2015, 8, 15), date(2015, 7, 6)),
        (date(2026, 11, 22), date(2015, 7, 6)),
        (date(2015, 6, 1), date(2015, 7, 6)),  # a clock that runs behind the data
    ],
)
def test_the_day_that_counts(today: date, expected: date) -> None:
    assert working_day(END, today) == expected


def test_after_a_monday_comes_the_next_one() -> None:
    assert working_day(date(2015, 6, 29), date(2026, 1, 1)) == date(2015, 7, 6)
