"""One wave's answers as arrays, on the scale of 0 to 100. They go in here and never come out but as published tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.tables import ATTRIBUTES, Group

WHO5 = tuple(f"who5_{item}" for item in range(1, 6))
QWL = tuple(f"qwl_{item}" for item in range(1, 7))
LEAST_QWL = 3  # items answered, of six

# What one point of one answer weighs on 0..100: known to whoever knows the questionnaire, so to an attacker too.
# The local scale is a mean of three to six items: its steps are 25/3, 25/4, 25/5 and 25/6, all multiples of 25/60.
STEPS = (
    {"who5": 4.0, "qwl": 25 / 60, "recommend": 10.0} | dict.fromkeys(WHO5, 20.0) | dict.fromkeys(QWL, 25.0)
)


@dataclass(frozen=True)
class Answers:
    """The answers of a wave: ``who`` by attribute (None = not given), ``scores`` by measure on 0..100 (NaN = not answered)."""

    wave: str
    who: Mapping[str, NDArray[np.object_]]
    scores: Mapping[str, NDArray[np.float64]]

    def __post_init__(self) -> None:
        """Refuse arrays of different lengths, missing attributes and scores off the scale."""
        if set(self.who) != set(ATTRIBUTES):
            raise ValueError(f"answers have {', '.join(ATTRIBUTES)}: {sorted(self.who)}")
        if len({len(one) for one in (*self.who.values(), *self.scores.values())}) > 1:
            raise ValueError("all arrays of a wave have one length")
        for measure, values in self.scores.items():
            if np.any((values < 0) | (values > 100)):
                raise ValueError(f"{measure} is on 0..100")

    def of(self, group: Group, measure: str) -> NDArray[np.float64]:
        """Return the scores given to a measure by the answers of a group."""
        kept = ~np.isnan(self.scores[measure])
        for name, value in group:
            kept = kept & np.array([one == value for one in self.who[name]], dtype=bool)
        return self.scores[measure][kept]

    def values(self, attribute: str) -> set[str]:
        """Return the values given for an attribute."""
        return {str(one) for one in self.who[attribute] if one is not None}


def answers_of(wave: str, rows: Iterable[Mapping[str, Any]]) -> Answers:
    """Return the arrays of a wave's rows of ``survey_answers`` (items as answered, None or "" where they are not)."""
    kept = list(rows)
    items = {name: _numbers(kept, name) for name in (*WHO5, *QWL, "recommend")}
    scores = {name: 20 * items[name] for name in WHO5}
    scores |= {name: 25 * (items[name] - 1) for name in QWL}
    scores["who5"] = sum((scores[name] for name in WHO5), np.zeros(len(kept))) / len(WHO5)
    scores["qwl"] = _mean_of([scores[name] for name in QWL], LEAST_QWL)
    scores["recommend"] = 10 * items["recommend"]
    who = {name: _words(kept, name) for name in ATTRIBUTES}
    return Answers(wave, who, scores)


def _numbers(rows: list[Mapping[str, Any]], name: str) -> NDArray[np.float64]:
    given = [row.get(name) for row in rows]
    return np.array([np.nan if one in (None, "") else float(str(one)) for one in given], dtype=np.float64)


def _words(rows: list[Mapping[str, Any]], name: str) -> NDArray[np.object_]:
    found = np.empty(len(rows), dtype=object)
    found[:] = [row.get(name) or None for row in rows]
    return found


def _mean_of(items: list[NDArray[np.float64]], least: int) -> NDArray[np.float64]:
    """Return the mean of the items answered, NaN where fewer than ``least`` are."""
    table = np.array(items)
    many = (~np.isnan(table)).sum(axis=0)
    total = np.nansum(table, axis=0)
    found: NDArray[np.float64] = np.where(many >= least, total / np.maximum(many, 1), np.nan)
    return found
