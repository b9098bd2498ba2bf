"""Diverging bars of an instrument's items: where each piece of a bar lies, measured from the neutral. No words, no colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from metrics.disclosure.tables import Class, Spread
from metrics.scales import Scale

STRONGEST = 3  # tones on each side of the neutral


class Neutral(NamedTuple):
    """The answers ``low``..``high`` that are neither for nor against; a point between two answers where there is none."""

    low: float
    high: float


@dataclass(frozen=True)
class Piece:
    """One class of answers: its share 0..1, where it starts (0 is the neutral's middle), its length and its tone.

    ``tone``: -3 the furthest against to 3 the furthest for, 0 neutral or on both sides; lengths of a bar sum to 1.
    """

    low: float
    high: float
    share: float
    start: float
    length: float
    tone: int


@dataclass(frozen=True)
class Bar:
    """One item: its pieces from the least answer to the best, the share of the two best answers where it is told."""

    item: str
    pieces: tuple[Piece, ...]
    top2: float | None

    @property
    def left(self) -> float:
        """How far the bar reaches left of the neutral, 0..1."""
        return max(0.0, -self.pieces[0].start) if self.pieces else 0.0

    @property
    def right(self) -> float:
        """How far the bar reaches right of the neutral, 0..1."""
        return max(0.0, self.pieces[-1].start + self.pieces[-1].length) if self.pieces else 0.0


def neutral_of(scale: Scale) -> Neutral:
    """Return a scale's neutral: between its two camps where it has a net score, else the middle of its answers."""
    if scale.net:
        against, for_ = scale.net.detractors_to, scale.net.promoters_from
        inside = [value for value in scale.values.tolist() if against < value < for_]
        return Neutral(inside[0], inside[-1]) if inside else Neutral(*[(against + for_) / 2] * 2)
    return Neutral(*[(scale.low + scale.high) / 2] * 2)


def bars(spreads: Sequence[Spread], scale: Scale) -> list[Bar]:
    """Return the bars of an instrument's items, in the order given; a reversed item's best answers lie right like the others'."""
    return [bar(spread, scale) for spread in spreads if spread.classes]


def bar(spread: Spread, scale: Scale) -> Bar:
    """Return an item's bar; shares that rounding brought off 1 are drawn in proportion."""
    is_reversed = spread.item in scale.reversed
    neutral = neutral_of(scale)
    classes = sorted(spread.classes, key=lambda one: one.low, reverse=is_reversed)
    total = sum(one.share for one in classes) or 1.0
    at = -sum(one.share / total * _against(one, neutral, scale, is_reversed) for one in classes)
    pieces = []
    for one in classes:
        length = one.share / total
        pieces.append(
            Piece(one.low, one.high, one.share, at, length, _tone(one, neutral, scale, is_reversed))
        )
        at += length
    return Bar(spread.item, tuple(pieces), spread.top2)


def extent(found: Sequence[Bar]) -> tuple[float, float]:
    """Return how far the longest bar reaches on each side: one axis for all items of an instrument."""
    return max((one.left for one in found), default=0.0), max((one.right for one in found), default=0.0)


def _values(one: Class, scale: Scale) -> list[float]:
    return [value for value in scale.values.tolist() if one.low <= value <= one.high] or [one.low]


def _against(one: Class, neutral: Neutral, scale: Scale, is_reversed: bool) -> float:
    """Return the part of a class drawn left of the neutral's middle: its answers against it, and half of the neutral ones."""
    values = _values(one, scale)
    below = sum(value < neutral.low for value in values)
    above = sum(value > neutral.high for value in values)
    between = len(values) - below - above
    return ((above if is_reversed else below) + between / 2) / len(values)


def _tone(one: Class, neutral: Neutral, scale: Scale, is_reversed: bool) -> int:
    part = _against(one, neutral, scale, is_reversed)
    if 0 < part < 1:
        return 0
    middle = (one.low + one.high) / 2
    if middle < neutral.low:
        far = (neutral.low - middle) / (neutral.low - scale.low)
    else:
        far = (middle - neutral.high) / (scale.high - neutral.high)
    strength = 1 + min(STRONGEST - 1, int(far * STRONGEST + 1e-9))
    return -strength if part == 1 else strength
