"""The expected line of a KPI: from where and when it starts, to its target and its due date; and the pace against it."""

from collections.abc import Sequence
from datetime import date

from metrics import adding, increments
from metrics.dates import DAY
from metrics.definitions import Kpi
from metrics.forecast import goal
from metrics.increments import Months
from metrics.pacing import Line, Pace, pace
from metrics.reading import Reading


def is_paced(kpi: Kpi) -> bool:
    """Say whether the KPI adds up towards its target: a cumulative sum, or one that starts again within the year."""
    span = kpi.period.span if kpi.period else None
    return span in ("cumulative", "in_period", "year_to_date") and (
        adding.is_sum(kpi) or adding.is_distinct(kpi)
    )


def line(kpi: Kpi, months: Months, as_of: date, starts: Sequence[date] = ()) -> Line | None:
    """Return the expected line, None for a KPI that does not add up, has no target or has not begun.

    It starts at the last of the KPI's ``since`` and of ``starts`` (rebases, a target's first day), else with the year; what
    starts again every year starts with it. It ends when the target is due, by default with the year of ``as_of``.
    """
    target = goal(kpi)
    due = kpi.due or date(as_of.year, 12, 31)
    if not is_paced(kpi) or not isinstance(target, float | int):
        return None
    if increments.restarts(kpi) is not None:
        return Line(date(as_of.year - 1, 12, 31), 0.0, date(as_of.year, 12, 31), float(target))
    since = kpi.period.since if kpi.period else None
    if since and as_of < since:
        return None
    known = [day for day in (since, *starts) if day and day <= as_of and day < due]
    start_on = (max(known) if known else date(as_of.year, 1, 1)) - DAY
    if start_on >= due:
        return None
    past = [value for day, value in months if day <= start_on and value is not None]
    start = past[-1] if past and not (since and start_on < since) else 0.0
    return Line(start_on, start, due, float(target))


def standing(
    kpi: Kpi, months: Months, reading: Reading | None, as_of: date, starts: Sequence[date] = ()
) -> Pace | None:
    """Return where the KPI stands against its expected line; None without line or value."""
    if reading is None or reading.value is None or reading.reason == "no_target":
        return None
    found = line(kpi, months, as_of, starts)
    if found is None:
        return None
    total = increments.reached(kpi, months, as_of, reading.value)
    if total is None:
        return None
    past = increments.increments(kpi, [pair for pair in months if pair[0] <= as_of])
    added = () if past is None else past.values.tolist()
    return pace(found, total, as_of, added, direction=kpi.direction, strict=kpi.strict)
