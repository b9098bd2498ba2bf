"""Saved scenarios: a scenario under a name, the date of the data it was looked at on, and what it said then.

What is kept is the text that an address bears and the values of that day. Reopened, the same drivers move newer data: ``changes`` says
KPI by KPI what that makes different. Nothing else is stored: a saved scenario is no reading, no KPI reads it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from metrics.definitions import Parameter
from metrics.scenario import Scenario, from_text
from metrics.whatif import Comparison
from schemas.text import Text

SELECT = (
    "SELECT scenario_id, name, drivers, as_of, words, outcome, decided_by, decided_on FROM scenarios "
    "ORDER BY decided_on DESC NULLS LAST, _id DESC"
)
DIGITS = 7  # significant, as kept; from a thousand on, to the cent
STEADY = 1e-6  # relative: values nearer to each other are the same, as kept
Pair = tuple[float | None, float | None]  # without the scenario, with it


class Rows(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class Outcome:
    """What a comparison said: by KPI the values without and with the scenario, in the base unit, and the scores of the whole."""

    readings: Mapping[str, Pair] = field(default_factory=dict)
    score: Pair = (None, None)

    def as_text(self) -> str:
        """Return it as table ``scenarios`` keeps it."""
        data = {
            "score": [_short(one) for one in self.score],
            "readings": {id: [_short(one) for one in pair] for id, pair in self.readings.items()},
        }
        return json.dumps(data, separators=(",", ":"))


@dataclass(frozen=True)
class Saved:
    """One saved scenario; ``drivers`` is its text, ``outcome`` None where none was kept or it cannot be read."""

    scenario_id: str
    name: str
    drivers: str
    as_of: date
    words: str = ""
    outcome: Outcome | None = None
    decided_by: str = ""
    decided_on: date | None = None

    def scenario(self, parameters: Mapping[str, Parameter]) -> Scenario:
        """Return what it moves, under its name; what its text leaves out is as on the day it was saved. Raises BadEntry."""
        found = from_text(self.drivers, self.as_of, parameters)
        return replace(found, label=Text(self.name, self.name))


@dataclass(frozen=True)
class Change:
    """One KPI (``kpi`` "" for the score) when the scenario was saved and now: each without and with the scenario."""

    kpi: str
    then: Pair
    now: Pair

    @property
    def base(self) -> float | None:
        """How much the data alone moved it."""
        return _less(self.now[0], self.then[0])

    @property
    def scenario(self) -> float | None:
        """How much its value under the scenario moved."""
        return _less(self.now[1], self.then[1])

    @property
    def effect_then(self) -> float | None:
        """What the scenario changed when it was saved."""
        return _less(self.then[1], self.then[0])

    @property
    def effect_now(self) -> float | None:
        """What it changes now."""
        return _less(self.now[1], self.now[0])

    @property
    def has_changed(self) -> bool:
        """Say whether either side differs from what was kept."""
        return any(not _same(then, now) for then, now in zip(self.then, self.now, strict=True))


def read(engine: Rows) -> tuple[Saved, ...]:
    """Return the saved scenarios, the latest first."""
    return tuple(_saved(*row) for row in engine.rows(SELECT))


def find(engine: Rows, scenario_id: str) -> Saved | None:
    """Return one saved scenario, None for an unknown id."""
    return next((one for one in read(engine) if one.scenario_id == scenario_id), None)


def _saved(id: str, name: str, drivers: str, as_of: date, *rest: Any) -> Saved:
    words, outcome, by, on = rest
    return Saved(id, name, drivers, as_of, words or "", read_outcome(outcome or ""), by or "", on)


def read_outcome(text: str) -> Outcome | None:
    """Return what was kept, None for text that is none (the table may be filled by a file)."""
    try:
        data = json.loads(text)
        readings = {str(id): _pair(*pair) for id, pair in data["readings"].items()}
        return Outcome(readings, _pair(*data["score"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def outcome_of(found: Comparison) -> Outcome:
    """Return what a comparison says, as a saved scenario keeps it."""
    readings = {line.kpi: (line.base.value, line.scenario.value) for line in found.lines}
    return Outcome(readings, (found.base_score.score, found.scenario_score.score))


def row_of(found: Comparison, name: str, words: str = "", scenario_id: str = "") -> dict[str, Any]:
    """Return a comparison as a row of table ``scenarios`` (``Store.record``); with a known id it replaces that row.

    Its id, who saved it and when are filled in where it is stored.
    """
    own = {"scenario_id": scenario_id} if scenario_id else {}
    return own | {
        "name": name.strip(),
        "drivers": found.scenario.as_text(),
        "as_of": found.as_of,
        "words": words.strip() or None,
        "outcome": outcome_of(found).as_text(),
    }


def renamed(saved: Saved, name: str, words: str | None = None) -> dict[str, Any]:
    """Return the row that gives a saved scenario another name (and comment): what it moves and what it said stay, and who saved it."""
    return {
        "scenario_id": saved.scenario_id,
        "name": name.strip(),
        "drivers": saved.drivers,
        "as_of": saved.as_of,
        "words": (saved.words if words is None else words.strip()) or None,
        "outcome": saved.outcome.as_text() if saved.outcome else None,
        "decided_by": saved.decided_by or None,
        "decided_on": saved.decided_on,
    }


def changes(saved: Saved, now: Comparison) -> tuple[Change, ...]:
    """Return what the data since then make of the scenario: the score, then each KPI told on both days, in the order of today's.

    ``now`` is the comparison of ``saved.scenario(…)`` at the newer date. Empty where no outcome was kept.
    """
    if saved.outcome is None:
        return ()
    today = outcome_of(now)
    told = [
        Change(id, saved.outcome.readings[id], pair)
        for id, pair in today.readings.items()
        if id in saved.outcome.readings
    ]
    return (Change("", saved.outcome.score, today.score), *told)


def _pair(without: float | None, with_it: float | None) -> Pair:
    return _number(without), _number(with_it)


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _short(value: float | None) -> float | None:
    if value is None:
        return None
    return round(value, 2) if abs(value) >= 1000 else float(f"{value:.{DIGITS}g}")


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= STEADY * max(abs(one), abs(other), 1e-12)
