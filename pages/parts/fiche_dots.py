"""Dots with their intervals, one row a group: to compare ratios, durations and shares without the weight of bars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pages.parts.levier_bars import Line, foot, longest, mark, name, share
from pages.parts.markup import Html, div, span, tag
from pages.texts import numbers, t


@dataclass(frozen=True)
class Dot:
    """One group. ``value`` None shows ``words`` (the reason) and no mark."""

    label: str
    value: float | None
    words: str
    aside: str = ""
    low: float | None = None
    high: float | None = None
    href: str = ""


def dots(rows: Sequence[Dot], *, line: Line | None = None, base: float = 0.0) -> Html:
    """Return the dot plot, from ``base`` to the furthest mark; no row gives nothing."""
    if not rows:
        return Html("")
    scale = longest([(row.value, row.high) for row in rows], line)
    moved = [_moved(row, base) for row in rows]
    goal = Line(line.value - base, line.words) if line else None
    return div(
        "lv-bars lv-bars-aside lv-dots",
        *(_dot(row, scale - base, goal) for row in moved),
        foot(goal, scale - base),
    )


def _moved(row: Dot, base: float) -> Dot:
    """A row measured from the axis' start."""
    value, low, high = (None if mark is None else mark - base for mark in (row.value, row.low, row.high))
    return replace(row, value=value, low=low, high=high)


def _dot(row: Dot, scale: float, line: Line | None) -> Html:
    """One row: label, a thin track with target, interval and dot, the value and its n."""
    marks = [mark("lv-target", share(line.value, scale))] if line else []
    if row.value is not None:
        if row.low is not None and row.high is not None:
            low = share(row.low, scale)
            marks.append(mark("lv-whisker", low, share(row.high, scale) - low))
        marks.append(mark("lv-dot", share(row.value, scale)))
    words = tag("b", row.words) if row.value is not None else span("lv-quiet", row.words)
    return div(
        "lv-bar", name(row.label, row.href), span("lv-track", *marks), words, " ", span("lv-quiet", row.aside)
    )


def count(n: int | None) -> str:
    """How many rows a group rests on."""
    return "" if n is None else t("n = {n}", n=numbers.decimal(n))
