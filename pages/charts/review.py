"""The chart that a meeting looks at: a few points with their numbers, the band of usual noise, the target; no axis to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pages.charts.palette import Palette, faded
from pages.charts.template import MONTHS, layout

Figure = dict[str, Any]
SIZE = 17  # px: read from the end of a table


@dataclass(frozen=True)
class Spot:
    """One point: its day, its value (None: unknown) and its number in words."""

    day: date
    value: float | None
    words: str


@dataclass(frozen=True)
class Line:
    """A line across: where, and its name at the right."""

    value: float
    words: str


def few(
    spots: Sequence[Spot],
    colours: Palette,
    lang: str,
    *,
    target: Line | None = None,
    limits: tuple[Line | None, Line | None] = (None, None),
    room: int = 110,
    height: int = 260,
) -> Figure:
    """Return the figure of a few points, the oldest first; ``limits`` are (lower, upper), ``room`` what their names take (px)."""
    look = layout(colours, lang, height=height, margin={"l": 8, "r": room, "t": 26, "b": 34})
    low, high = _reach(spots, [target, *limits])
    look["font"]["size"] = SIZE
    look["xaxis"] |= {
        "tickvals": list(range(len(spots))),
        "ticktext": _ticks(spots, lang),
        "showline": False,
        "ticks": "",
        "range": [-0.4, len(spots) - 0.6],
        "tickfont": {"size": SIZE - 1, "color": colours.ink2},
    }
    look["yaxis"] |= {"visible": False, "range": [low, high]}
    look["shapes"] = [*_band(limits, colours, low, high), *_target(target, colours)]
    look["annotations"] = _names(target, limits, colours, high - low)
    return {"data": [_line(spots, colours)], "layout": look}


def _line(spots: Sequence[Spot], colours: Palette) -> dict[str, Any]:
    last = max((n for n, spot in enumerate(spots) if spot.value is not None), default=-1)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": list(range(len(spots))),
        "y": [spot.value for spot in spots],
        "text": [f"<b>{s.words}</b>" if n == last else s.words for n, s in enumerate(spots)],
        "textposition": [_side(spots, n) for n in range(len(spots))],
        "textfont": {"size": SIZE, "color": colours.ink},
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": colours.ink, "width": 2.5},
        "marker": {
            "color": colours.ink,
            "size": [13 if n == last else 9 for n in range(len(spots))],
            "opacity": 1,
        },
        "hoverinfo": "skip",
    }


def _side(spots: Sequence[Spot], place: int) -> str:
    """Over a point, or under one that lies lower than what stands beside it."""
    here = spots[place].value
    beside = [spots[n].value for n in (place - 1, place + 1) if 0 <= n < len(spots)]
    lower = [value is not None and here is not None and here < value for value in beside]
    return "bottom center" if lower and all(lower) else "top center"


def _reach(spots: Sequence[Spot], lines: Sequence[Line | None]) -> tuple[float, float]:
    values = [spot.value for spot in spots if spot.value is not None]
    values += [line.value for line in lines if line is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    air = 0.16 * (high - low or abs(high) or 1.0)
    return low - air, high + air


def _band(
    limits: tuple[Line | None, Line | None], colours: Palette, low: float, high: float
) -> list[dict[str, Any]]:
    """The band between the limits; one that is not known ends where the chart does."""
    if limits == (None, None):
        return []
    lower, upper = limits
    ends = {"y0": lower.value if lower else low, "y1": upper.value if upper else high}
    look = {"fillcolor": faded(colours.ink2, 0.10), "line": {"width": 0}, "layer": "below"}
    return [{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", **ends, **look}]


def _target(target: Line | None, colours: Palette) -> list[dict[str, Any]]:
    if target is None:
        return []
    line = {"color": colours.accent, "width": 2, "dash": "dot"}
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": target.value,
            "y1": target.value,
            "line": line,
        }
    ]


def _names(
    target: Line | None, limits: tuple[Line | None, Line | None], colours: Palette, whole: float
) -> list[dict[str, Any]]:
    """The names of the lines at the right; one too near another gives way to the target's."""
    shown = [(target, colours.accent)] if target else []
    for line in limits:
        if line and all(abs(line.value - other.value) > 0.09 * whole for other, _ in shown if other):
            shown.append((line, colours.ink2))
    return [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 10,
            "y": line.value,
            "yanchor": "middle",
            "text": line.words,
            "showarrow": False,
            "font": {"size": SIZE - 1, "color": colour},
        }
        for line, colour in shown
        if line
    ]


def _ticks(spots: Sequence[Spot], lang: str) -> list[str]:
    """The months, with their year under the first of each; a point a year has its year alone."""
    years = [spot.day.year for spot in spots]
    if len(set(years)) == len(years):
        return [str(year) for year in years]
    names = MONTHS.get(lang, MONTHS["fr"])
    return [
        f"{names[spot.day.month - 1]}<br>{spot.day.year}"
        if n == 0 or years[n - 1] != spot.day.year
        else names[spot.day.month - 1]
        for n, spot in enumerate(spots)
    ]
