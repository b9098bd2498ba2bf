"""The intervals that come after the values: shares of counts from the counts alone, everywhere; bootstraps from the rows by
project, fetched once and resampled date by date and scope by scope."""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlglot import exp

from metrics import clopper, resample
from metrics.arithmetic import evaluate
from metrics.byrows import outputs, source
from metrics.dates import calendar
from metrics.definitions import Catalogue, Kpi
from metrics.grouping import Scopes, scope_and_sets
from metrics.keptplans import filled, kept
from metrics.plan import Formula, Group, Plan
from metrics.results import Engine, Result, day
from metrics.statement import TOWN, Statement, encoded
from metrics.survival import date_of, duration

Array: TypeAlias = NDArray[np.float64]
log = logging.getLogger("levier.metrics")


@dataclass
class _Rows:
    """A group's rows by key: as_of, scope, key, and r and measures, or t and d for durations."""

    as_of: NDArray[np.datetime64]
    scope: NDArray[np.object_]
    key: NDArray[np.object_]
    columns: dict[str, Array]

    def at(self, as_of: np.datetime64, scope: str) -> "_Rows":
        return self.only(np.flatnonzero((self.as_of == as_of) & (self.scope == scope)))

    def only(self, here: NDArray[np.int64]) -> "_Rows":
        return _Rows(
            self.as_of[here], self.scope[here], self.key[here], {k: v[here] for k, v in self.columns.items()}
        )


Ahead: TypeAlias = Mapping[tuple[str, str, tuple[date, ...], str | None], "Future[_Rows]"]


def ahead(
    engine: Engine,
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    dates: Sequence[date],
    by: str | None,
    relations: Mapping[str, str],
    pool: Executor,
) -> Ahead:
    """Begin to fetch the rows that the bootstraps of ``kpis`` will ask for, while their values are computed elsewhere."""
    views, begun = {**engine.relations, **relations}, {}
    for kpi in kpis:
        if kpi.interval is None or kpi.interval.kind != "bootstrap":
            continue
        plan = Plan(catalogue.every, by=by)
        for alias, group in _groups_of(plan.add(kpi.id).value, plan).items():
            asked = (engine, catalogue, plan, group, kpi, sorted(dates), by, views)
            begun[kpi.id, alias, tuple(sorted(dates)), by] = pool.submit(_fetch, *asked)
    return begun


def add_intervals(
    engine: Engine,
    catalogue: Catalogue,
    found: Sequence[Result],
    by: str | None,
    relations: Mapping[str, str] | None = None,
    wanted: Callable[[Result], NDArray[np.bool_]] | None = None,
    begun: Ahead | None = None,
) -> None:
    """Fill ``low`` and ``high`` of the results whose KPI asks for a bootstrap, or for the exact interval of a share.

    ``wanted`` says at which places of a result to draw a bootstrap (default: wherever the value is known). ``begun``: rows
    that are being fetched already. A failure is logged: the value stays, without interval.
    """
    for result in found:
        kind = result.kpi.interval.kind if result.kpi.interval else None
        if kind == "clopper_pearson":
            _put_share(result)
        if kind != "bootstrap":
            continue
        mask = ~np.isnan(result.part("value"))
        if wanted is not None:
            mask &= wanted(result)
        try:
            _fill(engine, catalogue, result, by, {**engine.relations, **(relations or {})}, mask, begun or {})
        except Exception:
            log.exception("no interval for %s", result.kpi.id)


def _put_share(result: Result) -> None:
    """Put the exact limits of numerator / denominator wherever the value is known."""
    low, high = clopper.limits(result.part("numerator"), result.part("denominator"))
    known = ~np.isnan(result.part("value"))
    result.parts |= {"low": np.where(known, low, np.nan), "high": np.where(known, high, np.nan)}


def _fill(
    engine: Engine,
    catalogue: Catalogue,
    result: Result,
    by: str | None,
    views: Mapping[str, str],
    mask: NDArray[np.bool_],
    begun: Ahead,
) -> None:
    low, high = (np.full(len(mask), np.nan) for _ in range(2))
    result.parts |= {"low": low, "high": high}
    plan = Plan(catalogue.every, by=by)
    formula = plan.add(result.kpi.id)
    needed = _groups_of(formula.value, plan)
    town = result.scope == TOWN
    for places, part in ((np.flatnonzero(mask & town), None), (np.flatnonzero(mask & ~town), by)):
        dates = sorted({day(result.as_of[place]) for place in places})
        rows = {
            alias: one.result()
            if (one := begun.get((result.kpi.id, alias, tuple(dates), part)))
            else _fetch(engine, catalogue, plan, group, result.kpi, dates, part, views)
            for alias, group in (needed if dates else {}).items()
        }
        for place in places:
            here = {
                alias: rows_.at(result.as_of[place], result.scope[place]) for alias, rows_ in rows.items()
            }
            limits = _interval(formula, plan, needed, here)
            if limits:
                low[place], high[place] = limits


def _groups_of(tree: exp.Expr, plan: Plan) -> dict[str, Group]:
    tables = {column.table for column in tree.find_all(exp.Column)}
    return {plan.alias(group): group for group in plan.groups if plan.alias(group) in tables}


def _fetch(
    engine: Engine,
    catalogue: Catalogue,
    plan: Plan,
    group: Group,
    kpi: Kpi,
    dates: Sequence[date],
    by: str | None,
    views: Mapping[str, str],
) -> _Rows:
    assert kpi.interval is not None
    key = str(kpi.interval.key)

    def make(over: Mapping[str, str]) -> str:
        statement = Statement(over, catalogue.parameters)
        statement.put("calendar", calendar(dates))
        scopes = Scopes(by, town=by is None)
        select = _durations(group, key, scopes) if group.survival else _sums(plan, group, key, scopes)
        return statement.text(select, [group.view])

    asked = ("rows", kpi.id, kpi.fingerprint, plan.alias(group), tuple(dates), by)
    answer = engine.columns(filled(kept(catalogue, views, asked, make), views))
    fixed = ("i", "scope", "key")
    numbers = {
        name: np.asarray(values, dtype=np.float64) for name, values in answer.items() if name not in fixed
    }
    as_of = np.array(dates, dtype="datetime64[D]")[np.asarray(answer["i"], dtype=np.int64)]
    return _Rows(
        as_of, np.asarray(answer["scope"], dtype=object), np.asarray(answer["key"], dtype=object), numbers
    )


def _sums(plan: Plan, group: Group, key: str, scopes: Scopes) -> str:
    place, rows = source(group)
    scope, sets = scope_and_sets(scopes, [place, f"v.{key}"], f"v.{scopes.by}")
    items = [f"{place} AS i", f"{scope} AS scope", f"v.{key} AS key", "COUNT(*) AS r"]
    return f"SELECT {', '.join(items + outputs(list(plan.groups[group].values())))} {rows} GROUP BY {sets}"


def _durations(group: Group, key: str, scopes: Scopes) -> str:
    """Return the durations, one row each, of the town or of the values of a dimension."""
    assert group.survival is not None
    place, rows = source(group)
    scope = f"'{TOWN}'" if scopes.by is None else encoded(f"v.{scopes.by}")
    seen = f"v.{group.survival[0]} <= {date_of(group)}"
    return f"SELECT {place} AS i, {scope} AS scope, v.{key} AS key, {duration(group)} {rows} AND {seen}"


def _interval(
    formula: Formula, plan: Plan, groups: Mapping[str, Group], rows: Mapping[str, _Rows]
) -> tuple[float, float] | None:
    """Return the interval of one value: its keys drawn again and again, each with all its rows."""
    counts, kept, cells = _cells(rows)
    value = _valued(formula, plan, groups, kept, cells, len(counts))
    smooth = not any(group.survival for group in groups.values())
    return resample.interval(counts, value, smooth=smooth)


def _cells(
    rows: Mapping[str, _Rows],
) -> tuple[NDArray[np.int64], dict[str, _Rows], dict[str, NDArray[np.int64]]]:
    """Return what is drawn: how many keys each cell stands for, one row for each, and each row's cell.

    Keys with a single row that says the same are one cell: they are drawn as many, and computed once.
    """
    place, names = pd.factorize(np.concatenate([part.key for part in rows.values()]), use_na_sentinel=True)
    single = np.bincount(place[place >= 0], minlength=len(names)) == 1
    counts: list[NDArray[np.int64]] = [np.ones(int((~single).sum()), dtype=np.int64)]
    own = np.cumsum(~single) - 1  # the cell of a key with several rows
    kept, cells = {}, {}
    start, done = 0, int((~single).sum())
    for alias, part in rows.items():
        here = place[start : start + len(part.key)]
        start += len(part.key)
        alone = (here >= 0) & single[here]
        table = np.column_stack([column[alone] for column in part.columns.values()])
        _, first, many = np.unique(table, axis=0, return_index=True, return_counts=True)
        chosen = np.concatenate([np.flatnonzero((here >= 0) & ~single[here]), np.flatnonzero(alone)[first]])
        cells[alias] = np.concatenate([own[here[(here >= 0) & ~single[here]]], done + np.arange(len(many))])
        kept[alias] = part.only(chosen)
        counts.append(many)
        done += len(many)
    return np.concatenate(counts), kept, cells


def _valued(
    formula: Formula,
    plan: Plan,
    groups: Mapping[str, Group],
    rows: Mapping[str, _Rows],
    cells: Mapping[str, NDArray[np.int64]],
    size: int,
) -> Callable[[Array], Array]:
    """Return what maps weights (draws x cells, ``size`` of them) to values of the formula."""
    curves = {
        alias: resample.survival(rows[alias].columns["t"], rows[alias].columns["d"], cells[alias])
        for alias, group in groups.items()
        if group.survival
    }

    known: dict[tuple[str, str], Array] = {}

    def totals(table: str, name: str) -> Array:
        """A column's sum by cell: what each draw of the cell adds."""
        if (table, name) not in known:
            amounts = np.nan_to_num(rows[table].columns[name])
            summed = np.bincount(cells[table], weights=amounts, minlength=size)
            known[table, name] = summed.astype(np.float64)
        return known[table, name]

    def value(weight: Array) -> Array:
        drawn = {alias: curve(weight) for alias, curve in curves.items()}

        told: dict[tuple[str, str], Array] = {}  # a formula may name a column several times

        def column(table: str, name: str) -> Array:
            if (table, name) not in told:
                told[table, name] = (
                    _survived(plan, groups[table], name, drawn[table])
                    if table in drawn
                    else np.asarray(weight @ totals(table, name))
                )
            return told[table, name]

        return np.broadcast_to(evaluate(formula.value, column), (len(weight),)).copy()

    return value


def _survived(plan: Plan, group: Group, name: str, curves: tuple[Array, Array, Array]) -> Array:
    measure = next(measure for measure in plan.groups[group].values() if measure.name == name)
    assert isinstance(measure.node, exp.Anonymous)
    number = float(measure.node.expressions[0].name)
    pick = resample.quantile if measure.node.name.upper() == "KM_QUANTILE" else resample.share
    return pick(curves, number)
