"""Small drawings of scenarios: a move from the base, an amount among those of its row, what may come between two ends."""

from pages.parts.markup import Html
from pages.texts.abreast import Tone


def shift(amount: float, most: float, tone: Tone) -> Html:
    """A bar from the middle (the base) to the left or the right, ``most`` being the longest of its row. Words stand beside it."""
    share = 50 * min(1.0, abs(amount) / most) if most > 0 else 0.0
    start = 50.0 if amount > 0 else 50.0 - share
    return Html(
        '<svg class="lv-shift" width="100%" height="7" aria-hidden="true">'
        '<rect class="ground" x="0" y="3" width="100%" height="1"/>'
        f'<rect class="{tone}" x="{start:.2f}%" y="0" width="{share:.2f}%" height="7"/>'
        '<rect class="middle" x="50%" y="-2" width="1" height="11"/></svg>'
    )


def amount(value: float, low: float, high: float) -> Html:
    """A bar from zero on an axis from ``low`` to ``high`` that all of a table's cells share; owed below zero."""
    low, high = min(low, 0.0), max(high, 0.0)
    extent = (high - low) or 1.0
    zero, end = 100 * -low / extent, 100 * (value - low) / extent
    kind = "spent" if value >= 0 else "back"
    return Html(
        '<svg class="lv-shift lv-amount" width="100%" height="7" aria-hidden="true">'
        '<rect class="ground" x="0" y="3" width="100%" height="1"/>'
        f'<rect class="{kind}" x="{min(zero, end):.2f}%" y="0" width="{abs(end - zero):.2f}%" height="7"/>'
        f'<rect class="middle" x="{zero:.2f}%" y="-2" width="1" height="11"/></svg>'
    )


def reach(low: float, middle: float, high: float, least: float, most: float) -> Html:
    """A bar from ``low`` to ``high`` with a tick at the middle, on an axis from ``least`` to ``most`` that a row's cells share."""
    extent = (most - least) or 1.0
    start, tick, end = (100 * (value - least) / extent for value in (low, middle, high))
    return Html(
        '<svg class="lv-shift lv-reach" width="100%" height="7" aria-hidden="true">'
        '<rect class="ground" x="0" y="3" width="100%" height="1"/>'
        f'<rect class="neutral" x="{start:.2f}%" y="1" width="{max(end - start, 1.0):.2f}%" height="5"/>'
        f'<rect class="middle" x="{min(tick, 98.0):.2f}%" y="-2" width="2" height="11"/></svg>'
    )
