"""``python -m metrics changes SINCE UNTIL``: what changed between two dates or sealed weeks, as one JSON document or in lines."""

from collections.abc import Sequence
from typing import Any

from metrics.change import Change
from metrics.columns import table_title
from metrics.definitions import Catalogue
from metrics.states import State
from schemas.text import Text
from schemas.week import WEEK

SIGNS = {"bad": "-", "good": "+", "neutral": "="}
UNKNOWN = Text(
    "« {given} » n'est ni une date (2015-06-30) ni une semaine (2015-W28).",
    "“{given}” is neither a date (2015-06-30) nor a week (2015-W28).",
)
ORDER = Text(
    "Le premier moment doit venir avant le second.", "The first moment must come before the second one."
)
MEND = Text(
    "Que faire : python -m metrics changes 2015-05-31 2015-06-30.",
    "What to do: python -m metrics changes 2015-05-31 2015-06-30.",
)
NOTHING = Text("Rien n'a changé.", "Nothing changed.")


def parser(commands: Any) -> Any:
    """Add the command's arguments."""
    found = commands.add_parser("changes", help="Ce qui a changé entre deux dates ou deux semaines scellées.")
    found.add_argument("since", metavar="DEPUIS", help="date (AAAA-MM-JJ) ou semaine scellée (2015-W28)")
    found.add_argument("until", metavar="JUSQU_A", help="date ou semaine scellée")
    return found


def is_week(given: str) -> bool:
    """Say whether a moment is named as a week is."""
    return WEEK.fullmatch(given) is not None


def document(asked: tuple[str, str], since: State, until: State, found: Sequence[Change]) -> dict[str, Any]:
    """Return the JSON document: both moments, then what changed, the most important first."""
    moments = [
        {"as_of": state.as_of.isoformat(), "week": given if is_week(given) else None}
        for given, state in zip(asked, (since, until), strict=True)
    ]
    return {"since": moments[0], "until": moments[1], "changes": [change.as_json() for change in found]}


def lines(found: Sequence[Change], catalogue: Catalogue, lang: str) -> list[str]:
    """Return a line a change: better, worse or other, new or not, its key and name, from what to what."""
    return [_line(change, catalogue, lang) for change in found] or [NOTHING.get(lang)]


def _line(change: Change, catalogue: Catalogue, lang: str) -> str:
    marks = f"{SIGNS[change.tone]}{'*' if change.is_new else ' '}{'~' if change.is_noise else ' '}"
    values = [reading.value if reading else None for reading in (change.then, change.now)]
    moved = f"  {_shown(values[0])} -> {_shown(values[1])}" if change.now else ""
    return f"{marks} {change.key:<40} {_name(change, catalogue, lang)}{moved}".rstrip()


def _name(change: Change, catalogue: Catalogue, lang: str) -> str:
    if change.kpi in catalogue.every:
        return catalogue.every[change.kpi].label.get(lang)
    if change.table:
        return table_title(change.table).get(lang)
    return str(change.facts.get("title") or change.facts.get("name") or "")


def _shown(value: float | None) -> str:
    return "?" if value is None else f"{value:.6g}"
