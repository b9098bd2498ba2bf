"""Bars in plain HTML: they follow the page's width and theme by themselves, and each carries its number.

Lengths go to the style sheet as shares of the track (0 to 100); words come ready from the caller and are escaped here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


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
    rows: Sequence[Bar], *, line: Line | None = None, numbers: str = "aside", top: float | None = None
) -> str:
    """Return the bars as HTML. ``numbers``: "aside" in a column at the right, "after" at the end of each bar.

    All bars share one scale from zero to ``top`` (default: the longest mark). An empty sequence gives "".
    """
    if not rows:
        return ""
    scale = top or _top(rows, line)
    items = "".join(_bar(row, scale, line, numbers) for row in rows)
    named = _line_name(line, scale) if line else ""
    return f'<div class="lv lv-bars lv-bars-{numbers}">{items}{named}</div>'


def share(value: float, top: float) -> float:
    """Where a value stands on a track, 0 to 100, never outside it."""
    return round(min(max(value / top, 0.0), 1.0) * 100, 2) if top > 0 else 0.0


def _top(rows: Sequence[Bar], line: Line | None) -> float:
    marks = [mark for row in rows for mark in (row.value, row.high) if mark is not None]
    return max([*marks, line.value if line else 0.0, 0.0]) or 1.0


def _bar(row: Bar, scale: float, line: Line | None, numbers: str) -> str:
    """One row: label, track with its marks, numbers."""
    label = f'<a href="{escape(row.href)}">{escape(row.label)}</a>' if row.href else escape(row.label)
    length = share(row.value, scale) if row.value is not None else 0.0
    fill = f'<i class="lv-fill lv-tone-{row.tone}" style="width:{length}%"></i>' if row.value else ""
    inside = outside = ""
    if numbers == "after":
        inside = f'<span class="lv-bar-after" style="left:{length}%">{_words(row)}</span>'
    else:
        outside = f'<span class="lv-bar-words">{_words(row)}</span>'
    track = f'<span class="lv-track">{fill}{_whisker(row, scale)}{_tick(line, scale)}{inside}</span>'
    strong = " lv-strong" if row.is_strong else ""
    return f'<div class="lv-bar{strong}"><span class="lv-bar-label">{label}</span>{track}{outside}</div>'


def _words(row: Bar) -> str:
    aside = f' <span class="lv-quiet">{escape(row.aside)}</span>' if row.aside else ""
    return f"<b>{escape(row.words)}</b>{aside}"


def _whisker(row: Bar, scale: float) -> str:
    """The interval: paper-coloured inside the bar, ink outside."""
    if row.low is None or row.high is None or row.value is None:
        return ""
    low, value, high = (share(mark, scale) for mark in (row.low, row.value, row.high))
    inside = f'<i class="lv-whisker lv-inside" style="left:{low}%;width:{max(value - low, 0):.2f}%"></i>'
    start = max(low, value)
    return inside + f'<i class="lv-whisker" style="left:{start}%;width:{max(high - start, 0):.2f}%"></i>'


def _tick(line: Line | None, scale: float) -> str:
    return f'<i class="lv-limit" style="left:{share(line.value, scale)}%"></i>' if line else ""


def _line_name(line: Line, scale: float) -> str:
    """The line's name under the last bar, at its place."""
    at = share(line.value, scale)
    return (
        '<div class="lv-bar lv-bar-foot" aria-hidden="true"><span class="lv-bar-label"></span>'
        f'<span class="lv-track"><span class="lv-line-name" style="left:{at}%">{escape(line.words)}</span></span></div>'
    )
