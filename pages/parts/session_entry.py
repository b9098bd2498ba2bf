"""A session as an animator notes it: what its form is filled with, and the row that is stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import uuid4

OF_A_PRACTICE = ("practice",)
OF_A_MOOC = ("enrolled", "completed")
REAL = frozenset({"hours", "external_cost_amount", "score_before", "score_after"})


@dataclass(frozen=True)
class Session:
    """The columns of table ``practice_sessions``. None is unknown, and not 0; ``directorate`` None is several of them."""

    session_id: str = ""
    kind: str = "practice"
    practice: str | None = None
    held_on: date | None = None
    directorate: str | None = None
    is_run_by_team: bool | None = None
    participants: int | None = None
    newcomers: int | None = None
    opinions: int | None = None
    opinions_relevant: int | None = None
    hours: float | None = None
    external_cost_amount: float | None = None
    enrolled: int | None = None
    completed: int | None = None
    score_before: float | None = None
    score_after: float | None = None

    def row(self) -> dict[str, Any]:
        """Return it as a row of the table."""
        return asdict(self)


COLUMNS = tuple(field.name for field in fields(Session))


def of_row(row: Mapping[str, Any]) -> Session:
    """Return a stored row as a Session."""
    return Session(**{name: _plain(name, row[name]) for name in COLUMNS})


def _plain(name: str, cell: Any) -> Any:
    return float(cell) if name in REAL and cell is not None else cell


def blank(held_on: date | None, last: Session | None = None, practice: str = "", scope: str = "") -> Session:
    """Return what a new form starts with: what the last session noted had, what the address asks for, and no count."""
    kind = "practice" if practice or last is None else last.kind
    return Session(
        session_id=uuid4().hex[:12],  # given now: sent twice, it is one row
        kind=kind,
        practice=practice or (last.practice if last and kind == last.kind else None),
        held_on=held_on,
        directorate=scope or (last.directorate if last else None),
        is_run_by_team=last.is_run_by_team if last else None,
        external_cost_amount=0.0,
    )


def filled(start: Session, given: Mapping[str, Any]) -> Session:
    """Return ``start`` with what the form gives; what belongs to another kind of session is forgotten with the kind."""
    found = replace(start, **given)
    if found.kind == start.kind:
        return found
    gone = {"practice": OF_A_MOOC, "mooc": OF_A_PRACTICE}.get(found.kind, (*OF_A_PRACTICE, *OF_A_MOOC))
    nothing: dict[str, Any] = dict.fromkeys(gone)
    return replace(found, **nothing)
