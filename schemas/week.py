"""Weeks as the product names them: the ISO year and week, ``2015-W28``."""

import re
from datetime import date

WEEK = re.compile(r"(\d{4})-W(\d{2})")


def week_of(day: date) -> str:
    """Return the ISO week of a day: 6 July 2015 is in ``2015-W28``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(week: str) -> date:
    """Return the Monday of an ISO week. Raises ValueError for what names none."""
    found = WEEK.fullmatch(week)
    if not found:
        raise ValueError(week)
    return date.fromisocalendar(int(found[1]), int(found[2]), 1)
