"""Seven KPIs written a second time, in pandas over the demo's CSV files, at past month ends: time travel included."""

from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from data.engine import Engine
from metrics import stored
from metrics.definitions import Catalogue

CSV = Path(__file__).resolve().parents[2] / "data" / "demo" / "csv"
REBASE = pd.Timestamp("2014-09-01")
PARTNER_MONEY = ["grant", "partner_contribution", "participation", "sponsorship"]
DAYS = [
    "2008-12-31",
    "2012-05-31",
    "2013-12-31",
    "2014-09-30",
    "2014-11-30",
    "2014-12-31",
    "2015-03-31",
    "2015-06-30",
]


@cache
def table(name: str) -> pd.DataFrame:
    """Return one of the demo's files, dates as dates."""
    frame = pd.read_csv(CSV / f"{name}.csv")
    dated = [column for column in frame.columns if column.endswith("_on")]
    return frame.assign(**{column: pd.to_datetime(frame[column]) for column in dated})


def lines(t: pd.Timestamp) -> pd.DataFrame:
    """Return the partners' money awarded to the town's own projects by t and not cancelled."""
    found = table("financings").merge(table("projects"), on="project_id")
    kept = found.nature.isin(PARTNER_MONEY) & (found.project_owner.fillna("city") == "city")
    alive = found.cancelled_on.isna() | (found.cancelled_on > t)
    return found[kept & alive & (found.awarded_on <= t)]


def open_files(t: pd.Timestamp) -> pd.DataFrame:
    projects = table("projects")
    return projects[(projects.opened_on <= t) & ~(projects.closed_on <= t)]


def leverage_awarded(t: pd.Timestamp) -> float | None:
    won = lines(t)
    won = won[won.awarded_on >= REBASE]
    own = won.drop_duplicates("project_id").own_funds_amount.sum()
    return won.awarded_amount.sum() / own if own else None


def cofinancing_raised(t: pd.Timestamp) -> float:
    found = lines(t)
    return float(found[found.awarded_on >= REBASE].awarded_amount.sum())


def secured_share(t: pd.Timestamp) -> float:
    files = open_files(t)
    awarded = lines(t).merge(files[["project_id"]], on="project_id").awarded_amount.sum()
    return float((files.own_funds_amount.sum() + awarded) / files.total_cost_amount.sum())


def active_files(t: pd.Timestamp) -> float:
    return float(len(open_files(t)))


def throughput(t: pd.Timestamp) -> float:
    """Count the files whose appraisal ended for good in the month: no suspension follows, and it was no abandonment."""
    stages = table("stages").sort_values(["project_id", "entered_on"])
    stages = stages.assign(following=stages.groupby("project_id").stage.shift(-1))
    ended = stages[(stages.stage == "appraisal") & (stages.following != "suspended") & stages.left_on.notna()]
    first = ended.groupby("project_id").left_on.min().rename("decided_on").reset_index()
    first = first.merge(table("projects")[["project_id", "outcome"]], on="project_id")
    moved = set(stages[stages.stage.isin(["financing", "contracting", "works"])].project_id)
    decided = first.project_id.isin(moved) | (first.outcome != "abandoned")
    return float((decided & (first.decided_on <= t) & (first.decided_on >= t.replace(day=1))).sum())


def partners_joined(t: pd.Timestamp) -> float:
    return float((table("partners").joined_on <= t).sum())


def raised_per_operating_euro(t: pd.Timestamp) -> float | None:
    """Divide twelve months of awards by twelve months of the DADI's cost, spread over each year's days."""
    start = t - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)
    found = lines(t)
    awarded = found[found.awarded_on > start].awarded_amount.sum()
    budgets = table("budgets").set_index("year")
    yearly = budgets.dadi_spent_amount.fillna(budgets.dadi_voted_amount) + budgets.dadi_payroll_amount
    days = pd.date_range(start + pd.Timedelta(days=1), t)
    daily = pd.Series(days.year).map(yearly) / pd.Series(days.is_leap_year).map({True: 366, False: 365})
    return None if daily.isna().any() else float(awarded / daily.sum())


ORACLES = {
    one.__name__: one
    for one in (
        *(leverage_awarded, cofinancing_raised, secured_share, active_files, throughput, partners_joined),
        raised_per_operating_euro,
    )
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kpi", ORACLES)
def test_the_reading_is_what_pandas_finds(kpi: str, day: str, town: Engine, catalogue: Catalogue) -> None:
    found = stored.at(town, catalogue, date.fromisoformat(day))[kpi].value
    expected = ORACLES[kpi](pd.Timestamp(day))
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("kpi", ORACLES)
def test_the_days_tell_different_things(kpi: str) -> None:
    assert len({ORACLES[kpi](pd.Timestamp(day)) for day in DAYS}) >= 3


def test_what_is_known_later_does_not_move_the_past(town: Engine, catalogue: Catalogue) -> None:
    """Sums of today's awards would give 15 M€ at every date; at the end of 2014 only 4 had been won."""
    assert stored.at(town, catalogue, date(2014, 12, 31))["cofinancing_raised"].value == 4_000_000
    assert (
        float(lines(pd.Timestamp("2015-06-30")).query("awarded_on >= @REBASE").awarded_amount.sum())
        == 15_000_000
    )
