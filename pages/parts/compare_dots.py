"""Directorates side by side: a dot with its interval, the limits that noise alone would keep it in, the town's value as a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.levier_bars import Line, foot, longest, mark, name, share
from pages.parts.markup import Html, div, span, tag


@dataclass(frozen=True)
class Row:
    """One directorate. ``value`` None shows ``words`` (the reason) alone; ``lower``..``upper`` are noise's limits."""

    label: str
    value: float | None
    words: str
    aside: str = ""
    low: float | None = None
    high: float | None = None
    lower: float | None = None
    upper: float | None = None
    is_small: bool = False
    is_strong: bool = False
    href: str = ""


def compared(rows: Sequence[Row], line: Line | None) -> Html:
    """Return the plot, from zero to the furthest mark; no row gives nothing."""
    if not rows:
        return Html("")
    scale = longest([(row.value, row.high) for row in rows], line)
    return div(
        "lv-bars lv-bars-aside lv-dots lv-compare",
        *(_row(row, scale, line) for row in rows),
        foot(line, scale),
    )


def _row(row: Row, scale: float, line: Line | None) -> Html:
    words = tag("b", row.words) if row.value is not None else span("lv-quiet", row.words)
    kind = "lv-bar" + (" lv-strong" if row.is_strong else "") + (" lv-few" if row.is_small else "")
    track = span("lv-track", *_marks(row, scale, line))
    return div(kind, name(row.label, row.href), track, words, " ", span("lv-quiet", row.aside))


def _marks(row: Row, scale: float, line: Line | None) -> list[Html]:
    marks = []
    if row.lower is not None and row.upper is not None:
        start = share(row.lower, scale)
        marks.append(mark("lv-noise", start, share(row.upper, scale) - start))
    if line:
        marks.append(mark("lv-target", share(line.value, scale)))
    if row.value is not None:
        if row.low is not None and row.high is not None:
            low = share(row.low, scale)
            marks.append(mark("lv-whisker", low, share(row.high, scale) - low))
        marks.append(mark("lv-dot", share(row.value, scale)))
    return marks
