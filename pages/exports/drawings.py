"""Bullet bar, sparkline and trend as SVG for files: black on white, no word inside; each comes with the words that replace it."""

from collections.abc import Sequence

from pages.charts.small import runs
from pages.exports.model import Figure
from pages.texts import t, units

INK, GROUND, BAND, ACCENT, PAPER, HAIR = "#16202b", "#e9ecee", "#c9ced3", "#1f3f8f", "#ffffff", "#dadde0"
SLOTS = 24

Drawing = dict[str, str]


def _svg(width: float, height: float, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}">{body}</svg>'
    )


def bullet(one: Figure, width: float = 322, height: float = 12) -> Drawing | None:
    """The bar of a value on its axis: target tick, band behind, interval inside; None where none is drawn."""
    if one.axis is None or one.value is None:
        return None
    base, top = one.axis
    extent = (top - base) or 1.0

    def at(value: float) -> float:
        return max(0.0, min(1.0, (value - base) / extent)) * width

    middle = height / 2
    parts = [f'<rect width="{width:g}" height="{height:g}" fill="{GROUND}"/>']
    if one.band:
        left, right = at(one.band[0]), at(one.band[1])
        parts.append(f'<rect x="{left:.1f}" width="{right - left:.1f}" height="{height:g}" fill="{BAND}"/>')
    parts.append(
        f'<rect y="{height / 4:g}" width="{at(one.value):.1f}" height="{height / 2:g}" fill="{INK}"/>'
    )
    if one.low is not None and one.high is not None:
        low, high, here = at(one.low), at(one.high), at(one.value)
        parts.append(_line(low, min(here, high), middle, PAPER) if low < here else "")
        parts.append(_line(max(here, low), high, middle, INK) if high > here else "")
    if one.target is not None:
        parts.append(f'<rect x="{at(one.target) - 1.5:.1f}" width="3" height="{height:g}" fill="{ACCENT}"/>')
    words = t("{value}, cible {target}", value=one.text, target=one.target_text)
    return {"svg": _svg(width, height, "".join(parts)), "alt": f"{one.label}, {words}"}


def _line(start: float, end: float, y: float, colour: str) -> str:
    return f'<path d="M{start:.1f} {y:g}H{end:.1f}" stroke="{colour}" stroke-width="1.6"/>'


def sparkline(one: Figure, width: float = 132, height: float = 40) -> Drawing | None:
    """The last 24 months; gaps stay empty. None where fewer than two values are known."""
    if not one.spark_words:
        return None
    pad = 5.0
    step = (width - 2 * pad) / (SLOTS - 1)
    placed = [(pad + slot * step, value) for slot, value in one.spark]
    body = _curve(placed, height, pad, 2.6)
    return {"svg": _svg(width, height, body), "alt": f"{one.label}. {one.spark_words}"}


def _curve(points: Sequence[tuple[float, float | None]], height: float, pad: float, stroke: float) -> str:
    """The same with values on the drawing's height, the least at the bottom."""
    known = [value for _, value in points if value is not None]
    low, high = min(known), max(known)

    def y(value: float) -> float:
        return height / 2 if high == low else height - pad - (value - low) / (high - low) * (height - 2 * pad)

    return _drawn([(x, None if value is None else y(value)) for x, value in points], stroke)


def _drawn(points: Sequence[tuple[float, float | None]], stroke: float = 2.0) -> str:
    """A line through known places, dots where one stands alone, and a disc at the last one."""
    path, lonely, last = runs(points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{stroke * 0.7:g}" fill="{INK}"/>' for x, y in lonely]
    end = f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="{stroke * 1.6:g}" fill="{INK}"/>'
    line = (
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="{stroke:g}" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
    )
    return f"{line}{''.join(dots)}{end}"


def trend(one: Figure, width: float = 330, height: float = 84) -> Drawing | None:
    """All kept values by date, with the target as a dotted line; None where fewer than two are known."""
    known = [(day, value) for day, value in one.series if value is not None]
    if len(known) < 2:
        return None
    first, last = known[0][0], known[-1][0]
    span, pad = max((last - first).days, 1), 7.0
    aims = [one.target] if one.axis is not None and one.target is not None else []
    low, high = min([v for _, v in known] + aims), max([v for _, v in known] + aims)

    def x(days: int) -> float:
        return pad + days / span * (width - 2 * pad)

    def y(value: float) -> float:
        return height / 2 if high == low else height - pad - (value - low) / (high - low) * (height - 2 * pad)

    inside = [(day, value) for day, value in one.series if first <= day <= last]
    points = [(x((day - first).days), None if value is None else y(value)) for day, value in inside]
    parts = [f'<path d="M0 {height - 0.5:g}H{width:g}" stroke="{HAIR}"/>']
    parts += [
        f'<path d="M{pad:g} {y(aim):.1f}H{width - pad:g}" stroke="{ACCENT}" stroke-width="1.4" stroke-dasharray="2 4"/>'
        for aim in aims
    ]
    words = t("de {start} à {end}", start=_said(one, known[0][1]), end=_said(one, known[-1][1]))
    return {"svg": _svg(width, height, "".join([*parts, _drawn(points)])), "alt": f"{one.label}, {words}"}


def _said(one: Figure, value: float) -> str:
    return units.text(value, one.unit)
