"""An item of an optional survey scale, as a file's reader must know it: its code, its answers, and whose it is."""

from dataclasses import dataclass

from schemas.headers import plain
from schemas.text import Text

DUST = 1e-6  # what binary arithmetic leaves between two steps


def code_of(value: object) -> str:
    """Return a missing code as it is compared: 99, "99" and "99,0" are the same."""
    text = str(value).strip().casefold()
    try:
        return f"{float(text.replace(',', '.')):g}"
    except ValueError:
        return text


def is_answer(value: float, low: float, high: float, step: float) -> bool:
    """Say whether a number is low, low + step, … or high."""
    steps = (value - low) / step
    return low <= value <= high and abs(steps - round(steps)) < DUST


@dataclass(frozen=True)
class ScaleItem:
    """One question of a declared scale: answers ``low``, ``low + step`` … ``high``.

    ``right`` is what the town says of its right to use the scale; without it no answer to the item enters.
    """

    code: str
    label: Text | None
    scale: str
    scale_label: Text
    low: float
    high: float
    step: float = 1.0
    missing_codes: frozenset[str] = frozenset()
    licence: Text | None = None
    right: Text | None = None

    def is_called(self, title: str) -> bool:
        """Say whether a column's title is the item's code, or its label in either language."""
        return plain(title) in {plain(name) for name in (self.code, *(self.label or ()))} - {""}

    @property
    def answers(self) -> tuple[float, float, float, frozenset[str]]:
        """What may be answered: two scales may share an item only where this is the same."""
        return self.low, self.high, self.step, self.missing_codes
