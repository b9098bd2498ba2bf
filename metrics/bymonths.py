"""The monthly way: sums and counts by the month rows enter and leave. Each view is read once, whatever the number of months.

A row counts from month e on and no more from month x on: whatever the span, e and x say it all. SQL reduces the rows to what
enters and leaves each month; ``measures`` adds that up along the calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from metrics.definitions import Period
from metrics.expressions import parse
from metrics.grouping import aggregate, counted
from metrics.plan import Group, Measure
from metrics.spans import fixed

ADDABLE = (
    exp.Sum,
    exp.Count,
    exp.Min,
    exp.Max,
)  # outer measures of a ``per`` that ``measures`` computes over its keys


@dataclass(frozen=True)
class Part:
    """One thing added up for a group: the SQL of its aggregate, and the name of the part that counts its known operands."""

    name: str
    sql: str
    known: str | None = None


def inner(group: Group, measures: Sequence[Measure]) -> list[Measure]:
    """Return the measures taken over the view's rows: those of the key, where the group is reduced by key first."""
    return [Measure(name, parse(sql)) for name, sql in group.per[1]] if group.per else list(measures)


def parts(group: Group, measures: Sequence[Measure]) -> list[Part]:
    """Return what must be added up for a group; a sum needs the number of its known operands beside it."""
    found: list[Part] = []
    for measure in inner(group, measures):
        if isinstance(measure.node, exp.Sum):
            operands = Measure(measure.name, exp.Count(this=measure.node.this.copy()), measure.when)
            found += [
                Part(measure.name, aggregate(measure), f"k{measure.name}"),
                Part(f"k{measure.name}", aggregate(operands)),
            ]
        else:
            found.append(Part(measure.name, aggregate(measure)))
        kept = counted(measure)
        found += [Part(f"c{measure.name}", kept)] if kept else []
    return found


def fits(group: Group, measures: Sequence[Measure]) -> bool:
    """Say whether a group's measures can be added up month by month."""
    outer = group.per is None or all(
        isinstance(m.node, ADDABLE) and m.node.find(exp.Distinct) is None for m in measures
    )
    return group.additive and group.at is None and group.period.date is not None and outer


def _number(column: str) -> str:
    return f"(YEAR({column}) * 12 + MONTH({column}))"


def span_months(period: Period, frequency: str) -> tuple[int, bool] | None:
    """Return how long a row counts by the span alone: (months, whether from the start of a period), None for ever."""
    if period.span == "rolling_12_months":
        return 12, False
    if period.span == "snapshot":  # dated at a month's end, it is there for that end only
        return 1, True
    if period.span == "in_period":
        return {"monthly": 1, "quarterly": 3}.get(frequency, 12), True
    return (12, True) if period.span == "year_to_date" else None


def _lasts(group: Group, entry: str) -> str | None:
    """Return the SQL of the month from which a row of month ``entry`` no longer counts by the span alone."""
    size = span_months(group.period, group.frequency)
    if size is None:
        return None
    # months are numbered from January = 1: the first of a period leaves a remainder of 1
    return f"{entry} - ({entry} - 1) % {size[0]} + {size[0]}" if size[1] else f"{entry} + {size[0]}"


def cells(number: int, group: Group, found: Sequence[Part], by: str | None, width: int) -> str:
    """Return the SELECT of a group's moves: (g, i = month, s = 1 in or -1 out, scope = dimension, key, r, v1…).

    Rows that leave because of the span alone are not told: they leave when ``span_months`` says.
    """
    sums = [part.sql for part in found] + ["NULL"] * (width - len(found))
    values = ", ".join([f"v.{by}" if by else "NULL", _key(group), "COUNT(*)", *sums])
    entry = _number(f"v.{group.period.date}")
    conditions = [*fixed(group.period), f"v.{group.period.date} IS NOT NULL"]
    if not group.period.until:
        keys = ", ".join(
            part for part in (entry, f"v.{by}" if by else "", _key(group) if group.per else "") if part
        )
        return f"SELECT {number}, {entry}, 1, {values} FROM {group.view} AS v WHERE {' AND '.join(conditions)} GROUP BY {keys}"
    out = f"v.{group.period.until}"
    late = f"({out} IS NULL OR {_number(out)} > {entry})"  # out the month it came in: never there at a month's end
    lasts = _lasts(group, entry)
    leaves = f"LEAST({lasts}, COALESCE({_number(out)}, {lasts}))" if lasts else _number(out)
    rows = f"SELECT v.*, {entry} AS _e, {leaves} AS _x FROM {group.view} AS v WHERE {' AND '.join([*conditions, late])}"
    dims = "".join(
        f", {part}" for part in (f"v.{by}" if by else "", _key(group) if group.per else "") if part
    )
    sets = f"GROUPING SETS ((v._e{dims}), (v._x{dims}))"
    month = "CASE WHEN GROUPING(v._e) = 0 THEN v._e ELSE v._x END"
    sign = "CASE WHEN GROUPING(v._e) = 0 THEN 1 ELSE -1 END"
    return f"SELECT {number}, {month}, {sign}, {values} FROM ({rows}) AS v GROUP BY {sets}"


def _key(group: Group) -> str:
    """Return the SQL of what a ``per`` group is reduced by, as one text."""
    if group.per is None:
        return "NULL"
    return " || '|' || ".join(f"COALESCE(CAST(v.{name} AS VARCHAR), '?')" for name in group.per[0])
