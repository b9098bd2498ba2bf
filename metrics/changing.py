"""What changed between two moments: the one list that agenda, alerts, week comparison, brief and Synthèse are made of.

A moment is a ``State``: live data at a date, or a sealed week's engine. Nothing is told twice, unknown is not zero, and what
noise alone flipped comes last. The order of importance is that of metrics/changing_weight.py.
"""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary, ref

from metrics.change import KINDS, Change
from metrics.changing_data import data_changes
from metrics.changing_decisions import decision_changes
from metrics.changing_money import money_changes
from metrics.changing_partners import partner_changes
from metrics.changing_projects import project_changes
from metrics.changing_readings import reading_changes
from metrics.corrections import correction_changes
from metrics.states import State

__all__ = ["KINDS", "Change", "State", "changes"]

Part = Callable[[State, State], list[Change]]
PARTS: tuple[Part, ...] = (
    reading_changes,
    money_changes,
    project_changes,
    partner_changes,
    data_changes,
    correction_changes,
    decision_changes,
)
_KEPT: WeakKeyDictionary[Any, dict[tuple[Any, ...], tuple[Any, ...]]] = WeakKeyDictionary()


def changes(since: State, until: State) -> tuple[Change, ...]:
    """Return what changed from ``since`` to ``until`` and what still stands at ``until``, the most important first.

    Kept for the pair of engines. A part that fails raises: half a list would be told as a whole one. Raises ValueError when
    ``since`` is after ``until`` or of another scope.
    """
    if since.as_of > until.as_of or since.scope != until.scope:
        raise ValueError("the earlier moment comes first, in the same scope")
    known = _KEPT.setdefault(until.engine, {})
    question = (id(since.engine), id(since.catalogue), since.key, id(until.catalogue), until.key)
    held = known.get(question)
    if held is None or held[0]() is not since.engine:  # a number may be another engine's by now
        found = [change for part in PARTS for change in part(since, until)]
        ranked = tuple(sorted(found, key=lambda change: (-change.weight, change.key)))
        held = known[question] = (ref(since.engine), since.catalogue, until.catalogue, ranked)
    ranked = held[3]
    return ranked
