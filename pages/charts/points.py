"""What a line chart draws: readings as points, a target, and which of them carry a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

NUMBER = 28  # px: a number's height, its mark and the air between


@dataclass(frozen=True)
class Point:
    """One reading to draw. ``value`` None leaves a gap that ``note`` explains; ``words`` is the value as read."""

    day: date
    value: float | None
    words: str
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Mark:
    """A target: one line, or a band when ``top`` is given, from the day ``since`` on. ``words`` stands beside it."""

    value: float
    words: str
    top: float | None = None
    since: date | None = None


def known_span(points: Sequence[Point]) -> list[Point]:
    """Drop what comes before the first known point; nothing known gives an empty list."""
    first = next((index for index, point in enumerate(points) if point.value is not None), len(points))
    return list(points[first:])


def labelled(points: Sequence[Point], most: int) -> set[int]:
    """Which points carry their number: all of a few, else the first, the extremes and the last."""
    known = [index for index, point in enumerate(points) if point.value is not None]
    if len(known) <= most:
        return set(known)
    by_value = sorted(known, key=lambda index: points[index].value or 0.0)
    chosen = {known[0], known[-1]}
    apart = max(len(points) // 8, 2)
    for index in (by_value[-1], by_value[0]):
        if all(abs(index - other) >= apart for other in chosen):
            chosen.add(index)
    return chosen


def clear_level(value: float | None, level: str, lines: Sequence[float], room: float) -> str:
    """The side ("top", "bottom") where no line crosses a number ``room`` high: ``level`` unless the other alone is free."""
    if value is None:
        return level
    over = any(value < line < value + room for line in lines)
    under = any(value - room < line < value for line in lines)
    if level == "top":
        return "bottom" if over and not under else "top"
    return "top" if under and not over else "bottom"


def label_side(points: Sequence[Point], index: int) -> str:
    """Above a peak, below a hollow, and clear of the axis, so that nothing crosses a number."""
    value = points[index].value
    around = [points[i].value for i in (index - 1, index + 1) if 0 <= i < len(points)]
    higher = [other for other in around if other is not None and value is not None and other > value]
    top = max((point.value for point in points if point.value is not None), default=0.0)
    near_axis = value is not None and value < 0.1 * top
    level = "bottom" if around and len(higher) == len(around) and not near_axis else "top"
    if index == 0 < len(points) - 1:
        return f"{level} right"
    is_long_end = index == len(points) - 1 > 0 and len(points[index].words) > 7
    return f"{level} left" if is_long_end else f"{level} center"


def clear_of(points: Sequence[Point], index: int, target: Mark | None) -> str:
    """The same, and on the other side of the point than a target's line close to it."""
    side, value = label_side(points, index), points[index].value
    if target is None or target.top is not None or value is None:
        return side
    known = [point.value for point in points if point.value is not None] + [target.value, 0.0]
    gap = target.value - value
    if abs(gap) > 0.12 * (max(known) - min(known)):
        return side
    return side.replace("top", "bottom") if gap > 0 else side.replace("bottom", "top")


def unknown_runs(points: Sequence[Point]) -> list[list[int]]:
    """Runs of indices whose value is unknown."""
    runs = groupby(range(len(points)), key=lambda index: points[index].value is None)
    return [list(run) for unknown, run in runs if unknown]
