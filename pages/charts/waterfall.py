"""The waterfall: from a value to another by signed steps, one row each, so that long French names stay readable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from pages.charts.palette import Palette
from pages.charts.template import layout, nice_ticks

Tone = Literal["good", "bad", "neutral"]
ROW, TALL_ROW = 34, 50  # px; on a telephone the name stands above its bar
LETTER = 7.4  # px, the mean width of a letter at 14 px


@dataclass(frozen=True)
class Step:
    """One row: a signed ``amount`` with its name and its words; ``amount`` None is a caption over the rows below."""

    label: str
    amount: float | None = None
    words: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Level:
    """An end of the waterfall: a value with its date as name."""

    label: str
    value: float
    words: str


def waterfall(
    start: Level,
    steps: Sequence[Step],
    end: Level,
    colours: Palette,
    lang: str,
    *,
    tick_words: Callable[[float], str] = "{:g}".format,
    narrow: bool = False,
) -> dict[str, Any]:
    """Return the figure as a plain dict: start, steps, end from top to bottom; ``narrow`` is its twin for a telephone."""
    spans = _spans(start.value, steps, end.value)
    rows = [start.label, *(step.label for step in steps), end.label]
    ticks = _ticks(spans, 3 if narrow else 5)
    room = {"l": 10 if narrow else _beside(rows), "r": 14, "t": 22 if narrow else 4, "b": 34}
    height = (TALL_ROW if narrow else ROW) * len(rows) + room["t"] + room["b"]
    look = layout(colours, lang, height=height, margin=room)
    reach = ticks[-1] - ticks[0]
    longest = max(len(words) for words in (start.words, end.words, *(step.words for step in steps)))
    # Room beyond the last mark for the number of the longest bar: a share of the axis that its letters take.
    beyond = reach * longest * (0.032 if narrow else 0.012)
    under = beyond if min(min(span) for span in spans) < 0 else 0.0
    look["xaxis"] |= {
        "tickvals": ticks,
        "ticktext": [tick_words(tick) for tick in ticks],
        "range": [ticks[0] - under, ticks[-1] + beyond],
        "showgrid": True,
        "gridcolor": colours.rule,
        "showline": False,
        "ticks": "",
    }
    look["yaxis"] |= {
        "tickvals": [] if narrow else list(range(len(rows))),
        "ticktext": []
        if narrow
        else [_bold(name, steps, place, len(rows)) for place, name in enumerate(rows)],
        "tickfont": {"size": 14, "color": colours.ink},
        "range": [len(rows) - 0.5, -0.5 - (0.25 if narrow else 0)],
        "showgrid": False,
    }
    look["shapes"] = _joints(spans, steps, colours)
    look["annotations"] = _names(rows, steps, colours) if narrow else []
    look["bargap"] = 0.62 if narrow else 0.4
    return {
        "data": [_bars(start, steps, end, spans, colours, narrow), *_heads(steps, spans, colours, narrow)],
        "layout": look,
    }


def _spans(first: float, steps: Sequence[Step], last: float) -> list[tuple[float, float]]:
    """Where each row's bar begins and ends; a caption is a bar of no length at the level reached."""
    spans, level = [(0.0, first)], first
    for step in steps:
        spans.append((level, level + (step.amount or 0.0)))
        level += step.amount or 0.0
    return [*spans, (0.0, last)]


def _ticks(spans: Sequence[tuple[float, float]], wanted: int) -> list[float]:
    ends = [end for span in spans for end in span]
    return nice_ticks(min(0.0, *ends), max(0.0, *ends), wanted)


def _beside(rows: Sequence[str]) -> int:
    """The room (px) of the longest name."""
    return 16 + round(LETTER * max(len(line) for name in rows for line in name.split("<br>")))


def _bold(name: str, steps: Sequence[Step], place: int, count: int) -> str:
    """A row's name; the ends and the captions stand out."""
    strong = place in (0, count - 1) or steps[place - 1].amount is None
    return f"<b>{name}</b>  " if strong else f"{name}  "


def _colour(tone: Tone, colours: Palette) -> str:
    return {"good": colours.on_target, "bad": colours.off_target, "neutral": colours.accent}[tone]


def _bars(
    start: Level,
    steps: Sequence[Step],
    end: Level,
    spans: Sequence[tuple[float, float]],
    colours: Palette,
    narrow: bool,
) -> dict[str, Any]:
    """All bars as one trace, each from where the one above ended, its number beyond its right end."""
    clear = "\u00a0" * (2 if narrow else 3)  # so that the number stands clear of the arrow head
    moved = [f"{clear}{step.words}{clear}" if step.words else "" for step in steps]
    words = [f"<b>{start.words}</b>", *moved, f"<b>{end.words}</b>"]
    fills = [colours.ink, *(_colour(step.tone, colours) for step in steps), colours.ink]
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(spans))),
        "x": [last - first for first, last in spans],
        "base": [first for first, _ in spans],
        "marker": {"color": fills, "line": {"width": 0}},
        "text": words,
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"size": 14, "color": colours.ink},
        "cliponaxis": False,
        "constraintext": "none",
        "customdata": [*words],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _heads(
    steps: Sequence[Step], spans: Sequence[tuple[float, float]], colours: Palette, narrow: bool
) -> list[dict[str, Any]]:
    """An arrow head in each step's bar: the direction has a shape and a sign before it has a colour."""
    moved = [(place + 1, step) for place, step in enumerate(steps) if step.amount]
    if not moved:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [spans[place][1] for place, _ in moved],
            "y": [place for place, _ in moved],
            "marker": {
                "symbol": [
                    "triangle-right" if (step.amount or 0) > 0 else "triangle-left" for _, step in moved
                ],
                "size": 12 if narrow else 14,
                "opacity": 1,
                "color": [_colour(step.tone, colours) for _, step in moved],
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]


def _joints(
    spans: Sequence[tuple[float, float]], steps: Sequence[Step], colours: Palette
) -> list[dict[str, Any]]:
    """Thin lines from the end of each bar to the row below."""
    line = {"color": colours.ink2, "width": 1, "dash": "dot"}
    rows = enumerate(pairwise(spans))
    return [
        {
            "type": "line",
            "x0": above[1],
            "x1": above[1],
            "y0": place,
            "y1": place + 1,
            "line": line,
            "layer": "below",
        }
        for place, (above, _) in rows
    ]


def _has_bar(place: int, steps: Sequence[Step]) -> bool:
    """Whether a row is more than a caption."""
    return not 0 < place <= len(steps) or steps[place - 1].amount is not None


def _names(rows: Sequence[str], steps: Sequence[Step], colours: Palette) -> list[dict[str, Any]]:
    """The rows' names above their bars, from the left edge, for a telephone."""
    return [
        {
            "text": _bold(name, steps, place, len(rows)),
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "y": place - (0.22 if _has_bar(place, steps) else -0.18),
            "yanchor": "bottom",
            "showarrow": False,
            "align": "left",
            "bgcolor": colours.paper,
            "borderpad": 0,
            "font": {"size": 14, "color": colours.ink},
        }
        for place, name in enumerate(rows)
    ]
