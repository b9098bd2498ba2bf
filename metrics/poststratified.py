"""Means of a survey weighted to the staff it was taken among: strata of directorate group, category and sex.

A stratum's answers weigh w = N/n (staff over answers). Strata with few answers or a heavy weight are merged with their
neighbour of the same group; where a whole group stays sparse, weights are raked on the margins instead. Only sums by
stratum come in here: no answer does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEWEST = 5  # answers under which a stratum is merged with its neighbour
HEAVIEST = 3.0  # times the median weight above which it is, and to which weights are cut at last
ROUNDS, CLOSE = 200, 1e-10
Z = 1.959963984540054
LEAST_SILENT = 3  # staff who did not answer, without whom those who did would be the whole staff


class Stratum(NamedTuple):
    """Who a person is in a survey: group of directorates, category and sex."""

    group: str
    category: str
    sex: str


class Sums(NamedTuple):
    """What is known of a stratum's answers: how many, their sum, and the sum of their squares."""

    n: int
    total: float
    squares: float


@dataclass(frozen=True)
class Mean:
    """A weighted mean with its 95 % sampling limits; ``n`` valid answers are worth ``effective_n`` equal ones."""

    value: float
    low: float
    high: float
    n: int
    effective_n: float


def weights(heads: Mapping[Stratum, float], answers: Mapping[Stratum, int]) -> dict[Stratum, float]:
    """Return the weight of one answer of each stratum that has some; {} where no answer can be placed.

    ``heads`` is the staff by stratum. The weights of all answers sum to the staff of the groups that answered.
    """
    placed = {stratum: n for stratum, n in answers.items() if n > 0 and stratum in heads}
    if not placed:
        return {}
    cells = merged(heads, placed)
    if any(_is_sparse(cell, cells, heads, placed) for cell in cells):
        found = raked(heads, placed)
    else:
        found = {
            stratum: _heads(cell, heads) / _answers(cell, placed)
            for cell in cells
            for stratum in cell
            if stratum in placed
        }
    return trimmed(found, placed)


def merged(heads: Mapping[Stratum, float], answers: Mapping[Stratum, int]) -> list[tuple[Stratum, ...]]:
    """Return the strata merged, within their groups, until none is sparse; a group's last one stays as it is."""
    cells: list[tuple[Stratum, ...]] = [(stratum,) for stratum in sorted(heads) if heads[stratum] > 0]
    while True:
        worst = sorted(
            (cell for cell in cells if _is_sparse(cell, cells, heads, answers)),
            key=lambda cell: (_answers(cell, answers), cell),
        )
        pair = next(((cell, near) for cell in worst if (near := _neighbour(cell, cells, answers))), None)
        if pair is None:
            return cells
        cells = sorted([cell for cell in cells if cell not in pair] + [tuple(sorted(pair[0] + pair[1]))])


def _heads(cell: tuple[Stratum, ...], heads: Mapping[Stratum, float]) -> float:
    return sum(heads[stratum] for stratum in cell)


def _answers(cell: tuple[Stratum, ...], answers: Mapping[Stratum, int]) -> int:
    return sum(answers.get(stratum, 0) for stratum in cell)


def _is_sparse(
    cell: tuple[Stratum, ...],
    cells: Sequence[tuple[Stratum, ...]],
    heads: Mapping[Stratum, float],
    answers: Mapping[Stratum, int],
) -> bool:
    """Say whether a cell has too few answers, or whether each would weigh too much beside the others."""
    n = _answers(cell, answers)
    if n < FEWEST:
        return True
    known = [_heads(other, heads) / _answers(other, answers) for other in cells if _answers(other, answers)]
    return _heads(cell, heads) / n > HEAVIEST * float(np.median(known))


def _neighbour(
    cell: tuple[Stratum, ...], cells: Sequence[tuple[Stratum, ...]], answers: Mapping[Stratum, int]
) -> tuple[Stratum, ...] | None:
    """Return the nearest other cell of the same group: the same category first, then the next one, then fewer answers."""
    others = [other for other in cells if other != cell and other[0].group == cell[0].group]

    def distance(other: tuple[Stratum, ...]) -> tuple[int, int, tuple[Stratum, ...]]:
        gap = min(abs(ord(a.category[:1]) - ord(b.category[:1])) for a in cell for b in other)
        return gap, _answers(other, answers), other

    return min(others, key=distance, default=None)


def raked(heads: Mapping[Stratum, float], answers: Mapping[Stratum, int]) -> dict[Stratum, float]:
    """Return weights under which the answers have the staff's margins by group, by category and by sex.

    Of a margin that nobody answered for, nothing can be said: its staff is left out.
    """
    strata = sorted(answers)
    count = np.array([answers[stratum] for stratum in strata], dtype=np.float64)
    weight = np.ones(len(strata))
    margins = [_margin(heads, strata, place) for place in range(3)]
    for _ in range(ROUNDS):
        before = weight.copy()
        for codes, wanted in margins:
            got = np.bincount(codes, weights=weight * count, minlength=len(wanted))
            weight *= (wanted / got)[codes]
        if np.abs(weight - before).max() < CLOSE * weight.max():
            break
    return dict(zip(strata, weight.tolist(), strict=True))


def _margin(
    heads: Mapping[Stratum, float], strata: Sequence[Stratum], place: int
) -> tuple[NDArray[np.int64], Array]:
    """Return each stratum's place in a margin, and the staff at each place, as shares of those that answered."""
    names = sorted({stratum[place] for stratum in strata})
    wanted = np.array([sum(n for s, n in heads.items() if s[place] == name) for name in names])
    codes = np.array([names.index(stratum[place]) for stratum in strata], dtype=np.int64)
    return codes, wanted / wanted.sum() * sum(heads.values())


def trimmed(weight: Mapping[Stratum, float], answers: Mapping[Stratum, int]) -> dict[Stratum, float]:
    """Return the weights cut at three times the median answer's, what is cut spread over all: the sum stays."""
    strata = sorted(weight)
    each = np.array([weight[stratum] for stratum in strata])
    count = np.array([answers[stratum] for stratum in strata])
    cut = np.minimum(each, HEAVIEST * float(np.median(np.repeat(each, count))))
    cut *= (each @ count) / (cut @ count)
    return dict(zip(strata, cut.tolist(), strict=True))


def mean(
    heads: Mapping[Stratum, float], sums: Mapping[Stratum | None, Sums], staff: float | None = None
) -> Mean | None:
    """Return the weighted mean of scores, None without any.

    ``sums`` by stratum; None, or a stratum that ``heads`` lacks, is somebody who did not say: the mean weight. Limits: the
    normal ones of effective n = (sum of w)²/(sum of w²), with the correction for a finite ``staff``, for sampling only.
    """
    counted = {stratum: found for stratum, found in sums.items() if found.n > 0}
    n = sum(found.n for found in counted.values())
    if not n:
        return None
    weight = weights(heads, {stratum: found.n for stratum, found in counted.items() if stratum is not None})
    placed = sum(counted[stratum].n for stratum in weight)
    usual = sum(w * counted[stratum].n for stratum, w in weight.items()) / placed if placed else 1.0
    each = np.array([weight.get(stratum, usual) if stratum else usual for stratum in counted])
    table = np.array(list(counted.values()), dtype=np.float64)
    return _mean(each, table, n, staff)


def _mean(each: Array, table: Array, n: int, staff: float | None) -> Mean:
    """Return the mean of answers that weigh ``each``, from the rows (n, sum, sum of squares) of ``table``."""
    total = float(each @ table[:, 0])
    value = float(each @ table[:, 1]) / total
    effective = total**2 / float(each**2 @ table[:, 0])
    if n < 2:
        return Mean(value, nan, nan, n, effective)
    spread = max(0.0, float(each @ table[:, 2]) / total - value**2) * n / (n - 1)
    finite = sqrt(max(0.0, 1 - n / staff)) if staff else 1.0
    half = Z * sqrt(spread / effective) * finite
    return Mean(value, value - half, value + half, n, effective)


def is_closed(sums: Mapping[Stratum | None, Sums], k: int, staff: float | None) -> bool:
    """Say whether a wave says too much of its people: under ``k`` answers, all alike, or all the staff but one or two."""
    n = sum(found.n for found in sums.values())
    total = sum(found.total for found in sums.values())
    squares = sum(found.squares for found in sums.values())
    alike = n > 0 and squares - total**2 / n <= 1e-9 * max(1.0, squares)
    return n < k or alike or (staff is not None and staff - n < LEAST_SILENT)
