"""One moment to compare with another: an engine (live, or a sealed week's), the definitions, a date and a scope.

``known`` is the number of the last import that was known then; None: all that the engine holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from metrics import moment
from metrics.dates import is_month_end
from metrics.definitions import Catalogue
from metrics.reading import Reading

Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class State:
    """What is compared: the data of ``engine`` as they are at ``as_of``, for the town ("") or one directorate.

    ``catalogue`` is the one that belongs to the engine, as defined or with its goals in force. ``today`` lets deadlines be
    counted from the calendar's day where the data are fresh (metrics.clock, metrics.dues); None counts from ``as_of``.
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
    """Return every KPI's reading at the state's date and scope.

    A date within a month has the variation and assurance of the last month end, kept or sealed: a control chart judges whole
    periods, and a sealed week keeps readings of its own day without them.
    """
    found = moment.readings(state.engine, state.catalogue, state.as_of, state.scope)
    if is_month_end(state.as_of):
        return found
    return {id: _marked(state, reading) for id, reading in found.items()}


def _marked(state: State, reading: Reading) -> Reading:
    """Return a reading of a day within a period with the marks of the last complete one."""
    if reading.value is None or not moment.is_kept(state.engine, state.catalogue, reading.kpi):
        return reading
    kept = moment.series(state.engine, state.catalogue, reading.kpi, state.scope, state.as_of)
    series = [one for one in kept if is_month_end(one.as_of)]
    return (
        replace(reading, variation=series[-1].variation, assurance=series[-1].assurance)
        if series
        else reading
    )
