"""What stands behind and beside the line: gaps with their reason, the target with its name."""

from collections.abc import Sequence
from typing import Any

from pages.charts.palette import Palette, faded
from pages.charts.points import Mark, Point, unknown_runs


def gap_blocks(points: Sequence[Point], colours: Palette) -> list[dict[str, Any]]:
    """A grey block over each run of unknown points."""
    if len(points) < 2:
        return []
    half = (points[-1].day - points[0].day) / (2 * (len(points) - 1))
    block = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "line": {"width": 0}}
    return [
        {
            **block,
            "fillcolor": colours.band,
            "x0": (points[run[0]].day - half).isoformat(),
            "x1": (points[run[-1]].day + half).isoformat(),
        }
        for run in unknown_runs(points)
    ]


def gap_words(points: Sequence[Point], colours: Palette, narrow: bool) -> list[dict[str, Any]]:
    """The reason, written in the block where the block is wide enough to hold it."""
    least = len(points) * (0.2 if narrow else 0.1)
    return [
        {
            "x": (points[run[0]].day + (points[run[-1]].day - points[run[0]].day) / 2).isoformat(),
            "yref": "paper",
            "y": 0.5,
            "text": points[run[0]].note,
            "showarrow": False,
            "font": {"size": 13, "color": colours.ink2},
        }
        for run in unknown_runs(points)
        if len(run) >= least and points[run[0]].note
    ]


def target_shapes(
    target: Mark | None, colours: Palette, points: Sequence[Point] = ()
) -> list[dict[str, Any]]:
    """A dotted line in the accent, or a pale block between the two ends of a band; from its first day among ``points`` on."""
    if target is None:
        return []
    across: dict[str, Any] = {"xref": "paper", "x0": 0, "x1": 1}
    if target.since and points and points[0].day < target.since:
        step = (points[-1].day - points[0].day) / max(len(points) - 1, 1)
        across = {"xref": "x", "x0": target.since.isoformat(), "x1": (points[-1].day + step / 2).isoformat()}
    if target.top is not None:
        fill = faded(colours.accent, 0.14)
        return [
            {
                "type": "rect",
                **across,
                "y0": target.value,
                "y1": target.top,
                "fillcolor": fill,
                "line": {"width": 0},
                "layer": "below",
            }
        ]
    line = {"color": colours.accent, "width": 1.5, "dash": "dot"}
    return [{"type": "line", **across, "y0": target.value, "y1": target.value, "line": line}]


def target_words(
    points: Sequence[Point], target: Mark | None, colours: Palette, narrow: bool
) -> list[dict[str, Any]]:
    """The target's name: beside the plot, or, on a telephone, over the line at the end the series leaves free."""
    if target is None:
        return []
    middle = target.value if target.top is None else (target.value + target.top) / 2
    words = {
        "text": target.words,
        "showarrow": False,
        "y": middle,
        "xref": "paper",
        "font": {"color": colours.accent},
    }
    if not narrow:
        return [words | {"x": 1, "xanchor": "left", "xshift": 6, "yanchor": "middle"}]
    if target.top is not None:
        return [words | {"x": 0, "xanchor": "left", "xshift": 4, "y": target.top, "yanchor": "top"}]
    known = [point.value for point in points if point.value is not None] or [middle]
    at_left = abs(known[0] - middle) >= abs(known[-1] - middle)
    return [
        words | {"x": 0 if at_left else 1, "xanchor": "left" if at_left else "right", "yanchor": "bottom"}
    ]
