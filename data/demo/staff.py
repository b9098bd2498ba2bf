"""The town's workforce, 640 in 2014 and 2015, and how it came to that since 2006."""

from datetime import date

from data.demo.town import (
    BUILDINGS,
    CULTURE,
    DADI,
    DIRECTORATES,
    ECONOMY,
    FINANCE,
    GENERAL,
    LEGAL,
    PEOPLE,
    PLANNING,
    SCHOOLS,
    SPORTS,
    STREETS,
    SYSTEMS,
    TECHNICAL,
    Row,
)

AS_OF = (date(2006, 1, 1), *(date(year, 12, 31) for year in range(2006, 2015)), date(2015, 6, 30))
CELLS = (("A", "F"), ("A", "M"), ("B", "F"), ("B", "M"), ("C", "F"), ("C", "M"))

# Headcount by category and sex, in the order of CELLS: A 64, B 96, C 480, of which 384 women.
NOW: dict[str, tuple[int, ...]] = {
    GENERAL: (3, 3, 3, 1, 4, 1),
    DADI: (4, 3, 0, 0, 0, 0),
    FINANCE: (3, 2, 6, 2, 9, 2),
    PEOPLE: (4, 1, 6, 1, 8, 2),
    SYSTEMS: (1, 3, 2, 5, 1, 4),
    LEGAL: (3, 2, 6, 2, 20, 4),
    PLANNING: (4, 3, 6, 4, 6, 4),
    STREETS: (1, 3, 3, 8, 22, 88),
    BUILDINGS: (1, 3, 2, 7, 28, 50),
    SCHOOLS: (5, 2, 9, 2, 163, 7),
    CULTURE: (4, 2, 10, 5, 24, 8),
    SPORTS: (2, 2, 3, 3, 8, 17),
}
# Posts before the DADI: its seven were in the economy directorate (5), in planning and in general services.
BEFORE_DADI: dict[str, tuple[int, ...]] = {
    ECONOMY: (3, 2, 1, 1, 3, 0),
    PLANNING: (4, 4, 6, 4, 6, 4),
    GENERAL: (4, 3, 3, 1, 4, 1),
    LEGAL: (3, 2, 6, 2, 19, 4),
    STREETS: (1, 3, 3, 8, 22, 87),
}
# Net change a year, from 2013 back to 2006: schools and culture grew, streets and buildings shrank.
YEARLY: dict[str, tuple[float, ...]] = {
    SCHOOLS: (0.3, 0, 0.6, 0, 4.2, 0.2),
    CULTURE: (0.2, 0, 0.5, 0.2, 0.8, 0.2),
    SYSTEMS: (0, 0.2, 0.2, 0.4, 0, 0),
    STREETS: (0, 0, 0, 0, 0, -1.4),
    BUILDINGS: (0, 0, 0, 0, -0.3, -0.8),
    LEGAL: (0.2, 0, 0.2, 0, 0.2, 0),
}
# Share of a full-time post per head: part time is commonest among women of category C.
FTE_PER_HEAD = {
    ("A", "F"): 0.95,
    ("A", "M"): 1.0,
    ("B", "F"): 0.92,
    ("B", "M"): 0.98,
    ("C", "F"): 0.86,
    ("C", "M"): 0.97,
}


def _heads(as_of: date) -> dict[str, list[int]]:
    """Return the headcount of each directorate that existed on a day."""
    if as_of.year >= 2014:
        return {name: list(NOW[name]) for name in DIRECTORATES}
    years_back = 2013 - as_of.year + (as_of.month == 1)
    heads = {name: list(cells) for name, cells in (NOW | BEFORE_DADI).items() if name != DADI}
    for name, change in YEARLY.items():
        heads[name] = [
            head - round(step * years_back) for head, step in zip(heads[name], change, strict=True)
        ]
    if as_of.year < 2010 and as_of < date(2009, 12, 31):
        streets, buildings = heads.pop(STREETS), heads.pop(BUILDINGS)
        heads[TECHNICAL] = [a + b for a, b in zip(streets, buildings, strict=True)]
    return heads


def _fte(directorate: str, cell: tuple[str, str], heads: int) -> float:
    """Return full-time equivalents; the seven of the DADI work full time."""
    return float(heads) if directorate == DADI else round(heads * FTE_PER_HEAD[cell], 1)


def staff() -> list[Row]:
    """Return the headcounts on each reference date; a cell with nobody has no row."""
    return [
        {
            "as_of": as_of,
            "directorate": directorate,
            "category": cell[0],
            "sex": cell[1],
            "headcount": heads,
            "fte": _fte(directorate, cell, heads),
        }
        for as_of in AS_OF
        for directorate, cells in _heads(as_of).items()
        for cell, heads in zip(CELLS, cells, strict=True)
        if heads
    ]


def heads_now() -> dict[str, int]:
    """Return each directorate's headcount at the data date."""
    return {name: sum(cells) for name, cells in NOW.items()}
