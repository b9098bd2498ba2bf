"""One wave's answers as arrays, on the scale of 0 to 100. They go in here and never come out but as published figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.questions import STEPS, on_hundred, shipped, steps_of
from metrics.disclosure.tables import ATTRIBUTES, USUAL_K, Group, least_told
from metrics.scales import Scale
from metrics.scalescores import respondents, turned

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Answers:
    """The answers of a wave: ``who`` by attribute (None = not given), ``scores`` by measure on 0..100 (NaN = not answered).

    ``items``: the answers as given, by item of ``scales``, from which spreads and reliabilities are told.
    """

    wave: str
    who: Mapping[str, NDArray[np.object_]]
    scores: Mapping[str, Array]
    items: Mapping[str, Array] = field(default_factory=dict)
    scales: tuple[Scale, ...] = ()
    received: int = 0  # answers of the wave, those without any score included; 0 where it is not known

    def __post_init__(self) -> None:
        """Refuse arrays of different lengths, missing attributes and scores off the scale."""
        if set(self.who) != set(ATTRIBUTES):
            raise ValueError(f"answers have {', '.join(ATTRIBUTES)}: {sorted(self.who)}")
        if len({len(one) for one in (*self.who.values(), *self.scores.values(), *self.items.values())}) > 1:
            raise ValueError("all arrays of a wave have one length")
        for measure, values in self.scores.items():
            if np.any((values < 0) | (values > 100)):
                raise ValueError(f"{measure} is on 0..100")

    def __len__(self) -> int:
        """Return how many answers there are."""
        return len(self.who[ATTRIBUTES[0]])

    @cached_property
    def _masks(self) -> dict[tuple[str, str | None], NDArray[np.bool_]]:
        return {
            (name, value): np.array([one == value for one in given], dtype=bool)
            for name, given in self.who.items()
            for value in {None, *given}
        }

    def of(self, group: Group, measure: str) -> Array:
        """Return the scores given to a measure by the answers of a group."""
        kept = ~np.isnan(self.scores[measure])
        for pair in group:
            mask = self._masks.get(pair)
            kept = kept & mask if mask is not None else np.zeros(len(self), dtype=bool)
        return self.scores[measure][kept]

    def values(self, attribute: str) -> set[str]:
        """Return the values given for an attribute."""
        return {str(one) for one in self.who[attribute] if one is not None}

    def answered(self, measures: Iterable[str], k: int = USUAL_K) -> list[str]:
        """Return the measures that at least k of the answers have: fewer, or none, and a measure is not of this wave."""
        return [name for name in measures if np.count_nonzero(~np.isnan(self.scores[name])) >= k]

    def on_one_base(self, measures: Collection[str]) -> "Answers":
        """Return the answers that have a score of every one of these measures, so that all are counted on the same ones.

        Why: were each measure counted on whoever answered it, the difference of two counts (and of two sums) would be those
        who left one question out, often a handful. On one base that difference is nobody.
        """
        kept = np.ones(len(self), dtype=bool)
        for name in measures:
            kept &= ~np.isnan(self.scores[name])
        return self._only(kept)

    def placed(self, attributes: Iterable[str], k: int = USUAL_K) -> "Answers":
        """Return the answers without those that leave one of these attributes out, where too few do to be told as a group.

        Why: the town less its women and its men would be those few. Without them every attribute adds up to the town.
        """
        found = self
        while True:
            few = [name for name in attributes if 0 < found._silent(name).sum() < least_told(k)]
            if not few:
                return found
            found = found._only(~found._silent(few[0]))

    def _silent(self, attribute: str) -> NDArray[np.bool_]:
        return np.array([one is None for one in self.who[attribute]], dtype=bool)

    def _only(self, kept: NDArray[np.bool_]) -> "Answers":
        return replace(
            self,
            who={name: given[kept] for name, given in self.who.items()},
            scores={name: given[kept] for name, given in self.scores.items()},
            items={name: given[kept] for name, given in self.items.items()},
        )

    @property
    def steps(self) -> dict[str, float]:
        """What one point of one answer weighs on 0..100, by measure."""
        return {**STEPS, **steps_of(self.scales)}


def answers_of(
    wave: str, rows: Iterable[Mapping[str, Any]], scales: Sequence[Scale] = (), k: int = USUAL_K
) -> Answers:
    """Return the arrays of a wave's rows of ``survey_answers`` (items as answered, None or "" where they are not).

    ``scales``: optional ones beside WHO-5, QWL and recommendation; rows have their items' codes as keys. Every measure is
    counted on one base, the answers with a score of each scale (``Answers.on_one_base``); a scale that fewer than k
    answered is not of the wave and takes nobody out.
    """
    kept = list(rows)
    every = (*shipped(), *(one for one in scales if one.id not in {own.id for own in shipped()}))
    items = {code: _numbers(kept, code) for scale in every for code in scale.codes}
    scores: dict[str, Array] = {}
    for scale in every:
        scores |= _scores(scale, items)
    who = {name: _words(kept, name) for name in ATTRIBUTES}
    found = Answers(wave, who, scores, items, every, len(kept))
    return found.on_one_base(found.answered([scale.id for scale in every], k))


def _scores(scale: Scale, items: Mapping[str, Array]) -> dict[str, Array]:
    """Return the scores of a scale, of its subscales (scale_subscale) and of its items, all on 0..100, 100 the best answer."""
    matrix = turned(scale, np.stack([items[code] for code in scale.codes], axis=1))
    place = {code: at for at, code in enumerate(scale.codes)}
    found = {code: on_hundred(matrix[:, at], scale.low, scale.high) for code, at in place.items()}
    for part in scale.subscales:
        columns = matrix[:, [place[code] for code in part.items]]
        low, high = scale.score_range(len(part.items))
        found[f"{scale.id}_{part.id}"] = on_hundred(respondents(scale, columns, part.least), low, high)
    low, high = scale.score_range(len(scale.items))
    return found | {scale.id: on_hundred(respondents(scale, matrix, scale.least), low, high)}


def _numbers(rows: list[Mapping[str, Any]], name: str) -> Array:
    given = [row.get(name) for row in rows]
    return np.array([np.nan if one in (None, "") else float(str(one)) for one in given], dtype=np.float64)


def _words(rows: list[Mapping[str, Any]], name: str) -> NDArray[np.object_]:
    found = np.empty(len(rows), dtype=object)
    found[:] = [row.get(name) or None for row in rows]
    return found
