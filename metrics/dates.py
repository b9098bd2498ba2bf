"""Month ends, period names and the calendar that statements join: plain date arithmetic."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)


@lru_cache(maxsize=8192)
def month_end(day: date) -> date:
    """Return the last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_month_end(day: date) -> bool:
    """Say whether the day is its month's last."""
    return day == month_end(day)


def month_number(day: date) -> int:
    """Return a number that grows by one each month."""
    return day.year * 12 + day.month


def month_ends(first: date, last: date) -> list[date]:
    """Return every month end from the month of ``first`` up to ``last`` included."""
    numbers = range(month_number(first), month_number(last) + 1)
    ends = (month_end(date((number - 1) // 12, (number - 1) % 12 + 1, 1)) for number in numbers)
    return [end for end in ends if end <= last]


def year_before(day: date) -> date:
    """Return t - 12 months; a month end gives a month end, 29 February gives 28."""
    if is_month_end(day):
        return month_end(day.replace(year=day.year - 1, day=1))
    return day.replace(year=day.year - 1)


def starts(day: date) -> dict[str, date]:
    """Return the first day of what each span calls now: its month, quarter, year, and last twelve months."""
    return {
        "month_on": day.replace(day=1),
        "quarter_on": date(day.year, 3 * ((day.month - 1) // 3) + 1, 1),
        "year_on": date(day.year, 1, 1),
        "rolling_on": year_before(day) + DAY,
    }


def period_name(day: date, frequency: str) -> str:
    """Return the period a date is in: 2015-06, 2015-Q2 or 2015 by the frequency (a wave bears its year)."""
    if frequency == "monthly":
        return f"{day.year:04d}-{day.month:02d}"
    if frequency == "quarterly":
        return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"
    return f"{day.year:04d}"


def literal(day: date) -> str:
    """Return a date as SQL."""
    return f"DATE '{day.isoformat()}'"


def calendar(days: Iterable[date], *, is_monthly: bool = False) -> str:
    """Return the SELECT of relation ``calendar``: a row per date (i = 0, 1…, as_of, month_on, quarter_on, year_on, rolling_on).

    ``is_monthly``: the days are every month end from the first to the last, which is much shorter to say.
    """
    dates = sorted(set(days))
    if is_monthly and len(dates) > 1:
        return _months(dates[0].replace(day=1), len(dates))
    rows = []
    for place, day in enumerate(dates):
        cells = [str(place), literal(day), *(literal(start) for start in starts(day).values())]
        rows.append(f"({', '.join(cells)})")
    names = ", ".join(["i", "as_of", *starts(date(2000, 1, 1))])
    return f"SELECT * FROM (VALUES {', '.join(rows)}) AS days({names})"


def _months(first: date, count: int) -> str:
    months = f"SELECT i, CAST({literal(first)} + i * INTERVAL 1 MONTH AS DATE) AS month_on FROM RANGE({count}) AS months(i)"
    return (
        "SELECT i, LAST_DAY(month_on) AS as_of, month_on, CAST(DATE_TRUNC('quarter', month_on) AS DATE) AS quarter_on, "
        "CAST(DATE_TRUNC('year', month_on) AS DATE) AS year_on, "
        f"CAST(month_on - INTERVAL 11 MONTH AS DATE) AS rolling_on FROM ({months}) AS months"
    )
