"""Bars in plain HTML: they follow the page's width and theme by themselves, and each carries its number.

Lengths go to the style sheet as shares of the track (0 to 100); words come ready from the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pages.parts.markup import Html, div, link, span, tag


@dataclass(frozen=True)
class Bar:
    """One bar from zero. ``value`` None draws none and shows ``words`` alone; ``low`` and ``high`` draw a whisker.

    ``tone`` names a colour of the style sheet: accent, quiet, public1 to public3, private1, private2 or other.
    """

    label: str
    value: float | None
    words: str
    tone: str = "accent"
    low: float | None = None
    high: float | None = None
    aside: str = ""
    is_strong: bool = False
    href: str = ""


@dataclass(frozen=True)
class Line:
    """A reference line across all bars: a target or a legal limit."""

    value: float
    words: str


def bars(
    rows: Sequence[Bar],
    *,
    line: Line | None = None,
    numbers: Literal["aside", "after"] = "aside",
    top: float | None = None,
) -> Html:
    """Return the bars. ``numbers``: "aside" in columns at the right, "after" at the end of each bar.

    All bars share one scale from zero to ``top`` (default: the longest mark). An empty sequence gives nothing.
    """
    if not rows:
        return Html("")
    scale = top or longest([(row.value, row.high) for row in rows], line)
    items = [_bar(row, scale, line, numbers) for row in rows]
    return div(f"lv-bars lv-bars-{numbers}", *items, foot(line, scale))


def share(value: float, top: float) -> float:
    """Where a value stands on a track, 0 to 100, never outside it."""
    return round(min(max(value / top, 0.0), 1.0) * 100, 2) if top > 0 else 0.0


def longest(marks: Sequence[tuple[float | None, float | None]], line: Line | None) -> float:
    """The end of the common scale: the furthest of all marks, 1 when there is none."""
    known = [mark for pair in marks for mark in pair if mark is not None]
    return max([*known, line.value if line else 0.0, 0.0]) or 1.0


def foot(line: Line | None, scale: float) -> Html:
    """The reference line's name under the last bar, at its place; nothing without a line."""
    if line is None:
        return Html("")
    at = share(line.value, scale)
    end = (
        ";--end:100" if at > 80 else ""
    )  # near the track's end the name ends at the line, so that it stays on the page
    name = span("lv-line-name", line.words, style=f"left:{at}%{end}")
    return div("lv-bar lv-bar-foot", span("lv-bar-label"), span("lv-track", name))


def name(label: str, href: str) -> Html:
    """A row's label, as a link where it leads somewhere."""
    return span("lv-bar-label", link(href, label) if href else label)


def mark(class_: str, left: float, width: float | None = None) -> Html:
    """One mark on a track, placed in shares of it."""
    length = "" if width is None else f";width:{max(width, 0):.2f}%"
    return tag("i", class_=class_, style=f"left:{left}%{length}")


def _bar(row: Bar, scale: float, line: Line | None, numbers: str) -> Html:
    """One row: label, track with its marks, numbers."""
    length = share(row.value or 0.0, scale)
    marks = [mark(f"lv-fill lv-tone-{row.tone}", 0, length)] if row.value else []
    marks += _whisker(row, scale)
    if line:
        marks.append(mark("lv-limit", share(line.value, scale)))
    words = [tag("b", row.words), " ", span("lv-quiet", row.aside)]
    if numbers == "after":
        marks.append(span("lv-bar-after", *words, style=f"left:{length}%"))
        words = []
    strong = " lv-strong" if row.is_strong else ""
    return div(f"lv-bar{strong}", name(row.label, row.href), span("lv-track", *marks), *words)


def _whisker(row: Bar, scale: float) -> list[Html]:
    """The interval: paper-coloured inside the bar, ink outside."""
    if row.low is None or row.high is None or row.value is None:
        return []
    low, value, high = (share(bound, scale) for bound in (row.low, row.value, row.high))
    start = max(low, value)
    return [mark("lv-whisker lv-inside", low, value - low), mark("lv-whisker", start, high - start)]
