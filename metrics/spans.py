"""Which rows count at a date: the predicate of each span, for one date or for each row of the calendar."""

from datetime import date

from metrics.dates import literal, starts
from metrics.definitions import Period

START_OF = {"monthly": "month_on", "quarterly": "quarter_on", "yearly": "year_on", "wave": "year_on"}


def start_column(span: str, frequency: str) -> str | None:
    """Return the calendar's column that holds the first day of a moving span, None for the other spans."""
    moving = {
        "in_period": START_OF.get(frequency),
        "year_to_date": "year_on",
        "rolling_12_months": "rolling_on",
    }
    return moving.get(span)


def within(
    period: Period, frequency: str, at: date | None = None, view: str = "v", calendar: str = "c"
) -> str:
    """Return the SQL condition under which a row of ``view`` counts, at a date or at the calendar's row.

    Half-open everywhere: dated at or before t, and not out by t.
    """
    as_of = literal(at) if at else f"{calendar}.as_of"
    terms = fixed(period, view)
    if period.date:
        same = "=" if period.span == "snapshot" else "<="
        terms.append(f"{view}.{period.date} {same} {as_of}")
    moving = start_column(period.span, frequency)
    if moving:
        first = literal(starts(at)[moving]) if at else f"{calendar}.{moving}"
        terms.append(f"{view}.{period.date} >= {first}")
    if period.until:
        terms.append(f"({view}.{period.until} IS NULL OR {view}.{period.until} > {as_of})")
    return " AND ".join(terms) or "TRUE"


def fixed(period: Period, view: str = "v") -> list[str]:
    """Return the conditions that do not move with the date."""
    terms = []
    if period.since and period.span != "between":
        terms.append(f"{view}.{period.date} >= {literal(period.since)}")
    if period.span == "between" and period.start and period.end:
        terms.append(f"{view}.{period.date} BETWEEN {literal(period.start)} AND {literal(period.end)}")
    return terms
