"""A project's row, complete: what a file of the town always carries, and the flags that changed with the DADI."""

from datetime import date
from random import Random

from data.demo.titles import Subject
from data.demo.town import DADI, DIRECTORATES, ECONOMY, Row

# Who a directorate works with when it works with others.
NEIGHBOURS = DIRECTORATES


def project(project_id: str, subject: Subject, opened_on: date, cost: int, own: int) -> Row:
    """Return a project's row with every column; the caller fills dates, outcome and flags."""
    return {
        "project_id": project_id,
        "title": subject.title,
        "objective": subject.objective,
        "lead_directorate": subject.directorate,
        "partner_directorates": None,
        "theme": subject.theme,
        "opened_on": opened_on,
        "closed_on": None,
        "outcome": None,
        "total_cost_amount": cost,
        # The normal rate went from 19.6 % to 20 % on 1 January 2014.
        "vat_rate": 0.2 if opened_on.year >= 2014 else 0.196,
        "fctva_share": 1.0,
        "own_funds_amount": own,
        "min_own_share": 0.2,
        "has_derogation": False,
        "derogation_reference": None,
        "project_owner": "city",
        "has_charter": True,
        "has_manager": True,
        "has_milestones": True,
        "has_preliminary_study": True,
        "planned_fte": None,
        "start_year": None,
        "end_year": None,
        "requires_project_id": None,
        "works_started_on": None,
        "works_ended_on": None,
        "territory_code": None,
        "departement": None,
    }


def partners_for(rng: Random, lead: str) -> str:
    """Return one or two other directorates of today, in the form the column holds."""
    others = [name for name in NEIGHBOURS if name != lead]
    return ";".join(sorted(rng.sample(others, rng.choice((1, 1, 2)))))


def of_its_time(lead: str, closed_on: date, changed_on: date) -> str:
    """Name the DADI's ancestor on files that closed before the DADI existed; no old file is the DADI's."""
    return ECONOMY if lead == DADI and closed_on <= changed_on else lead
