"""Do directorates differ, or is it noise? One test for all of them, then limits around the town's value: never a ranking.

Proportions: the chi-square statistic of the k x 2 table; its p-value is the share of tables with the same margins, drawn
at random, that are as far from equality (exact for small numbers, where the chi-square law is not). Other values with an
interval: Cochran's Q = sum of w_i (x_i - mean)^2, w_i = 1 / se_i^2, against the chi-square law with k - 1 degrees of freedom
(W. G. Cochran, 1954). Funnel limits (D. J. Spiegelhalter, 2005): the town's value +/- 3.09 standard errors of a group, 99.8 %.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metrics.definitions import Kpi
from metrics.reading import Reading

Method = Literal["proportions", "intervals"]
SMALL = 5  # below, a group is shown in grey and its value is not compared alone
LEAST = 3  # groups to compare
DRAWS, STATE = 5000, 2015
WIDE = 3.0902  # standard errors on both sides of 99.8 % of a normal law
HALF = 1.9600  # and of 95 %
LEVEL = 0.05


@dataclass(frozen=True)
class Member:
    """One group as it is compared: its value, its count, its standard error and the limits that noise alone would keep it in."""

    name: str
    value: float | None
    n: int | None
    error: float | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def is_small(self) -> bool:
        """Whether the group rests on too few to be read alone."""
        return self.n is None or self.n < SMALL

    @property
    def is_outside(self) -> bool:
        """Whether the group is beyond the limits that noise would keep it in."""
        if self.value is None or self.lower is None or self.upper is None or self.is_small:
            return False
        return not self.lower <= self.value <= self.upper


@dataclass(frozen=True)
class Comparison:
    """Groups compared: ``p`` is the probability of differences as large by chance alone; ``method`` None: not tested, for ``reason``.

    ``reason``: "amounts" (sizes differ by nature), "few" (fewer than three groups can be compared), "no_error".
    """

    members: tuple[Member, ...]
    method: Method | None = None
    p: float | None = None
    reason: str | None = None

    @property
    def differ(self) -> bool:
        """Whether the groups differ by more than noise."""
        return self.p is not None and self.p < LEVEL


def compare(kpi: Kpi, whole: Reading, parts: Sequence[Reading], dimension: str) -> Comparison:
    """Return the groups' readings compared around the town's value."""
    named = [(str(one.scope.get(dimension) or ""), one) for one in parts]
    if kpi.unit in ("n", "eur") or whole.value is None:
        members = tuple(Member(name, one.value, one.n) for name, one in named)
        return Comparison(members, reason="amounts" if whole.value is not None else "few")
    if _is_proportion([one for _, one in named]):
        return _proportions(whole, named)
    return _intervals(whole, named)


def _is_proportion(parts: Sequence[Reading]) -> bool:
    """Say whether values are so many out of n: whole numbers, denominators that are the counts."""
    known = [one for one in parts if one.numerator is not None and one.denominator is not None]
    return bool(known) and all(
        one.denominator == one.n
        and float(one.numerator or 0).is_integer()
        and 0 <= (one.numerator or 0) <= (one.denominator or 0)
        for one in known
    )


def _proportions(whole: Reading, named: Sequence[tuple[str, Reading]]) -> Comparison:
    share = whole.value or 0.0
    members = []
    for name, one in named:
        error = math.sqrt(share * (1 - share) / one.n) if one.n else None
        members.append(_member(name, one, error, whole, top=1.0))
    table = [(one.numerator or 0, one.n or 0) for _, one in named if one.n]
    if len(table) < LEAST:
        return Comparison(tuple(members), reason="few")
    hits, sizes = (np.array(column, dtype=np.int64) for column in zip(*table, strict=True))
    return Comparison(tuple(members), "proportions", by_chance(hits, sizes))


def by_chance(hits: NDArray[np.int64], sizes: NDArray[np.int64]) -> float:
    """Return the probability that ``hits`` out of ``sizes`` differ as much by chance, all having the same share."""
    total, many = int(hits.sum()), int(sizes.sum())
    if total in (0, many):
        return 1.0
    draws = np.random.default_rng(STATE).multivariate_hypergeometric(sizes, total, size=DRAWS)
    far = far_from_equal(draws, sizes, total / many)
    seen = far_from_equal(hits[np.newaxis], sizes, total / many)[0]
    return float((1 + (far >= seen - 1e-9).sum()) / (DRAWS + 1))


def far_from_equal(hits: NDArray[np.int64], sizes: NDArray[np.int64], share: float) -> NDArray[np.float64]:
    """Return the chi-square statistic of each row of hits."""
    found: NDArray[np.float64] = ((hits - share * sizes) ** 2 / (share * (1 - share) * sizes)).sum(axis=1)
    return found


def _intervals(whole: Reading, named: Sequence[tuple[str, Reading]]) -> Comparison:
    members = tuple(_member(name, one, _error(one), whole) for name, one in named)
    able = [one for one in members if one.error and one.value is not None and not one.is_small]
    if len(able) < LEAST:
        has_none = not any(one.error for one in members)
        return Comparison(members, reason="no_error" if has_none else "few")
    values, errors = (np.array([getattr(one, name) for one in able]) for name in ("value", "error"))
    return Comparison(members, "intervals", cochran(values, errors))


def cochran(values: NDArray[np.float64], errors: NDArray[np.float64]) -> float:
    """Return the p-value of Cochran's Q for values with these standard errors."""
    from scipy.special import (
        gammaincc,
    )  # the chi-square law's tail; scipy.stats would take a second to import

    weights = 1 / errors**2
    mean = (weights * values).sum() / weights.sum()
    far = (weights * (values - mean) ** 2).sum()
    return float(gammaincc((len(values) - 1) / 2, far / 2))


def _error(one: Reading) -> float | None:
    """Return the standard error that a 95 % interval implies; None without one, or where it has no width."""
    if one.low is None or one.high is None or one.high <= one.low:
        return None
    return (one.high - one.low) / (2 * HALF)


def _member(name: str, one: Reading, error: float | None, whole: Reading, top: float = math.inf) -> Member:
    if error is None or one.value is None or whole.value is None:
        return Member(name, one.value, one.n, error)
    reach = WIDE * error
    return Member(name, one.value, one.n, error, max(0.0, whole.value - reach), min(top, whole.value + reach))
