"""The cash of one project over month ends: works and own funds as they go, grants as they come, FCTVA as it is given back."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from metrics import fctva, flows
from metrics.cash_rows import Grant, Works
from metrics.flows import Days, Values


@dataclass(frozen=True)
class Course:
    """One project's moves over the months: works including VAT, own funds spent, grants (as spent, as received), FCTVA."""

    works: Values
    own: Values
    granted: Values
    received: Values
    fctva: Values
    fctva_wait: float


def months(placed: list[Works], waiting: int, wait: int) -> Days:
    """Return the month ends from the first euro to the last one."""
    if not placed:
        return np.zeros(0, "datetime64[D]")
    first = min([one.start for one in placed if one.start])
    paid = [
        on.min().astype(object) for one in placed for on in (grant.paid_on for grant in one.grants) if len(on)
    ]
    ends = [max([one.end, *(grant.opens for grant in one.grants)]) for one in placed if one.end]
    late = max([grant.late for one in placed for grant in one.grants], default=0)
    last = max(ends) + timedelta(days=waiting + late + 31)
    return flows.month_ends(min([first, *paid]), max(last, date(max(ends).year + wait, 12, 31)))


def course_of(one: Works, days: Days, as_of: date, waiting: int, wait: int, rate: float) -> Course:
    """Return the moves of a project whose dates are known; see metrics.cash."""
    assert one.start and one.end
    done = flows.progress(days, one.start, one.end)
    moves = flows.each(done)
    received = sum((_received(grant, one, days, as_of, waiting) for grant in one.grants), np.zeros(len(days)))
    back, lost = _given_back(one, days, moves, wait, rate)
    return Course(
        one.gross * moves, (one.own or 0.0) * moves, one.granted * moves, flows.each(received), back, lost
    )


def _received(grant: Grant, one: Works, days: Days, as_of: date, waiting: int) -> Values:
    """Return what of a grant came in by each day: as it did up to the date of the data, then what was due ``waiting`` (and its own lateness) days before."""
    assert one.start and one.end
    paid = flows.by_day(days, grant.paid_on, grant.paid)
    before = days - np.timedelta64(waiting + grant.late, "D")
    asked = flows.due(
        before,
        flows.progress(before, one.start, one.end),
        grant.opens,
        max(one.end, grant.opens),
        grant.advance,
        grant.interim,
    )
    coming = np.where(days > np.datetime64(as_of, "D"), grant.amount * asked, 0.0)
    return np.maximum(paid, coming)


def _given_back(one: Works, days: Days, moves: Values, wait: int, rate: float) -> tuple[Values, float]:
    """Return the FCTVA by month (in December, ``wait`` years after the spending) and the value lost by waiting for it."""
    state = sum(grant.amount for grant in one.grants if grant.is_on_gross)
    spent_in = days.astype("datetime64[Y]").astype(int) + 1970
    found, lost = np.zeros(len(days)), 0.0
    for year in np.unique(spent_in[moves > 0]):
        here = (spent_in == year) & (moves > 0)
        share = float(moves[here].sum())
        amount = fctva.compensation(one.gross * share, fctva.rate_of(int(year)), one.eligible, state * share)
        comes = np.datetime64(f"{year + wait}-12-31", "D")
        found[np.searchsorted(days, comes)] += amount
        years = flows.years_from(comes.astype(object), days[here])
        lost += amount - flows.present(amount * moves[here] / share, -years, rate)
    return found, lost
