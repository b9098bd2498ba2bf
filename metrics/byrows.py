"""The row way: each date joined to the rows that count at it. Any date, any aggregate, any breakdown."""

from metrics.expressions import parse
from metrics.grouping import Scopes, aggregate, counted, scope_and_sets
from metrics.plan import Group, Measure
from metrics.spans import within
from metrics.statement import Statement


def put(statement: Statement, alias: str, group: Group, measures: list[Measure], scopes: Scopes) -> None:
    """Add the relation ``alias``: i (the date's place), scope, r (rows) and the measures, where at least one row counts."""
    if group.per is None:
        statement.put(alias, _select(group, measures, scopes))
    else:
        _put_per(statement, alias, group, measures, scopes)


def source(group: Group) -> tuple[str, str]:
    """Return the SQL of the date's place, and the FROM clause that pairs dates with the rows that count at them."""
    condition = within(group.period, group.frequency, group.at)
    if group.at:
        return "c.i", f"FROM (SELECT 0 AS i) AS c JOIN {group.view} AS v ON {condition}"
    return "c.i", f"FROM calendar AS c JOIN {group.view} AS v ON {condition}"


def outputs(measures: list[Measure], table: str = "v") -> list[str]:
    """Return the SELECT items of the measures, with the rows that a condition keeps."""
    items = []
    for measure in measures:
        items.append(f"{aggregate(measure, table)} AS {measure.name}")
        kept = counted(measure, table)
        if kept:
            items.append(f"{kept} AS c{measure.name}")
    return items


def _select(group: Group, measures: list[Measure], scopes: Scopes) -> str:
    place, rows = source(group)
    scope, sets = scope_and_sets(scopes, [place], f"v.{scopes.by}")
    items = [f"{place} AS i", f"{scope} AS scope", "COUNT(*) AS r", *outputs(measures)]
    return f"SELECT {', '.join(items)} {rows} GROUP BY {sets}"


def _put_per(statement: Statement, alias: str, group: Group, measures: list[Measure], scopes: Scopes) -> None:
    """One row per date, scope and key first; then the measures over those rows."""
    assert group.per is not None
    key, inner = group.per
    place, rows = source(group)
    scope, sets = scope_and_sets(scopes, [place, *(f"v.{name}" for name in key)], f"v.{scopes.by}")
    items = [f"{place} AS i", f"{scope} AS scope", "COUNT(*) AS r", *(f"v.{name}" for name in key)]
    for name, sql in inner:
        items.append(f"CAST({aggregate(Measure(name, parse(sql)))} AS DOUBLE) AS {name}")
    statement.put(f"{alias}_keys", f"SELECT {', '.join(items)} {rows} GROUP BY {sets}")
    over = "".join(f", {item}" for item in outputs(measures))
    statement.put(alias, f"SELECT i, scope, SUM(r) AS r{over} FROM {alias}_keys AS v GROUP BY i, scope")
