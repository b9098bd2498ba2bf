"""How the cells of a view read: titles and labels are the tables' own, numbers and dates the language's."""

from datetime import date, datetime
from functools import cache

from metrics.columns import noun
from pages.texts import language, numbers, t, units
from schemas.columns import Column
from schemas.tables import TABLES
from schemas.text import Text

# A view's column whose values are those of a table's column.
SAME_LABELS = {
    "partner_kind": "partners.kind",
    "session_kind": "practice_sessions.kind",
    "milestone_kind": "milestones.kind",
    "interaction_kind": "interactions.kind",
}
# Codes that a view makes up.
VIEW_LABELS = {
    ("part", "budget"): Text("budget de l’exercice", "the year’s budget"),
    ("part", "award"): Text("notification", "award"),
}


@cache
def _columns() -> dict[str, Column]:
    """The tables' columns by name; of several, the first table's."""
    found: dict[str, Column] = {}
    for table in TABLES.values():
        for column in table.columns:
            found.setdefault(column.name, column)
    return found


def title(name: str) -> str:
    """A column's title in the run's language."""
    return noun(name).get(language())


def dimension(name: str) -> str:
    """A breakdown's name, for a sentence: ``direction``, ``thème``."""
    words = {
        "lead_directorate": lambda: t("direction"),
        "departement": lambda: t("département"),
        "partner_kind": lambda: t("type de partenaire"),
    }
    return words[name]() if name in words else title(name).lower()


def value(name: str, cell: object) -> str:
    """A cell as a person reads it: labels for codes, dates and amounts in words, "" for the unknown."""
    if cell is None or cell != cell:  # nothing, NaN, NaT
        return ""
    if isinstance(cell, (date, datetime)):
        return short_day(cell)
    if isinstance(cell, bool):
        return t("oui") if cell else t("non")
    if isinstance(cell, (int, float)):
        return _number(name, float(cell))
    return label(name, str(cell))


def short_day(when: date) -> str:
    """A date for a table: ``30/06/2015``, the same in both languages."""
    return f"{when:%d/%m/%Y}"


def label(name: str, code: str) -> str:
    """The words of a code, the code itself where the schema has none."""
    table, _, own = SAME_LABELS.get(name, f".{name}").rpartition(".")
    column = TABLES[table].column(own) if table else _columns().get(own)
    known = (column.labels.get(code) if column else None) or VIEW_LABELS.get((name, code))
    return known.get(language()) if known else code


def is_number(name: str) -> bool:
    """Whether a column's cells stand at the right of a table."""
    column = _columns().get(name)
    return name.endswith("_amount") or bool(
        column and column.kind in ("integer", "number", "ratio", "amount")
    )


def _number(name: str, cell: float) -> str:
    if name.endswith("_amount"):
        return units.text(cell, "eur", exact=True)
    return str(int(cell)) if name == "year" else numbers.plain(cell)
