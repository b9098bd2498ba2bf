"""Kaplan-Meier as SQL: how long until an end, when some rows have not ended yet. Windows only, so any engine runs it.

Duration in days; the day of entry is 0. A row that has not ended at t (or went out of sight before) is censored: it counts
among those at risk as long as it was seen. S(t) is the product over event times of 1 - ended / at risk.
"""

from collections.abc import Mapping

from sqlglot import exp

from metrics.byrows import source
from metrics.dates import literal
from metrics.grouping import Scopes, scope_and_sets
from metrics.plan import Group
from metrics.statement import Statement

TOLERANCE = 1e-9  # a curve that should touch 1 - q exactly must not miss it by a rounding
Z = 1.959963984540054
TAIL = 0.025  # on each side of 95 %


def put(
    statement: Statement,
    groups: Mapping[int, tuple[Group, str | None]],
    measures: Mapping[str, exp.Expr],
    scopes: Scopes,
    bounds: bool,
) -> None:
    """Add relation ``km_read``: g, i (the date's place), scope, r and ``measures`` (name -> function) of every group.

    ``groups`` are, by number, the group and its view's column for the dimension. With ``bounds`` also l… and h…, the 95 %
    limits. One chain for all groups: each operator costs its planning.
    """
    statement.put(
        "km_durations", "\nUNION ALL ".join(_durations(number, *group) for number, group in groups.items())
    )
    statement.put(
        "km_fine", "SELECT g, i, dim, t, COUNT(*) AS c, SUM(d) AS d FROM km_durations GROUP BY g, i, dim, t"
    )
    scope, sets = scope_and_sets(scopes, ["g", "i", "t"], "dim")
    statement.put(
        "km_times", f"SELECT g, i, {scope} AS scope, t, SUM(c) AS c, SUM(d) AS d FROM km_fine GROUP BY {sets}"
    )
    window = "PARTITION BY g, i, scope ORDER BY t DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
    statement.put(
        "km_risk", f"SELECT g, i, scope, t, c, d, CAST(SUM(c) OVER ({window}) AS DOUBLE) AS n FROM km_times"
    )
    statement.put("km_curve", _curve(bounds))
    items = [item for name, node in measures.items() for item in _items(name, node, bounds)]
    select = ", ".join(["g", "i", "scope", "SUM(c) AS r", *items])
    statement.put("km_read", f"SELECT {select} FROM km_curve GROUP BY g, i, scope")


def _durations(number: int, group: Group, by: str | None) -> str:
    """Return one row per date and row that counts: t days, d = 1 when it ended."""
    assert group.survival is not None
    place, rows = source(group)
    dim = f"v.{by}" if by else "NULL"
    return f"SELECT {number} AS g, {place} AS i, {dim} AS dim, {duration(group)} {rows} AND v.{group.survival[0]} <= {date_of(group)}"


def date_of(group: Group) -> str:
    """Return the SQL of the date at which a row is looked at."""
    return literal(group.at) if group.at else "c.as_of"


def duration(group: Group) -> str:
    """Return the SELECT items d (1 when the row has ended by the date) and t (days until then, or until the date)."""
    assert group.survival is not None
    start, end, *gone = group.survival
    seen = f"LEAST({date_of(group)}, v.{gone[0]})" if gone else date_of(group)
    ended = f"v.{end} <= {seen}"
    return f"CASE WHEN {ended} THEN 1 ELSE 0 END AS d, DATE_DIFF('day', v.{start}, CASE WHEN {ended} THEN v.{end} ELSE {seen} END) AS t"


def _curve(bounds: bool) -> str:
    """Return the curve: s after each time and, with bounds, Greenwood's log-log limits lo and hi."""
    steps = "SUM(CASE WHEN d < n THEN LN(1 - d / n) ELSE 0 END)"
    exact = (
        "MIN(CASE WHEN d < n THEN 1 ELSE 0 END)"  # everybody at risk ended: S is 0, which has no logarithm
    )
    window = "PARTITION BY g, i, scope ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
    spread = ", SUM(CASE WHEN d < n THEN d / (n * (n - d)) ELSE 0 END) OVER w AS spread" if bounds else ""
    curve = f"SELECT g, i, scope, t, c, d, EXP({steps} OVER w) * {exact} OVER w AS s{spread} FROM km_risk WINDOW w AS ({window})"
    if not bounds:
        return curve
    inner = "s > 0 AND s < 1"
    width = f"{Z} * SQRT(spread) / LN(s)"
    return (
        f"SELECT g, i, scope, t, c, d, s, CASE WHEN {inner} THEN POWER(s, EXP(-({width}))) ELSE s END AS lo, "
        f"CASE WHEN {inner} THEN POWER(s, EXP({width})) ELSE s END AS hi FROM ({curve}) AS curves"
    )


def _items(name: str, node: exp.Expr, bounds: bool) -> list[str]:
    assert isinstance(node, exp.Anonymous)
    number = float(node.expressions[0].name)
    make = _quantile if node.name.upper() == "KM_QUANTILE" else _share
    sides = {"": "s", "l": "lo", "h": "hi"} if bounds else {"": "s"}
    found = {side: make(number, curve) for side, curve in sides.items()}
    if bounds and make is _share:
        found |= _exact(number, found)
    return [f"{text} AS {side}{name}" for side, text in found.items()]


def _exact(days: float, found: Mapping[str, str]) -> dict[str, str]:
    """Return the limits of a share with, where the curve is 1 or 0 and Greenwood's have no width, the exact ones.

    Clopper and Pearson's for all or none out of those whose fate at ``days`` is known: 0.025^(1/n), and 1 minus it.
    """
    known = f"SUM(CASE WHEN t < {days!r} THEN d ELSE c END)"
    root = f"POWER({TAIL}, 1.0 / NULLIF({known}, 0))"
    share = found[""]
    low = f"CASE WHEN {share} >= {1 - TOLERANCE!r} THEN {root} ELSE {found['l']} END"
    high = f"CASE WHEN {share} <= {TOLERANCE!r} THEN 1 - {root} ELSE {found['h']} END"
    return {"l": low, "h": high}


def _quantile(q: float, curve: str) -> str:
    """Return the smallest time at which the curve is at or under 1 - q; unknown where it is not reached."""
    return f"MIN(CASE WHEN d > 0 AND {curve} <= {1 - q + TOLERANCE!r} THEN t END)"


def _share(days: float, curve: str) -> str:
    """Return the curve at a time; unknown while nobody has been followed for so long, unless everybody ended before."""
    followed = f"MAX(t) >= {days!r} OR MIN(s) <= {TOLERANCE!r}"
    at = f"COALESCE(ARG_MAX(CASE WHEN t <= {days!r} THEN {curve} END, CASE WHEN t <= {days!r} THEN t END), 1)"
    return f"CASE WHEN {followed} THEN {at} END"
