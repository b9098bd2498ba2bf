"""The monthly way: sums and counts by the month rows enter and leave, then added up along the calendar.

A row counts from month e on and no more from month x on: whatever the span, e and x say it all. So each view is read once,
reduced to its cells (e, x, dimension), and a running total of entries minus exits gives every month end at once.
"""

from sqlglot import exp

from metrics.byrows import over_keys
from metrics.definitions import Period
from metrics.expressions import parse
from metrics.grouping import Scopes, aggregate, counted, scope_and_sets
from metrics.plan import Group, Measure
from metrics.spans import fixed
from metrics.statement import Statement

WINDOW = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"


def put(
    statement: Statement, alias: str, group: Group, measures: list[Measure], scopes: Scopes, months: tuple[int, int]
) -> None:
    """Add the relation ``alias``: as_of, scope, r and the measures at every month end of the calendar."""
    key = list(group.per[0]) if group.per else []
    inner = [Measure(name, parse(sql)) for name, sql in group.per[1]] if group.per else measures
    parts = [part for measure in inner for part in _parts(measure)]
    statement.put(f"{alias}_cells", _cells(group, parts, scopes, key, months))
    statement.put(f"{alias}_moves", _moves(alias, group, [name for name, _ in parts], scopes, key, months))
    statement.put(f"{alias}_steps", _steps(alias, [name for name, _ in parts], scopes, key))
    _put_running(statement, alias, inner, key, measures if group.per else [])


def _parts(measure: Measure) -> list[tuple[str, str]]:
    """Return (name, aggregate) of what must be added up: a sum needs the number of its known operands beside it."""
    found = [(measure.name, aggregate(measure))]
    if isinstance(measure.node, exp.Sum):
        known = Measure(measure.name, exp.Count(this=measure.node.this.copy()), measure.when)
        found.append((f"k{measure.name}", aggregate(known)))
    kept = counted(measure)
    return [*found, (f"c{measure.name}", kept)] if kept else found


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
    ends = [_lasts(group.period, group.frequency, _number(entry)) if group.period.date else None]
    if group.period.until:
        # out before it came in: in and out the same month, so never there
        late = f"v.{group.period.until}"
        ends.append(f"CASE WHEN {late} < {entry} THEN {_number(entry)} ELSE {_number(late)} END")
    known = [end for end in ends if end]
    never = months[1] + 1
    return f"COALESCE({f'LEAST({known[0]}, {known[1]})' if len(known) == 2 else known[0]}, {never})" if known else str(never)


def _cells(group: Group, parts: list[tuple[str, str]], scopes: Scopes, key: list[str], months: tuple[int, int]) -> str:
    """Return one row per month of entry, month of exit, dimension and key, with what the rows there add up to."""
    entry = _number(f"v.{group.period.date}") if group.period.date else str(months[0])
    dims = [f"v.{name}" for name in ([scopes.by] if scopes.by else []) + key]
    conditions = fixed(group.period) + ([f"v.{group.period.date} IS NOT NULL"] if group.period.date else [])
    items = [f"{entry} AS e", f"{_exit(group, months)} AS x", *dims, "COUNT(*) AS r", *(f"{sql} AS {name}" for name, sql in parts)]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    places = ", ".join(str(place + 1) for place in range(2 + len(dims)))
    return f"SELECT {', '.join(items)} FROM {group.view} AS v{where} GROUP BY {places}"


def _moves(alias: str, group: Group, names: list[str], scopes: Scopes, key: list[str], months: tuple[int, int]) -> str:
    """Return the cells twice: in at their month of entry, out (negative) at their month of exit."""
    first, last = months
    dims = "".join(f", {name}" for name in ([scopes.by] if scopes.by else []) + key)
    sums = ["r", *names]
    comes = f"SELECT GREATEST(e, {first}) AS m{dims}, {', '.join(sums)} FROM {alias}_cells WHERE e <= {last} AND x > e"
    goes = f"SELECT GREATEST(x, {first}) AS m{dims}, {', '.join(f'-{name} AS {name}' for name in sums)} FROM {alias}_cells WHERE x <= {last} AND x > e"
    return f"{comes} UNION ALL {goes}"


def _steps(alias: str, names: list[str], scopes: Scopes, key: list[str]) -> str:
    """Return what each month adds, by scope and key."""
    scope, sets = scope_and_sets(scopes, ["m", *key], str(scopes.by))
    items = ["m", f"{scope} AS scope", *key, *(f"SUM({name}) AS {name}" for name in ["r", *names])]
    return f"SELECT {', '.join(items)} FROM {alias}_moves GROUP BY {sets}"


def _put_running(statement: Statement, alias: str, inner: list[Measure], key: list[str], outer: list[Measure]) -> None:
    """Add up along the calendar; with a key, compute the outer measures over the keys that have rows then."""
    keys = "".join(f", {name}" for name in key)
    statement.put(f"{alias}_lines", f"SELECT DISTINCT scope{keys} FROM {alias}_steps")
    same = " AND ".join(["s.m = c.m", "s.scope = l.scope", *(f"s.{name} IS NOT DISTINCT FROM l.{name}" for name in key)])
    lines = "".join(f", l.{name}" for name in key)
    names = ["r", *(name for measure in inner for name, _ in _parts(measure))]
    totals = ", ".join(f"SUM(s.{name}) OVER w AS {name}" for name in names)
    running = (
        f"SELECT c.as_of, l.scope{lines}, {totals} FROM calendar AS c CROSS JOIN {alias}_lines AS l "
        f"LEFT JOIN {alias}_steps AS s ON {same} WINDOW w AS (PARTITION BY l.scope{lines} ORDER BY c.m {WINDOW})"
    )
    statement.put(f"{alias}_totals", running)
    if not key:
        statement.put(alias, f"SELECT as_of, scope, r{''.join(map(_known, inner))} FROM {alias}_totals")
        return
    statement.put(f"{alias}_keys", f"SELECT as_of, scope, r{keys}{''.join(map(_double, inner))} FROM {alias}_totals WHERE r > 0")
    statement.put(alias, f"SELECT as_of, scope, SUM(r) AS r{over_keys(outer)} FROM {alias}_keys AS v GROUP BY as_of, scope")


def _known(measure: Measure) -> str:
    """Return the SELECT items of a total: unknown, not 0, where no operand is known."""
    kept = f", c{measure.name}" if measure.when is not None else ""
    if not isinstance(measure.node, exp.Sum):
        return f", {measure.name}{kept}"
    return f", CASE WHEN k{measure.name} > 0 THEN {measure.name} END AS {measure.name}{kept}"


def _double(measure: Measure) -> str:
    value = f"CASE WHEN k{measure.name} > 0 THEN {measure.name} END" if isinstance(measure.node, exp.Sum) else measure.name
    return f", CAST({value} AS DOUBLE) AS {measure.name}"

