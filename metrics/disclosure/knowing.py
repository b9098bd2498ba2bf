"""What an attacker reads off a list before any bound is drawn: the counts its figures allow, the cells they belong to."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from metrics.disclosure.heads import Headcounts, most_of
from metrics.disclosure.listed import told_of
from metrics.disclosure.programme import LOOSE
from metrics.disclosure.questions import is_complete
from metrics.disclosure.shares import able
from metrics.disclosure.tables import ATTRIBUTES, HALF_MEAN, HALF_N, Cell, Group, Published, Table
from metrics.disclosure.unknowns import MANY, Array, Unknowns

Weights = Mapping[Group, float]  # what one answer of a finest cell weighs in the town's weighted mean


def possible_counts(cell: Cell, k: int, step: float | None) -> list[int]:
    """Return the counts a published cell can have: rounded to its n, at least k, and able to give its mean.

    n answers in steps of 25 can have no other means than multiples of 25/n: with few of them a mean to 0.1 tells n.
    """
    assert cell.n is not None and cell.mean is not None
    near = [n for n in range(cell.n - HALF_N, cell.n + HALF_N + 1) if n >= min(k, cell.n)]
    if not step:
        return near
    return [n for n in near if _can_give(cell.mean, n, step)] or near


def _can_give(mean: float, n: int, step: float) -> bool:
    nearest = round(mean * n / step)
    return abs(nearest * step / n - mean) <= HALF_MEAN + LOOSE


def counts_of(
    published: Published, told: Mapping[Group, Mapping[str, Cell]], steps: Mapping[str, float]
) -> dict[Group, dict[str, list[int]]]:
    """Return the counts each published group can have, by measure: how its items spread says more of the town's."""
    found = {
        group: {
            measure: possible_counts(cell, published.k, steps.get(measure)) for measure, cell in cells.items()
        }
        for group, cells in told.items()
    }
    for measure, counts in found.get((), {}).items():
        for spread in published.spreads:
            if spread.measure == measure and is_complete(spread.item, measure):
                counts[:] = able(spread, counts) or counts
    return found


def unknowns_of(
    published: Published,
    measures: Sequence[str],
    headcounts: Headcounts,
    steps: Mapping[str, float],
    weights: Weights | None = None,
    exact: Mapping[Group, int] | None = None,
) -> Unknowns:
    """Return the unknowns that measures counted on the same answers share, with what the list says of them.

    ``exact`` counts of groups, where they are known, stand for those that their figures allow.
    """
    tables = [table for table in published.tables if table.measure in measures]
    every = told_of(published)
    told = {
        group: {name: cell for name, cell in cells.items() if name in measures}
        for group, cells in every.items()
        if set(cells) & set(measures)
    }
    counts = {
        group: sorted(set.intersection(*(set(by[name]) for name in told[group])))
        for group, by in counts_of(published, every, steps).items()
        if group in told
    }
    counts |= {group: [many] for group, many in (exact or {}).items() if group in counts}
    known = weights or {}
    finest = _finest(tables, known)
    atoms, where = _merged(finest, list(told), known)
    groups = [*told, *(cell.group for table in tables for cell in table.cells)]
    members = {
        group: frozenset(where[place] for place, one in enumerate(finest) if set(group) <= set(one))
        for group in dict.fromkeys(groups)
    }
    staff = np.zeros(len(atoms))
    for place, one in enumerate(finest):
        heads = most_of(headcounts, one)
        staff[where[place]] += MANY if heads is None else heads
    means = {
        one.measure: one.weighted
        for one in published.summaries
        if known and one.weighted is not None and one.measure in measures
    }
    each: Array | None = np.array([known[atom] for atom in atoms]) if known else None
    return Unknowns(atoms, members, told, counts, staff, tuple(measures), each, means)


def _finest(tables: Sequence[Table], weights: Weights) -> list[Group]:
    """Return the finest cells: those that weights are known by, else the cross product of the tables' attributes."""
    if weights:
        return list(weights)
    domain: dict[str, dict[str | None, None]] = {}
    for name, value in (pair for table in tables for cell in table.cells for pair in cell.group):
        domain.setdefault(name, {})[value] = None
    names = [name for name in ATTRIBUTES if name in domain]
    return [
        tuple(zip(names, values, strict=True)) for values in product(*(list(domain[name]) for name in names))
    ]


def _merged(
    finest: Sequence[Group], told: Sequence[Group], weights: Weights
) -> tuple[list[Group], list[int]]:
    """Return one finest cell per set of published groups it lies in (and weight), and each cell's place among them."""
    places: dict[tuple[float | bool, ...], int] = {}
    atoms: list[Group] = []
    where = []
    for one in finest:
        mark = (weights.get(one, 0.0), *(set(group) <= set(one) for group in told))
        if mark not in places:
            places[mark] = len(atoms)
            atoms.append(one)
        where.append(places[mark])
    return atoms, where
