"""Which points of a KPI make its control chart: its values, what each period added, or none, and then why."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from metrics.definitions import Kpi
from metrics.rules import Flags, Values

Days: TypeAlias = NDArray[np.datetime64]
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
    if span in ("stock", "snapshot", "rolling_12_months"):
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
    kpi: Kpi, days: Sequence[date] | Days, values: Values, periods: Sequence[str] | None = None
) -> list[int]:
    """Return the places of the points: one at the end of each complete period; of a wave or a stored value, its first day.

    ``periods`` names the period of each place for the latter.
    """
    if kpi.is_stored_value or kpi.frequency == "wave":
        names = list(periods) if periods is not None else [str(day)[:4] for day in days]
        first: dict[str, int] = {}
        for place in range(len(days)):
            if not np.isnan(values[place]):
                first.setdefault(names[place], place)
        return sorted(first.values())
    dated = np.asarray(days, dtype="datetime64[D]")
    month = dated.astype("datetime64[M]")
    ends_month = (dated + 1).astype("datetime64[M]") != month
    found: list[int] = np.flatnonzero(
        ends_month & ((month.astype(int) + 1) % MONTHS[kpi.frequency] == 0)
    ).tolist()
    return found


def charted(kpi: Kpi, method: Method, days: Sequence[date] | Days, values: Values) -> Values:
    """Return what is drawn of the points: the values, or what each period added.

    Of a total that starts (``since``) or starts again (every January) the first period added all of it; before, and without the
    point before, what was added is unknown.
    """
    if method != "increment":
        return values
    since = kpi.period.since if kpi.period else None
    dated = np.asarray(days, dtype="datetime64[D]")
    begun = np.ones(len(dated), dtype=bool) if since is None else dated >= np.datetime64(since)
    known = np.where(begun, values, 0.0 if since else np.nan)
    steps = np.diff(known, prepend=np.nan)
    if kpi.period is not None and kpi.period.span == "year_to_date":
        first = dated.astype("datetime64[M]").astype(int) % 12 + 1 == MONTHS.get(kpi.frequency, 12)
        steps = np.where(first, values, steps)
    return np.where(begun, steps, np.nan)


def without_seasons(days: Sequence[date] | Days, values: Values) -> Values:
    """Return the values without what their month usually adds (medians of each calendar month); as they are under 36."""
    if int(np.sum(~np.isnan(values))) < SEASONS:
        return values
    months = np.asarray(days, dtype="datetime64[M]").astype(int) % 12
    found, whole = values.copy(), float(np.nanmedian(values))
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


def counts_of(kpi: Kpi, method: Method, part: Values) -> bool:
    mean = np.full(len(part), np.nanmean(part)) if not np.isnan(part).all() else part
    return bool(len(part)) and bool(small_counts(kpi, method, part, mean)[-1])
