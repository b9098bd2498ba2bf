"""Small files in the product's own format, and stores to put them in."""

from pathlib import Path

from data.access import Actor
from data.store import Store

ADMIN = Actor("test", "admin")
File = tuple[str, bytes]

PARTNERS = (
    "partners.csv",
    b"partner_id,name,kind,sector,joined_on\nA,Alpha,state,public,2010-01-05\nB,Beta,region,public,2011-02-01\n",
)
PROJECT_HEADER = "project_id,title,objective,lead_directorate,opened_on,total_cost_amount,own_funds_amount"


def csv(table: str, header: str, *rows: str, name: str | None = None) -> File:
    """Return a CSV file of that table."""
    return name or f"{table}.csv", "\n".join([header, *rows, ""]).encode()


def projects(*rows: str, name: str = "projects.csv") -> File:
    """Return a file of projects: "P1,5000" gives the project P1, opened 2012-01-01, that costs 5 000."""
    full = [f"{one.split(',')[0]},Titre,F1,DADI,2012-01-01,{one.split(',')[1]},1000" for one in rows]
    return csv("projects", PROJECT_HEADER, *full, name=name)


def interactions(*rows: str, name: str = "interactions.csv") -> File:
    """Return a file of interactions (a table without key): "A,2012-01-01,meeting"."""
    return csv("interactions", "partner_id,held_on,kind", *rows, name=name)


def budgets(*rows: str, name: str = "budgets.csv") -> File:
    """Return a file of budgets: "2014,10" gives the year's population."""
    return csv("budgets", "year,population", *rows, name=name)


def store_at(folder: Path) -> Store:
    """Return a store of its own."""
    return Store(folder / "town.duckdb")


def content(store: Store) -> str | None:
    """Return the content's fingerprint of a store that must be sound."""
    told = store.verify(ADMIN)
    assert told.ok, told.problems
    return told.content_sha256
