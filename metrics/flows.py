"""Money in time: works spread over their dates, grants due as they go, what waiting costs. Arrays over month ends; nothing is read here."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Days = NDArray[np.datetime64]
YEAR = 365.25  # days


def month_ends(first: date, last: date) -> Days:
    """Return the last day of each month from that of ``first`` to that of ``last``."""
    months = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 2)
    return np.asarray(months[1:].astype("datetime64[D]") - np.timedelta64(1, "D"), "datetime64[D]")


def progress(days: Days, start: date, end: date) -> Values:
    """Return the share of works done by the evening of each day: as much every day from ``start`` to ``end``."""
    gone = (days - np.datetime64(start, "D")).astype(np.float64) + 1.0
    return np.clip(gone / ((end - start).days + 1), 0.0, 1.0)


def due(days: Days, done: Values, opens: date, ends: date, advance: float, interim: float) -> Values:
    """Return the share of a grant that may be asked for by each day.

    From the day it ``opens`` the advance, then as much as is ``done`` of the works up to ``interim``, all from the day they end:
    interims take the advance back as they go, so that both never add up.
    """
    going = np.minimum(np.maximum(done, advance), max(interim, advance))
    asked = np.where(days >= np.datetime64(ends, "D"), 1.0, going)
    return np.where(days >= np.datetime64(opens, "D"), asked, 0.0)


def by_day(days: Days, on: Days, amounts: Values) -> Values:
    """Return what had come in by each day, of ``amounts`` paid ``on`` some days in any order."""
    order = np.argsort(on, kind="stable")
    reached = np.concatenate([[0.0], np.cumsum(amounts[order])])
    return reached[np.searchsorted(on[order], days, side="right")]


def each(reached: Values) -> Values:
    """Return the moves of a cumulated series."""
    return np.diff(reached, prepend=0.0)


def years_from(day: date, days: Days) -> Values:
    """Return how many years after ``day`` each day is."""
    return (days - np.datetime64(day, "D")).astype(np.float64) / YEAR


def present(amounts: Values | float, years: Values | float, rate: float) -> float:
    """Return what amounts that come so many years later are worth today."""
    return float(np.sum(np.asarray(amounts) / (1.0 + rate) ** np.asarray(years)))


def bridge(spent: Values, received: Values, years: Values, rate: float) -> float:
    """Return the interest paid, by the last receipt, on money spent before it is received (negative: received before).

    15 M€ spent at once and received 1.5 years later at 3 % cost 0.68 M€.
    """
    some = np.flatnonzero(received)
    if not len(some):
        return 0.0
    end = years[some[-1]]
    return float(np.sum((spent - received) * ((1.0 + rate) ** (end - years) - 1.0)))
