"""The demo values of sections 4.2, 5, 6, 7, 8 and 11.1 that the facts above do not already fix."""

import pandas as pd
import pytest

from tests.data.demo.frames import (
    REBASE_ON,
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


def test_4_2_mean_of_ratios_is_not_the_ratio_of_sums() -> None:
    ratio = (
        won().groupby("project_id").awarded_amount.sum() / plans().set_index("project_id").own_funds_amount
    )
    assert (round(ratio.mean(), 2), round(ratio.median(), 2)) == (5.57, 5.20)
    assert (round(ratio.min(), 2), round(ratio.max(), 2)) == (3.25, 9.00)


def test_4_2_leave_one_out() -> None:
    own, amount = (
        plans().set_index("project_id").own_funds_amount,
        won().groupby("project_id").awarded_amount.sum(),
    )
    without = {name: (amount.sum() - amount[name]) / (own.sum() - own[name]) for name in TEN}
    assert (round(without["P002"], 2), round(without["P004"], 2)) == (4.38, 5.52)
    assert (min(without, key=without.get), max(without, key=without.get)) == ("P002", "P004")


def test_4_2_coverage_is_9_percent() -> None:
    assert plans().total_cost_amount.sum() / open_on(T).total_cost_amount.sum() == 0.09


def test_f1_3_success_rate() -> None:
    lines = table("financings")
    refused = lines[(lines.refused_on >= REBASE_ON) & lines.cancelled_on.isna()].requested_amount.sum()
    assert round(100 * 15e6 / (15e6 + refused), 1) == 65.2 and won().awarded_amount.sum() == 15e6


def test_f1_4_concentration() -> None:
    share = won().groupby("kind").awarded_amount.sum() / won().awarded_amount.sum()
    assert (round((share**2).sum(), 3), round(100 * share.max())) == (0.198, 26)


def test_f2_2_debt_payback() -> None:
    row = table("budgets").set_index("year").loc[2015]
    assert (
        row.outstanding_debt_amount / (row.operating_revenue_amount - row.operating_expenditure_amount) == 7.0
    )


def test_budgets_debt_follows_loans_and_repayments() -> None:
    rows = table("budgets")
    change = rows.outstanding_debt_amount.diff().dropna()
    assert (change == (rows.new_loan_amount - rows.loan_repayment_amount)[1:]).all()


def test_f2_3_secured_share_is_plausible() -> None:
    files = open_on(T)
    secured = files.own_funds_amount.sum() + won().awarded_amount.sum()
    assert 0.38 < secured / files.total_cost_amount.sum() < 0.45


def test_f3_2_raised_per_operating_euro() -> None:
    lines = table("financings")
    raised = lines[(lines.awarded_on > YEAR_AGO) & (lines.awarded_on <= T)].awarded_amount.sum()
    assert (round(raised / 213_000, 1), round(raised / 647_000, 1)) == (70.4, 23.2)


def test_p1_3_appraised_within_110_days() -> None:
    files = decisions()
    files = files[files.entered_on > YEAR_AGO]
    curve = survival(files.entered_on, files.decided_on)
    assert round(100 * (1 - curve[curve.index <= 110].iloc[-1]), 1) == 84.2


@pytest.mark.parametrize("by_row", [False, True], ids=["by file", "by row"])
def test_p1_4_two_of_thirty_appraisals_are_ageing(by_row: bool) -> None:
    stages = table("stages")
    rows = stages[(stages.stage == "appraisal") & (stages.entered_on > YEAR_AGO)]
    files = rows.rename(columns={"left_on": "decided_on"}) if by_row else decisions()
    files = files[files.entered_on > YEAR_AGO]
    limit = quantile(survival(files.entered_on, files.decided_on), 0.85)
    waiting = files[files.decided_on.isna()]
    assert (len(waiting), ((T - waiting.entered_on).dt.days > limit).sum(), limit) == (30, 2, 111)


def test_p1_4_some_files_of_other_stages_are_ageing_too() -> None:
    stages, ageing = table("stages"), 0
    for name in ("appraisal", "financing", "contracting", "works"):
        rows = stages[(stages.stage == name) & (stages.entered_on > YEAR_AGO)]
        limit = quantile(survival(rows.entered_on, rows.left_on), 0.85)
        waiting = stages[(stages.stage == name) & stages.left_on.isna()]
        ageing += ((T - waiting.entered_on).dt.days > limit).sum()
    assert 2 <= ageing <= 25


def test_p2_2_decisions_a_month() -> None:
    months = decisions().decided_on.dt.to_period("M").value_counts()
    assert [months[f"2015-{month:02}"] for month in range(2, 7)] == [14, 18, 14, 18, 11]


def test_p4_2_no_grant_at_risk() -> None:
    started = table("projects").set_index("project_id").works_started_on
    assert started[won().project_id].notna().all()


def test_u2_active_partners() -> None:
    lines = table("financings")
    seen = [table("interactions")[["partner_id", "held_on"]].set_axis(["partner_id", "on"], axis=1)]
    for column in ("requested_on", "awarded_on", "contracted_on"):
        seen.append(lines[["partner_id", column]].set_axis(["partner_id", "on"], axis=1))
    paid = table("payments").merge(lines[["financing_id", "partner_id"]], on="financing_id")
    seen.append(paid[["partner_id", "paid_on"]].set_axis(["partner_id", "on"], axis=1))
    events = pd.concat(seen).dropna()
    now = set(events.partner_id[(events.on > YEAR_AGO) & (events.on <= T)])
    then = set(events.partner_id[(events.on > YEAR_AGO - pd.DateOffset(years=1)) & (events.on <= YEAR_AGO)])
    assert len(now) == 152
    assert 0.7 < len(now & then) / len(then) < 0.85
    joined = table("partners").set_index("partner_id").joined_on
    assert (events.on >= events.partner_id.map(joined)).all()


def test_u2_3_new_partners_in_the_last_quarter() -> None:
    assert table("partners").joined_on.between("2015-04-01", "2015-06-30").sum() == 26


def test_8_survey_of_2015() -> None:
    answers = table("survey_answers")
    rows = answers[answers.wave == "2015"]
    assert len(rows) == 352 and round(100 * len(rows) / 640) == 55
    p, d = (rows.recommend >= 9).mean(), (rows.recommend <= 6).mean()
    assert (round(p, 2), round(d, 2), round(100 * (p - d))) == (0.32, 0.24, 8)
    assert round(196 * ((p + d - (p - d) ** 2) / 352) ** 0.5, 1) == 7.8


def test_8_well_being_improved() -> None:
    answers = table("survey_answers")
    who5 = answers[[f"who5_{item}" for item in range(1, 6)]].astype(float)
    qwl = answers[[f"qwl_{item}" for item in range(1, 7)]].astype(float)
    score = (4 * who5.sum(axis=1, skipna=False)).groupby(answers.wave).mean()
    climate = (25 * (qwl.mean(axis=1) - 1)).groupby(answers.wave).mean()
    assert 48 < score["2013-audit"] < 54 and 57 < score["2015"] < 63
    assert 45 < climate["2013-audit"] < 52 and 60 < climate["2015"] < 67


def test_8_answers_fit_the_headcount_of_every_stratum() -> None:
    from data.demo.town import DIRECTORATE_GROUPS

    group_of = {name: group for group, names in DIRECTORATE_GROUPS.items() for name in names}
    staff = table("staff").assign(directorate_group=lambda rows: rows.directorate.map(group_of))
    strata = ["directorate_group", "category", "sex"]
    for wave, day in (("2013-audit", "2012-12-31"), ("2015", "2014-12-31")):
        heads = staff[staff.as_of == day].groupby(strata).headcount.sum()
        answers = table("survey_answers")
        counted = answers[answers.wave == wave].groupby(strata).size()
        assert (counted <= heads[counted.index]).all()


def test_a3_1_course_completion() -> None:
    assert round(100 * 61 / 180, 1) == 33.9


def test_u1_1_users_are_asked_once_a_year_and_each_value_has_its_answers() -> None:
    values = table("kpi_values")
    asked = values[values.kpi == "user_satisfaction"].set_index("period")
    assert list(asked.index) == [str(year) for year in range(2009, 2015)]
    assert (asked.value["2009"], asked.value["2014"]) == (6.3, 7.1)
    assert (asked.n > 700).all() and asked.value.between(0, 10).all()


def test_12_4_inputs_of_the_ten_projects() -> None:
    rows = table("projects").set_index("project_id").loc[TEN]
    assert list(rows.planned_fte) == [1.2, 1.0, 0.4, 0.9, 0.3, 0.6, 0.7, 0.4, 0.2, 0.8]
    assert list(rows.theme) == [
        "Mobilité",
        "Aménagement urbain",
        "Patrimoine",
        "Énergie",
        "Aménagement urbain",
        "Aménagement urbain",
        "Sport",
        "Aménagement urbain",
        "Innovation",
        "Énergie",
    ]


def test_titles_are_all_different() -> None:
    assert table("projects").title.is_unique
