"""Dots with their intervals, one row a group: to compare ratios, durations and shares without the weight of bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pages.parts.levier_bars import Line, share


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


def dots(rows: Sequence[Dot], *, line: Line | None = None, top: float | None = None) -> str:
    """Return the dot plot as HTML, from zero to ``top`` (default: the furthest mark); no row gives ""."""
    if not rows:
        return ""
    marks = [mark for row in rows for mark in (row.value, row.high) if mark is not None]
    scale = top or max([*marks, line.value if line else 0.0]) or 1.0
    foot = ""
    if line:
        foot = (
            '<div class="lv-bar lv-bar-foot" aria-hidden="true"><span class="lv-bar-label"></span><span class="lv-track">'
            f'<span class="lv-line-name" style="left:{share(line.value, scale)}%">{escape(line.words)}</span></span></div>'
        )
    return f'<div class="lv lv-bars lv-dots">{"".join(_dot(row, scale, line) for row in rows)}{foot}</div>'


def _dot(row: Dot, scale: float, line: Line | None) -> str:
    """One row: label, a thin track with interval and dot, the value and its n."""
    label = f'<a href="{escape(row.href)}">{escape(row.label)}</a>' if row.href else escape(row.label)
    marks = f'<i class="lv-target" style="left:{share(line.value, scale)}%"></i>' if line else ""
    if row.value is not None and row.low is not None and row.high is not None:
        low, high = share(row.low, scale), share(row.high, scale)
        marks += f'<i class="lv-whisker" style="left:{low}%;width:{max(high - low, 0):.2f}%"></i>'
    if row.value is not None:
        marks += f'<i class="lv-dot" style="left:{share(row.value, scale)}%"></i>'
    words = (
        f"<b>{escape(row.words)}</b>"
        if row.value is not None
        else f'<span class="lv-quiet">{escape(row.words)}</span>'
    )
    aside = f' <span class="lv-quiet">{escape(row.aside)}</span>' if row.aside else ""
    return (
        f'<div class="lv-bar"><span class="lv-bar-label">{label}</span><span class="lv-track">{marks}</span>'
        f'<span class="lv-bar-words">{words}{aside}</span></div>'
    )
