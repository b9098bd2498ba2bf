"""What a KPI may come to after a date, from what was known on it: the method its nature allows, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from metrics import (
    adding,
    forecast_blocks,
    forecast_counts,
    forecast_pipeline,
    forecast_walk,
    increments,
    pacing,
    pipeline,
    rules,
    xmr,
)
from metrics.dates import month_end, month_number
from metrics.definitions import Kpi, Parameter
from metrics.forecast_words import SIGNALS, Why
from metrics.increments import Array, Months

SEED = 20150630
WINDOW = 36  # months (or points of the KPI's frequency) that a forecast learns from
FEWEST = 8
FEWEST_MOVED = 4  # months that added to an amount: of fewer, blocks only draw the same few payments again
PERIOD = {"monthly": 1, "quarterly": 3}


@dataclass(frozen=True)
class Known:
    """All that a forecast may look at: month ends with their values, rebases (date, known from), requests, parameters."""

    months: Months
    rebases: tuple[tuple[date, date], ...] = ()
    lines: pipeline.Lines | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True)
class Ahead:
    """Draws x steps of what is added after the date (``is_added``) or of the value itself; ``n`` is what was learnt from.

    ``facts`` are the numbers that the assumptions are worded with.
    """

    method: str
    values: Array
    is_added: bool
    n: int
    facts: Mapping[str, float]


def ahead(
    kpi: Kpi, known: Known, as_of: date, now: float, horizon: date, draws: int, *, whole: bool = True
) -> Ahead | Why:
    """Return what the KPI may come to at the month ends after ``as_of`` up to ``horizon``, or why nobody can say.

    ``whole`` False may leave out the way and give the horizon alone. Only what was known at ``as_of`` is looked at; the draws are the same at each call.
    """
    method = method_of(kpi)
    if why := _refused(kpi, method):
        return why
    since = rebased(known, as_of)
    ends, parts = increments.steps(as_of, horizon)
    rng = np.random.default_rng(SEED)
    if method == "pipeline":
        days = [(end - as_of).days for end in (ends if whole else ends[-1:])]
        return _pipeline(kpi, known, as_of, since, days, rng, draws)
    if method == "increments":
        return _increments(kpi, known, as_of, since, ends, parts, rng, draws)
    return _walk(kpi, known, as_of, since, now, parts, draws)


def method_of(kpi: Kpi) -> str:
    """Return how the KPI is forecast: as its entry says, else by its span."""
    if kpi.forecast != "auto":
        return kpi.forecast
    span = kpi.period.span if kpi.period else None
    if span in ("cumulative", "in_period", "year_to_date") and adding.is_sum(kpi):
        return "increments"
    return "none" if adding.is_distinct(kpi) and span == "cumulative" else "random_walk"


def rebased(known: Known, as_of: date) -> date | None:
    """Return the last rebase known at a date."""
    return max((day for day, told in known.rebases if max(day, told) <= as_of), default=None)


def _refused(kpi: Kpi, method: str) -> Why | None:
    if kpi.frequency == "wave":
        return Why("waves")
    if kpi.frequency == "yearly":
        return Why("yearly")
    return Why("ceiling" if adding.is_distinct(kpi) else "not_wanted") if method == "none" else None


def _pipeline(
    kpi: Kpi,
    known: Known,
    as_of: date,
    since: date | None,
    days: list[int],
    rng: np.random.Generator,
    draws: int,
) -> Ahead | Why:
    first = max((day for day in (since, kpi.period.since if kpi.period else None) if day), default=None)
    found = pipeline.at(known.lines, as_of, first, known.parameters) if known.lines is not None else None
    if found is None:
        return Why("few_answers", {"least": pipeline.FEWEST_DECIDED})
    if not len(found.requests.amount) and not found.arrivals.per_day:
        return Why("nothing_waits")
    horizons = np.array(days, dtype=np.float64)
    values = forecast_pipeline.paths(found.requests, found.chances, horizons, rng, draws)
    values += forecast_pipeline.to_come(found.arrivals, found.chances, horizons, rng, draws)
    facts = {
        "requests": float(len(found.requests.amount)),
        "requested": float(found.requests.amount.sum()),
        "arrivals": found.arrivals.per_day * pacing.MONTH,
        "decided": float(found.decided),
        "won": float(found.won),
        "prior": pipeline.parameter(known.parameters, "forecast_prior_applications"),
        "least": found.chances.shares[0],
        "usual": found.chances.shares[1],
        "most": found.chances.shares[2],
        "delay": float(np.exp(found.chances.log_median)),
        "delay_sd": found.chances.log_sd,
    }
    return Ahead("pipeline", values, True, found.decided, facts)


def _increments(
    kpi: Kpi,
    known: Known,
    as_of: date,
    since: date | None,
    ends: list[date],
    parts: Array,
    rng: np.random.Generator,
    draws: int,
) -> Ahead | Why:
    past = increments.increments(kpi, [pair for pair in known.months if pair[0] <= as_of], since, WINDOW)
    if past is None or len(past.values) < FEWEST:
        return _short(0 if past is None else len(past.values), since)
    values, months = past.values, np.array(past.months, dtype=np.int64)
    facts = {"months": float(len(values)), "mean": float(values.mean())}
    if kpi.seasonal and len(values) < forecast_blocks.FEWEST_SEASONAL:
        return Why("seasons", {"n": len(values), "least": forecast_blocks.FEWEST_SEASONAL})
    if not adding.is_count(kpi) and (why := _too_still(values)):
        return why
    is_count = adding.is_count(kpi) and forecast_counts.are_counts(values)
    is_rare = is_count and values.sum() < forecast_counts.FEWEST_EVENTS
    if is_rare or (is_count and len(values) < forecast_blocks.FEWEST):
        facts["dispersion"] = forecast_counts.dispersion(values)
        return Ahead("counts", forecast_counts.paths(values, parts, rng, draws), True, len(values), facts)
    if len(values) < forecast_blocks.FEWEST:
        return Why("few_months", {"n": len(values), "least": forecast_blocks.FEWEST})
    if not kpi.seasonal and (why := _shifted(past.last, values)):
        return why
    coming = np.array([month_number(end) % 12 or 12 for end in ends], dtype=np.int64)
    drawn = forecast_blocks.paths(
        values, parts, rng, draws, seasons=(months, coming) if kpi.seasonal else None
    )
    return Ahead("increments", drawn, True, len(values), facts | {"seasonal": float(kpi.seasonal)})


def _too_still(values: Array) -> Why | None:
    """Say why the months of an amount tell no pace: none added anything, or too few did. Euros are no events."""
    moved = int(np.count_nonzero(values))
    if not moved:
        return Why("still", {"n": len(values)})
    return (
        Why("hardly", {"moved": moved, "n": len(values), "least": FEWEST_MOVED})
        if moved < FEWEST_MOVED
        else None
    )


def _walk(
    kpi: Kpi, known: Known, as_of: date, since: date | None, now: float, parts: Array, draws: int
) -> Ahead | Why:
    points = ends_of_periods(kpi, known.months, as_of, since)[-WINDOW:]
    if len(points) < FEWEST:
        return _short(len(points), since)
    values = np.array([value for _, value in points], dtype=np.float64)
    if not np.diff(values).any():
        return Why("still", {"n": len(values)})
    if why := _signal(kpi, points):
        return why
    steps = np.cumsum(parts) / PERIOD[kpi.frequency]
    drawn = forecast_walk.paths(values, now, steps, kpi.unit, draws)
    return Ahead("random_walk", drawn, False, len(values), {"step": forecast_walk.step_sd(values)})


def ends_of_periods(
    kpi: Kpi, months: Months, as_of: date, since: date | None = None
) -> list[tuple[date, float]]:
    """Return the latest unbroken run of values at the ends of the KPI's months or quarters, after ``since``."""
    every = PERIOD[kpi.frequency]
    ends = [(day, value) for day, value in months if day <= as_of and day.month % every == 0]
    found: list[tuple[date, float]] = []
    for day, value in reversed(ends):
        if value is None or (since and day < since):
            break
        found.append((day, value))
    return found[::-1]


def _signal(kpi: Kpi, points: list[tuple[date, float]]) -> Why | None:
    """Return the latest signal that one of the last points completed, None when they are all noise.

    Points that carry over have wider limits and runs of their own making; seven that go one way remain a signal.
    """
    values, widened = [value for _, value in points], is_widened(kpi)
    lines = xmr.limits(values, widened=widened)
    found = xmr.spots(values, lines, None, ("outside", "trend") if widened else rules.RULES)
    return _latest([day for day, _ in points], found)


def _shifted(last: date, values: Array) -> Why | None:
    """Return the latest trend or run of monthly increments: their level is no longer that of the past drawn from.

    A single large month is none, and moves no run: sides are those of the median. Drawing months again deals with it.
    """
    first = month_number(last) - len(values) + 1
    days = [month_end(date((n - 1) // 12, (n - 1) % 12 + 1, 1)) for n in range(first, first + len(values))]
    middle = xmr.around(float(np.median(values)), np.inf, len(values))
    return _latest(days, xmr.spots(values, middle, None, ("trend", "run")))


def _latest(days: Sequence[date], found: Sequence[xmr.Spot]) -> Why | None:
    pairs = list(zip(days, found, strict=True))[-FEWEST:]
    marked = [(day, spot.detected[0]) for day, spot in pairs if spot.detected]
    return Why("signal", {"kind": SIGNALS[marked[-1][1]], "day": marked[-1][0]}) if marked else None


def is_widened(kpi: Kpi) -> bool:
    """Say whether the KPI's points carry over from one to the next, so that its limits must be wider."""
    span = kpi.period.span if kpi.period else None
    return kpi.signals == "widened" or (kpi.signals == "auto" and span != "in_period")


def _short(n: int, since: date | None) -> Why:
    if since:
        return Why("rebased", {"n": n, "day": since, "least": FEWEST})
    return Why("few_points", {"n": n, "least": FEWEST})


def lately(kpi: Kpi, known: Known, as_of: date) -> list[float]:
    """Return what a trend is looked for in: monthly increments where months add up, else the values of the periods."""
    past = tuple(pair for pair in known.months if pair[0] <= as_of)
    if method_of(kpi) in ("increments", "pipeline"):
        found = increments.increments(kpi, past, rebased(known, as_of))
        return [] if found is None else found.values.tolist()
    return [value for _, value in ends_of_periods(kpi, past, as_of, rebased(known, as_of))]
