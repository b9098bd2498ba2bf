"""Facts B1 to B28 (domain.md 1.2), as far as they are data."""

import pandas as pd
import pytest

from data.demo.town import DADI, DIRECTORATES, NETWORK
from tests.data.demo.frames import (
    TEN,
    YEAR_AGO,
    T,
    decisions,
    open_on,
    plans,
    quantile,
    survival,
    table,
    won,
)
from tests.data.demo.test_sheet_a import milestone, sessions
from tests.shared import shared_file


def budget(year: int) -> pd.Series:
    return table("budgets").set_index("year").loc[year]


def capacity(year: int) -> float:
    """Return net savings, own receipts, FCTVA, new loan and what was awarded in the year, in euros (section 5)."""
    lines, row = table("financings"), budget(year)
    awarded = lines[(lines.awarded_on.dt.year == year) & lines.cancelled_on.isna()].awarded_amount.sum()
    savings = row.operating_revenue_amount - row.operating_expenditure_amount - row.loan_repayment_amount
    return savings + row.own_investment_receipts_amount + row.fctva_amount + row.new_loan_amount + awarded


def test_b4_two_survey_waves() -> None:
    assert set(table("survey_answers").wave) == {"2013-audit", "2015"}
    assert milestone("2013-01-01", "year", "governance", "Audit externalisé").is_done


def test_b6_attached_to_the_mayor() -> None:
    assert milestone("2014-01-01", "year", "governance", "Rattachement direct au maire").is_done


def test_b8_seven_senior_managers() -> None:
    staff = table("staff")
    managers = staff[(staff.as_of == T) & (staff.directorate == DADI) & (staff.category == "A")]
    assert (managers.headcount.sum(), managers.fte.sum()) == (7, 7.0)
    assert staff[(staff.as_of == T) & (staff.directorate == DADI)].fte.sum() == 7.0


def test_b9_six_local_items_in_2015() -> None:
    answers = table("survey_answers")
    items = answers[answers.wave == "2015"][[f"qwl_{item}" for item in range(1, 7)]]
    assert items.notna().mean().min() > 0.95


def test_b10_dadi_is_a_directorate_since_2014() -> None:
    staff = table("staff")
    assert staff[staff.directorate == DADI].as_of.min() == pd.Timestamp("2014-12-31")
    assert set(staff[staff.as_of == T].directorate) == set(DIRECTORATES) and len(DIRECTORATES) == 12


def test_b11_created_in_june_working_in_september() -> None:
    assert milestone("2014-06-01", "month", "dadi", "Création").is_done
    assert milestone("2014-09-01", "month", "dadi", "Mise en œuvre").is_done


def test_b12_portfolio_of_200_million() -> None:
    costs = open_on(T).set_index("project_id").total_cost_amount
    assert costs.sum() == 200_000_000
    assert costs[TEN].sum() == 18_000_000 and costs.drop(TEN).sum() == 182_000_000


def test_b13_operating_budget() -> None:
    assert all(budget(year).dadi_voted_amount == 213_000 for year in (2013, 2014, 2015))
    assert [budget(year).dadi_spent_amount for year in (2013, 2014)] == [213_000, 213_000]
    assert pd.isna(budget(2015).dadi_spent_amount) and pd.isna(budget(2012).dadi_voted_amount)


def test_b14_constant_means() -> None:
    assert {budget(year).dadi_fte for year in (2013, 2014, 2015)} == {7.0}
    assert {budget(year).price_index for year in (2013, 2014, 2015)} == {100.0}
    assert {budget(year).dadi_payroll_amount for year in (2013, 2014, 2015)} == {434_000.0}


def test_b15_hundred_active_files_by_stage() -> None:
    stages = table("stages")
    current = stages[stages.left_on.isna()]
    assert current.stage.value_counts().to_dict() == {
        "works": 32,
        "appraisal": 30,
        "financing": 24,
        "contracting": 12 + 2,
    }
    assert set(current.project_id) == set(open_on(T).project_id) and len(current) == 100


@pytest.mark.parametrize("cohort", ["before_dadi", "after_dadi"])
def test_b16_gross_durations_equal_the_reference(cohort: str) -> None:
    reference = pd.read_csv(shared_file("demo/appraisals.csv"), parse_dates=["opened_on", "decided_on"])
    reference = reference[reference.cohort == cohort].set_index("project_id")
    ours = decisions().loc[reference.index]
    assert (ours.entered_on == reference.opened_on).all()
    assert (ours.decided_on.fillna(T) == reference.decided_on.fillna(T)).all()
    assert (ours.decided_on.isna() == reference.decided_on.isna()).all()


def test_b16_medians_240_and_60_days() -> None:
    files = decisions()
    of_2012 = files[files.entered_on.dt.year == 2012]
    last_year = files[files.entered_on > YEAR_AGO]
    assert (len(of_2012), len(last_year)) == (81, 140)
    before = survival(of_2012.entered_on, of_2012.decided_on)
    after = survival(last_year.entered_on, last_year.decided_on)
    assert (quantile(before, 0.5), quantile(after, 0.5)) == (240, 60)
    assert (quantile(before, 0.85), quantile(after, 0.85), quantile(after, 0.95)) == (343, 111, 142)


def test_b16_another_estimator_agrees() -> None:
    lifelines = pytest.importorskip("lifelines")
    files = decisions()
    files = files[files.entered_on > YEAR_AGO]
    days = (files.decided_on.fillna(T) - files.entered_on).dt.days
    fitted = lifelines.KaplanMeierFitter().fit(days, files.decided_on.notna())
    assert fitted.median_survival_time_ == 60
    assert round(100 * (1 - fitted.predict(110)), 1) == 84.2


def test_b17_capacity_doubles() -> None:
    assert [capacity(year) / 1e6 for year in (2013, 2014, 2015)] == [10.0, 13.0, 20.0]


def test_b19_project_mode_everywhere() -> None:
    files = open_on(T)
    assert (files.has_charter & files.has_milestones & files.has_manager).sum() == 100


def test_b19_twelve_directorates_supported() -> None:
    projects = table("projects")
    alive = projects[(projects.opened_on <= T) & ~(projects.closed_on <= YEAR_AGO)]
    studied = alive[alive.has_preliminary_study]
    partners = studied.partner_directorates.dropna().str.split(";").explode()
    assert set(studied.lead_directorate) | set(partners) == set(DIRECTORATES)


@pytest.mark.parametrize(("day", "share"), [("2013-12-31", 18), ("2015-06-30", 62)])
def test_b20_shared_files(day: str, share: int) -> None:
    files = open_on(pd.Timestamp(day))
    assert round(100 * files.partner_directorates.notna().mean()) == share
    leads = files.partner_directorates.str.split(";").dropna()
    assert not any(
        lead in names for lead, names in zip(files.lead_directorate[leads.index], leads, strict=True)
    )


def test_b21_214_partners() -> None:
    partners = table("partners")
    assert partners.sector.value_counts().to_dict() == {"private": 118, "public": 96}
    assert (partners.joined_on <= T).all() and partners.name.is_unique
    assert set(partners.network) == {NETWORK} == {"INVEST IN VALOMBRE"}


def test_b22_fifteen_million_raised() -> None:
    amounts = won().groupby("sector").awarded_amount.sum()
    assert amounts.to_dict() == {"public": 10_500_000, "private": 4_500_000}
    by_year = won().groupby(won().awarded_on.dt.year).awarded_amount.sum()
    assert by_year.to_dict() == {2014: 4_000_000, 2015: 11_000_000}


def test_b23_leverage_of_five() -> None:
    own = plans().own_funds_amount.sum()
    assert (len(plans()), own) == (10, 3_000_000)
    assert won().awarded_amount.sum() / own == 5.0


def test_b24_no_replication() -> None:
    assert (table("milestones").kind == "replication").sum() == 0


def test_b25_four_families_have_rows() -> None:
    assert all(
        len(table(name)) > 100 for name in ("projects", "stages", "interactions", "partners", "financings")
    )


def test_b27_online_course() -> None:
    rows = sessions("mooc")
    assert (rows.enrolled.sum(), rows.participants.sum(), rows.completed.sum()) == (180, 96, 61)
    assert milestone("2015-03-01", "month", "mooc", "MOOC").is_done


def test_staff_of_the_demo() -> None:
    staff = table("staff")
    for day in ("2014-12-31", "2015-06-30"):
        now = staff[staff.as_of == day]
        assert now.groupby("category").headcount.sum().to_dict() == {"A": 64, "B": 96, "C": 480}
        assert now[now.sex == "F"].headcount.sum() == 384
        assert now.directorate.nunique() == 12
