"""A scale of a survey: its items, the answers they may have, how these make a score. ``scaleentry`` reads one from YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schemas.text import Text


@dataclass(frozen=True)
class Item:
    """A question by its code, a column of the file; ``label`` is another title that the column may have."""

    code: str
    label: Text | None = None


@dataclass(frozen=True)
class Subscale:
    """Some items of a scale that make a score of their own, by the scale's rules; ``least`` answered ones are needed."""

    id: str
    label: Text
    items: tuple[str, ...]
    least: int


@dataclass(frozen=True)
class Net:
    """Who counts for and against in a net score: the least answer of those for, the highest of those against."""

    promoters_from: float
    detractors_to: float


@dataclass(frozen=True)
class Form:
    """How a scale stands on a questionnaire: its heading there, what is said above its items, whose words they are.

    ``is_pasted``: only words that the town pasted may be shown, its items' labels are not the questions.
    """

    title: Text | None = None
    instruction: Text | None = None
    is_pasted: bool = False


@dataclass(frozen=True)
class Scale:
    """A scale: answers ``low``, ``low + step`` … ``high`` to each item; a score is the mean or the sum of the items, mapped."""

    id: str
    label: Text
    items: tuple[Item, ...]
    low: float
    high: float
    step: float
    reversed: frozenset[str]
    subscales: tuple[Subscale, ...]
    scoring: str
    times: float | None
    to: tuple[float, float] | None
    least: int
    missing_codes: frozenset[str]
    answers: Mapping[float, Text]
    net: Net | None
    licence: Text | None
    form: Form = Form()
    right: Text | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the items, in order."""
        return tuple(item.code for item in self.items)

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The answers an item may have, rising."""
        found = self.low + self.step * np.arange(round((self.high - self.low) / self.step) + 1)
        return np.round(found, 9)

    def mapped(self, means: NDArray[np.float64], size: int) -> NDArray[np.float64]:
        """Return the scores of ``means`` of answered items on a (sub)scale of ``size`` items: x size for a sum, then the map."""
        raw = means * size if self.scoring == "sum" else means
        if self.to is None:
            return raw * (1.0 if self.times is None else self.times)
        low, high = self.to
        return low + (means - self.low) / (self.high - self.low) * (high - low)

    def score_range(self, size: int) -> tuple[float, float]:
        """Return the lowest and highest score of ``size`` items."""
        low, high = self.mapped(np.array([self.low, self.high]), size).tolist()
        return low, high
