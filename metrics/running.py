"""Not over yet: half a month is no month, and a full month's target says nothing of it.

Only what is counted within a month or a quarter; a year's values (budgets) are dated its first day and complete from then on.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from metrics.dates import is_month_end
from metrics.definitions import Kpi
from metrics.results import Result

MONTHS = {"monthly": 1, "quarterly": 3}


def is_counted_within(kpi: Kpi) -> bool:
    """Say whether a KPI starts again from nothing each month or quarter."""
    return (
        kpi.period is not None
        and not kpi.has_own_periods
        and kpi.period.span == "in_period"
        and kpi.frequency in MONTHS
    )


def is_over(day: date, kpi: Kpi) -> bool:
    """Say whether the period that a day is in ends on that day."""
    return is_month_end(day) and day.month % MONTHS[kpi.frequency] == 0


def mark_running(found: Sequence[Result]) -> None:
    """Give the reason "running" to the known values of a period that is not over; they keep their value."""
    for result in found:
        if not is_counted_within(result.kpi):
            continue
        over = {
            day: is_over(day, result.kpi) for day in set(result.as_of.astype("datetime64[D]").astype(object))
        }
        values = result.part("value")
        for place, day in enumerate(result.as_of.astype("datetime64[D]").astype(object)):
            if not over[day] and not np.isnan(values[place]) and result.reason[place] is None:
                result.reason[place] = "running"
