"""The XmR chart (*carte de contrôle individuelle*): limits, flags, and what the last point says.

Constants and rules of NHS England's "Making Data Count" as the R package NHSRplotthedots applies them: limits are the mean
-/+ 2.66 times the average moving range; a moving range of 3.267 times that average or more is left out once (``screen``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from metrics import rules
from metrics.rules import Values

LIMIT = 2.66  # 3 / 1.128: three sigmas, a sigma being the average moving range over d2(n = 2)
SCREEN = 3.267  # D4 for n = 2
SIGMA = 1.128
MOST_RHO = 0.95
LEAST = 8  # under it a plain line, no limits
SKEWED = 3  # mean under which a count lies on one side of it too often for runs to mean anything
SURE = 12  # under it the limits are provisional

Way = Literal["up", "down", "band"] | None
Variation = Literal["improvement", "concern", "special", "stable"]
Assurance = Literal["consistently_met", "inconsistent", "consistently_missed"]


@dataclass(frozen=True)
class Limits:
    """The lines of a chart over ``n`` known points; NaN where the points are too few for them."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    n: int

    @property
    def is_provisional(self) -> bool:
        """Say whether there are limits, from fewer points than one can rely on."""
        return self.is_drawn and self.n < SURE

    @property
    def is_drawn(self) -> bool:
        """Say whether there are limits at all."""
        return not np.isnan(self.upper)


@dataclass(frozen=True)
class Spot:
    """A point of a chart. ``flags``: the rules it belongs to, the one that names it first. ``detected``: those that this
    very point completes (the seventh of a run). ``way``: 1 a signal upwards, -1 downwards, 0 none."""

    value: float
    flags: tuple[str, ...]
    detected: tuple[str, ...]
    way: int
    variation: Variation | None


@dataclass(frozen=True)
class Segment:
    """The points from ``start`` up to ``end`` (excluded), with limits of their own."""

    start: int
    end: int
    limits: Limits


@dataclass(frozen=True)
class Chart:
    """A control chart; its lines, ``variation`` and ``assurance`` are those of the last segment. NaN, None: unknown."""

    segments: tuple[Segment, ...]
    points: tuple[Spot, ...]
    variation: Variation | None
    assurance: Assurance | None

    @property
    def limits(self) -> Limits:
        """The lines in force."""
        return self.segments[-1].limits

    def limits_at(self, place: int) -> Limits:
        """Return the lines that judge the point at a place."""
        return next(part.limits for part in self.segments if place < part.end)


def average_range(values: Values, *, screen: bool = True) -> float:
    """Return the average moving range (without the outlying ones when ``screen``); NaN under two neighbours.

    A range over a missing value is none. Nothing is left of a constant series to screen: its average stays 0.
    """
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return float("nan")
    average = float(ranges.mean())
    kept = ranges[ranges < SCREEN * average] if screen else ranges
    return float(kept.mean()) if len(kept) else average


def is_still(values: Values) -> bool:
    """Say whether more than half of the points repeat the one before: such a series has no noise to measure."""
    steps = np.diff(values)
    return bool(2 * np.sum(steps == 0) > np.sum(~np.isnan(steps)))


def limits(
    values: Sequence[float] | Values, *, screen: bool = True, widened: bool = False, least: int = LEAST
) -> Limits:
    """Return the limits of a series (NaN is missing); under ``least`` known points the mean alone.

    ``widened`` allows for the autocorrelation of stocks and overlapping windows: sigma / sqrt(1 - rho).
    """
    known = np.asarray(values, dtype=np.float64)
    n = int(np.sum(~np.isnan(known)))
    mean = float(np.nanmean(known)) if n else float("nan")
    half = LIMIT * average_range(known, screen=screen) if n >= least else float("nan")
    return around(mean, half * (stretch(known) if widened else 1.0), n)


def count_limits(values: Values, *, least: int = LEAST) -> Limits:
    """Return the limits of a c-chart: of small counts the noise is sqrt(mean); none falls under 0."""
    n = int(np.sum(~np.isnan(values)))
    mean = float(np.nanmean(values)) if n else float("nan")
    wide = around(mean, 3 * float(np.sqrt(mean)) if n >= least else float("nan"), n)
    return (
        replace(wide, lower=max(wide.lower, 0.0), near_lower=max(wide.near_lower, 0.0))
        if wide.is_drawn
        else wide
    )


def rules_of(mean: float, widened: bool, counts: bool, n: int = SURE) -> tuple[str, ...]:
    """Return the rules that a chart can bear: one of autocorrelated points, or of very small (so lopsided) counts, not all.

    Nor one of provisional limits: under ``SURE`` points the seven of a run make most of the mean that they lie beside.
    """
    if widened:
        return (rules.OUTSIDE,)
    return (rules.OUTSIDE, rules.TREND) if n < SURE or (counts and mean < SKEWED) else rules.RULES


def around(mean: float, half: float, n: int) -> Limits:
    """Return limits at ``half`` on both sides of the mean, the near ones at two thirds of it."""
    near = 2 * half / 3
    return Limits(mean, mean - half, mean + half, mean - near, mean + near, n)


def stretch(values: Values) -> float:
    """Return how much wider the limits of an autocorrelated series must be: 1 / sqrt(1 - rho), rho in [0, 0.95]."""
    if np.isnan(values).all():
        return 1.0
    gaps = values - np.nanmean(values)
    both = gaps[1:] * gaps[:-1]
    spread = float(np.nansum(gaps**2))
    rho = float(np.nansum(both)) / spread if spread > 0 else 0.0
    return float(1.0 / np.sqrt(1.0 - min(max(rho, 0.0), MOST_RHO)))


def flags(
    values: Sequence[float] | Values, lines: Limits, names: Sequence[str] = rules.RULES
) -> list[tuple[str, ...]]:
    """Return the rules that each point belongs to, by priority: every point of a run or trend bears its flag."""
    return [spot.flags for spot in spots(values, lines, None, names)]


def spots(
    values: Sequence[float] | Values,
    lines: Limits,
    direction: Way,
    names: Sequence[str] = rules.RULES,
    *,
    cautious: bool = False,
) -> list[Spot]:
    """Return the points of one segment, judged by its limits; a trend needs no limits.

    ``cautious``: a signal under provisional limits is special, whatever way is wanted.
    """
    known = np.asarray(values, dtype=np.float64)
    side, edge = rules.sides(known, lines.mean), rules.slack(known)
    beyond = (known > lines.upper + edge) | (known < lines.lower - edge)
    near = ~beyond & ((known > lines.near_upper + edge) | (known < lines.near_lower - edge))
    trend, run = rules.seven_in_a_trend(known), rules.seven_on_one_side(side) & lines.is_drawn
    ended = {
        "outside": beyond,
        "trend": trend != 0,
        "two_of_three": rules.two_of_three_end(near, side) & near,
    }
    part = {
        "outside": beyond,
        "trend": rules.over_the_seven(trend),
        "two_of_three": rules.two_of_three(near, side),
    }
    ended, part = ended | {"run": run}, part | {"run": rules.over_the_seven(run)}
    kept = [name for name in rules.RULES if name in names]
    found = []
    for i, value in enumerate(known):
        held = tuple(name for name in kept if part[name][i])
        way = 0 if not held else int(part["trend"][i]) if held[0] == "trend" else int(side[i])
        done = tuple(name for name in kept if ended[name][i])
        wanted = None if cautious and lines.is_provisional else direction
        found.append(Spot(float(value), held, done, way, variation(value, way, wanted, lines)))
    return found


def variation(value: float, way: int, direction: Way, lines: Limits) -> Variation | None:
    """Say what a point means: a signal the wanted way or the other; without a wanted way only that it is special.

    None for no value; for no signal where there are no limits to tell noise by.
    """
    if np.isnan(value) or (way == 0 and not lines.is_drawn):
        return None
    if way == 0:
        return "stable"
    if direction not in ("up", "down"):
        return "special"
    return "improvement" if (way > 0) == (direction == "up") else "concern"


def assurance(
    lines: Limits, direction: Way, target: float | None, band: tuple[float, float] | None = None
) -> Assurance | None:
    """Say whether noise alone crosses the target; of a band, whether the limits lie within it, beside it, or neither."""
    if not lines.is_drawn:
        return None
    if direction == "band" and band is not None:
        if lines.upper < band[0] or lines.lower > band[1]:
            return "consistently_missed"
        return "consistently_met" if band[0] <= lines.lower and lines.upper <= band[1] else "inconsistent"
    if target is None or np.isnan(target) or direction not in ("up", "down"):
        return None
    if lines.lower <= target <= lines.upper:
        return "inconsistent"
    return "consistently_met" if (target < lines.lower) == (direction == "up") else "consistently_missed"


def chart(
    values: Sequence[float] | Values,
    *,
    direction: Way,
    target: float | None = None,
    band: tuple[float, float] | None = None,
    screen: bool = True,
    breaks: Sequence[int] = (),
    widened: bool = False,
    baseline: int | None = None,
    cautious: bool = False,
    counts: Callable[[Values], bool] = lambda part: False,
    blind: Callable[[Values], bool] = lambda part: False,
    flat: bool = True,
) -> Chart:
    """Return the chart of a series, oldest first (NaN is missing).

    ``breaks``: places where a new base starts; each segment has its own limits, and no run crosses from one to the other.
    ``baseline``: how many points of each segment its limits are fixed by. ``widened`` charts know the outside rule only.
    ``counts`` says of which segments the limits are those of small counts, ``blind`` which have neither limits nor signals.
    Without ``flat``, limits that fall together on the mean are none, unless all points do.
    ``cautious``: provisional limits (under ``SURE`` points) bear no run and no group of three, and signals that are special
    alone: a base of a few points, often those of a change under way, shows what is unusual to it and no more.
    """
    known = np.asarray(values, dtype=np.float64)
    found: list[Segment] = []
    points: list[Spot] = []
    for start, end in cut(len(known), breaks):
        part = known[start:end]
        few = counts(part)
        base = part[: baseline or len(part)]
        lines = count_limits(base) if few else limits(base, screen=screen, widened=widened)
        names = rules_of(lines.mean, widened, few, lines.n if cautious else SURE)
        if not flat and lines.upper <= lines.lower and np.nanmax(base) > np.nanmin(base):
            lines = around(lines.mean, float("nan"), lines.n)
        if blind(part):
            lines, names = around(lines.mean, float("nan"), lines.n), ()
        found.append(Segment(start, end, lines))
        points += spots(part, lines, direction, names, cautious=cautious)
    said = [spot for spot in points if not np.isnan(spot.value)]
    return Chart(
        tuple(found),
        tuple(points),
        said[-1].variation if said else None,
        assurance(found[-1].limits, direction, target, band),
    )


def cut(size: int, breaks: Sequence[int]) -> list[tuple[int, int]]:
    """Return the (start, end) of each segment; there is always one."""
    edges = [0, *sorted({place for place in breaks if 0 < place < size}), size]
    return list(pairwise(edges))
