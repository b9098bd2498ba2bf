"""What was added each month: the monthly increments behind a cumulative total or a count that starts again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from metrics.dates import DAY, month_end, month_number
from metrics.definitions import Kpi

Array = NDArray[np.float64]
Months = Sequence[tuple[date, float | None]]  # month ends with the value at them, the oldest first


@dataclass(frozen=True)
class Increments:
    """Consecutive months: ``values[i]`` was added in the month of ``last`` minus the months that follow it."""

    last: date
    values: Array

    @property
    def months(self) -> list[int]:
        """The calendar month (1..12) of each increment."""
        end = month_number(self.last) - 1
        return [(end - back) % 12 + 1 for back in range(len(self.values) - 1, -1, -1)]


def restarts(kpi: Kpi) -> int | None:
    """Return after how many months a KPI's total starts again at 0 (1, 3 or 12); None when it never does."""
    span = kpi.period.span if kpi.period else None
    if span == "year_to_date":
        return 12
    return {"monthly": 1, "quarterly": 3}.get(kpi.frequency, 12) if span == "in_period" else None


def increments(
    kpi: Kpi, months: Months, since: date | None = None, most: int | None = None
) -> Increments | None:
    """Return the latest unbroken run of monthly increments, of months that begin at ``since`` or later, at ``most`` so many.

    A month without a value, or after one, has none. None when there is no increment at all.
    """
    every = restarts(kpi)
    known = {month_number(day): value for day, value in months if value is not None and day == month_end(day)}
    if not known:
        return None
    starts = [day for day in (since, kpi.period.since if kpi.period else None) if day]
    first, last = max([min(known), *map(month_number, starts)]), max(known)
    if most is not None:
        first = max(first, last - most + 1)
    values: list[float] = []
    for number in range(last, first - 1, -1):
        added = _added(known, number, every)
        if added is None:
            break
        values.append(added)
    if not values:
        return None
    end = month_end(date((last - 1) // 12, (last - 1) % 12 + 1, 1))
    return Increments(end, np.array(values[::-1], dtype=np.float64))


def added(kpi: Kpi, values: Mapping[int, float | None], here: int, months: int) -> float | None:
    """Return what was added in the months after ``here``; ``values`` by month number. None where one of them is unknown."""
    every, since = restarts(kpi), kpi.period.since if kpi.period else None
    if since and here + 1 < month_number(since):
        return None
    parts = [_added(values, number, every) for number in range(here + 1, here + months + 1)]
    told = [part for part in parts if part is not None]
    return sum(told) if len(told) == len(parts) else None


def _added(known: Mapping[int, float | None], number: int, every: int | None) -> float | None:
    now = known.get(number)
    if now is None or (every and (number - 1) % every == 0):
        return now
    before = known.get(number - 1)
    return None if before is None else now - before


def reached(kpi: Kpi, months: Months, as_of: date, now: float) -> float | None:
    """Return what the horizon's total stands at: ``now``, the value at ``as_of``, or the sum since 1 January.

    None when a month of the year has no value.
    """
    every = restarts(kpi)
    if every is None or every == 12:
        return now
    year_on = date(as_of.year, 1, 1)
    begun = as_of.replace(
        month=as_of.month - (as_of.month - 1) % every, day=1
    )  # of the running month or quarter
    ends = {month_number(day): value for day, value in months if year_on <= day < begun and value is not None}
    wanted = range(month_number(year_on) + every - 1, month_number(begun), every)
    parts = [ends.get(number) for number in wanted]
    known = [part for part in parts if part is not None]
    return sum(known) + now if len(known) == len(parts) else None


def track(kpi: Kpi, months: Months, as_of: date, now: float) -> list[tuple[date, float]]:
    """Return the total as it grew: month ends (then ``as_of``) with the cumulative value, or that since 1 January.

    Of a total that starts again every year, the current year alone.
    """
    past = [(day, value) for day, value in months if day < as_of and value is not None]
    every = restarts(kpi)
    if every is None:
        return [*past, (as_of, now)]
    begun = date(as_of.year, 1, 1)
    here = [(day, value) for day, value in past if day >= begun]
    found = [(day, reached(kpi, here, day, value)) for day, value in [*here, (as_of, now)]]
    return [(day, value) for day, value in found if value is not None]


def steps(as_of: date, horizon: date) -> tuple[list[date], Array]:
    """Return the month ends after ``as_of`` up to ``horizon``, and which part of each of these months is still to come."""
    ends, parts, day = [], [], as_of
    while day < horizon:
        following = day + DAY
        end = min(month_end(following), horizon)
        ends.append(end)
        parts.append(((end - day).days) / month_end(following).day)
        day = end
    return ends, np.array(parts, dtype=np.float64)
