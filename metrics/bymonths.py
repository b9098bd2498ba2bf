"""The monthly way: sums and counts by the month rows enter and leave, then added up along the calendar.

A row counts from month e on and no more from month x on: whatever the span, e and x say it all. So each view is read once,
reduced to its cells (e, x, dimension), and a running total of entries minus exits gives every month end at once. All groups
share one chain of relations: a statement costs about as much to plan as it has operators.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from metrics.definitions import Period
from metrics.expressions import parse
from metrics.grouping import Scopes, aggregate, counted, scope_and_sets
from metrics.plan import Group, Measure
from metrics.spans import fixed
from metrics.statement import Statement

EXACT = "DECIMAL(38, 10)"  # what is added and taken back again must leave nothing behind
WINDOW = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"


@dataclass(frozen=True)
class Part:
    """One thing added up for a group: a slot of the shared relations. ``known`` is the slot that counts known operands."""

    name: str
    sql: str
    slot: int
    known: int | None = None


def parts(group: Group, measures: Sequence[Measure]) -> list[Part]:
    """Return what must be added up for a group; a sum needs the number of its known operands beside it."""
    inner = [Measure(name, parse(sql)) for name, sql in group.per[1]] if group.per else measures
    found: list[Part] = []
    for measure in inner:
        slot = len(found) + 1
        if isinstance(measure.node, exp.Sum):
            operands = Measure(measure.name, exp.Count(this=measure.node.this.copy()), measure.when)
            found += [
                Part(measure.name, aggregate(measure), slot, slot + 1),
                Part(f"k{measure.name}", aggregate(operands), slot + 1),
            ]
        else:
            found.append(Part(measure.name, aggregate(measure), slot))
        kept = counted(measure)
        if kept:
            found.append(Part(f"c{measure.name}", kept, len(found) + 1))
    return found


def put(
    statement: Statement,
    groups: Mapping[int, tuple[Group, list[Part]]],
    scopes: Mapping[int, Scopes],
    months: tuple[int, int],
    by: str | None,
) -> int:
    """Add relation ``totals``: g, as_of, scope, key, r and the slots p1… at every month end. Return how many slots."""
    if not groups:
        return 0
    slots = max(len(found) for _, found in groups.values())
    selects = [_cells(number, group, found, scopes[number].by, months, slots) for number, (group, found) in groups.items()]
    statement.put("cells", "\nUNION ALL ".join(selects))
    names = ["r", *(f"p{slot + 1}" for slot in range(slots))]
    statement.put("moves", _moves(names, months))
    scope, sets = scope_and_sets(Scopes(None if by is None else "dim"), ["g", "m", "key"], "dim")
    sums = ", ".join(f"SUM({name}) AS {name}" for name in names)
    statement.put("steps", f"SELECT g, m, {scope} AS scope, key, {sums} FROM moves GROUP BY {sets}")
    statement.put("lines", "SELECT DISTINCT g, scope, key FROM steps")
    statement.put("totals", _totals(names))
    return slots


def _number(column: str) -> str:
    return f"(EXTRACT(YEAR FROM {column}) * 12 + EXTRACT(MONTH FROM {column}))"


def _lasts(period: Period, frequency: str, entry: str) -> str | None:
    """Return the month from which a row of month ``entry`` no longer counts by the span alone, None for never."""
    if period.span == "rolling_12_months":
        return f"{entry} + 12"
    size = {"monthly": 1, "quarterly": 3}.get(frequency, 12) if period.span == "in_period" else 12
    if period.span in ("in_period", "year_to_date"):
        # months are numbered from January = 1: the first of a period leaves a remainder of 1
        return f"{entry} - ({entry} - 1) % {size} + {size}"
    return None


def _exit(group: Group, months: tuple[int, int]) -> str:
    """Return the SQL of x for a row: the sooner of the span's end and the ``until`` column's month."""
    entry = f"v.{group.period.date}"
    ends = [_lasts(group.period, group.frequency, _number(entry))]
    if group.period.until:
        # out before it came in: in and out the same month, so never there
        late = f"v.{group.period.until}"
        ends.append(f"CASE WHEN {late} < {entry} THEN {_number(entry)} ELSE {_number(late)} END")
    known = [end for end in ends if end]
    never = months[1] + 1
    if not known:
        return str(never)
    return f"COALESCE({f'LEAST({known[0]}, {known[1]})' if len(known) == 2 else known[0]}, {never})"


def _cells(
    number: int, group: Group, found: Sequence[Part], by: str | None, months: tuple[int, int], slots: int
) -> str:
    """Return one row per month of entry, month of exit, dimension and key, with what the rows there add up to."""
    dim = f"CAST(v.{by} AS VARCHAR)" if by else "CAST(NULL AS VARCHAR)"
    conditions = [*fixed(group.period), f"v.{group.period.date} IS NOT NULL"]
    items = [
        f"{number} AS g",
        f"{_number(f'v.{group.period.date}')} AS e",
        f"{_exit(group, months)} AS x",
        f"{dim} AS dim",
        f"{_key(group)} AS key",
        "COUNT(*) AS r",
        *(f"CAST({part.sql} AS {EXACT}) AS p{part.slot}" for part in found),
        *(f"NULL AS p{slot + 1}" for slot in range(len(found), slots)),
    ]
    return f"SELECT {', '.join(items)} FROM {group.view} AS v WHERE {' AND '.join(conditions)} GROUP BY ALL"


def _key(group: Group) -> str:
    """Return the SQL of what a ``per`` group reduces to one row by, as one text."""
    if group.per is None:
        return "''"
    return " || '|' || ".join(f"COALESCE(CAST(v.{name} AS VARCHAR), '?')" for name in group.per[0])


def _moves(names: list[str], months: tuple[int, int]) -> str:
    """Return the cells twice: in at their month of entry, out (negative) at their month of exit."""
    first, last = months
    comes = f"SELECT g, GREATEST(e, {first}) AS m, dim, key, {', '.join(names)} FROM cells WHERE e <= {last} AND x > e"
    minus = ", ".join(f"-{name} AS {name}" for name in names)
    return f"{comes} UNION ALL SELECT g, GREATEST(x, {first}) AS m, dim, key, {minus} FROM cells WHERE x <= {last} AND x > e"


def _totals(names: list[str]) -> str:
    same = "s.g = l.g AND s.m = c.m AND s.scope = l.scope AND s.key = l.key"
    sums = ", ".join(f"SUM(s.{name}) OVER w AS {name}" for name in names)
    return (
        f"SELECT l.g, c.as_of, l.scope, l.key, {sums} FROM calendar AS c CROSS JOIN lines AS l LEFT JOIN steps AS s ON {same} "
        f"WINDOW w AS (PARTITION BY l.g, l.scope, l.key ORDER BY c.m {WINDOW})"
    )


def item(part: Part) -> str:
    """Return the SQL of a part's total: unknown, not 0, where no operand is known."""
    if part.known is None:
        return f"p{part.slot}"
    return f"CASE WHEN p{part.known} > 0 THEN p{part.slot} END"
