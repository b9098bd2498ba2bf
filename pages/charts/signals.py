"""A control chart: the line, its mean and limits base by base, flagged points as diamonds, notes by number.

One figure for a screen, with a second panel after the last base where an earlier event flattens the rest; its twin for a
telephone shows the last base alone.
"""

from collections.abc import Callable
from typing import Any

from pages.charts.bases import Sheet, from_day, last_base
from pages.charts.palette import Palette
from pages.charts.signals_panel import Panel
from pages.charts.template import layout

Figure = dict[str, Any]


def control(
    sheet: Sheet,
    colours: Palette,
    lang: str,
    *,
    tick_words: Callable[[float], str] = "{:g}".format,
    narrow: bool = False,
) -> Figure:
    """Return the figure of a control chart, oldest point first; ``narrow`` is its twin for a telephone."""
    zoom = last_base(sheet)
    if narrow:
        parts, spans = [from_day(sheet, zoom) if zoom else sheet], [(0.0, 1.0)]
    else:
        parts = [sheet, from_day(sheet, zoom)] if zoom else [sheet]
        spans = [(0.0, 0.56), (0.66, 1.0)] if zoom else [(0.0, 1.0)]
    look = layout(colours, lang, height=300 if narrow else 360, margin=_room(sheet, narrow))
    bare = {name: look.pop(name) for name in ("xaxis", "yaxis")}
    look |= {"shapes": [], "annotations": []}
    traces: list[dict[str, Any]] = []
    for number, (part, span) in enumerate(zip(parts, spans, strict=True), start=1):
        panel = Panel(
            part, colours, lang, tick_words, narrow, number, is_zoom=bool(zoom) and number == len(parts)
        )
        traces += panel.traces()
        look["shapes"] += panel.shapes()
        look["annotations"] += panel.words()
        x, y = panel.axes(bare)
        look[f"xaxis{panel.suffix}"] = x | {"domain": list(span), "anchor": f"y{panel.suffix}"}
        look[f"yaxis{panel.suffix}"] = y | {"anchor": f"x{panel.suffix}"}
    return {"data": traces, "layout": look}


def _room(sheet: Sheet, narrow: bool) -> dict[str, int]:
    names = [
        words for base in sheet.bases[-1:] for words in (base.mean_words, base.lower_words, base.upper_words)
    ]
    beside = max((len(words) for words in (*names, sheet.target_words)), default=0)
    return {
        "l": 52 if narrow else 64,
        "r": 14 if narrow else max(96, 24 + round(7.2 * beside)),
        "t": 30,
        "b": 46,
    }
