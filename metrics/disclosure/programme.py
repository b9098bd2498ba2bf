"""The rows of the linear programmes that bound what a list leaves unknown: respondents x, sums s by measure, squares q.

The unknowns stand in this order: x of each atom, then s of each atom for each measure, then one 0/1 unknown per possible
count of a group whose counts leave gaps.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array

from metrics.disclosure.tables import HALF_MEAN, Cell, Group

if TYPE_CHECKING:
    from metrics.disclosure.unknowns import Unknowns

LOOSE = 1e-7  # what a rounded mean may miss its bound by, in floating point
HALF_SD = 0.5  # a standard deviation shown as 20 lies in 19.5..20.5
TANGENTS = (5.0, 20.0, 35.0, 50.0, 65.0, 80.0, 95.0)  # where the squares' lower bound s²/x is drawn
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """The rows over all unknowns, which of these are whole, and their greatest values; the first ``size`` are x and s."""

    sides: LinearConstraint
    whole: NDArray[np.int64]
    top: Array
    size: int


@dataclass
class _Sheet:
    """Rows being written: each a few coefficients between two sides."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(self, parts: Iterable[tuple[Sequence[int], Sequence[float]]], low: float, high: float) -> None:
        """Write a row: coefficients at places, part by part."""
        for places, values in parts:
            self.rows += [len(self.lower)] * len(places)
            self.columns += places
            self.values += values
        self.lower.append(low)
        self.upper.append(high)

    def table(self, width: int) -> csr_array:
        """Return the rows written, ``width`` unknowns wide."""
        shape = (len(self.lower), width)
        return csr_array((np.array(self.values), (self.rows, self.columns)), shape=shape)


def rows_of(unknowns: "Unknowns") -> Rows:
    """Return the rows that a list says of its unknowns."""
    most = unknowns.staff.copy()
    for group, counts in unknowns.counts.items():
        inside = list(unknowns.members[group])
        most[inside] = np.minimum(most[inside], counts[-1])
    many = len(most)
    size = many * (1 + len(unknowns.measures))
    gaps = [(group, n) for group, ns in unknowns.counts.items() if ns[-1] - ns[0] >= len(ns) for n in ns]
    sheet = _Sheet()
    for place in range(many, size):  # s <= 100 x
        sheet.add([([place % many, place], [100.0, -1.0])], 0, np.inf)
    for group in unknowns.told:
        _count(sheet, unknowns, group, [size + place for place, gap in enumerate(gaps) if gap[0] == group])
        for measure, cell in unknowns.told[group].items():
            _mean(sheet, unknowns, group, measure, cell)
    for measure, value in unknowns.weighted.items():
        _weighted(sheet, unknowns, measure, value)
    whole = np.concatenate([np.ones(many), np.zeros(size - many), np.ones(len(gaps))]).astype(np.int64)
    top = np.concatenate([most, *[100 * most] * len(unknowns.measures), np.ones(len(gaps))])
    table = sheet.table(size + len(gaps)).tocsc()
    return Rows(LinearConstraint(table, np.array(sheet.lower), np.array(sheet.upper)), whole, top, size)


def _count(sheet: _Sheet, unknowns: "Unknowns", group: Group, picks: list[int]) -> None:
    """Write that a group's respondents are one of its possible counts."""
    inside, counts = list(unknowns.members[group]), unknowns.counts[group]
    ones = [1.0] * len(inside)
    sheet.add([(inside, ones)], counts[0], counts[-1])
    if picks:
        sheet.add([(picks, [1.0] * len(picks))], 1, 1)
        sheet.add([(inside, ones), (picks, [-float(n) for n in counts])], 0, 0)


def _mean(sheet: _Sheet, unknowns: "Unknowns", group: Group, measure: str, cell: Cell) -> None:
    """Write that a group's sum of scores is its mean times its respondents, within half a tenth."""
    inside = list(unknowns.members[group])
    sums = _sums(unknowns, measure, inside)
    for sign in (1.0, -1.0):
        each = -sign * float(cell.mean or 0.0) + HALF_MEAN + LOOSE
        sheet.add([(sums, [sign] * len(sums)), (inside, [each] * len(inside))], 0, np.inf)


def _weighted(sheet: _Sheet, unknowns: "Unknowns", measure: str, value: float) -> None:
    """Write what the town's weighted mean says, to somebody who knows what each answer weighs."""
    assert unknowns.weights is not None
    inside = list(range(len(unknowns.atoms)))
    sums = _sums(unknowns, measure, inside)
    for sign in (1.0, -1.0):
        each = unknowns.weights * (-sign * value + HALF_MEAN + LOOSE)
        sheet.add([(sums, (sign * unknowns.weights).tolist()), (inside, each.tolist())], 0, np.inf)


def _sums(unknowns: "Unknowns", measure: str, inside: list[int]) -> list[int]:
    first = len(unknowns.atoms) * (1 + unknowns.measures.index(measure))
    return [first + atom for atom in inside]


def squares_of(unknowns: "Unknowns", measure: str) -> csr_array:
    """Return rows (each >= 0) over all unknowns and, after them, the sum of squares q of each atom for one measure.

    s²/x <= q <= 100 s, the first by tangents; a group's standard deviation, its mean and its counts bound its q by its x.
    """
    first, every = len(unknowns.rows.top), list(range(len(unknowns.atoms)))
    sheet = _Sheet()
    for atom, (place,) in ((atom, _sums(unknowns, measure, [atom])) for atom in every):
        sheet.add([([place, first + atom], [100.0, -1.0])], 0, np.inf)
        for t in TANGENTS:
            sheet.add([([first + atom, place, atom], [1.0, -2 * t, t * t])], 0, np.inf)
    for inside, low, high in _bounded(unknowns, measure):
        squares = [first + atom for atom in inside]
        for sign, side in ((1.0, low), (-1.0, high)):
            each = [-sign * side] * len(inside)
            sheet.add([(squares, [sign] * len(inside)), (inside, each)], 0, np.inf)
    return sheet.table(first + len(every))


def _bounded(unknowns: "Unknowns", measure: str) -> Iterator[tuple[list[int], float, float]]:
    """Yield the atoms of each group whose standard deviation is told, and the least and greatest mean of their squares."""
    for group, cells in unknowns.told.items():
        cell = cells.get(measure)
        if cell is None or cell.sd is None or cell.mean is None:
            continue
        least, most = unknowns.counts[group][0], unknowns.counts[group][-1]
        low = max(0.0, cell.mean - HALF_MEAN) ** 2 + max(0.0, cell.sd - HALF_SD) ** 2 * (1 - 1 / least)
        high = (cell.mean + HALF_MEAN) ** 2 + (cell.sd + HALF_SD) ** 2 * (1 - 1 / most)
        yield list(unknowns.members[group]), low - LOOSE, high + LOOSE
