"""Pacing: the expected line from a start to the target at its due date, and where we stand against it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Standing = Literal["met", "ahead", "on_line", "behind", "missed"]
MONTH = 365.25 / 12  # days
NEAR = 0.005  # of the way to the target: within it, on the line


@dataclass(frozen=True)
class Line:
    """The expected line: ``start_value`` at the end of ``start_on``, ``target`` on ``due_on``, straight in between."""

    start_on: date
    start_value: float
    due_on: date
    target: float

    def at(self, day: date) -> float:
        """Return what is expected on a day; flat before the start and after the due date."""
        whole = (self.due_on - self.start_on).days
        done = min(max((day - self.start_on).days / whole, 0.0), 1.0) if whole > 0 else 1.0
        return self.start_value + done * (self.target - self.start_value)


@dataclass(frozen=True)
class Pace:
    """Where a cumulative value stands on ``as_of``. Rates are per month, in the KPI's unit; None where unknown.

    ``gap`` is value less expected; ``days`` how many days ahead of the line (negative: behind), None for a flat line.
    ``needed`` is the rate that still leads to the target, None once it is met or past due.
    """

    line: Line
    as_of: date
    value: float
    expected: float
    gap: float
    days: int | None
    standing: Standing
    rate_3: float | None
    rate_12: float | None
    needed: float | None


def pace(
    line: Line,
    value: float,
    as_of: date,
    added: Sequence[float] = (),
    *,
    direction: str = "up",
    strict: bool = False,
) -> Pace:
    """Return where a cumulative ``value`` stands against ``line``; ``added`` are the monthly increments, the oldest first.

    ``direction`` "down" is a ceiling: under the line is ahead.
    """
    expected = line.at(as_of)
    sign = -1.0 if direction == "down" else 1.0
    standing = _standing(line, value, as_of, sign, strict)
    is_open = standing not in ("met", "missed")
    return Pace(
        line=line,
        as_of=as_of,
        value=value,
        expected=expected,
        gap=value - expected,
        days=_days(line, value, as_of),
        standing=standing,
        rate_3=rate(added, 3),
        rate_12=rate(added, 12),
        needed=(line.target - value) / ((line.due_on - as_of).days / MONTH) if is_open else None,
    )


def _standing(line: Line, value: float, as_of: date, sign: float, strict: bool) -> Standing:
    """Say where a value stands; a ceiling is only met once its due date is there."""
    left = sign * (line.target - value)
    is_met = left < 0 or (left == 0 and not strict)
    if is_met and (sign > 0 or as_of >= line.due_on):
        return "met"
    if as_of >= line.due_on:
        return "missed"
    gap = sign * (value - line.at(as_of))
    if abs(gap) <= NEAR * abs(line.target - line.start_value):
        return "on_line"
    return "ahead" if gap > 0 else "behind"


def _days(line: Line, value: float, as_of: date) -> int | None:
    """Return the days between ``as_of`` and the day for which the line expects ``value``."""
    rise = line.target - line.start_value
    whole = (line.due_on - line.start_on).days
    if rise == 0 or whole <= 0:
        return None
    share = min(max((value - line.start_value) / rise, 0.0), 1.0)
    return round(share * whole - (as_of - line.start_on).days)


def rate(added: Sequence[float], months: int) -> float | None:
    """Return the mean of the last ``months`` monthly increments; None when fewer are known."""
    return sum(added[-months:]) / months if len(added) >= months else None


def year_end(day: date) -> date:
    """Return the next 31 December after a day; of a 31 December, the next year's."""
    return date(day.year + (day.month == 12 and day.day == 31), 12, 31)
