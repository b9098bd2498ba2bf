"""A KPI's move between two dates and what made it: kept readings where they are enough, the rows themselves elsewhere."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from metrics import contributions, stored
from metrics.compute import DIMENSION
from metrics.contributions import Effect, Group, Side
from metrics.definitions import Catalogue, Kpi
from metrics.splitting import Way, splitting

if TYPE_CHECKING:
    from metrics.results import Engine

EXTRA = ("partner", "project_id")  # breakdowns that the rows allow though no entry names them
Cell = tuple[float | None, float | None, float | None]  # value, numerator, denominator
WHOLE = "\0"  # the key of the town itself among its groups: no group is called that


@dataclass(frozen=True)
class Move:
    """A KPI at two dates in one scope, with the effects that add up to ``after - before``.

    ``by`` "" splits numerator and denominator only. ``reason`` (see splitting.REASONS) says why there are no effects.
    ``sides`` holds the parts: one for a sum, numerator and denominator for a ratio.
    """

    kpi: str
    start: date
    end: date
    by: str
    scope: str
    before: float | None = None
    after: float | None = None
    way: Way | None = None
    reason: str | None = None
    sides: tuple[Side, ...] = ()
    effects: tuple[Effect, ...] = ()


def dimensions(kpi: Kpi, views: Mapping[str, str], scope: str = "") -> tuple[str, ...]:
    """Return the breakdowns of a KPI's change: the entry's own, then partner and project where the rows carry them."""
    own = [by for by in kpi.by if not (scope and by == DIMENSION)]
    more = [by for by in EXTRA if by not in own and _carries(kpi, by, views)]
    return (*own, *more)


def _carries(kpi: Kpi, by: str, views: Mapping[str, str]) -> bool:
    from metrics.relations import columns_of

    view = _view(kpi, by, views)
    return view is not None and by in columns_of(view, views)


def _view(kpi: Kpi, by: str, views: Mapping[str, str]) -> str | None:
    """Return the view that a breakdown reads: where kinds of partner have a view of their own, partners are in it."""
    chosen = kpi.by_from.get(by) or (kpi.by_from.get("partner_kind") if by == "partner" else None)
    return chosen or kpi.source


def move(
    engine: "Engine", catalogue: Catalogue, id: str, start: date, end: date, by: str = "", scope: str = ""
) -> Move:
    """Return the move of KPI ``id`` from ``start`` to ``end`` in a scope ("" the town), split by ``by``.

    Raises KeyError for an unknown KPI, ValueError for a breakdown that its rows do not carry.
    """
    kpi = catalogue.every[id]
    if by and by not in dimensions(kpi, engine.relations, scope):
        raise ValueError(f"{id} has no breakdown {by}")
    way, days = splitting(catalogue, kpi), (start, end)
    blank = Move(id, start, end, by, scope, way=way.way, reason=way.reason)
    kept = _kept(engine, catalogue, kpi, days, by, scope)
    found = _made(blank, *kept) if kept else None
    # What is kept has no row for "directorate not filled in": the rows tell it.
    if found is None or any(effect.kind == "residual" for effect in found.effects):
        found = _made(blank, *_live(engine, catalogue, kpi, days, by, scope))
    return found


Cells = tuple[Mapping[Group, Cell], Mapping[Group, Cell]]
NONE: Cell = (None, None, None)


def _made(blank: Move, first: Mapping[Group, Cell], last: Mapping[Group, Cell]) -> Move:
    found = replace(blank, before=first[WHOLE][0], after=last[WHOLE][0])
    return found if found.way is None else _split(found, first, last)


def _split(found: Move, first: Mapping[Group, Cell], last: Mapping[Group, Cell]) -> Move:
    """Return the move with its effects, or with the reason why there are none."""
    reason = _unknown(found, first[WHOLE], last[WHOLE])
    if reason:
        return replace(found, reason=reason)
    places = (0,) if found.way == "sum" else (1, 2)
    sides = tuple(_side(first, last, place) for place in places)
    made = contributions.of_sum(*sides) if found.way == "sum" else contributions.of_ratio(*sides)
    if not math.isclose(
        contributions.total(made), (found.after or 0) - (found.before or 0), rel_tol=1e-6, abs_tol=1e-9
    ):
        return replace(found, reason="product")  # the value is not numerator over denominator after all
    return replace(found, sides=sides, effects=tuple(made))


def _unknown(found: Move, first: Cell, last: Cell) -> str | None:
    if found.way == "ratio" and not first[2]:
        return "no_start"
    if found.way == "ratio" and not last[2]:
        return "no_end"
    needed = [*first, *last] if found.way == "ratio" else [found.before, found.after]
    return "unknown" if None in needed else None


def _side(first: Mapping[Group, Cell], last: Mapping[Group, Cell], place: int) -> Side:
    names = sorted({*first, *last} - {WHOLE}, key=lambda group: (group is None, group or ""))
    groups = {
        group: (first.get(group, NONE)[place] or 0.0, last.get(group, NONE)[place] or 0.0) for group in names
    }
    return Side(first[WHOLE][place], last[WHOLE][place], groups)


def _kept(
    engine: "Engine", catalogue: Catalogue, kpi: Kpi, days: Sequence[date], by: str, scope: str
) -> Cells | None:
    """Return the kept readings of both dates; None where they do not answer: another breakdown, another date."""
    if by not in ("", DIMENSION) or (by and scope):
        return None
    found = []
    for day in days:
        whole = stored.at(engine, catalogue, day, DIMENSION if scope else "", scope).get(kpi.id)
        if whole is None:
            return None
        parts = stored.by_scope(engine, catalogue, [kpi.id], day) if by else []
        cells: dict[Group, Cell] = {one.scope[DIMENSION]: _cell(one) for one in parts}
        found.append(cells | {WHOLE: _cell(whole)})
    return found[0], found[1]


def _cell(reading: "stored.Reading") -> Cell:
    return reading.value, reading.numerator, reading.denominator


def _live(
    engine: "Engine", catalogue: Catalogue, kpi: Kpi, days: Sequence[date], by: str, scope: str
) -> Cells:
    """Return the cells of both dates from the rows; groups that a date does not have are left out."""
    from metrics.compile import Question
    from metrics.compute import known, results
    from metrics.results import day
    from metrics.statement import TOWN, decoded

    view = _view(kpi, by, engine.relations) if by else None
    by_from = {**kpi.by_from, by: view} if view and view != kpi.source else dict(kpi.by_from)
    asked = replace(kpi, by=(*kpi.by, by) if by else kpi.by, by_from=by_from, interval=None)
    everything = _with(catalogue, asked)
    relations = within(engine.relations, kpi, scope) if scope else None
    (result,) = results(engine, everything, [asked], Question(days, by or None, town=True), relations)
    cells: tuple[dict[Group, Cell], dict[Group, Cell]] = ({WHOLE: NONE}, {WHOLE: NONE})
    columns = [result.part(name) for name in ("value", "numerator", "denominator")]
    for place, key in enumerate(result.scope):
        group = WHOLE if key == TOWN else decoded(key)
        value, over, under = (known(column[place]) for column in columns)
        cells[days.index(day(result.as_of[place]))][group] = (value, over, under)
    return cells


def _with(catalogue: Catalogue, kpi: Kpi) -> Catalogue:
    """Return the catalogue with one entry replaced."""
    if kpi.id in catalogue.kpis:
        return replace(catalogue, kpis={**catalogue.kpis, kpi.id: kpi})
    return replace(catalogue, others={**catalogue.others, kpi.id: kpi})


def within(views: Mapping[str, str], kpi: Kpi, scope: str) -> dict[str, str]:
    """Return the views that a KPI reads, reduced to one directorate's rows."""
    from metrics.relations import columns_of

    second = [part.view for part in (kpi.denominator, kpi.coverage) if part]
    read = {view for view in (kpi.source, *second, *kpi.by_from.values()) if view in views}
    word = "'" + scope.replace("'", "''") + "'"
    return {
        view: f"SELECT {', '.join(columns_of(view, views))} FROM ({views[view]}) AS v WHERE {DIMENSION} = {word}"
        for view in read
        if view is not None and DIMENSION in columns_of(view, views)
    }
