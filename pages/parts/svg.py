"""Small drawings inside the text: status marks, arrows, sparkline, bullet bar. Shapes carry the meaning, CSS the colour."""

from collections.abc import Sequence

from pages.charts.small import runs
from pages.parts.markup import Html, esc

_MARKS = {
    "on_target": '<circle cx="6" cy="6" r="5"/>',
    "watch": '<path d="M6 .8 11.8 11.2H.2Z"/>',
    "off_target": '<path d="M6 0 12 6 6 12 0 6Z"/>',
    "unknown": '<circle cx="6" cy="6" r="4" fill="none" stroke-width="2"/>',
}
_ARROWS = {
    "up": "M2 10 9.5 2.5M4 2h6v6",
    "down": "M2 2 9.5 9.5M10 4v6H4",
    "flat": "M1 6h9.5M7 2.5 10.5 6 7 9.5",
    "check": "M1.5 6.5 4.6 9.6 10.5 2.6",
    "wave": "M.8 7.6C2 3 4.4 3.4 6 6s4 3 5.2-1.6",
    "cross": "M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8",
}


def mark(status: str) -> Html:
    """A status's shape: disc, triangle, diamond, ring. The word stands beside it, so it is hidden from readers."""
    kind = status if status in _MARKS else "unknown"
    return Html(
        f'<svg class="lv-mark {kind}" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">{_MARKS[kind]}</svg>'
    )


def arrow(kind: str) -> Html:
    """An arrow ``up``, ``down`` or ``flat``, or a sign ``check``, ``wave`` or ``cross``. The word beside it says what."""
    return Html(
        f'<svg class="lv-arrow" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="{_ARROWS[kind]}"/></svg>'
    )


def sparkline(
    points: Sequence[tuple[int, float | None]], words: str, slots: int, width: int = 132, height: int = 38
) -> Html:
    """Values by slot (0 at the left, ``slots`` - 1 at the right); None leaves a gap, an absent slot does not.

    "" when fewer than two values are known.
    """
    known = [v for _, v in points if v is not None]
    if len(known) < 2:
        return Html("")
    low, high, pad = min(known), max(known), 5.0
    step = (width - 2 * pad) / (slots - 1)

    def y(v: float) -> float:
        return height / 2 if high == low else height - pad - (v - low) / (high - low) * (height - 2 * pad)

    path, lonely, end = runs([(pad + slot * step, None if v is None else y(v)) for slot, v in points])
    dots = "".join(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="1.2"/>' for cx, cy in lonely)
    return Html(
        f'<svg class="lv-spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{esc(words)}">'
        f'<path d="{path}"/>{dots}<circle cx="{end[0]:.1f}" cy="{end[1]:.1f}" r="3.5"/></svg>'
    )


def bullet(
    value: float | None,
    top: float,
    *,
    target: float | None = None,
    band: tuple[float, float] | None = None,
    low: float | None = None,
    high: float | None = None,
    base: float = 0.0,
    was: float | None = None,
    words: str = "",
) -> Html:
    """A bar from ``base`` to ``value`` on an axis that ends at ``top``; target tick, interval, band behind.

    ``was`` is where the value stands otherwise: an outline behind the bar.

    Percentages rather than a viewBox, so that strokes keep their thickness at any width.
    """
    extent = (top - base) or 1.0

    def at(v: float) -> float:
        return max(0.0, min(100.0, 100 * (v - base) / extent))

    parts = ['<rect class="ground" x="0" y="0" width="100%" height="13"/>']
    if band:
        parts.append(
            f'<rect class="band" x="{at(band[0]):.2f}%" y="0" width="{at(band[1]) - at(band[0]):.2f}%" height="13"/>'
        )
    if was is not None:
        parts.append(f'<rect class="was" x="0" y="1.5" width="{at(was):.2f}%" height="10"/>')
    if value is not None:
        parts.append(f'<rect class="bar" x="0" y="3" width="{at(value):.2f}%" height="7"/>')
        if low is not None and high is not None:
            parts += _interval(at(low), at(high), at(value))
    if target is not None:
        parts.append(
            f'<svg x="{at(target):.2f}%" overflow="visible"><rect class="target" x="-1.5" y="-1" width="3" height="15"/></svg>'
        )
    return Html(
        f'<svg class="lv-bullet" width="100%" height="13" role="img" aria-label="{esc(words)}">{"".join(parts)}</svg>'
    )


def _interval(low: float, high: float, value: float) -> list[str]:
    inside = (
        f'<line class="inside" x1="{low:.2f}%" x2="{min(value, high):.2f}%" y1="6.5" y2="6.5"/>'
        if low < value
        else ""
    )
    outside = (
        f'<line class="outside" x1="{max(value, low):.2f}%" x2="{high:.2f}%" y1="6.5" y2="6.5"/>'
        if high > value
        else ""
    )
    return [inside, outside]
