"""The measures of a drawing of futures: two laws on one axis, base above and scenario below. Numbers in, per cents out."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.chance.futures import Distribution
from pages.charts.template import nice_ticks

BAND = (0.1, 0.9)  # 8 times in 10
ROOM = 0.07  # of the axis, kept between its end and a target


@dataclass(frozen=True)
class Strip:
    """One law: its bars as (left, width, height), all in per cent; its band's two ends and its middle, in per cent of the axis."""

    bars: tuple[tuple[float, float, float], ...]
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Drawing:
    """What is drawn: ticks as (place in per cent, value), the two strips, what the laws are held against."""

    ticks: tuple[tuple[float, float], ...]
    strips: tuple[Strip | None, Strip | None]
    targets: tuple[tuple[float, float], ...]


def drawing(base: Distribution | None, scenario: Distribution | None, ticks: int = 5) -> Drawing | None:
    """Return the drawing of one outcome's two laws, the same area for the same chance; None without any."""
    told = [one for one in (base, scenario) if one is not None]
    if not told:
        return None
    places = nice_ticks(min(one.edges[0] for one in told), max(one.edges[-1] for one in told), ticks)
    aims = [*dict.fromkeys(target for one in told for target, _ in one.targets)]
    low, high = _roomy(places[0], places[-1], aims)

    def at(value: float) -> float:
        return 100 * min(max((value - low) / (high - low), 0.0), 1.0)

    tallest = max(density for one in told for density in _densities(one))
    strips = [
        None
        if one is None
        else Strip(
            tuple(
                (at(start), at(end) - at(start), 100 * density / tallest)
                for start, end, density in zip(one.edges, one.edges[1:], _densities(one), strict=False)
            ),
            at(one.quantile(BAND[0])),
            at(one.quantile(0.5)),
            at(one.quantile(BAND[1])),
        )
        for one in (base, scenario)
    ]
    return Drawing(
        tuple((at(value), value) for value in places),
        (strips[0], strips[1]),
        tuple((at(value), value) for value in aims if low <= value <= high),
    )


def _roomy(low: float, high: float, aims: Sequence[float]) -> tuple[float, float]:
    """Return an axis' ends, further out where a target stands on one: its line is drawn whole, and beside it its label."""
    room = ROOM * (high - low)
    held = [aim for aim in aims if low <= aim <= high]
    first = low - room if any(aim - low < room for aim in held) else low
    return first, high + room if any(high - aim < room for aim in held) else high


def _densities(one: Distribution) -> Sequence[float]:
    """Return the chance by unit of the axis, bar by bar."""
    return [
        share / (end - start) for start, end, share in zip(one.edges, one.edges[1:], one.shares, strict=False)
    ]
