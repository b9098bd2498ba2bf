"""The one place that decides how a figure looks: ground, type, grid, margins, French separators."""

from calendar import monthrange
from datetime import date
from typing import Any

from pages.charts.palette import Palette

FONT = "'Source Sans 3', system-ui, sans-serif"  # quoted: a name cannot hold a bare digit
SEPARATORS = {"fr": ",\u202f", "en": ".,"}
MONTHS = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def layout(
    colours: Palette, lang: str, *, height: int, margin: dict[str, int] | None = None
) -> dict[str, Any]:
    """Return a plotly layout: transparent, 14 px, no legend; labels get their room from ``margin`` (px)."""
    return {
        "template": {"layout": {}},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 14, "color": colours.ink},
        "separators": SEPARATORS.get(lang, SEPARATORS["fr"]),
        "showlegend": False,
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, **(margin or {})},
        "hoverlabel": {
            "bgcolor": colours.paper,
            "bordercolor": colours.ink2,
            "font": {"family": FONT, "size": 14, "color": colours.ink},
        },
        "dragmode": False,
        "xaxis": _axis(colours, showgrid=False, linecolor=colours.ink2, showline=True, ticks="outside"),
        "yaxis": _axis(colours, showgrid=True, ticks="", gridcolor=colours.rule, gridwidth=1),
    }


def _axis(colours: Palette, **more: Any) -> dict[str, Any]:
    """One axis with the settings that all axes share."""
    shared = {"zeroline": False, "fixedrange": True, "tickfont": {"size": 13, "color": colours.ink2}}
    return {**shared, "tickcolor": colours.ink2, "ticklen": 4, **more}


def month_ticks(dates: list[date], lang: str, most: int = 12) -> tuple[list[str], list[str]]:
    """Return tick places (ISO dates) and words for a run of dates, oldest first.

    One date a year: the years, under their dates. Else at most about ``most`` month ends on round months (January,
    April… or January alone), the year under the first and under each change; years alone where only Januaries are left.
    """
    if len({day.year for day in dates}) == len(dates) > 1:
        chosen = dates[:: -(-len(dates) // most)]
        return [day.isoformat() for day in chosen], [str(day.year) for day in chosen]
    step = _month_step(_months_between(dates), most)
    chosen = [day for day in _month_ends(dates) if _is_round(day, step)] or dates[-1:]
    if step >= 12 and len(chosen) > 1:
        return [day.isoformat() for day in chosen], [str(day.year) for day in chosen]
    words, year = [], None
    for day in chosen:
        month = MONTHS.get(lang, MONTHS["fr"])[day.month - 1]
        words.append(f"{month}<br>{day.year}" if day.year != year else month)
        year = day.year
    return [day.isoformat() for day in chosen], words


def _month_ends(dates: list[date]) -> list[date]:
    """Every month end that the run covers; a month with dates of its own has its last one."""
    own = {(day.year, day.month): day for day in dates}
    months = range(_months(dates[0]), _months(dates[-1]) + 1) if dates else ()
    places = [(number // 12, number % 12 + 1) for number in months]
    return [own.get(place) or date(*place, monthrange(*place)[1]) for place in places]


def _months(day: date) -> int:
    """A month as a number that grows by one."""
    return day.year * 12 + day.month - 1


def _months_between(dates: list[date]) -> int:
    """How many months the run covers, both ends included; 0 for no date."""
    return _months(dates[-1]) - _months(dates[0]) + 1 if dates else 0


def _month_step(count: int, most: int) -> int:
    """The smallest round number of months between ticks that leaves at most ``most`` of them."""
    return next((step for step in (1, 2, 3, 6, 12, 24, 60) if -(-count // step) <= most), 120)


def _is_round(day: date, step: int) -> bool:
    """Whether a month carries a tick: counted from January of the year 0, so that years align."""
    return _months(day) % step == 0


def nice_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Return round values that cover ``low``..``high``, about ``wanted`` of them, both ends included."""
    span = high - low if high - low > 1e-9 * max(abs(high), abs(low)) else abs(high) or 1.0
    raw = span / max(wanted - 1, 1)
    power = 10.0 ** _floor_log10(raw)
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    first, last = int(low // step), -int(-high // step)
    digits = 2 - _floor_log10(step)
    return [round(index * step, digits) for index in range(first, max(last, first + 1) + 1)]


def under(ticks: list[float], top: float | None) -> list[float]:
    """Return the ticks of an axis that ends at ``top``, which no value exceeds, where they would pass it."""
    if top is None or ticks[-1] <= top:
        return ticks
    return (
        [top * quarter / 4 for quarter in range(5)]
        if ticks[0] == 0
        else [*(x for x in ticks if x < top), top]
    )


def _floor_log10(value: float) -> int:
    """The power of ten just below a positive number."""
    return int(f"{value:e}".split("e")[1])
