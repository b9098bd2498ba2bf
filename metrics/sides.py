"""The two sides of a value: the rows of its numerator and those of its denominator, each as rows that can be opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlglot import exp

from metrics import expressions
from metrics.checks import references
from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from metrics.results import Engine
from metrics.rows import behind

Role = Literal["whole", "numerator", "denominator"]


@dataclass(frozen=True)
class Side:
    """One side of a value. ``kpi`` is the entry to open rows of, at ``at`` (None: the value's own date).

    ``counted`` are the columns it adds up: a row where all of them are zero or unknown is no part of it. Empty: every row is.
    ``adds`` is the SQL of what the rows add up to, None where the side is no plain sum or count.
    """

    role: Role
    kpi: Kpi
    at: date | None = None
    counted: tuple[str, ...] = ()
    adds: str | None = None


def sides(catalogue: Catalogue, kpi: Kpi) -> tuple[Side, ...]:
    """Return the sides of a KPI's value: one whole, or a numerator and a denominator; () where no row may be shown."""
    if kpi.is_survey:
        return ()
    if kpi.is_stored_value or kpi.source is None or kpi.sql is None:
        return (Side("whole", kpi),)
    tree = expressions.parse(kpi.sql)
    if kpi.denominator:
        under = kpi.denominator
        other = replace(
            kpi,
            source=under.view,
            sql=under.sql,
            period=under.period,
            by_from=under.by_from,
            denominator=None,
            per=None,
            n=None,
        )
        return _side("numerator", kpi, tree), _side("denominator", other, expressions.parse(under.sql))
    if kpi.base:
        return _side("numerator", kpi, tree), replace(_side("denominator", kpi, tree), at=kpi.base)
    top = tree.unnest()
    if isinstance(top, exp.Div) and kpi.per is None:
        return _divided(catalogue, kpi, top)
    return (_side("whole", kpi, tree),)


def _divided(catalogue: Catalogue, kpi: Kpi, top: exp.Div) -> tuple[Side, ...]:
    under = top.expression.unnest()
    under = under.this if isinstance(under, exp.Nullif) else under
    named = expressions.references(under)
    if named:  # divided by another KPI: its own rows
        return _side("numerator", kpi, top.this), Side("denominator", catalogue.every[named[0]])
    if references(kpi):
        return (Side("whole", kpi),)
    return _side("numerator", kpi, top.this), _side("denominator", kpi, under)


def _side(role: Role, kpi: Kpi, tree: exp.Expr) -> Side:
    """Return a side with the columns that it adds up, where it is made of plain sums only."""
    if kpi.per is not None or expressions.references(tree):
        return Side(role, kpi)
    sql = tree.sql(expressions.DIALECT)
    made = [node for node in tree.walk() if expressions.is_aggregate(node)]
    if not made or any(not isinstance(node, (exp.Sum, exp.Count)) for node in made):
        return Side(role, kpi)
    if all(isinstance(node, exp.Sum) and isinstance(node.this, exp.Column) for node in made):
        return Side(role, kpi, counted=tuple(dict.fromkeys(node.this.name for node in made)), adds=sql)
    return Side(role, kpi, adds=sql)


@dataclass(frozen=True)
class Baseline:
    """What a value is measured against: ``kind`` says how it was chosen.

    "base": the value at the entry's base date; "cohort": the fixed period from ``since`` to ``on``; "zero": counted from
    nothing since ``since``; "before": the last known value before the change of method ``on``; "first": the first known one.
    ``value`` is in ``unit``; None is unknown.
    """

    kind: Literal["base", "cohort", "zero", "before", "first"]
    on: date
    value: float | None
    unit: str
    n: int | None
    since: date | None = None


Known = Mapping[date, tuple[float | None, int | None]]  # month end -> value and n


def baseline(
    engine: Engine,
    catalogue: Catalogue,
    kpi: Kpi,
    reading: Reading,
    series: Known,
    scope: Mapping[str, str | None] | None = None,
) -> Baseline | None:
    """Return what a reading is measured against; None before anything is known. ``series`` are the KPI's values by date."""
    period, as_of = kpi.period, reading.as_of
    over, under = reading.numerator, reading.denominator
    if kpi.base and under is not None:
        n = _rows(engine, catalogue, kpi, kpi.base, scope)
        return Baseline("base", kpi.base, under, "eur" if abs(under) >= 1e4 else "n", n)
    if period and period.span == "between" and period.start and period.end and over is not None:
        named = references(kpi)
        unit = catalogue.every[named[0]].unit if named else kpi.unit
        n = _rows(engine, catalogue, kpi, as_of, scope)
        return Baseline("cohort", period.end, over, unit, n, since=period.start)
    if period and period.span == "cumulative" and period.since and period.since <= as_of and _is_sum(kpi):
        return Baseline("zero", period.since, 0.0, kpi.unit, 0, since=period.since)
    return _earlier(catalogue, kpi, as_of, series)


def _is_sum(kpi: Kpi) -> bool:
    return len(tuple(expressions.aggregates(expressions.parse(str(kpi.sql))))) == 1 and "/" not in str(
        kpi.sql
    )


def _earlier(catalogue: Catalogue, kpi: Kpi, as_of: date, series: Known) -> Baseline | None:
    known = sorted(day for day, (value, _) in series.items() if value is not None and day < as_of)
    if not known:
        return None
    changed = catalogue.parameters.get("rebase_on")
    before = [day for day in known if isinstance(changed, date) and day < changed]
    day = before[-1] if before else known[0]
    value, n = series[day]
    since = kpi.period.since if kpi.period and kpi.period.span == "cumulative" else None
    return Baseline("before" if before else "first", day, value, kpi.unit, n, since=since)


def _rows(
    engine: Engine, catalogue: Catalogue, kpi: Kpi, at: date, scope: Mapping[str, str | None] | None
) -> int | None:
    found = behind(engine, catalogue, kpi.id, at, scope, window=(0, 1))
    return int(found["_total"].iloc[0]) if len(found) else 0
