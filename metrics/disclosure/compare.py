"""Two waves compared from what was published of them: the answers may be gone, the comparison stays.

Waves are anonymous cross-sections of the same staff: nothing pairs one person's answers, so Welch's test of two independent
means is taken, then Benjamini and Hochberg's correction over all comparisons of the pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.listed import told_of
from metrics.disclosure.numbers import Pair, interval, points
from metrics.disclosure.tables import Cell, Group, Published

LEVEL = 0.05  # of false discoveries among the changes that are called more than noise


@dataclass(frozen=True)
class Sample:
    """What a list tells of a group: its mean, sd (n - 1) and how many equal answers it is worth; of how many staff, if known."""

    mean: float
    sd: float
    n: float
    staff: float | None = None


@dataclass(frozen=True)
class Welch:
    """A difference of means with its 95 % limits; ``t``, ``df`` and two-sided ``p``. ``finite``: the limits of a finite staff."""

    difference: float
    low: float
    high: float
    t: float
    df: float
    p: float
    finite: tuple[float, float] | None = None


@dataclass(frozen=True)
class Change:
    """A measure's change in a group from one wave to the next one.

    ``adjusted``: p corrected for all comparisons of the two waves; ``is_signal``: more than noise, by it. None where a list
    tells no standard deviation: then only the difference is said. ``is_weighted``: means weighted to the staff.
    """

    measure: str
    group: Group
    before: str
    after: str
    difference: float
    test: Welch | None
    adjusted: float | None
    is_signal: bool | None
    is_weighted: bool
    fr: str
    en: str


def compare(before: Published, after: Published) -> tuple[Change, ...]:
    """Return the changes of every measure that both lists tell, of the town and of each group that both tell."""
    old, new = told_of(before), told_of(after)
    found = [
        _change(before, after, group, measure)
        for group in new
        for measure in new[group]
        if measure in old.get(group, {})
    ]
    tested = [one for one in found if one.test is not None]
    adjusted = dict(
        zip(map(id, tested), benjamini_hochberg([one.test.p for one in tested if one.test]), strict=True)
    )
    return tuple(_judged(one, adjusted.get(id(one))) for one in found)


def welch(before: Sample, after: Sample) -> Welch:
    """Return Welch's test of after - before (Welch 1947; Satterthwaite's degrees of freedom).

    The test leaves out the correction for a finite staff, and so asks for more; ``finite`` are the limits with it, where
    both staffs are known: each variance times 1 - n / N.
    """
    from scipy.special import stdtr, stdtrit  # here: it takes a while to load

    first, second = before.sd**2 / before.n, after.sd**2 / after.n
    error = sqrt(first + second)
    difference = after.mean - before.mean
    if error == 0:
        return Welch(difference, nan, nan, nan, nan, nan)
    df = error**4 / (first**2 / (before.n - 1) + second**2 / (after.n - 1))
    t, usual = difference / error, float(stdtrit(df, 1 - LEVEL / 2))
    finite = None
    if before.staff and after.staff:
        smaller = sqrt(first * _left(before) + second * _left(after))
        finite = difference - usual * smaller, difference + usual * smaller
    p = 2 * float(stdtr(df, -abs(t)))
    return Welch(difference, difference - usual * error, difference + usual * error, t, df, p, finite)


def _left(sample: Sample) -> float:
    return max(0.0, 1 - sample.n / sample.staff) if sample.staff else 1.0


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Return p values corrected so that calling those up to q signals makes a share q of them false (Benjamini, Hochberg 1995)."""
    values: NDArray[np.float64] = np.array(p, dtype=np.float64)
    many = len(values)
    order = np.argsort(values)[::-1]
    stepped = np.minimum.accumulate(values[order] * many / np.arange(many, 0, -1))
    found = np.empty(many)
    found[order] = np.minimum(stepped, 1.0)
    return [float(one) for one in found]


def sample_of(published: Published, group: Group, measure: str) -> tuple[Sample | None, bool]:
    """Return what a list tells of a group, and whether the mean is weighted: the town's is where the list tells it so."""
    cell = told_of(published)[group][measure]
    summary = published.summary(measure) if not group else None
    staff = published.response.headcount if published.response and not group else None
    if summary and summary.weighted is not None and summary.effective_n and summary.sd:
        return Sample(summary.weighted, summary.sd, summary.effective_n, staff), True
    return _of_cell(cell, staff), False


def _of_cell(cell: Cell, staff: float | None) -> Sample | None:
    if cell.sd is None or not cell.n or cell.mean is None:
        return None
    return Sample(cell.mean, cell.sd, cell.n, staff)


def _change(before: Published, after: Published, group: Group, measure: str) -> Change:
    (old, was_weighted), (new, is_weighted) = (sample_of(one, group, measure) for one in (before, after))
    cells = told_of(before)[group][measure], told_of(after)[group][measure]
    if was_weighted != is_weighted:
        old, new = (
            _of_cell(cell, one.staff if one else None) for cell, one in zip(cells, (old, new), strict=True)
        )
    both = was_weighted and is_weighted
    plain = float(cells[1].mean or 0.0) - float(cells[0].mean or 0.0)
    test = welch(old, new) if old and new else None
    difference = round(test.difference if test else plain, 1)
    return Change(measure, group, before.wave, after.wave, difference, test, None, None, both, "", "")


def _judged(change: Change, adjusted: float | None) -> Change:
    is_signal = None if adjusted is None or np.isnan(adjusted) else adjusted <= LEVEL
    fr, en = sentence(change, is_signal)
    return replace(change, adjusted=adjusted, is_signal=is_signal, fr=fr, en=en)


def sentence(change: Change, is_signal: bool | None) -> Pair:
    """Return in French and English whether a change is more than noise, with its interval."""
    fr, en = points(change.difference)
    found = [f"{fr} depuis {change.before}", f"{en} since {change.before}"]
    if change.test is None or is_signal is None:
        return (
            f"{found[0]} ; sans intervalle, le hasard n'est pas exclu",
            f"{found[1]}; without an interval, chance is not ruled out",
        )
    limits = interval(change.test.low, change.test.high)
    said = ("plus que le hasard", "more than chance") if is_signal else ("dans le bruit", "within the noise")
    return f"{found[0]} {limits[0]}, {said[0]}", f"{found[1]} {limits[1]}, {said[1]}"
