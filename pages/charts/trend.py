"""The line of a KPI through its readings: target, interval, gaps where nothing is known, direct labels."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from pages.charts.marks import gap_blocks, gap_words, target_shapes, target_words
from pages.charts.palette import Palette, faded
from pages.charts.points import Mark, Point, clear_of, labelled
from pages.charts.template import layout, month_ticks, nice_ticks, under

Figure = dict[str, Any]


def trend(
    points: Sequence[Point],
    colours: Palette,
    lang: str,
    *,
    target: Mark | None = None,
    tick_words: Callable[[float], str] = "{:g}".format,
    narrow: bool = False,
    top: float | None = None,
) -> Figure:
    """Return the figure (data and layout, as plotly takes them) of a series, oldest point first; ``narrow`` is its twin for a telephone.

    Values are in the unit that ``tick_words`` puts into words. An empty series gives empty axes. ``top``: what no
    value exceeds.
    """
    low, high = _reach(points, target)
    ticks = under(nice_ticks(low, high, 4 if narrow else 5), top)
    room = {"l": 52 if narrow else 64, "r": 14 if narrow else _beside(target), "t": 26, "b": 46}
    look = layout(colours, lang, height=280 if narrow else 340, margin=room)
    places, words = month_ticks([point.day for point in points], lang, 5 if narrow else 12)
    look["xaxis"] |= {"type": "date", "tickvals": places, "ticktext": words, "range": _ends(points)}
    look["yaxis"] |= {
        "tickvals": ticks,
        "ticktext": [tick_words(tick) for tick in ticks],
        "range": [ticks[0], ticks[-1]],
    }
    look["shapes"] = gap_blocks(points, colours) + target_shapes(target, colours, points)
    look["annotations"] = gap_words(points, colours, narrow) + target_words(points, target, colours, narrow)
    return {"data": [*_interval(points, colours), _line(points, colours, narrow, target)], "layout": look}


def _reach(points: Sequence[Point], target: Mark | None) -> tuple[float, float]:
    """The values the y axis must show; from zero, unless the series lives far from it."""
    values = [
        value for point in points for value in (point.value, point.low, point.high) if value is not None
    ]
    values += [value for value in (target.value, target.top) if value is not None] if target else []
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    far_from_zero = low > 0 and high - low < 0.25 * low
    if far_from_zero or low < 0:
        return low - 0.1 * (high - low), max(high, 0.0 if low < 0 else high)
    return 0.0, high


def _beside(target: Mark | None) -> int:
    """The room (px) of the target's words at the right of a wide chart: about 7.5 px a letter."""
    return max(96, 20 + round(7.5 * len(target.words))) if target else 96


def _ends(points: Sequence[Point]) -> list[str] | None:
    """The x range, with half a step of air at both ends so that no mark is cut."""
    if len(points) < 2:
        return None
    air = (points[-1].day - points[0].day) / max(2 * (len(points) - 1), 24)
    return [(points[0].day - air).isoformat(), (points[-1].day + air).isoformat()]


def _line(
    points: Sequence[Point], colours: Palette, narrow: bool, target: Mark | None = None
) -> dict[str, Any]:
    """The line and its marks; long series keep a mark on labelled points alone."""
    numbered = labelled(points, most=7 if narrow else 14)
    few = len(points) <= 36 and not (narrow and len(points) > 18)
    last = max(numbered, default=-1)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [point.day.isoformat() for point in points],
        "y": [point.value for point in points],
        "connectgaps": False,
        "line": {"color": colours.ink, "width": 2},
        "marker": {
            "color": [colours.ink if few or i in numbered else "rgba(0,0,0,0)" for i in range(len(points))],
            "size": 7.5,
            "opacity": 1,
        },
        "text": [
            f"<b>{p.words}</b>" if i == last else p.words if i in numbered else ""
            for i, p in enumerate(points)
        ],
        "textposition": [clear_of(points, i, target) for i in range(len(points))],
        "textfont": {"size": 14, "color": colours.ink},
        "cliponaxis": False,
        "customdata": [point.words for point in points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _interval(points: Sequence[Point], colours: Palette) -> list[dict[str, Any]]:
    """A pale band from low to high for each run of points that have both."""
    bands = []
    numbered = enumerate(points)
    for whole, run in groupby(
        numbered, key=lambda pair: pair[1].low is not None and pair[1].high is not None
    ):
        part = [point for _, point in run] if whole else []
        if len(part) < 2:
            continue
        days = [point.day.isoformat() for point in part]
        bands.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": days + days[::-1],
                "y": [point.low for point in part] + [point.high for point in part[::-1]],
                "fill": "toself",
                "fillcolor": faded(colours.ink2, 0.16),
                "line": {"width": 0},
                "hoverinfo": "skip",
            }
        )
    return bands
