"""Signals instead of noise: the control chart of a KPI, and what it said at each date.

Not every series bears limits: overlapping windows and stocks follow themselves, so their limits are widened; totals are
charted by what each period adds; a cumulative ratio, or a share near 0 or 100 %, is not charted, and the reason is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from metrics import prefixes, xmr
from metrics.definitions import Kpi
from metrics.points import (
    EDGE,
    SEASONS,
    Days,
    Method,
    charted,
    counts_of,
    method_of,
    points_of,
    small_counts,
    without_seasons,
)
from metrics.prefixes import Moments
from metrics.reading import Assurance, Reading, Variation
from metrics.rules import Flags, Values

__all__ = ["ControlChart", "control_chart", "marks", "method_of", "points_of"]

Words: TypeAlias = NDArray[np.str_]


@dataclass(frozen=True)
class ControlChart:
    """A KPI's chart: the day and the charted value of each point, or why (one of WHY_NONE) there are no limits.

    ``values`` are what ``method`` makes of the readings: themselves, or what each period added. ``is_count``: small counts.
    """

    kpi: str
    method: Method
    reason: str | None
    days: tuple[date, ...]
    values: tuple[float, ...]
    chart: xmr.Chart | None
    is_count: bool = False
    is_deseasonalised: bool = False

    @property
    def is_provisional(self) -> bool:
        """Say whether the limits in force rest on under twelve points."""
        return self.chart is not None and self.chart.limits.is_provisional


def control_chart(kpi: Kpi, series: Sequence[Reading], rebases: Sequence[date] = ()) -> ControlChart:
    """Return the chart of a KPI's readings (one a period, the oldest first), with a new base from each of ``rebases`` on."""
    days = [reading.as_of for reading in series]
    values = np.array([np.nan if r.value is None else r.value for r in series], dtype=np.float64)
    places = points_of(kpi, days, values, [reading.period for reading in series])
    method, reason = method_of(kpi)
    own = tuple(days[i] for i in places)
    drawn = charted(kpi, method, own, values[places])
    first = next((i for i, value in enumerate(drawn) if not np.isnan(value)), len(drawn))
    own, drawn = own[first:], drawn[first:]
    plain = drawn
    if kpi.seasonal and method != "none":
        drawn = without_seasons(own, drawn)
    starts = [next((i for i, day in enumerate(own) if day >= when), len(own)) for when in rebases]
    target = series[-1].target if series else None
    chart = xmr.chart(
        drawn,
        direction=kpi.direction,
        target=None if method == "increment" else target,
        band=None if method == "increment" or not _is_aimed(kpi, target) else kpi.band,
        breaks=starts,
        widened=method == "widened",
        cautious=True,
        counts=lambda part: counts_of(kpi, method, part),
        blind=lambda part: _blind(kpi, method, part) is not None,
    ) if len(drawn) and method != "none" else None  # fmt: skip
    if chart is not None:
        last = drawn[chart.segments[-1].start :]
        reason = _why_not(kpi, method, last, chart)
    return ControlChart(
        kpi.id,
        method,
        reason,
        own,
        tuple(float(value) for value in drawn),
        chart if reason in (None, "too_few") else None,
        is_count=chart is not None and counts_of(kpi, method, drawn[chart.segments[-1].start :]),
        is_deseasonalised=drawn is not plain and not np.array_equal(drawn, plain, equal_nan=True),
    )


def _why_not(kpi: Kpi, method: Method, last: Values, chart: xmr.Chart) -> str | None:
    """Return why the base in force has no limits that mean something, None where it has."""
    return "too_few" if chart.limits.n < xmr.LEAST else _blind(kpi, method, last)


def _blind(kpi: Kpi, method: Method, part: Values) -> str | None:
    """Return why no limits mean anything on these points, however many they are; None where they do."""
    if np.isnan(part).all():
        return None
    if kpi.unit == "ratio" and method != "increment" and not EDGE <= float(np.nanmean(part)) <= 1 - EDGE:
        return "near_limit"
    return "still" if xmr.is_still(part) else None


def marks(
    kpi: Kpi,
    days: Sequence[date] | Days,
    values: Values,
    breaks: Sequence[date] = (),
    *,
    periods: Sequence[str] | None = None,
    targets: Values | None = None,
) -> tuple[list[Variation | None], list[Assurance | None]]:
    """Return variation and assurance at each day, by the points up to it and no later one.

    ``days`` and ``values`` are the stored readings of one scope (NaN unknown), the oldest first; ``targets`` those in force at
    each day (NaN none), by default the KPI's; ``periods`` as for ``points_of``. A day within a period has the marks of the last
    complete one; None where the chart has no limits or the last point no value.
    """
    method, _ = method_of(kpi)
    dated = np.asarray(days, dtype="datetime64[D]")
    places = np.array([] if method == "none" else points_of(kpi, dated, values, periods), dtype=np.int64)
    if not len(places):
        return [None] * len(dated), [None] * len(dated)
    own, drawn = dated[places], charted(kpi, method, dated[places], values[places])
    starts = [int(np.sum(own < np.datetime64(when))) for when in breaks]
    parts = [
        _at_each(kpi, method, own[start:end], drawn[start:end]) for start, end in xmr.cut(len(own), starts)
    ]
    way, lower, upper = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("way", "lower", "upper")
    )
    few = np.concatenate(
        [np.cumsum(~np.isnan(drawn[start:end])) < xmr.SURE for start, end in xmr.cut(len(own), starts)]
    )
    said = _variations(kpi, way, upper, drawn, few)
    last = np.searchsorted(places, np.arange(len(dated)), side="right") - 1  # the last point at each day
    variations = _where(last >= 0, said[last])
    if method == "increment":
        return variations, [None] * len(dated)
    aims = np.full(len(dated), np.nan if kpi.target is None else kpi.target) if targets is None else targets
    held = _assurances(kpi, lower[last], upper[last], aims)
    return variations, _where(last >= 0, held)


def _where(holds: Flags, words: Words) -> list[Any]:
    """Return the words, None where the condition does not hold or there is none."""
    return [
        word if held and word else None for held, word in zip(holds.tolist(), words.tolist(), strict=True)
    ]


def _variations(kpi: Kpi, way: Values, upper: Values, values: Values, few: Flags) -> Words:
    """Return what each point means, as ``xmr.variation`` says it of one; "" for nothing. ``few``: provisional where drawn."""
    names = {"up": ("improvement", "concern"), "down": ("concern", "improvement")}
    high, low = names.get(kpi.direction, ("special", "special"))
    known = ~np.isnan(values)
    unsure = known & (way != 0) & few & ~np.isnan(upper)
    return np.select(
        [unsure, known & (way > 0), known & (way < 0), known & ~np.isnan(upper)],
        ["special", high, low, "stable"],
        default="",
    )


def _assurances(kpi: Kpi, lower: Values, upper: Values, targets: Values) -> Words:
    """Return the assurance of each pair of limits, as ``xmr.assurance`` says it of one; "" for nothing."""
    drawn = ~np.isnan(upper)
    if kpi.direction == "band":
        first, last = kpi.band or (np.nan, np.nan)
        aimed = drawn & (~np.isnan(targets) | (kpi.target is None)) & (kpi.band is not None)
        missed, met = (upper < first) | (lower > last), (first <= lower) & (upper <= last)
    else:
        aimed = drawn & ~np.isnan(targets)
        missed, met = targets > upper, targets < lower
        if kpi.direction == "down":
            missed, met = targets < lower, targets > upper
    found = ["consistently_missed", "consistently_met", "inconsistent"]
    return np.select([aimed & missed, aimed & met, aimed], found, default="")


def _at_each(kpi: Kpi, method: Method, days: Days, values: Values) -> Moments:
    """Return the moments of one base; those that a share near its bounds or a constant has are none."""

    def counts(part: Values, mean: Values) -> Flags:
        return small_counts(kpi, method, part, mean)

    widened = method == "widened"
    found = prefixes.moments(values, widened=widened, counts=counts)
    if kpi.seasonal and len(values) >= SEASONS:
        found = _seasonal(found, days, values, counts, widened)
    blind = found.still.copy()
    if kpi.unit == "ratio" and method != "increment":
        blind |= (found.mean < EDGE) | (found.mean > 1 - EDGE)
    nan = np.where(blind, np.nan, 0.0)
    return Moments(found.mean, found.lower + nan, found.upper + nan, np.where(blind, 0, found.way), blind)


def _seasonal(found: Moments, days: Days, values: Values, counts: prefixes.Counts, widened: bool) -> Moments:
    """Return the moments with month effects taken out, estimated anew at each point from those up to it."""
    parts = [part.copy() for part in (found.mean, found.lower, found.upper)]
    way, still = found.way.copy(), found.still.copy()
    for end in range(SEASONS, len(values) + 1):
        one = prefixes.moments(without_seasons(days[:end], values[:end]), widened=widened, counts=counts)
        for part, last in zip(parts, (one.mean, one.lower, one.upper), strict=True):
            part[end - 1] = last[-1]
        way[end - 1], still[end - 1] = one.way[-1], one.still[-1]
    return Moments(parts[0], parts[1], parts[2], way, still)


def _is_aimed(kpi: Kpi, target: float | None) -> bool:
    """Say whether a band judges: a scope that the town's amount does not judge has no target, a band alone never has one."""
    return kpi.target is None or not (target is None or np.isnan(target))
