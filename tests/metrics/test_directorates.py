"""The directorates' own KPIs, worked out a second time in pandas from the demo's files."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue

CSV = Path(__file__).resolve().parents[2] / "data" / "demo" / "csv"
DAYS = (date(2014, 12, 31), date(2015, 3, 31), date(2015, 6, 30))
MONEY = ["grant", "partner_contribution", "participation", "sponsorship"]
START = pd.Timestamp(2014, 9, 1)


def table(name: str) -> pd.DataFrame:
    frame = pd.read_csv(CSV / f"{name}.csv", low_memory=False)
    dates = [column for column in frame if column.endswith("_on") or column == "as_of"]
    return frame.assign(**{column: pd.to_datetime(frame[column]) for column in dates})


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    """The town's lines that live, with their project and partner."""
    found = table("financings").merge(table("projects"), on="project_id", suffixes=("", "_p"))
    found = found.merge(table("partners")[["partner_id", "sector"]], on="partner_id")
    return found[found.nature.isin(MONEY) & (found.project_owner == "city") & found.cancelled_on.isna()]


@pytest.fixture(scope="module")
def projects() -> pd.DataFrame:
    return table("projects")


def open_at(frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return frame[(frame.opened_on <= day) & (frame.closed_on.isna() | (frame.closed_on > day))]


def won_at(lines: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return lines[(lines.awarded_on >= START) & (lines.awarded_on <= day)]


def private_share(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    won = won_at(lines, day)
    return won[won.sector == "private"].awarded_amount.sum() / won.awarded_amount.sum()


def contracted_share(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    signed = lines[(lines.contracted_on >= START) & (lines.contracted_on <= day)]
    return signed.contracted_amount.sum() / won_at(lines, day).awarded_amount.sum()


def energy_secured_share(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    files = open_at(projects[projects.theme == "Énergie"], day)
    awarded = lines[(lines.awarded_on <= day) & lines.project_id.isin(files.project_id)]
    return (files.own_funds_amount.sum() + awarded.awarded_amount.sum()) / files.total_cost_amount.sum()


def urban_leverage(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    won = won_at(lines, day)
    won = won[won.theme == "Aménagement urbain"]
    own = projects[projects.project_id.isin(won.project_id)].own_funds_amount.sum()
    return won.awarded_amount.sum() / own


def mobility_works(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    files = open_at(projects[projects.theme == "Mobilité"], day)
    stages = table("stages")
    now = stages[
        (stages.stage == "works")
        & (stages.entered_on <= day)
        & (stages.left_on.isna() | (stages.left_on > day))
    ]
    return float(files.project_id.isin(now.project_id).sum())


def schools_decided(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    """Exits from appraisal in the last twelve months, of files that went on or that were refused: not abandoned undecided."""
    stages = table("stages").merge(projects[["project_id", "theme", "outcome"]], on="project_id")
    went_on = stages[stages.stage.isin(["financing", "contracting", "works"])].project_id
    decided = stages.project_id.isin(went_on) | (stages.outcome != "abandoned")
    own = stages[(stages.theme == "Éducation") & (stages.stage == "appraisal") & decided]
    last = own.groupby("project_id").left_on.max()
    return float(((last > day - pd.DateOffset(months=12)) & (last <= day)).sum())


def sports_cofinancing(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    won = won_at(lines, day)
    return float(won[won.theme == "Sport"].awarded_amount.sum())


def heritage_portfolio(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    return float(open_at(projects[projects.theme == "Patrimoine"], day).total_cost_amount.sum())


def women_among_managers(lines: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> float:
    staff = table("staff")
    staff = staff[(staff.as_of == staff[staff.as_of <= day].as_of.max()) & (staff.category == "A")]
    return staff[staff.sex == "F"].headcount.sum() / staff.headcount.sum()


SECOND = (
    private_share,
    contracted_share,
    energy_secured_share,
    urban_leverage,
    mobility_works,
    schools_decided,
    sports_cofinancing,
    heritage_portfolio,
    women_among_managers,
)


@pytest.mark.parametrize("second", SECOND, ids=lambda one: one.__name__)
def test_the_second_computation_agrees(
    second: object, lines: pd.DataFrame, projects: pd.DataFrame, town: Engine, catalogue: Catalogue
) -> None:
    found = readings(town, catalogue, [second.__name__], DAYS)
    assert [one.value for one in found] == [
        pytest.approx(second(lines, projects, pd.Timestamp(one.as_of))) for one in found
    ]


def test_every_directorate_s_kpi_has_its_second_computation(catalogue: Catalogue) -> None:
    own = {kpi.id for kpi in catalogue.others.values() if kpi.directorate}
    assert own == {one.__name__ for one in SECOND}
