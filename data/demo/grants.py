"""How a financing line and its payments are written, and the partners that fund."""

from datetime import date
from typing import NamedTuple

from data.demo.programmes import programmes
from data.demo.town import Row, add_months, weekday

STATE_ADVANCE = 0.05
OTHER_ADVANCE = 0.30
START_WITHIN_MONTHS = 24


class Funder(NamedTuple):
    """A partner, the programme through which it funds, and in which form."""

    partner_id: str
    programme: str
    nature: str = "grant"


REGION = Funder("PUB-REGION", "Contrat régional")
DEPARTMENT = Funder("PUB-DEPARTEMENT", "Aide départementale")
FEDER = Funder("PUB-FEDER", "FEDER")
FNADT = Funder("PUB-PREFECTURE", "FNADT")
CPER = Funder("PUB-PREF-REGION", "CPER")
TRADE = Funder("PUB-DIRECCTE", "FISAC")
HERITAGE = Funder("PUB-DRAC", "Monuments historiques")
ENERGY = Funder("PUB-PREF-REGION", "Transition énergétique État")
AGGLOMERATION = Funder("PUB-AGGLO", "Fonds de concours intercommunal", "partner_contribution")
BANK = Funder("PUB-CAISSE", "Projets urbains CDC")
WATER = Funder("PUB-EAU", "Aide de l'agence de l'eau")
SPORT = Funder("PUB-SPORT", "Équipement sportif national")
STATE_FUNDERS = (FNADT, CPER, TRADE, HERITAGE, ENERGY)
STATE_PROGRAMMES = {row["programme"] for row in programmes() if row["family"] == "state_2018_514"}


def investor(partner_id: str) -> Funder:
    """Return a private investor who shares in the town's own project."""
    return Funder(partner_id, "Investisseurs privés", "participation")


def sponsor(partner_id: str) -> Funder:
    """Return a foundation that sponsors."""
    return Funder(partner_id, "Mécénat", "sponsorship")


def request(financing_id: str, project_id: str, funder: Funder, amount: int, on: date) -> Row:
    """Return a line that is only asked for: nothing is decided."""
    return {
        "financing_id": financing_id,
        "project_id": project_id,
        "partner_id": funder.partner_id,
        "programme": funder.programme,
        "nature": funder.nature,
        "requested_amount": amount,
        "requested_on": weekday(on),
        "awarded_amount": None,
        "awarded_on": None,
        "contracted_amount": None,
        "contracted_on": None,
        "refused_on": None,
        "cancelled_on": None,
        "start_deadline_on": None,
    }


def award(line: Row, amount: int, on: date) -> Row:
    """Return the line once awarded; State programmes print the date by which works must start."""
    deadline = add_months(on, START_WITHIN_MONTHS) if line["programme"] in STATE_PROGRAMMES else None
    return line | {"awarded_amount": amount, "awarded_on": on, "start_deadline_on": deadline}


def contract(line: Row, on: date) -> Row:
    """Return the line once contracted, for all that was awarded."""
    return line | {"contracted_amount": line["awarded_amount"], "contracted_on": on}


def payment(line: Row, on: date, amount: float, kind: str) -> Row:
    """Return one payment of a line."""
    return {"financing_id": line["financing_id"], "paid_on": weekday(on), "amount": amount, "kind": kind}


def advance_rate(line: Row) -> float:
    """Return the share paid in advance: none by the ERDF, 5 % by the State, 30 % by the others."""
    if line["programme"] == FEDER.programme:
        return 0.0
    return STATE_ADVANCE if line["programme"] in STATE_PROGRAMMES else OTHER_ADVANCE
