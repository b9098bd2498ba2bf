"""What nobody published, as unknowns: the respondents of each finest cell and the sums of their scores, within the list's bounds.

All tables of a wave share x_a >= 0, the whole respondents of finest cell a, since every measure is counted on the same
answers; each measure m has its sums 0 <= s_ma <= 100 x_a. A published group says that the sum of its x is within 2 of its
count and that its s sum to its mean, within 0.05, times its x. Finest cells that nothing published tells apart are one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from metrics.disclosure.programme import Rows, rows_of, squares_of
from metrics.disclosure.tables import Cell, Group

MANY = 1e4  # respondents, where neither a headcount nor a published group says how many there can be
CLOSE = 1e-5  # respondents that floating point may add or take
NEAR = 2  # respondents from k under which whole numbers may tell more than fractions
LONGEST = 2.0  # seconds for one bound; what is proved by then counts
SEEDS = 6  # solutions looked for at random before anything is asked: each proves what is possible
Union = frozenset[int]
Array = NDArray[np.float64]


@dataclass
class Unknowns:
    """The unknowns of a wave and what its list says of them."""

    atoms: list[Group]  # one finest cell of each
    members: dict[Group, Union]  # the atoms of each listed group, published or not
    told: Mapping[Group, Mapping[str, Cell]]  # each published group's cells, by measure
    counts: dict[Group, list[int]]  # the counts each published group can have
    staff: Array  # whom each atom can hold
    measures: tuple[str, ...]
    weights: Array | None = None  # of one answer of each atom, where the list tells weighted means
    weighted: Mapping[str, float] = field(default_factory=dict)  # those means by measure
    seeds: int = SEEDS  # directions in which solutions are looked for at first
    seen: list[Array] = field(default_factory=list)  # respondents and sums of solutions met
    seen_whole: list[Array] = field(default_factory=list)  # those in whole respondents
    small: dict[int, list[Union]] = field(default_factory=dict)  # unions proved to hold fewer than so many
    most: dict[Union, int] = field(default_factory=dict)  # the most of unions asked so far, in fractions
    doubtful: dict[int, list[Union]] = field(default_factory=dict)  # unions that fractions leave hardly more

    def __post_init__(self) -> None:
        """Write down what the list says, once."""
        self.rows: Rows = rows_of(self)

    def without(self, group: Group) -> "Unknowns":
        """Return the same unknowns as if a published group were hidden: what was possible stays so."""
        told = {name: cells for name, cells in self.told.items() if name != group}
        counts = {name: these for name, these in self.counts.items() if name != group}
        return self._relaxed(told, counts, self.weighted)

    def unweighted(self) -> "Unknowns":
        """Return the same unknowns as if no weighted mean were told."""
        return self._relaxed(self.told, self.counts, {})

    def _relaxed(
        self,
        told: Mapping[Group, Mapping[str, Cell]],
        counts: dict[Group, list[int]],
        weighted: Mapping[str, float],
    ) -> "Unknowns":
        return Unknowns(
            self.atoms,
            self.members,
            told,
            counts,
            self.staff,
            self.measures,
            self.weights,
            weighted,
            self.seeds,
            list(self.seen),
            list(self.seen_whole),
        )

    @cached_property
    def is_possible(self) -> bool:
        """Whether any answers at all give this list; solutions are looked for in all directions while at it."""
        draw = np.random.default_rng(0)
        many = len(self.atoms)
        costs = [np.zeros(many), *draw.choice([-1.0, 0.0, 1.0], size=(self.seeds, many))]
        found = [self.extreme(cost) for cost in costs[: 1 if self.seen else None]]
        return None not in found

    def extreme(self, cost: Array, is_whole: bool = False) -> float | None:
        """Return the least of a linear form of the respondents, whole or relaxed to fractions; None where nothing gives the list."""
        full = np.concatenate([cost, np.zeros(len(self.rows.top) - len(cost))])
        return self._solved(full, self.rows.sides, is_whole)

    def _solved(self, cost: Array, sides: LinearConstraint, is_whole: bool) -> float | None:
        """Return the bound that is proved of a programme, and keep its solution."""
        solved = milp(
            cost,
            constraints=sides,
            integrality=self.rows.whole if is_whole else None,
            bounds=Bounds(0, self.rows.top),
            options={"time_limit": LONGEST},
        )
        if solved.x is not None:
            (self.seen_whole if is_whole else self.seen).append(solved.x[: self.rows.size])
        bound = solved.mip_dual_bound if is_whole else solved.fun
        return None if solved.x is None or bound is None else float(bound)

    def least(self, union: Union, is_whole: bool = False) -> int:
        """Return the fewest respondents a union of atoms can have; ``is_whole`` searches whole respondents where fractions allow none."""
        inside = list(union)
        if any(x[inside].sum() < 0.5 for x in self.seen_whole):
            return 0
        if not is_whole and any(x[inside].sum() < CLOSE for x in self.seen):
            return 0
        found = self.extreme(self._count(union))
        if is_whole and found is not None and found < CLOSE:
            found = self.extreme(self._count(union), is_whole=True)
        return 0 if found is None else max(0, int(np.ceil(found - CLOSE)))

    def alone_first(self, union: Union) -> list[int]:
        """Return a union's atoms, those first that a solution met fills with few others of the union."""
        inside = [[atom for atom in union if x[atom] > CLOSE] for x in self.seen]
        return sorted(
            union, key=lambda atom: min((len(one) for one in inside if atom in one), default=len(union))
        )

    def is_under(self, union: Union, many: float) -> bool:
        """Say whether a solution met already leaves a union no more than so many respondents."""
        inside = list(union)
        return any(x[inside].sum() <= many + CLOSE for x in (*self.seen_whole, *self.seen))

    def greatest(self, union: Union) -> int:
        """Return the most respondents a union of atoms can have, in fractions."""
        if union not in self.most:
            found = self.extreme(-self._count(union))
            self.most[union] = int(MANY) if found is None else int(np.floor(-found + CLOSE))
        return self.most[union]

    def surely_holds(self, union: Union, many: int) -> bool:
        """Say whether a union can have so many respondents and some more, in fractions: then it can in whole ones."""
        inside = list(union)
        if any(x[inside].sum() >= many + NEAR for x in self.seen):
            return True
        if any(union <= other for other in self.doubtful.get(many, ())):
            return False
        if self.greatest(union) >= many + NEAR:
            return True
        self.doubtful.setdefault(many, []).append(union)
        return False

    def may_hold(self, union: Union, many: int) -> bool:
        """Say whether a union can have so many respondents: fractions tell, but for those close to it."""
        inside = list(union)
        if any(x[inside].sum() >= many - CLOSE for x in self.seen_whole):
            return True
        if any(union <= other for other in self.small.get(many, ())):
            return False
        if self.surely_holds(union, many):
            return True
        if self.greatest(union) >= many and self._holds(union, many):
            return True
        self.small.setdefault(many, []).append(union)
        return False

    def _holds(self, union: Union, many: int) -> bool:
        """Say whether whole respondents can be so many in a union; where it takes too long to say, that they can not."""
        sides = self.rows.sides
        row = csr_array(
            np.append(self._count(union), np.zeros(len(self.rows.top) - len(self.atoms)))[None, :]
        )
        more = LinearConstraint(
            vstack([sides.A, row]).tocsc(), np.append(sides.lb, many), np.append(sides.ub, np.inf)
        )
        solved = self._solved(np.zeros(len(self.rows.top)), more, is_whole=True)
        return solved is not None

    def mean_of(self, union: Union, measure: str) -> tuple[float, float]:
        """Return the least and greatest mean of a union's respondents, supposing there are some (relaxed to fractions).

        Charnes and Cooper: in unknowns divided by the union's respondents, the mean is a linear form and their sum is 1. The
        sums of squares that published standard deviations tell bound it too.
        """
        sides, size = self._divided(union, squares_of(self, measure))
        place = len(self.atoms) * (1 + self.measures.index(measure))
        cost = np.zeros(size)
        cost[[place + atom for atom in union]] = 1
        bounds = Bounds(0, np.inf)
        found = [milp(sign * cost, constraints=sides, bounds=bounds) for sign in (1, -1)]
        if any(one.x is None for one in found):
            return 0.0, 100.0
        return max(0.0, float(found[0].fun)), min(100.0, -float(found[1].fun))

    def _divided(self, union: Union, squares: csr_array) -> tuple[LinearConstraint, int]:
        """Return the list's rows over its unknowns divided by the union's respondents, and how many unknowns these are.

        After them come the sums of squares of one measure, and last what one is divided by: at most 1, where it is whole.
        """
        rows, many = self.rows, len(self.atoms)
        size = len(rows.top) + many + 1
        table = rows.sides.A
        low, high = np.isfinite(rows.sides.lb), np.isfinite(rows.sides.ub)
        caps = csr_array(np.eye(len(rows.top)))
        homogeneous = vstack(
            [
                _wide(table[low], -rows.sides.lb[low], size),
                _wide(-table[high], rows.sides.ub[high], size),
                _wide(-caps, rows.top, size),
                _wide(squares, np.zeros(squares.shape[0]), size),
            ]
        )
        ones = np.zeros((2, size))
        ones[0, list(union)] = 1
        ones[1, -1] = 1
        least = np.concatenate([np.zeros(homogeneous.shape[0]), [1.0, 0.0]])
        most = np.concatenate([np.full(homogeneous.shape[0], np.inf), [1.0, 1.0]])
        return LinearConstraint(vstack([homogeneous, csr_array(ones)]).tocsc(), least, most), size

    def may_vary(self, union: Union, measure: str, low: float, high: float) -> bool:
        """Say whether a solution met already gives a union a mean strictly between two."""
        inside = np.array(list(union))
        place = len(self.atoms) * (1 + self.measures.index(measure))
        for x in self.seen:
            many, total = x[inside].sum(), x[inside + place].sum()
            if many and low < total / many < high:
                return True
        return False

    def _count(self, union: Union) -> Array:
        cost = np.zeros(len(self.atoms))
        cost[list(union)] = 1
        return cost


def _wide(table: csr_array, last: Sequence[float] | Array, size: int) -> csr_array:
    """Return rows padded with zeros to ``size`` unknowns, of which the last one has its own column."""
    rows = table.shape[0]
    wide = table.tocoo()
    data = np.concatenate([wide.data, last])
    down = np.concatenate([wide.row, np.arange(rows)])
    across = np.concatenate([wide.col, np.full(rows, size - 1)])
    return csr_array((data, (down, across)), shape=(rows, size))
