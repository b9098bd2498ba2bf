"""The ten funded files P001 to P010: their plans, to the euro, and their way through the stages."""

from datetime import date

from data.demo.grants import (
    AGGLOMERATION,
    BANK,
    CPER,
    DEPARTMENT,
    ENERGY,
    FEDER,
    FNADT,
    HERITAGE,
    REGION,
    TRADE,
    Funder,
    advance_rate,
    award,
    contract,
    investor,
    payment,
    request,
    sponsor,
)
from data.demo.projects import project
from data.demo.timeline import spells
from data.demo.titles import Subject
from data.demo.town import BUILDINGS, CULTURE, DADI, PEOPLE, PLANNING, SCHOOLS, SPORTS, STREETS, SYSTEMS, Row

REQUESTED_PER_AWARDED = 1.2

# id | title | theme | objective | lead | partners | cost k€ | own k€ | FTE
FILES = f"""
P001|Pôle d'échanges gare|Mobilité|F1|{STREETS}|{PLANNING};{DADI}|3000|600|1.2
P002|Friche industrielle reconvertie|Aménagement urbain|U2|{DADI}|{PLANNING}|4000|400|1.0
P003|Monument protégé|Patrimoine|U1|{CULTURE}|{BUILDINGS}|1100|150|0.4
P004|Groupe scolaire, rénovation thermique|Énergie|F2|{BUILDINGS}|{SCHOOLS}|3000|700|0.9
P005|Tiers-lieu et coworking|Aménagement urbain|A1|{DADI}|{SYSTEMS}|800|100|0.3
P006|Cœur de ville commerçant|Aménagement urbain|U2|{PLANNING}|{DADI};{STREETS}|1600|250|0.6
P007|Équipement sportif|Sport|U1|{SPORTS}|{BUILDINGS}|1700|400|0.7
P008|Berges de la rivière|Aménagement urbain|U1|{STREETS}||900|200|0.4
P009|Plateforme MOOC et innovation|Innovation|A3|{DADI}|{PEOPLE}|120|20|0.2
P010|Démonstrateur énergie|Énergie|F1|{BUILDINGS}|{DADI}|1780|180|0.8
"""

# id | appraisal | financing | contracting | works entered on (none: still contracting) | works_started_on
STAGES = """
P001|2013-01-14|2013-10-18|2014-09-29|2014-12-08|2014-12-08
P002|2013-02-11|2013-11-22|2015-03-23||2015-04-20
P003|2013-04-08|2013-12-06|2015-03-27|2015-04-27|2015-04-13
P004|2013-03-18|2013-11-29|2015-02-13|2015-03-16|2015-03-02
P005|2013-06-03|2014-01-24|2015-04-10|2015-05-18|2015-05-04
P006|2013-05-13|2014-02-07|2015-05-01|2015-06-08|2015-05-26
P007|2013-04-22|2014-01-10|2015-02-27|2015-03-23|2015-03-09
P008|2013-07-08|2014-03-14|2015-05-08|2015-06-08|2015-06-01
P009|2013-11-04|2014-05-23|2015-03-06|2015-03-23|2015-03-16
P010|2013-09-16|2014-06-20|2015-06-05||2015-06-15
"""

FUNDERS: dict[str, Funder] = {
    "R": REGION,
    "D": DEPARTMENT,
    "E": FEDER,
    "CPER": CPER,
    "FNADT": FNADT,
    "DRAC": HERITAGE,
    "FISAC": TRADE,
    "ENR": ENERGY,
    "CDC": BANK,
    "AGGLO": AGGLOMERATION,
    "I1": investor("PRI-FONCIERE"),
    "I2": investor("PRI-BUREAUX"),
    "I3": investor("PRI-COMMERCE"),
    "I4": investor("PRI-ENERGIE"),
    "M1": sponsor("FON-PATRIMOINE"),
    "M2": sponsor("FON-INITIATIVE"),
    "M3": sponsor("FON-COMMERCE"),
    "M4": sponsor("FON-SPORT"),
    "M5": sponsor("FON-NUMERIQUE"),
    "M6": sponsor("FON-CLIMAT"),
}

# project | funder | awarded k€ | requested on | awarded on | contracted on | advance on | interim k€ | interim on
AWARDS = """
P001|R|1000|2014-01-20|2014-09-12|2014-10-24|2014-12-18|500|2015-04-16
P001|CPER|800|2014-02-03|2014-09-19|2014-11-14|2015-01-22|400|2015-05-21
P001|D|600|2014-02-17|2014-09-26|2014-11-28|2015-01-15|300|2015-05-28
P002|R|450|2014-03-24|2014-12-11|2015-04-02|2015-05-12
P002|E|600|2014-10-06|2015-03-19|2015-05-22
P002|FNADT|350|2014-09-22|2015-02-26|2015-04-09|2015-05-28
P002|I1|2200|2014-11-17|2015-06-18
P003|DRAC|450|2014-03-10|2015-01-29|2015-03-30|2015-04-30
P003|R|200|2014-05-19|2015-02-19|2015-04-02|2015-05-07
P003|D|200|2014-06-02|2015-03-05|2015-04-10|2015-05-12
P003|M1|100|2014-10-13|2015-03-26|2015-04-09|2015-04-24
P004|R|1150|2014-02-24|2014-10-17|2015-02-13|2015-03-12|300|2015-05-29
P004|FNADT|700|2014-05-12|2015-01-22|2015-02-20|2015-03-26
P004|D|450|2014-05-26|2015-02-12|2015-02-27|2015-03-19|150|2015-06-11
P005|E|200|2014-09-15|2015-02-05|2015-04-17
P005|R|100|2014-06-16|2015-02-19|2015-04-17|2015-05-21
P005|I2|300|2014-12-08|2015-03-31|2015-04-24|2015-05-07
P005|M2|100|2015-01-12|2015-04-09|2015-04-30|2015-05-13
P006|R|350|2014-06-30|2015-03-12|2015-05-07|2015-06-04
P006|FISAC|300|2014-07-21|2015-03-26|2015-05-13|2015-06-11
P006|D|200|2014-09-08|2015-04-09|2015-05-13|2015-06-09
P006|I3|300|2015-01-19|2015-04-23|2015-05-21|2015-06-02
P006|M3|200|2015-01-26|2015-04-30|2015-05-21|2015-06-05
P007|D|500|2014-04-14|2015-01-15|2015-03-05|2015-03-24|225|2015-06-16
P007|R|450|2014-04-28|2015-01-22|2015-03-05|2015-03-31|225|2015-06-18
P007|FNADT|250|2014-06-23|2015-02-05|2015-03-12|2015-04-14
P007|M4|100|2014-11-24|2015-02-26|2015-03-13|2015-03-20
P008|E|400|2014-09-29|2015-04-16|2015-06-12
P008|R|150|2014-10-20|2015-04-30|2015-05-28|2015-06-16
P008|D|150|2014-10-27|2015-05-07|2015-06-04|2015-06-23
P009|E|60|2014-10-13|2015-02-12|2015-03-13
P009|M5|40|2014-12-15|2015-03-05|2015-03-13|2015-03-20
P010|E|240|2014-11-03|2015-05-13|2015-06-19
P010|ENR|150|2014-12-01|2015-05-21|2015-06-12|2015-06-25
P010|R|50|2014-12-08|2015-05-28|2015-06-12|2015-06-23
P010|I4|800|2015-02-09|2015-06-25
P010|M6|360|2015-02-23|2015-06-04|2015-06-12|2015-06-18
"""

# project | funder | requested k€ | requested on | refused on: 8.0 M€ in all
REFUSALS = """
P001|E|1400|2014-03-17|2014-11-20
P001|AGGLO|660|2014-04-07|2014-10-09
P002|CDC|1000|2014-09-08|2015-01-30
P002|D|900|2014-06-10|2014-12-05
P003|E|300|2014-10-20|2015-03-12
P004|E|1100|2014-06-05|2014-12-18
P004|CDC|500|2014-07-10|2014-11-27
P005|FNADT|250|2014-10-06|2015-02-13
P006|E|600|2014-10-27|2015-05-07
P007|E|450|2014-07-03|2015-01-08
P008|FNADT|400|2014-11-10|2015-04-03
P009|R|40|2014-09-22|2015-02-06
P010|D|400|2015-01-12|2015-06-11
"""


def _cells(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


def _k(text: str) -> int:
    return int(text) * 1000


def _stage_dates(project_id: str) -> tuple[list[date], date]:
    cells = next(cells for cells in _cells(STAGES) if cells[0] == project_id)
    return [date.fromisoformat(cell) for cell in cells[1:5] if cell], date.fromisoformat(cells[5])


def ten_projects() -> list[Row]:
    """Return the ten funded projects."""
    rows = []
    for project_id, title, theme, objective, lead, partners, cost, own, fte in _cells(FILES):
        entries, works = _stage_dates(project_id)
        row = project(project_id, Subject(title, theme, lead, objective), entries[0], _k(cost), _k(own))
        row |= {"partner_directorates": partners or None, "planned_fte": float(fte), "vat_rate": 0.2}
        row |= {"start_year": 2015, "end_year": 2016, "works_started_on": works}
        rows.append(row)
    _derogate(rows[2])
    return rows


def _derogate(monument: Row) -> None:
    reference = "Arrêté préfectoral du 12 mai 2014, monument protégé"
    monument |= {"has_derogation": True, "derogation_reference": reference}


def ten_stages() -> list[Row]:
    """Return the stages of the ten projects, the last one open."""
    return [row for cells in _cells(FILES) for row in spells(cells[0], _stage_dates(cells[0])[0], None)]


def _awarded_line(number: int, cells: list[str]) -> Row:
    project_id, funder, awarded, requested_on, awarded_on, *rest = cells
    asked = round(_k(awarded) * REQUESTED_PER_AWARDED)
    line = request(
        f"{project_id}-F{number:02}", project_id, FUNDERS[funder], asked, date.fromisoformat(requested_on)
    )
    line = award(line, _k(awarded), date.fromisoformat(awarded_on))
    return contract(line, date.fromisoformat(rest[0])) if rest else line


def _paid(line: Row, rest: list[str]) -> list[Row]:
    """Pay what the cells after the contract's date say: an advance, then an interim."""
    paid = []
    if len(rest) > 1:
        amount = round(line["awarded_amount"] * advance_rate(line))
        paid.append(payment(line, date.fromisoformat(rest[1]), amount, "advance"))
    if len(rest) > 2:
        paid.append(payment(line, date.fromisoformat(rest[3]), _k(rest[2]), "interim"))
    return paid


def ten_plans() -> tuple[list[Row], list[Row]]:
    """Return the 37 awarded lines and the 13 refused ones of the ten projects, and their payments."""
    lines, payments, numbers = [], [], dict.fromkeys((cells[0] for cells in _cells(FILES)), 0)
    for cells in _cells(AWARDS):
        numbers[cells[0]] += 1
        line = _awarded_line(numbers[cells[0]], cells)
        lines.append(line)
        payments += _paid(line, cells[5:])
    for project_id, funder, asked, requested_on, refused_on in _cells(REFUSALS):
        numbers[project_id] += 1
        line_id = f"{project_id}-F{numbers[project_id]:02}"
        line = request(line_id, project_id, FUNDERS[funder], _k(asked), date.fromisoformat(requested_on))
        lines.append(line | {"refused_on": date.fromisoformat(refused_on)})
    return lines, payments
