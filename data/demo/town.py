"""What every family of rows shares: the dates, the directorates, one random stream a family."""

from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]

FIRST_DAY = date(2006, 1, 1)
DATA_DATE = date(2015, 6, 30)
REBASE_ON = date(2014, 9, 1)
NETWORK = "INVEST IN VALOMBRE"

GENERAL = "Direction générale des services"
DADI = "DADI"
FINANCE = "Finances"
PEOPLE = "Ressources humaines"
SYSTEMS = "Systèmes d'information"
LEGAL = "Affaires juridiques et citoyenneté"
PLANNING = "Urbanisme et habitat"
STREETS = "Espaces publics et environnement"
BUILDINGS = "Bâtiments et énergie"
SCHOOLS = "Éducation et enfance"
CULTURE = "Culture et patrimoine"
SPORTS = "Sports et vie associative"

DIRECTORATES = (
    GENERAL,
    DADI,
    FINANCE,
    PEOPLE,
    SYSTEMS,
    LEGAL,
    PLANNING,
    STREETS,
    BUILDINGS,
    SCHOOLS,
    CULTURE,
    SPORTS,
)

# Directorates of before: the first became part of the DADI in 2014, the second was split in 2010.
ECONOMY = "Développement économique et commerce"
TECHNICAL = "Services techniques"
TECHNICAL_SPLIT_ON = date(2010, 1, 1)

# How the survey publishes directorates: three groups, wide enough for eleven answers a cell.
DIRECTORATE_GROUPS = {
    "Ressources et pilotage": (GENERAL, DADI, FINANCE, PEOPLE, SYSTEMS, LEGAL, ECONOMY),
    "Aménagement et cadre de vie": (PLANNING, STREETS, BUILDINGS, TECHNICAL),
    "Services à la population": (SCHOOLS, CULTURE, SPORTS),
}


def stream(family: str) -> Random:
    """Return the random stream of one family of rows, so that changing one family leaves the others alone."""
    return Random(f"valombre/{family}")


def days(count: int) -> timedelta:
    """Return that many calendar days."""
    return timedelta(days=count)


def weekday(day: date) -> date:
    """Move a Saturday or a Sunday back to the Friday before: offices sign on working days."""
    return day - days(max(0, day.weekday() - 4))


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first_of_next - days(1), date(year, month + 1, 1) + days(day.day - 1))


def round_to(amount: float, step: int) -> int:
    """Round an amount of euros to a step, as estimates are."""
    return round(amount / step) * step


def split_total(weights: list[float], total: int, step: int) -> list[int]:
    """Share a total in proportion to weights, each part rounded to a step, the largest part taking the rest."""
    parts = [round_to(total * weight / sum(weights), step) for weight in weights]
    parts[parts.index(max(parts))] += total - sum(parts)
    return parts
