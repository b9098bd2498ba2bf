"""What a staff survey may tell: closed lists of tables per wave, chosen, attacked and frozen before anybody reads one."""

from metrics.disclosure.answers import Answers, answers_of
from metrics.disclosure.attacking import attack
from metrics.disclosure.compare import Change, compare
from metrics.disclosure.findings import Finding
from metrics.disclosure.lookup import publish_from, results
from metrics.disclosure.publishing import RefusedList, publish
from metrics.disclosure.tables import DEFAULT_LIST, Cell, Published, Table
from metrics.disclosure.trend import Trend, trend
from metrics.disclosure.words import refusal, thin

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
