"""One moment to compare with another: an engine (live, or a sealed week's), the definitions, a date and a scope.

``known`` is the number of the last import that was known then; None: all that the engine holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from metrics import cascade, compute, stored
from metrics.definitions import Catalogue
from metrics.goals import read_goals
from metrics.perengine import per_engine
from metrics.reading import Reading

Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class State:
    """What is compared: the data of ``engine`` as they are at ``as_of``, for the town ("") or one directorate.

    ``catalogue`` is the one that belongs to the engine, as defined or with its goals in force. ``today`` lets deadlines be
    counted from the calendar's day where the data are fresh (metrics.clock); None counts from ``as_of``.
    """

    engine: Any
    catalogue: Catalogue = field(repr=False)
    as_of: date
    scope: str = ""
    today: date | None = None
    known: int | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What an answer depends on besides engine and catalogue."""
        return self.as_of, self.scope, self.today, self.known

    def of_town(self) -> "State":
        """The same moment for the whole town."""
        return replace(self, scope="") if self.scope else self


def kept_by_state(function: Callable[[State], Answer]) -> Callable[[State], Answer]:
    """Keep a function's answers as long as the state's engine, which never changes under it."""
    answers: WeakKeyDictionary[Any, dict[tuple[Any, ...], tuple[Catalogue, Answer]]] = WeakKeyDictionary()

    @wraps(function)
    def ask(state: State) -> Answer:
        known = answers.setdefault(state.engine, {})
        question = (id(state.catalogue), *state.key)
        if question not in known:  # the catalogue is kept too, so that no other one bears its number
            known[question] = (state.catalogue, function(state))
        return known[question][1]

    return ask


@kept_by_state
def readings(state: State) -> Mapping[str, Reading]:
    """Return every KPI's reading at the state's date and scope: kept ones, else computed now.

    A date within a month has the variation and assurance of the last kept date, as a day within a period has.
    """
    engine, catalogue, scope = state.engine, state.catalogue, state.scope
    dimension = compute.DIMENSION if scope else ""
    found = stored.at(engine, catalogue, state.as_of, dimension, scope)
    late = [id for id in catalogue.every if not (found and is_kept(state, id))]
    made = {id: reading for id, reading in found.items() if id not in late}
    made |= {reading.kpi: _marked(state, reading) for reading in _live(state, late)}
    return {id: cascade.careful(catalogue.every[id], reading) for id, reading in made.items()}


def is_kept(state: State, kpi: str) -> bool:
    """Say whether a KPI's kept readings were computed with the state's definition; goals in force are no other definition."""
    own = state.catalogue.every[kpi]
    if _definitions(state.engine).get(kpi) == own.fingerprint:
        return True
    goals = read_goals(state.engine)
    goal = goals.at(kpi, state.as_of, state.scope) or goals.at(kpi, state.as_of)
    return (
        goal is not None and goals.kpi_at(own, state.as_of, state.scope) == own and _same_version(state, kpi)
    )


@per_engine
def _definitions(engine: Any) -> dict[str, str]:
    return stored.definitions(engine)


@per_engine
def _versions(engine: Any) -> dict[str, int]:
    return dict(engine.rows("SELECT kpi, MAX(version) FROM readings GROUP BY kpi"))


def _same_version(state: State, kpi: str) -> bool:
    return _versions(state.engine).get(kpi) == state.catalogue.every[kpi].version


def _live(state: State, kpis: list[str]) -> list[Reading]:
    by = compute.DIMENSION if state.scope else None
    able = [id for id in kpis if by is None or by in state.catalogue.every[id].by]
    if not able:
        return []
    found = compute.readings(state.engine, state.catalogue, able, [state.as_of], by=by, ceased=True)
    return [reading for reading in found if reading.scope.get(compute.DIMENSION, "") == state.scope]


def _marked(state: State, reading: Reading) -> Reading:
    """Return a reading of a day within a period with the marks of the last complete one."""
    if reading.value is None or not is_kept(state, reading.kpi):
        return reading
    series = stored.series(
        state.engine, state.catalogue, reading.kpi, compute.DIMENSION if state.scope else "", state.scope
    )
    last = next((one for one in reversed(series) if one.as_of <= state.as_of), None)
    return replace(reading, variation=last.variation, assurance=last.assurance) if last else reading
