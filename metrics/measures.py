"""The answer of a statement as arrays, scope by date: months added up, keys reduced, dates repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlglot import exp

from metrics import bymonths
from metrics.arithmetic import evaluate
from metrics.compile import Compiled, Layout
from metrics.dates import month_number
from metrics.plan import Group, Measure
from metrics.statement import TOWN

Array: TypeAlias = NDArray[np.float64]
UNKNOWN = "?"
WIDEST = 20_000_000  # numbers held for one column of a group reduced by key
LARGEST = 9e9  # above, a double has no sixth decimal left to tidy


class TooWide(ValueError):
    """A group has so many keys that its months do not fit in memory: it is to be computed date by date."""


@dataclass(frozen=True)
class Measures:
    """Every group's columns over the same scopes and dates: (group's name, column) -> scopes x dates, NaN for unknown."""

    scopes: list[str]
    arrays: Mapping[tuple[str, str], Array]
    shape: tuple[int, int]
    has_bounds: bool = True

    def column(self, table: str, name: str) -> Array:
        """Return one column, for ``arithmetic.evaluate``."""
        return self.arrays[table, name]


@dataclass(frozen=True)
class _Rows:
    """One group's rows of the answer; ``scope`` is a place in the list of scopes, ``key`` one in the list of keys."""

    i: NDArray[np.int64]
    sign: Array
    scope: NDArray[np.int64]
    key: NDArray[np.int64]
    keys: int
    columns: dict[str, Array]


def measures(answer: Mapping[str, np.ndarray], compiled: Compiled) -> Measures:
    """Return the arrays of a statement's answer."""
    group = np.asarray(answer["g"], dtype=np.int64)
    monthly = np.isin(
        group, [layout.number for layout in compiled.layouts.values() if layout.way == "months"]
    )
    answer = _whole(answer)
    scope, scopes = _scopes(answer["scope"], monthly, compiled)
    shape = (len(scopes), len(compiled.question.days))
    found: dict[tuple[str, str], Array] = {}
    for each, layout in compiled.layouts.items():
        if layout.way == "same":
            continue
        rows = _rows(answer, np.flatnonzero((group == layout.number) & answer["known"]), scope, layout)
        made = (
            _added_up(each, layout, rows, compiled, shape)
            if layout.way == "months"
            else _placed(each, layout, rows, compiled, shape)
        )
        found |= {(compiled.plan.alias(each), name): array for name, array in made.items()}
    _repeat(found, compiled)
    return Measures(scopes, found, shape, compiled.question.bounds)


def _whole(answer: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the answer with its keys as numbers; a month is unknown for what never leaves."""
    key, _ = pd.factorize(np.asarray(answer["key"], dtype=object), use_na_sentinel=True)
    i = np.asarray(answer["i"], dtype=np.float64)
    known = ~np.isnan(i)
    return {**answer, "key": np.maximum(key, 0), "i": np.where(known, i, 0).astype(np.int64), "known": known}


def _scopes(
    cells: np.ndarray, monthly: NDArray[np.bool_], compiled: Compiled
) -> tuple[NDArray[np.int64], list[str]]:
    """Return each row's place among the scopes, and the scopes: the town first, then those the rows name."""
    codes, names = pd.factorize(np.asarray(cells, dtype=object), use_na_sentinel=True)
    raw = [str(name) for name in names]
    # monthly rows tell the dimension itself (null: unknown); the others a scope's key already
    as_key = ["=" + name for name in raw]
    known: dict[str, int] = {TOWN: 0}
    place_plain = np.array(
        [known.setdefault(raw[c], len(known)) if _used(codes, ~monthly, c) else 0 for c in range(len(raw))]
        + [0]
    )
    place_dim = np.array(
        [known.setdefault(as_key[c], len(known)) if _used(codes, monthly, c) else 0 for c in range(len(raw))]
        + [0]
    )
    place = np.where(monthly, place_dim[codes], place_plain[codes])
    nothing = monthly & (codes < 0)
    if nothing.any() and compiled.question.by is not None:
        place[nothing] = known.setdefault(UNKNOWN, len(known))
    return place, list(known)


def _used(codes: NDArray[np.int64], rows: NDArray[np.bool_], code: int) -> bool:
    return bool((rows & (codes == code)).any())


def _rows(
    answer: Mapping[str, np.ndarray], here: NDArray[np.int64], scope: NDArray[np.int64], layout: Layout
) -> _Rows:
    columns = {
        name: np.asarray(answer[f"v{place + 1}"][here], dtype=np.float64)
        for place, name in enumerate(layout.names)
    }
    columns["r"] = np.asarray(answer["r"][here], dtype=np.float64)
    keys, key = np.unique(answer["key"][here], return_inverse=True)
    return _Rows(
        answer["i"][here], answer["s"][here].astype(np.float64), scope[here], key, max(1, len(keys)), columns
    )


def _placed(
    group: Group, layout: Layout, rows: _Rows, compiled: Compiled, shape: tuple[int, int]
) -> dict[str, Array]:
    """Return values told by date and scope; one at a fixed date holds at all of them. No row: r is 0, a count too."""
    own = compiled.plan.groups[group].values()
    counts = {m.name for m in own if isinstance(m.node, exp.Count) and not group.per}
    sums = {m.name for m in own if isinstance(m.node, exp.Sum)}
    found = {}
    for name, values in rows.columns.items():
        values = tidy(values) if name in sums else values
        is_count = name == "r" or name in counts or name.startswith("c")
        array = np.full(shape, 0.0 if is_count else np.nan)
        if group.at:
            array[rows.scope, :] = values[:, None]
        else:
            array[rows.scope, rows.i] = values
        found[name] = array
    return _without_scopes(found, layout)


def _without_scopes(found: dict[str, Array], layout: Layout) -> dict[str, Array]:
    """A view that does not know the dimension says nothing of its parts."""
    for array in found.values():
        if not layout.has_scopes:
            array[1:] = np.nan
    return found


def _added_up(
    group: Group, layout: Layout, rows: _Rows, compiled: Compiled, shape: tuple[int, int]
) -> dict[str, Array]:
    """Return running totals of what enters minus what leaves, by scope and date; the town is the sum of its parts."""
    first = month_number(compiled.question.days[0])
    totals = {name: _total(values, group, rows, first, shape) for name, values in rows.columns.items()}
    for part in layout.parts:
        if part.known:
            totals[part.name] = np.where(totals[part.known] > 0, totals[part.name], np.nan)
    if group.per:
        totals = _over_keys(totals, list(compiled.plan.groups[group].values()))
    else:
        totals = {name: array[0] for name, array in totals.items()}
    return _without_scopes(totals, layout)


def _total(values: Array, group: Group, rows: _Rows, first: int, shape: tuple[int, int]) -> Array:
    """Return keys x scopes x dates: the running total of one column, its town included."""
    scopes, dates = shape
    if rows.keys * scopes * dates > WIDEST:
        raise TooWide(group.view)
    moves = np.zeros(
        (rows.keys, scopes, dates + 1), dtype=np.longdouble
    )  # what goes must take back what came, to the cent
    amounts = np.nan_to_num(values)
    came, gone = _months(rows.i, group, first, dates)
    np.add.at(moves, (rows.key, rows.scope, came), rows.sign * amounts)
    if gone is not None:
        np.add.at(moves, (rows.key, rows.scope, gone), -amounts)
    totals = np.cumsum(moves, axis=2)[:, :, :dates]
    if scopes > 1:
        totals[:, 0] = totals.sum(axis=1)
    return tidy(totals.astype(np.float64))


def _months(
    month: NDArray[np.int64], group: Group, first: int, dates: int
) -> tuple[NDArray[np.int64], NDArray[np.int64] | None]:
    """Return the place of each move's month, and of the month it is undone by the span alone; the last place is never."""
    size = bymonths.span_months(group.period, group.frequency)
    came = np.clip(month - first, 0, dates)
    if size is None or group.period.until:
        return came, None
    months, from_start = size
    out = month - (month - 1) % months + months if from_start else month + months
    return came, np.clip(out - first, 0, dates)


def tidy(values: Array) -> Array:
    """Return values without the dust of binary fractions: six decimals, twelve below one."""
    rounded = np.where(np.abs(values) < 1, np.round(values, 12), np.round(values, 6))
    return np.where(np.abs(values) < LARGEST, rounded, values)


def _over_keys(totals: dict[str, Array], outer: Sequence[Measure]) -> dict[str, Array]:
    """Compute the outer measures over the keys that have rows at each scope and date."""
    there = totals["r"] > 0
    held = {name: np.where(there, array, np.nan) for name, array in totals.items()}
    found = {"r": totals["r"].sum(axis=0)}
    for measure in outer:
        found[measure.name] = _reduced(measure, held, there)
    return found


def _reduced(measure: Measure, held: Mapping[str, Array], there: NDArray[np.bool_]) -> Array:
    node = measure.node

    def column(_: str, name: str) -> Array:
        return held[name]

    values = there.astype(np.float64) if isinstance(node.this, exp.Star) else evaluate(node.this, column)
    if measure.when is not None:
        values = np.where(evaluate(measure.when, column) == 1, values, np.nan)
    known = ~np.isnan(values) & there
    if isinstance(node, exp.Count):
        return np.asarray(known.sum(axis=0), dtype=np.float64)
    if isinstance(node, exp.Sum):
        found = np.where(known, values, 0).sum(axis=0)
    elif isinstance(node, exp.Max):
        found = np.where(known, values, -np.inf).max(axis=0)
    else:
        found = np.where(known, values, np.inf).min(axis=0)
    return np.where(known.any(axis=0), found, np.nan)


def _repeat(found: dict[tuple[str, str], Array], compiled: Compiled) -> None:
    """Give groups at a fixed date the values of their twin at that date, at every date."""
    for group, layout in compiled.layouts.items():
        if layout.way != "same" or layout.twin is None or group.at is None:
            continue
        place = compiled.question.days.index(group.at)
        alias, twin = compiled.plan.alias(group), compiled.plan.alias(layout.twin)
        names = {text: measure.name for text, measure in compiled.plan.groups[layout.twin].items()}
        own = {measure.name: names[text] for text, measure in compiled.plan.groups[group].items()}
        for name, its in [("r", "r"), *own.items(), *((f"c{a}", f"c{b}") for a, b in own.items())]:
            if (twin, its) in found:
                array = found[twin, its]
                found[alias, name] = np.repeat(array[:, place : place + 1], array.shape[1], axis=1)
