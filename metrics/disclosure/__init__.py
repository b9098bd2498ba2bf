"""What a staff survey may tell: closed lists of tables per wave, chosen, attacked and frozen before anybody reads one."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from metrics.disclosure.answers import Answers, answers_of
from metrics.disclosure.compare import Change, compare
from metrics.disclosure.lookup import publish_from, results
from metrics.disclosure.tables import DEFAULT_LIST, Cell, Published, Table
from metrics.disclosure.trend import Trend, trend
from metrics.disclosure.words import refusal, thin

if TYPE_CHECKING:
    from metrics.disclosure.attacking import attack
    from metrics.disclosure.findings import Finding
    from metrics.disclosure.publishing import RefusedList, publish

# The attack brings a solver along, which takes most of a second to load: whoever only reads lists never needs it.
LATE = {"Finding": "findings", "RefusedList": "publishing", "attack": "attacking", "publish": "publishing"}


def __getattr__(name: str) -> Any:
    """Return what is loaded when it is first asked for."""
    if name not in LATE:
        raise AttributeError(name)
    return getattr(import_module(f"metrics.disclosure.{LATE[name]}"), name)


__all__ = [
    "DEFAULT_LIST",
    "Answers",
    "Cell",
    "Change",
    "Finding",
    "Published",
    "RefusedList",
    "Table",
    "Trend",
    "answers_of",
    "attack",
    "compare",
    "publish",
    "publish_from",
    "refusal",
    "results",
    "thin",
    "trend",
]
