"""Which directorates there are at a date: those of the staff count in force. One that is no more is not a directorate at zero."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from metrics.perengine import per_engine
from metrics.reading import Reading


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@per_engine
def existing(engine: Engine, as_of: date) -> frozenset[str] | None:
    """Return the directorates of the staff count in force at a date; None where there is none: nobody knows."""
    count = (
        "SELECT DISTINCT directorate FROM staff WHERE as_of = (SELECT MAX(as_of) FROM staff WHERE as_of <= ?)"
    )
    found = frozenset(name for (name,) in engine.rows(count, [as_of]) if name)
    return found or None


def without_ceased(engine: Engine, found: Sequence[Reading], dimension: str) -> list[Reading]:
    """Return readings by directorate without those of directorates that do not exist at their date and have no row (n)."""
    there = {day: existing(engine, day) for day in {one.as_of for one in found}}

    def stands(one: Reading) -> bool:
        names, name = there[one.as_of], one.scope.get(dimension)
        return bool(one.n) or names is None or name is None or name in names

    return [one for one in found if stands(one)]
