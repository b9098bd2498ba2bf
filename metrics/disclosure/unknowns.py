"""What nobody published, as unknowns: the respondents of each finest cell and the sum of their scores, within the list's bounds.

All tables of a measure share the same unknowns: x_a >= 0 whole respondents of finest cell a, and 0 <= s_a <= 100 x_a. A
published group says that the sum of its x is within 2 of its count and that its s sum to its mean, within 0.05, times its x.
Finest cells that no published group tells apart are one: nothing on the list can part them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from metrics.disclosure.heads import Headcounts, most_of
from metrics.disclosure.tables import HALF_MEAN, HALF_N, Cell, Group, Published, Table

MANY = 1e4  # respondents, where neither a headcount nor a published group says how many there can be
CLOSE = 1e-5  # respondents that floating point may add or take
NEAR = 2  # respondents from k under which whole numbers may tell more than fractions
LONGEST = 2.0  # seconds for one bound; what is proved by then counts
LOOSE = 1e-7  # what a rounded mean may miss its bound by, in floating point
Union = frozenset[int]


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


@dataclass
class Unknowns:
    """The unknowns of one measure and what the list says of them; ``told`` holds each published group and its atoms."""

    atoms: list[Group]  # one finest cell of each
    members: dict[Group, Union]  # the atoms of each listed group, published or not
    told: dict[Group, Cell]
    counts: dict[Group, list[int]]  # the counts each published group can have
    staff: NDArray[np.float64]  # whom each atom can hold
    seen: list[NDArray[np.float64]] = field(
        default_factory=list
    )  # solutions met: each proves what is possible
    seen_whole: list[NDArray[np.float64]] = field(default_factory=list)  # those in whole respondents

    def __post_init__(self) -> None:
        """Write down what the list says, once."""
        most = self.staff.copy()
        for group, counts in self.counts.items():
            inside = list(self.members[group])
            most[inside] = np.minimum(most[inside], counts[-1])
        self.rows, self.whole, self.top = _rows(self.members, self.told, self.counts, most)

    def without(self, group: Group) -> "Unknowns":
        """Return the same unknowns as if a published group were hidden."""
        told = {name: cell for name, cell in self.told.items() if name != group}
        counts = {name: these for name, these in self.counts.items() if name != group}
        return Unknowns(self.atoms, self.members, told, counts, self.staff)

    @cached_property
    def is_possible(self) -> bool:
        """Whether any answers at all give this list."""
        return self.extreme(np.zeros(len(self.top))) is not None

    def extreme(self, cost: NDArray[np.float64], is_whole: bool = False) -> float | None:
        """Return the least of a linear form, in whole respondents or relaxed to fractions; None where nothing satisfies the list."""
        kinds = self.whole if is_whole else np.zeros_like(self.whole)
        solved = milp(
            cost,
            constraints=self.rows,
            integrality=kinds,
            bounds=Bounds(0, self.top),
            options={"time_limit": LONGEST},
        )
        if solved.x is not None:
            (self.seen_whole if is_whole else self.seen).append(solved.x)
        bound = solved.mip_dual_bound if is_whole else solved.fun
        return None if solved.x is None or bound is None else float(bound)

    def least(self, union: Union, is_whole: bool = False) -> int:
        """Return the fewest respondents a union of atoms can have; ``is_whole`` searches whole respondents where fractions allow none."""
        inside = list(union)
        if any(x[inside].sum() < 0.5 for x in self.seen_whole):
            return 0
        if any(x[inside].sum() < CLOSE for x in self.seen) and not is_whole:
            return 0
        found = self.extreme(self._count(union))
        if is_whole and found is not None and found < CLOSE:
            found = self.extreme(self._count(union), is_whole=True)
        return 0 if found is None else max(0, int(np.ceil(found - CLOSE)))

    def greatest(self, union: Union, is_whole: bool = False) -> int:
        """Return the most respondents a union of atoms can have."""
        found = self.extreme(-self._count(union), is_whole)
        return int(MANY) if found is None else int(np.floor(-found + CLOSE))

    def may_hold(self, union: Union, many: int) -> bool:
        """Say whether a union can have so many respondents: fractions tell, but for those close to it."""
        inside = list(union)
        if any(x[inside].sum() >= many + NEAR for x in self.seen):
            return True
        if any(x[inside].sum() >= many - CLOSE for x in self.seen_whole):
            return True
        found = self.greatest(union)
        if found < many or found >= many + NEAR:
            return found >= many
        return self.greatest(union, is_whole=True) >= many

    def mean_of(self, union: Union) -> tuple[float, float]:
        """Return the least and greatest mean of a union's respondents, supposing there are some (relaxed to fractions).

        Charnes and Cooper: in unknowns divided by the union's respondents, the mean is a linear form and their sum is 1.
        """
        size, many = len(self.top), len(self.atoms)
        table = np.hstack([self.rows.A, np.zeros((len(self.rows.A), 1))])
        lower, upper = self._times(table, self.rows.lb, 1.0), self._times(table, self.rows.ub, -1.0)
        caps = np.hstack([np.eye(size), -self.top[:, None]])
        one = np.zeros((1, size + 1))
        one[0, list(union)] = 1
        sides = np.vstack([lower, upper, -caps, one])
        least = np.concatenate([np.zeros(len(sides) - 1), [1.0]])
        most = np.concatenate([np.full(len(sides) - 1, np.inf), [1.0]])
        cost = np.zeros(size + 1)
        cost[[many + atom for atom in union]] = 1
        limits = Bounds(0, np.append(np.full(size, np.inf), 1.0))
        found = [
            milp(sign * cost, constraints=LinearConstraint(sides, least, most), bounds=limits)
            for sign in (1, -1)
        ]
        if any(one.x is None for one in found):
            return 0.0, 100.0
        return max(0.0, float(found[0].fun)), min(100.0, -float(found[1].fun))

    @staticmethod
    def _times(table: NDArray[np.float64], side: NDArray[np.float64], sign: float) -> NDArray[np.float64]:
        """Return finite sides of the rows as homogeneous rows >= 0: sign (row.x - side t)."""
        finite = np.isfinite(side)
        found = sign * table[finite]
        found[:, -1] -= sign * side[finite]
        return found

    def may_vary(self, union: Union, low: float, high: float) -> bool:
        """Say whether a solution met already gives a union a mean strictly between two."""
        inside = np.array(list(union))
        for x in self.seen:
            many, total = x[inside].sum(), x[inside + len(self.atoms)].sum()
            if many and low < total / many < high:
                return True
        return False

    def _count(self, union: Union) -> NDArray[np.float64]:
        cost = np.zeros(len(self.top))
        cost[list(union)] = 1
        return cost


def unknowns_of(
    published: Published, measure: str, headcounts: Headcounts, steps: Mapping[str, float]
) -> Unknowns:
    """Return the unknowns that all tables of a measure share, with what the list says of them."""
    tables = [table for table in published.tables if table.measure == measure]
    domain: dict[str, dict[str | None, None]] = {}
    for name, value in (pair for table in tables for cell in table.cells for pair in cell.group):
        domain.setdefault(name, {})[value] = None
    finest: list[Group] = [
        tuple(zip(domain, values, strict=True)) for values in product(*(list(one) for one in domain.values()))
    ]
    cells = [cell for table in tables for cell in table.cells]
    told = {cell.group: cell for cell in cells if not cell.suppressed}
    atoms, where = _merged(finest, list(told))
    members = {
        cell.group: frozenset(where[place] for place, one in enumerate(finest) if set(cell.group) <= set(one))
        for cell in cells
    }
    staff = np.zeros(len(atoms))
    for place, one in enumerate(finest):
        heads = most_of(headcounts, one)
        staff[where[place]] += MANY if heads is None else heads
    counts = {group: possible_counts(cell, published.k, steps.get(measure)) for group, cell in told.items()}
    return Unknowns(atoms, members, told, counts, staff)


def _merged(finest: list[Group], told: list[Group]) -> tuple[list[Group], list[int]]:
    """Return one finest cell per set of published groups it lies in, and each cell's place among them."""
    places: dict[tuple[bool, ...], int] = {}
    atoms: list[Group] = []
    where = []
    for one in finest:
        mark = tuple(set(group) <= set(one) for group in told)
        if mark not in places:
            places[mark] = len(atoms)
            atoms.append(one)
        where.append(places[mark])
    return atoms, where


def _rows(
    members: Mapping[Group, Union],
    told: Mapping[Group, Cell],
    counts: Mapping[Group, list[int]],
    most: NDArray[np.float64],
) -> tuple[LinearConstraint, NDArray[np.int64], NDArray[np.float64]]:
    """Return the list's rows over x, s and one 0/1 unknown per possible count of a cell whose counts leave gaps."""
    many = len(most)
    gaps = [(group, n) for group, ns in counts.items() if ns[-1] - ns[0] >= len(ns) for n in ns]
    size = 2 * many + len(gaps)
    table: list[NDArray[np.float64]] = []
    lower: list[float] = []
    upper: list[float] = []

    def add(row: NDArray[np.float64], low: float, high: float) -> None:
        table.append(row)
        lower.append(low)
        upper.append(high)

    for atom in range(many):  # s <= 100 x
        row = np.zeros(size)
        row[atom], row[many + atom] = 100, -1
        add(row, 0, np.inf)
    for group, cell in told.items():
        inside = list(members[group])
        add(_at(size, inside, 1.0), counts[group][0], counts[group][-1])
        for sign in (1, -1):  # the sum of s is the mean times the sum of x, within half a tenth
            row = _at(size, [many + one for one in inside], sign)
            row[inside] = -sign * float(cell.mean or 0.0) + HALF_MEAN + LOOSE
            add(row, 0, np.inf)
        mine = [2 * many + place for place, (other, _) in enumerate(gaps) if other == group]
        if mine:
            add(_at(size, mine, 1.0), 1, 1)
            row = _at(size, inside, 1.0)
            row[mine] = [-n for n in counts[group] if (group, n) in gaps]
            add(row, 0, 0)
    whole = np.concatenate([np.ones(many), np.zeros(many), np.ones(len(gaps))]).astype(np.int64)
    top = np.concatenate([most, 100 * most, np.ones(len(gaps))])
    return LinearConstraint(np.array(table), np.array(lower), np.array(upper)), whole, top


def _at(size: int, places: Iterable[int], value: float) -> NDArray[np.float64]:
    row = np.zeros(size)
    row[list(places)] = value
    return row


def measures_of(published: Published) -> list[str]:
    """Return the measures of a list, in its order."""
    return list(dict.fromkeys(table.measure for table in published.tables))


def tables_of(published: Published, measure: str) -> list[Table]:
    """Return the tables of a measure."""
    return [table for table in published.tables if table.measure == measure]
