"""What weighs most on an outcome: each uncertain input from its P10 to its P90, the others at their median, beside rank correlations.

One input at a time misses what they do together; the rank correlations come from draws in which all move. Where the two tell
another order or another direction, that is said (domain: one-at-a-time against Spearman).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from metrics.assumptions import Assumption
from metrics.chance.expecting import expected
from metrics.chance.model import INPUTS, UNITS, Model, quantile
from metrics.chance.simulate import sample
from metrics.increments import Array

LOW, HIGH = 0.1, 0.9
DRAWS = 10_000
NOTHING = 1e-9  # relative: a bar shorter than this is none
SHORTER = 0.1  # of the longest bar: bars that differ by less have no order


@dataclass(frozen=True)
class Bar:
    """One input: its P10 and P90 in its assumption's unit, the outcome at both, and its rank correlation with the outcome.

    ``rank`` None: nothing was drawn of it. ``disagrees``: by rank it weighs more than an input with a longer bar, less than one
    with a shorter bar, or the other way round.
    """

    assumption: Assumption
    low: float
    high: float
    at_low: float
    at_high: float
    rank: float | None
    disagrees: bool = False

    @property
    def input(self) -> str:
        """The assumption's id."""
        return self.assumption.id

    @property
    def size(self) -> float:
        """What the outcome moves by from P10 to P90."""
        return self.at_high - self.at_low


@dataclass(frozen=True)
class Tornado:
    """An outcome with every input at its median (``middle``), and the inputs that move it, the longest bar first."""

    outcome: str
    unit: str
    as_of: date
    horizon: date
    middle: float
    bars: tuple[Bar, ...]
    draws: int

    @property
    def agrees(self) -> bool:
        """Say whether bars and rank correlations tell the same."""
        return not any(bar.disagrees for bar in self.bars)


def tornadoes(model: Model, draws: int = DRAWS) -> dict[str, Tornado]:
    """Return the tornado of each outcome that the data can tell; the same draws serve all."""
    middle = expected(model)
    spans = {one: (quantile(model, one, LOW), quantile(model, one, HIGH)) for one in INPUTS}
    ends = {one: tuple(expected(model, {one: value}) for value in span) for one, span in spans.items()}
    ranks = _ranks(model, draws)
    found = {}
    for outcome in model.outcomes:
        scale = NOTHING * max(abs(middle[outcome]), 1e-9)
        bars = [
            Bar(model.assumed[one], *spans[one], low[outcome], high[outcome], ranks[one][outcome])
            for one, (low, high) in ends.items()
            if abs(high[outcome] - low[outcome]) > scale
        ]
        bars.sort(key=lambda bar: -abs(bar.size))
        told = tuple(_judged(bar, bars, draws) for bar in bars)
        found[outcome] = Tornado(
            outcome, UNITS[outcome], model.as_of, model.horizon, middle[outcome], told, draws
        )
    return found


def _ranks(model: Model, draws: int) -> dict[str, dict[str, float | None]]:
    drawn = sample(model, draws)
    outcomes = {name: ranked(values) for name, values in drawn.outcomes.items()}
    return {
        one: {name: spearman(ranked(drawn.inputs[one]), there) for name, there in outcomes.items()}
        for one in INPUTS
    }


def ranked(values: Array) -> Array:
    """Return the ranks of values, ties at the mean of their places."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[places])


def spearman(first: Array, second: Array) -> float | None:
    """Return the correlation of two series of ranks; None where one of them does not vary."""
    if not (np.ptp(first) and np.ptp(second)):
        return None
    return float(np.corrcoef(first, second)[0, 1])


def _judged(bar: Bar, bars: list[Bar], draws: int) -> Bar:
    """Flag a bar whose order or direction the ranks contradict by more than three of their standard errors."""
    slack, gap = 3 / draws**0.5, SHORTER * abs(bars[0].size)
    if bar.rank is None:
        return bar
    turned = abs(bar.rank) > slack and bar.rank * bar.size < 0
    crossed = any(
        (abs(bar.size) - abs(other.size)) * (abs(bar.rank) - abs(other.rank)) < 0
        and abs(abs(bar.size) - abs(other.size)) > gap
        and abs(abs(bar.rank) - abs(other.rank)) > slack
        for other in bars
        if other.rank is not None
    )
    return Bar(**{**vars(bar), "disagrees": turned or crossed})


def as_json(found: Mapping[str, Tornado]) -> list[dict[str, Any]]:
    """Return tornadoes for a document: values in base units."""
    return [
        {
            "outcome": one.outcome,
            "unit": one.unit,
            "middle": one.middle,
            "draws": one.draws,
            "bars": [
                {
                    "input": bar.input,
                    "p10": bar.low,
                    "p90": bar.high,
                    "at_p10": bar.at_low,
                    "at_p90": bar.at_high,
                    "rank_correlation": bar.rank,
                    "disagrees": bar.disagrees,
                    "supported": bar.assumption.is_supported,
                }
                for bar in one.bars
            ],
        }
        for one in found.values()
    ]
