"""What whoever knows the questionnaire knows, an attacker included: the scales, and what one point of an answer weighs."""

from collections.abc import Iterable
from functools import cache
from math import lcm

import numpy as np
from numpy.typing import NDArray

from metrics import folders, yamlfile
from metrics.scaleentry import parse
from metrics.scales import Scale

OWN = ("who5", "qwl", "recommend")  # the scales that every wave may have
WHO5 = tuple(f"who5_{item}" for item in range(1, 6))
QWL = tuple(f"qwl_{item}" for item in range(1, 7))
WHOLE = frozenset({"who5", "recommend"})  # a score needs all items: each is answered by all who have one
FINEST = 1e-3  # steps under which means to 0.1 tell nothing of counts

# What one point of one answer weighs on 0..100. The local scale is a mean of three to six items: its steps are 25/3,
# 25/4, 25/5 and 25/6, all multiples of 25/60.
STEPS = (
    {"who5": 4.0, "qwl": 25 / 60, "recommend": 10.0} | dict.fromkeys(WHO5, 20.0) | dict.fromkeys(QWL, 25.0)
)


@cache
def shipped() -> tuple[Scale, ...]:
    """Return the scales of every wave."""
    places = [folders.SHIPPED / "scales" / f"{name}.yml" for name in OWN]
    return tuple(parse(yamlfile.document(place.read_text(encoding="utf-8"))) for place in places)


def steps_of(scales: Iterable[Scale]) -> dict[str, float]:
    """Return what one point of one answer weighs on 0..100 in each score of optional scales, their items and subscales.

    A score of m answered items is a multiple of its point / m; of every m from the least to all of them, of point / their
    least common multiple. Too fine a step is no knowledge and left out.
    """
    found: dict[str, float] = {}
    for scale in (one for one in scales if one.id not in OWN):
        point = 100 * scale.step / (scale.high - scale.low)
        found |= dict.fromkeys(scale.codes, point)
        sizes = {f"{scale.id}_{part.id}": (part.least, len(part.items)) for part in scale.subscales}
        for name, (least, most) in {**sizes, scale.id: (scale.least, len(scale.items))}.items():
            found[name] = point / lcm(*range(least, most + 1))
    return {name: step for name, step in found.items() if step >= FINEST}


def is_complete(item: str, measure: str) -> bool:
    """Say whether all answers with a measure's score answered an item of it."""
    return measure in WHOLE or measure == item


def on_hundred(scores: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Return scores of low..high on 0..100."""
    found: NDArray[np.float64] = np.clip((scores - low) * 100 / (high - low), 0.0, 100.0)
    return found
