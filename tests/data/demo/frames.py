"""The demo's CSV files as frames, read here without the product's readers."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from schemas.columns import Column
from schemas.frames import conform
from schemas.tables import TABLES

FOLDER = Path(__file__).resolve().parents[3] / "data" / "demo" / "csv"
T = pd.Timestamp("2015-06-30")
YEAR_AGO = pd.Timestamp("2014-06-30")
REBASE_ON = pd.Timestamp("2014-09-01")
TEN = [f"P{number:03}" for number in range(1, 11)]


def _value(column: Column, cell: str) -> Any:
    if cell == "":
        return None
    if column.kind == "boolean":
        return {"true": True, "false": False}[cell]
    if column.kind == "date":
        return pd.Timestamp(date.fromisoformat(cell))
    if column.kind == "integer":
        return int(cell)
    return float(cell) if column.kind in ("number", "ratio", "amount") else cell


@cache
def table(name: str) -> pd.DataFrame:
    """Return a table of the demo, in the dtypes that the schemas declare."""
    raw = pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
    assert list(raw.columns) == [column.name for column in TABLES[name].columns]
    parsed = {
        column.name: pd.Series([_value(column, cell) for cell in raw[column.name]], dtype="object")
        for column in TABLES[name].columns
    }
    return conform(name, pd.DataFrame(parsed))


def open_on(day: pd.Timestamp) -> pd.DataFrame:
    """Return the projects that are open at the end of a day."""
    projects = table("projects")
    return projects[(projects.opened_on <= day) & ~(projects.closed_on <= day)]


def won(day: pd.Timestamp = T) -> pd.DataFrame:
    """Return the lines awarded since the change date, by a day, with their partner's kind and sector."""
    lines = table("financings").merge(table("partners")[["partner_id", "kind", "sector"]], on="partner_id")
    nature = lines.nature.isin(["grant", "partner_contribution", "participation", "sponsorship"])
    kept = nature & lines.cancelled_on.isna() & lines.awarded_on.between(REBASE_ON, day)
    return lines[kept]


def plans(day: pd.Timestamp = T) -> pd.DataFrame:
    """Return the projects with at least one line won by a day."""
    projects = table("projects")
    return projects[projects.project_id.isin(won(day).project_id)]


def decisions() -> pd.DataFrame:
    """Return each file's first entry into appraisal and its decision: the exit that no suspension follows."""
    rows = table("stages").sort_values(["project_id", "entered_on"])
    rows["next_stage"] = rows.groupby("project_id").stage.shift(-1)
    appraisal = rows[rows.stage == "appraisal"]
    entered = appraisal.groupby("project_id").entered_on.min()
    exits = appraisal[appraisal.next_stage != "suspended"].set_index("project_id").left_on
    return pd.DataFrame({"entered_on": entered, "decided_on": exits})


def survival(entered: pd.Series, decided: pd.Series, at: pd.Timestamp = T) -> pd.Series:
    """Return Kaplan-Meier's S by day: decided files are events, the others are censored at a day."""
    event = decided.notna() & (decided <= at)
    days = (decided.where(event, at) - entered).dt.days
    left, curve = 1.0, {}
    for day in sorted(days[event].unique()):
        left *= 1 - ((days == day) & event).sum() / (days >= day).sum()
        curve[day] = left
    return pd.Series(curve)


def quantile(curve: pd.Series, q: float) -> float:
    """Return the first day on which S is 1 - q or less; NaN when it is not reached."""
    reached = curve[curve <= 1 - q + 1e-12]
    return float(reached.index[0]) if len(reached) else float("nan")
