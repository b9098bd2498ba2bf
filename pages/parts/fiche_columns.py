"""What a view's columns are called and how their cells read: the tables' own titles and labels, and a few of the views'."""

from datetime import date, datetime
from functools import cache

from pages.parts import numbers, units
from pages.texts import language, t
from schemas.columns import Column
from schemas.tables import TABLES
from schemas.text import Text

# Names that only views know. Measures bear the name of the amount they copy where there is one.
VIEW_TITLES: dict[str, Text] = {
    "title": Text("Intitulé", "Title"),
    "name": Text("Nom", "Name"),
    "partner": Text("Partenaire", "Partner"),
    "partner_kind": Text("Type de partenaire", "Kind of partner"),
    "sector": Text("Secteur", "Sector"),
    "partner_awarded_amount": Text("Montant notifié", "Awarded amount"),
    "own_funds_amount": Text("Fonds propres", "Own funds"),
    "opened_on": Text("Ouvert le", "Opened on"),
    "closed_on": Text("Clos le", "Closed on"),
    "decided_on": Text("Décidé le", "Decided on"),
    "ended_on": Text("Abandonné le", "Abandoned on"),
    "counted_on": Text("Compté le", "Counted on"),
    "spent_on": Text("Dépensé le", "Spent on"),
    "starts_on": Text("Début", "Start"),
    "part": Text("Part", "Part"),
    "year": Text("Année", "Year"),
    "plan_cost_amount": Text("Coût du plan", "Plan cost"),
    "portfolio_cost_amount": Text("Coût au portefeuille", "Portfolio cost"),
    "own_capacity_amount": Text("Capacité propre", "Own capacity"),
    "credits_amount": Text("Crédits", "Credits"),
    "cost_amount": Text("Coût", "Cost"),
    "gross_savings_amount": Text("Épargne brute", "Gross savings"),
    "positive_savings_amount": Text("Épargne brute positive", "Positive gross savings"),
    "means_gap": Text("Écart de moyens", "Gap in means"),
    "departement": Text("Département", "Département"),
}
# A view's column whose values are those of a table's column.
SAME_LABELS = {"partner_kind": "partners.kind"}


@cache
def _columns() -> dict[str, Column]:
    """The tables' columns by name; the first table that has a name gives its title."""
    found: dict[str, Column] = {}
    for table in TABLES.values():
        for column in table.columns:
            found.setdefault(column.name, column)
    return found


def title(name: str) -> str:
    """A column's title in the run's language; an unknown name reads as itself."""
    known = VIEW_TITLES.get(name) or (_columns()[name].title if name in _columns() else None)
    return known.get(language()) if known else name.replace("_", " ").capitalize()


def dimension(name: str) -> str:
    """A breakdown's name, for a sentence: ``direction``, ``thème``."""
    words = {
        "lead_directorate": t("direction"),
        "departement": t("département"),
        "partner_kind": t("type de partenaire"),
    }
    return words.get(name) or title(name).lower()


def value(name: str, cell: object) -> str:
    """A cell as a person reads it: labels for codes, dates and amounts in words, "" for the unknown."""
    if cell is None or cell != cell:  # nothing, NaN, NaT
        return ""
    if isinstance(cell, datetime):
        return numbers.day(cell.date())
    if isinstance(cell, date):
        return numbers.day(cell)
    if isinstance(cell, bool):
        return t("oui") if cell else t("non")
    if isinstance(cell, (int, float)):
        return _number(name, float(cell))
    return label(name, str(cell))


def label(name: str, code: str) -> str:
    """The words of a code, the code itself where the schema has none."""
    table, _, own = SAME_LABELS.get(name, f".{name}").rpartition(".")
    column = TABLES[table].column(own) if table else _columns().get(own)
    known = column.labels.get(code) if column else None
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
