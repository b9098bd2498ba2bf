"""What was, what is expected, what may come: history, the line to the target, and the fan to the end of the year."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pages.charts.marks import target_shapes, target_words
from pages.charts.palette import Palette, faded
from pages.charts.points import NUMBER, Mark, Point, clear_level
from pages.charts.template import layout, month_ticks, nice_ticks, under


def outlook(
    past: Sequence[Point],
    coming: Sequence[Point],
    line: Sequence[tuple[date, float]],
    colours: Palette,
    lang: str,
    *,
    target: Mark | None = None,
    tick_words: Callable[[float], str] = "{:g}".format,
    narrow: bool = False,
    top: float | None = None,
) -> dict[str, Any]:
    """Return the figure: ``past`` solid, the expected ``line`` dashed, ``coming`` (value, low, high) as a pale fan.

    Values are in the unit that ``tick_words`` puts into words. The oldest first; ``past`` has at least one point.
    ``top``: what no value exceeds.
    """
    ticks = under(nice_ticks(*_reach(past, coming, line, target), 4 if narrow else 5), top)
    room = {"l": 52 if narrow else 64, "r": 14 if narrow else _beside(target), "t": 26, "b": 46}
    look = layout(colours, lang, height=280 if narrow else 340, margin=room)
    days = sorted({*(point.day for point in (*past, *coming)), *(day for day, _ in line)})
    places, words = month_ticks(days, lang, 5 if narrow else 12)
    air = (days[-1] - days[0]) / 40
    look["xaxis"] |= {
        "type": "date",
        "tickvals": places,
        "ticktext": words,
        "range": [(days[0] - air).isoformat(), (days[-1] + 2 * air).isoformat()],
    }
    look["yaxis"] |= {
        "tickvals": ticks,
        "ticktext": [tick_words(tick) for tick in ticks],
        "range": [ticks[0], ticks[-1]],
    }
    look["shapes"] = target_shapes(target, colours)
    look["annotations"] = target_words([*past, *coming], target, colours, narrow)
    tall = (ticks[-1] - ticks[0]) * NUMBER / (look["height"] - room["t"] - room["b"])
    across = [target.value] if target and target.top is None else []
    sides = [
        clear_level(point.value, "top", [*across, *_near(line, point.day)], tall)
        for point in (past[-1], *coming[-1:])
    ]
    data = [
        *_fan(past, coming, colours, sides[-1]),
        *_expected(line, colours),
        _history(past, colours, sides[0]),
    ]
    return {"data": data, "layout": look}


def _near(line: Sequence[tuple[date, float]], day: date) -> list[float]:
    """The expected line's value on a day within it."""
    if len(line) < 2 or not line[0][0] <= day <= line[-1][0]:
        return []
    (first, start), (last, end) = line[0], line[-1]
    return [start + (end - start) * ((day - first) / (last - first))]


def _reach(
    past: Sequence[Point], coming: Sequence[Point], line: Sequence[tuple[date, float]], target: Mark | None
) -> tuple[float, float]:
    """The values the y axis must show; from zero, unless the series lives far from it."""
    values = [v for point in (*past, *coming) for v in (point.value, point.low, point.high) if v is not None]
    values += [value for _, value in line]
    values += [value for value in (target.value, target.top) if value is not None] if target else []
    low, high = min(values), max(values)
    if low < 0 or (low > 0 and high - low < 0.25 * low):
        return low - 0.1 * (high - low), high
    return 0.0, high


def _beside(target: Mark | None) -> int:
    """The room (px) of the target's words at the right of a wide chart: about 7.5 px a letter."""
    return max(96, 20 + round(7.5 * len(target.words))) if target else 96


def _history(past: Sequence[Point], colours: Palette, side: str) -> dict[str, Any]:
    """The line of what is known, its last value named."""
    last = len(past) - 1
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [point.day.isoformat() for point in past],
        "y": [point.value for point in past],
        "line": {"color": colours.ink, "width": 2},
        "marker": {
            "color": [colours.ink if i == last else "rgba(0,0,0,0)" for i in range(len(past))],
            "size": 7.5,
        },
        "text": [f"<b>{point.words}</b>" if i == last else "" for i, point in enumerate(past)],
        "textposition": f"{side} left" if side == "top" else "bottom center",
        "textfont": {"size": 14, "color": colours.ink},
        "cliponaxis": False,
        "customdata": [point.words for point in past],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _expected(line: Sequence[tuple[date, float]], colours: Palette) -> list[dict[str, Any]]:
    """The straight line to the target, in the accent."""
    if len(line) < 2:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [day.isoformat() for day, _ in line],
            "y": [value for _, value in line],
            "line": {"color": colours.accent, "width": 1.5, "dash": "dash"},
            "hoverinfo": "skip",
        }
    ]


def _fan(past: Sequence[Point], coming: Sequence[Point], colours: Palette, side: str) -> list[dict[str, Any]]:
    """The band from the last known value to the horizon, and its middle with the last value named."""
    if not coming:
        return []
    start = past[-1]
    days = [start.day.isoformat(), *(point.day.isoformat() for point in coming)]
    low = [start.value, *(point.low for point in coming)]
    high = [start.value, *(point.high for point in coming)]
    last = len(days) - 1
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": days + days[::-1],
            "y": low + high[::-1],
            "fill": "toself",
            "fillcolor": faded(colours.ink2, 0.16),
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "x": days,
            "y": [start.value, *(point.value for point in coming)],
            "line": {"color": colours.ink2, "width": 2, "dash": "dot"},
            "marker": {
                "color": [colours.ink2 if i == last else "rgba(0,0,0,0)" for i in range(len(days))],
                "size": 7.5,
            },
            "text": [f"<b>{coming[-1].words}</b>" if i == last else "" for i in range(len(days))],
            "textposition": f"{side} left" if side == "top" else "bottom center",
            "textfont": {"size": 14, "color": colours.ink2},
            "cliponaxis": False,
            "customdata": ["", *(point.words for point in coming)],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    ]
