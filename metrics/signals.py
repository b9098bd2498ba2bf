"""Signals instead of noise: which points of a KPI make its control chart, and what the chart said at each date.

Not every series bears limits: overlapping windows and stocks follow themselves, so their limits are widened; totals are
charted by what each period adds; a cumulative ratio, or a share near 0 or 100 %, is not charted, and the reason is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np

from metrics import prefixes, xmr
from metrics.dates import is_month_end
from metrics.definitions import Kpi
from metrics.prefixes import Moments
from metrics.reading import Assurance, Reading, Variation
from metrics.rules import Flags, Values

Method = Literal["value", "increment", "widened", "count", "none"]
WHY_NONE = (
    "by_choice",  # the entry says so
    "fixed_period",  # "between" and undated: there is no period after period
    "cumulative_ratio",  # each point contains the one before
    "near_limit",  # a share whose mean is over 95 % or under 5 %
    "still",  # more than half of the points repeat the one before: no noise to measure
    "too_few",  # under eight points in the base
)
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
SMALL = 10.0  # mean of a count under which its limits are a c-chart's
EDGE = 0.05
SEASONS = 36  # points under which month effects are not estimated


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


def method_of(kpi: Kpi) -> tuple[Method, str | None]:
    """Return how a KPI is charted by its definition, and why not if it is not."""
    if kpi.signals != "auto":
        return kpi.signals, "by_choice" if kpi.signals == "none" else None
    if kpi.is_stored_value:
        return "value", None
    span = (
        kpi.period.span if kpi.period else "stock"
    )  # arithmetic over other KPIs: what follows itself stays so
    if span == "in_period" or (span == "year_to_date" and kpi.frequency == "yearly"):
        return "value", None
    if span in ("stock", "rolling_12_months", "snapshot"):
        return "widened", None
    if span in ("cumulative", "year_to_date"):
        return ("increment", None) if _is_amount(kpi) else ("none", "cumulative_ratio")
    return "none", "fixed_period"


def _is_amount(kpi: Kpi) -> bool:
    return kpi.denominator is None and kpi.sql is not None and _is_sum(kpi.sql)


@lru_cache(maxsize=256)
def _is_sum(sql: str) -> bool:
    """Say whether an expression is made of sums and counts alone, without a division."""
    from sqlglot import exp

    from metrics import expressions

    tree = expressions.parse(sql)
    found = [node.this if isinstance(node, exp.Filter) else node for node in expressions.aggregates(tree)]
    return (
        bool(found)
        and all(isinstance(node, exp.Sum | exp.Count) for node in found)
        and tree.find(exp.Div) is None
    )


def points_of(
    kpi: Kpi, days: Sequence[date], values: Values, periods: Sequence[str] | None = None
) -> list[int]:
    """Return the places of the points: one at the end of each complete period; of a wave or a stored value, its first day.

    ``periods`` names the period of each place for the latter.
    """
    if kpi.is_stored_value or kpi.frequency == "wave":
        names = list(periods) if periods is not None else [str(day.year) for day in days]
        first: dict[str, int] = {}
        for place in range(len(days)):
            if not np.isnan(values[place]):
                first.setdefault(names[place], place)
        return sorted(first.values())
    months = MONTHS[kpi.frequency]
    return [i for i, day in enumerate(days) if day.month % months == 0 and is_month_end(day)]


def charted(kpi: Kpi, method: Method, days: Sequence[date], values: Values) -> Values:
    """Return what is drawn of the points: the values, or what each period added.

    Of a total that starts (``since``) or starts again (every January) the first period added all of it; before, and without the
    point before, what was added is unknown.
    """
    if method != "increment":
        return values
    since = kpi.period.since if kpi.period else None
    begun = np.array([since is None or day >= since for day in days], dtype=bool)
    known = np.where(begun, values, 0.0 if since else np.nan)
    steps = np.diff(known, prepend=np.nan)
    if kpi.period is not None and kpi.period.span == "year_to_date":
        starts = np.array([day.month == MONTHS.get(kpi.frequency, 12) for day in days], dtype=bool)
        steps = np.where(starts, values, steps)
    return np.where(begun, steps, np.nan)


def without_seasons(days: Sequence[date], values: Values) -> Values:
    """Return the values without what their month usually adds (medians of each calendar month); as they are under 36."""
    if int(np.sum(~np.isnan(values))) < SEASONS:
        return values
    months, found, whole = np.array([day.month for day in days]), values.copy(), float(np.nanmedian(values))
    for month in np.unique(months[~np.isnan(values)]):
        here = months == month
        found[here] -= float(np.nanmedian(values[here])) - whole
    return found


def small_counts(kpi: Kpi, method: Method, values: Values, mean: Values) -> Flags:
    """Say at which points a series is one of small counts: whole numbers, none negative, their mean under 10."""
    if method == "count":
        return np.ones(len(values), dtype=bool)
    if method not in ("value", "increment") or kpi.signals == "value" or not kpi.unit.startswith("n"):
        return np.zeros(len(values), dtype=bool)
    is_whole = np.logical_and.accumulate(np.isnan(values) | ((values >= 0) & (values == np.round(values))))
    return np.asarray(is_whole & (mean < SMALL))


def _counts_of(kpi: Kpi, method: Method, part: Values) -> bool:
    mean = np.full(len(part), np.nanmean(part)) if not np.isnan(part).all() else part
    return bool(len(part)) and bool(small_counts(kpi, method, part, mean)[-1])


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
        counts=lambda part: _counts_of(kpi, method, part),
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
        is_count=chart is not None and _counts_of(kpi, method, drawn[chart.segments[-1].start :]),
        is_deseasonalised=drawn is not plain and not np.array_equal(drawn, plain, equal_nan=True),
    )


def _why_not(kpi: Kpi, method: Method, last: Values, chart: xmr.Chart) -> str | None:
    """Return why the base in force has no limits that mean something, None where it has."""
    limits = chart.limits
    if limits.n < xmr.LEAST:
        return "too_few"
    if kpi.unit == "ratio" and method != "increment" and not EDGE <= limits.mean <= 1 - EDGE:
        return "near_limit"
    return "still" if xmr.is_still(last) else None


def marks(
    kpi: Kpi,
    days: Sequence[date],
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
    variations: list[Variation | None] = [None] * len(days)
    assurances: list[Assurance | None] = [None] * len(days)
    method, _ = method_of(kpi)
    places = points_of(kpi, days, values, periods)
    if method == "none" or not places:
        return variations, assurances
    own = [days[i] for i in places]
    drawn = charted(kpi, method, own, values[places])
    aims = np.full(len(days), np.nan if kpi.target is None else kpi.target) if targets is None else targets
    for start, end in xmr.cut(len(own), [sum(day < when for day in own) for when in breaks]):
        at = _at_each(kpi, method, own[start:end], drawn[start:end])
        for i in range(start, end):
            said = _said(kpi, at, i - start, drawn[i])
            until = places[i + 1] if i + 1 < len(places) else len(days)
            for place in range(places[i], until):
                variations[place] = said
                assurances[place] = _assured(kpi, method, at, i - start, float(aims[place]))
    return variations, assurances


def _at_each(kpi: Kpi, method: Method, days: Sequence[date], values: Values) -> Moments:
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


def _seasonal(
    found: Moments, days: Sequence[date], values: Values, counts: prefixes.Counts, widened: bool
) -> Moments:
    """Return the moments with month effects taken out, estimated anew at each point from those up to it."""
    parts = [part.copy() for part in (found.mean, found.lower, found.upper)]
    way, still = found.way.copy(), found.still.copy()
    for end in range(SEASONS, len(values) + 1):
        one = prefixes.moments(without_seasons(days[:end], values[:end]), widened=widened, counts=counts)
        for part, last in zip(parts, (one.mean, one.lower, one.upper), strict=True):
            part[end - 1] = last[-1]
        way[end - 1], still[end - 1] = one.way[-1], one.still[-1]
    return Moments(parts[0], parts[1], parts[2], way, still)


def _said(kpi: Kpi, at: Moments, i: int, value: float) -> Variation | None:
    return xmr.variation(value, int(at.way[i]), kpi.direction, _limits(at, i))


def _assured(kpi: Kpi, method: Method, at: Moments, i: int, target: float) -> Assurance | None:
    if method == "increment":
        return None
    return xmr.assurance(_limits(at, i), kpi.direction, target, kpi.band if _is_aimed(kpi, target) else None)


def _is_aimed(kpi: Kpi, target: float | None) -> bool:
    """Say whether a band judges: a scope that the town's amount does not judge has no target, a band alone never has one."""
    return kpi.target is None or not (target is None or np.isnan(target))


def _limits(at: Moments, i: int) -> xmr.Limits:
    mean, lower, upper = (float(part[i]) for part in (at.mean, at.lower, at.upper))
    return xmr.Limits(mean, lower, upper, np.nan, np.nan, 0)
