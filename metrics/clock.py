"""Which day it is for the data: what dues are counted from."""

from datetime import date, timedelta

FRESH = timedelta(days=45)  # half as long again as a month: monthly data that are on time


def working_day(as_of: date, today: date) -> date:
    """Return today where the data are fresh, else the first Monday after them.

    A town that opens a year's old data (or the demo's) holds the review that came next, not one of years later, when everything
    would be overdue.
    """
    if as_of <= today <= as_of + FRESH:
        return today
    return as_of + timedelta(days=7 - as_of.weekday())
