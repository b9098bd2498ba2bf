"""What a scenario assumes where no data decide: a law with its values and their spread, always shown as an assumption."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from metrics import fields, yamlfile
from metrics.definitions import NO_WORDS, Parameter
from metrics.refusing import BadEntry
from schemas.text import Text

SHIPPED = Path(__file__).parent / "assumptions.yml"
# What each law is told by, and which of it a scenario moves: the centre.
LAWS: Mapping[str, tuple[str, ...]] = {
    "beta": ("wins", "losses"),
    "triangular": ("least", "usual", "most"),
    "lognormal": ("median", "sd"),
    "lognormal_mean": ("mean", "sd"),
    "normal": ("mean", "sd"),
}


@dataclass(frozen=True)
class Assumption:
    """One assumption; ``values`` by name as its law has them, in the unit's base. ``is_supported``: data of the store bear it out."""

    id: str
    label: Text
    law: str
    values: tuple[tuple[str, float], ...]
    unit: str
    is_supported: bool = False
    note: Text = NO_WORDS

    @property
    def given(self) -> dict[str, float]:
        """The law's values by name."""
        return dict(self.values)

    @property
    def centre(self) -> float:
        """What a scenario moves: the median of a lognormal law of delays, the mean of every other."""
        told = self.given
        if self.law == "beta":
            return told["wins"] / (told["wins"] + told["losses"])
        if self.law == "triangular":
            return sum(told.values()) / 3
        return told["median" if self.law == "lognormal" else "mean"]

    def centred(self, value: float) -> "Assumption":
        """Return the same law with another centre: a beta keeps its weight, a triangular law its width, within 0 to 1."""
        told = self.given
        if self.law == "beta":
            weight = told["wins"] + told["losses"]
            told = {"wins": weight * value, "losses": weight * (1 - value)}
        elif self.law == "triangular":
            gap = value - self.centre
            told = {name: min(max(one + gap, 0.0), 1.0) for name, one in told.items()}
        else:
            told["median" if self.law == "lognormal" else "mean"] = value
        return replace(self, values=tuple(told.items()))


def assumptions(parameters: Mapping[str, Parameter]) -> Mapping[str, Assumption]:
    """Return the assumptions by id, a scorecard's parameters in place of the shipped values."""
    return {id: _own(one, parameters) for id, one in _shipped(SHIPPED).items()}


def _own(one: Assumption, parameters: Mapping[str, Parameter]) -> Assumption:
    told = {
        name: float(own) if isinstance(own := parameters.get(f"{one.id}_{name}"), (int, float)) else value
        for name, value in one.values
    }
    return replace(one, values=tuple(told.items()))


@lru_cache(maxsize=4)
def _shipped(path: Path) -> Mapping[str, Assumption]:
    found = {}
    for id, raw in yamlfile.entries(path.read_text("utf-8")):
        if isinstance(raw, BadEntry):
            raise raw
        found[id] = _assumption(id, raw)
    return MappingProxyType(found)


def _assumption(id: str, raw: fields.Raw) -> Assumption:
    fields.known_keys(raw, ("label", "law", "values", "unit", "supported", "note"), f"{id}.")
    law = fields.choice(raw, "law", LAWS)
    told = fields.mapping(raw, "values")
    fields.known_keys(told, LAWS[law], f"{id}.values.")
    values = []
    for name in LAWS[law]:
        value = fields.number(told, name)
        if value is None:
            raise fields.missing(name)
        values.append((name, value))
    return Assumption(
        id,
        fields.words(raw, "label"),
        law,
        tuple(values),
        fields.string(raw, "unit"),
        fields.boolean(raw, "supported"),
        fields.words(raw, "note", NO_WORDS),
    )
