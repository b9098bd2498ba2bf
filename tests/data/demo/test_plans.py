"""Section 1.3: the ten funded files, the ladder, the pending requests, the paragraphs on the other files."""

import pandas as pd
import pytest

from tests.data.demo.frames import REBASE_ON, TEN, T, decisions, open_on, plans, table, won

# id: title, own, public, private (k€), leverage, own / (own + public) in %, awarded lines by source
PLANS = {
    "P001": ("Pôle d'échanges gare", 600, 2400, 0, 4.00, 20.0, "R 1000, S 800, D 600"),
    "P002": ("Friche industrielle reconvertie", 400, 1400, 2200, 9.00, 22.2, "R 450, E 600, S 350, I 2200"),
    "P003": ("Monument protégé", 150, 850, 100, 6.33, 15.0, "S 450, R 200, D 200, M 100"),
    "P004": ("Groupe scolaire, rénovation thermique", 700, 2300, 0, 3.29, 23.3, "R 1150, S 700, D 450"),
    "P005": ("Tiers-lieu et coworking", 100, 300, 400, 7.00, 25.0, "E 200, R 100, I 300, M 100"),
    "P006": ("Cœur de ville commerçant", 250, 850, 500, 5.40, 22.7, "R 350, S 300, D 200, I 300, M 200"),
    "P007": ("Équipement sportif", 400, 1200, 100, 3.25, 25.0, "D 500, R 450, S 250, M 100"),
    "P008": ("Berges de la rivière", 200, 700, 0, 3.50, 22.2, "E 400, R 150, D 150"),
    "P009": ("Plateforme MOOC et innovation", 20, 60, 40, 5.00, 25.0, "E 60, M 40"),
    "P010": ("Démonstrateur énergie", 180, 440, 1160, 8.89, 29.0, "E 240, S 150, R 50, I 800, M 360"),
}
KINDS = {"R": "region", "S": "state", "D": "department", "E": "eu", "I": "company", "M": "foundation"}
SOURCES = {"R": 3900, "S": 3000, "D": 2100, "E": 1500, "I": 3600, "M": 900}


def project(project_id: str) -> pd.Series:
    return table("projects").set_index("project_id").loc[project_id]


def ten_lines() -> pd.DataFrame:
    lines = table("financings")
    return lines[lines.project_id.isin(TEN)]


def other_lines() -> pd.DataFrame:
    lines = table("financings")
    return lines[~lines.project_id.isin(TEN)]


@pytest.mark.parametrize("project_id", PLANS)
def test_plan(project_id: str) -> None:
    title, own, public, private, leverage, share, lines = PLANS[project_id]
    row, mine = project(project_id), won()[lambda frame: frame.project_id == project_id]
    by_sector = mine.groupby("sector").awarded_amount.sum() / 1000
    assert (row.title, row.own_funds_amount / 1000) == (title, own)
    assert (by_sector.get("public", 0), by_sector.get("private", 0)) == (public, private)
    assert round(mine.awarded_amount.sum() / row.own_funds_amount, 2) == leverage
    assert round(100 * own / (own + public), 1) == share
    expected = [(KINDS[cell.split()[0]], float(cell.split()[1])) for cell in lines.split(", ")]
    assert sorted(zip(mine.kind, mine.awarded_amount / 1000, strict=True)) == sorted(expected)
    assert row.total_cost_amount == 1000 * (own + public + private)


def test_37_lines_by_source() -> None:
    assert len(won()) == 37 and set(won().project_id) == set(TEN)
    by_kind = won().groupby("kind").awarded_amount.sum() / 1000
    assert by_kind.to_dict() == {KINDS[letter]: amount for letter, amount in SOURCES.items()}


def test_public_flag_of_programmes_agrees_with_the_sector() -> None:
    public = table("programmes").groupby("programme").is_public.first()
    assert ((won().programme.map(public)) == (won().sector == "public")).all()


def test_monument_has_a_derogation_and_no_other_plan_breaks_the_20_percent() -> None:
    compliant = 0
    for project_id, (_, own, public, *_rest) in PLANS.items():
        row = project(project_id)
        compliant += bool(own / (own + public) >= row.min_own_share - 1e-9 or row.has_derogation)
    assert compliant == 10
    assert table("projects").has_derogation.sum() == 1 and project("P003").derogation_reference


def test_ladder() -> None:
    lines, payments = ten_lines(), table("payments")
    paid = payments[payments.financing_id.isin(lines.financing_id)].amount.sum()
    ladder = [lines.requested_amount.sum(), lines.awarded_amount.sum(), lines.contracted_amount.sum(), paid]
    assert [amount / 1e6 for amount in ladder] == [26.0, 15.0, 12.0, 4.5]
    assert [round(amount / 3e6, 2) for amount in ladder] == [8.67, 5.0, 4.0, 1.5]


def test_requested_on_awarded_lines_and_refused() -> None:
    lines = ten_lines()
    awarded, refused = lines[lines.awarded_on.notna()], lines[lines.refused_on.notna()]
    assert (awarded.requested_amount == (awarded.awarded_amount * 1.2).round(2)).all()
    assert (awarded.requested_amount.sum(), refused.requested_amount.sum()) == (18_000_000, 8_000_000)
    assert (refused.refused_on >= REBASE_ON).all() and len(awarded) + len(refused) == len(lines)


def test_contracted_is_all_but_two_investors() -> None:
    lines = won()
    missing = lines[lines.contracted_on.isna()]
    assert sorted(zip(missing.project_id, missing.awarded_amount, missing.kind, strict=True)) == [
        ("P002", 2_200_000, "company"),
        ("P010", 800_000, "company"),
    ]
    signed = lines[lines.contracted_on.notna()]
    assert (signed.contracted_amount == signed.awarded_amount).all()


def test_paid_is_advances_and_seven_interims() -> None:
    paid = table("payments").merge(
        won()[["financing_id", "project_id", "kind", "contracted_amount"]], on="financing_id"
    )
    assert paid.groupby("kind_x").amount.sum().to_dict() == {"advance": 2_400_000, "interim": 2_100_000}
    advances = paid[paid.kind_x == "advance"]
    rates = advances.kind_y.map({"state": 0.05}).fillna(0.30)
    assert ((advances.amount - rates * advances.contracted_amount).abs() < 0.01).all()
    assert "eu" not in set(paid.kind_y)
    interims = paid[paid.kind_x == "interim"]
    assert sorted(zip(interims.project_id, interims.kind_y, interims.amount / 1000, strict=True)) == [
        ("P001", "department", 300),
        ("P001", "region", 500),
        ("P001", "state", 400),
        ("P004", "department", 150),
        ("P004", "region", 300),
        ("P007", "department", 225),
        ("P007", "region", 225),
    ]


def test_pending_requests() -> None:
    lines = table("financings")
    pending = lines[lines.awarded_on.isna() & lines.refused_on.isna() & lines.cancelled_on.isna()]
    assert list(pending.requested_amount) == [1_375_000] * 8 and pending.project_id.is_unique
    files = table("projects").set_index("project_id").loc[pending.project_id]
    stages = table("stages")
    current = stages[stages.left_on.isna()].set_index("project_id").stage
    assert set(current[pending.project_id]) == {"financing"} and set(files.index).isdisjoint(TEN)
    assert (files.total_cost_amount >= 1_750_000).all()
    assert (files.own_funds_amount >= 0.25 * files.total_cost_amount).all()


def test_awards_of_2014() -> None:
    lines = won()[lambda frame: frame.awarded_on.dt.year == 2014]
    assert sorted(zip(lines.project_id, lines.kind, lines.awarded_amount / 1000, strict=True)) == [
        ("P001", "department", 600),
        ("P001", "region", 1000),
        ("P001", "state", 800),
        ("P002", "region", 450),
        ("P004", "region", 1150),
    ]
    assert lines.awarded_on.between("2014-09-01", "2014-12-31").all()
    assert won().awarded_on.max() <= T


@pytest.mark.parametrize(("year", "own", "leverage"), [(2014, 1_000_000, 4.0), (2015, 2_000_000, 5.5)])
def test_leverage_of_a_year_with_own_funds_pro_rata(year: int, own: float, leverage: float) -> None:
    lines = won()
    total = lines.groupby("project_id").awarded_amount.transform("sum")
    funds = lines.project_id.map(table("projects").set_index("project_id").own_funds_amount)
    here = lines.awarded_on.dt.year == year
    pro_rata = (funds * lines.awarded_amount / total)[here].sum()
    assert pro_rata == pytest.approx(own)
    assert lines.awarded_amount[here].sum() / pro_rata == pytest.approx(leverage)


@pytest.mark.parametrize(
    ("day", "leverage"), [("2014-09-30", 4.00), ("2014-12-31", 2.35), ("2015-06-30", 5.00)]
)
def test_leverage_through_time(day: str, leverage: float) -> None:
    at = pd.Timestamp(day)
    assert round(won(at).awarded_amount.sum() / plans(at).own_funds_amount.sum(), 2) == leverage


def test_no_dsil_or_detr() -> None:
    assert "detr_dsil_dpv" not in set(table("programmes").family)


def test_hundred_open_files_are_30_and_60_and_10() -> None:
    files = open_on(T).project_id
    decided = decisions().decided_on.reindex(files)
    new = files.str.startswith("N")
    assert (new.sum(), decided[files[new]].isna().sum(), set(files[~new])) == (90, 30, set(TEN))


def test_the_ten_were_opened_in_2013_and_decided_before_the_dadi() -> None:
    mine = decisions().loc[TEN]
    assert (mine.entered_on.dt.year == 2013).all() and (mine.decided_on < REBASE_ON).all()
    assert (table("projects").set_index("project_id").loc[TEN].opened_on.dt.year == 2013).all()


def test_the_ten_stand_in_contracting_or_works_and_had_their_first_legal_act() -> None:
    stages = table("stages")
    current = stages[stages.left_on.isna()].set_index("project_id").stage
    assert set(current[current == "contracting"].index) & set(TEN) == {"P002", "P010"}
    assert (current[TEN] == "works").sum() == 8
    started = table("projects").set_index("project_id").works_started_on
    asked = ten_lines().groupby("project_id").requested_on.max()
    paid = table("payments").merge(ten_lines(), on="financing_id").groupby("project_id").paid_on.min()
    assert (asked[TEN] <= started[TEN]).all()
    assert set(paid.index) == set(TEN) and (started[TEN] <= paid[TEN]).all()


def test_decided_open_n_files_by_stage() -> None:
    stages = table("stages")
    current = stages[stages.left_on.isna() & stages.project_id.str.startswith("N")]
    assert current.stage.value_counts().to_dict() == {
        "appraisal": 30,
        "financing": 24,
        "works": 24,
        "contracting": 12,
    }
    contracting = current.project_id[current.stage == "contracting"]
    rows = table("projects").set_index("project_id").loc[contracting]
    assert rows.works_started_on.isna().all()
    assert table("financings").project_id.isin(contracting).sum() == 0


def test_other_n_files_and_a_files_are_closed() -> None:
    projects = table("projects")
    closed = projects[projects.closed_on.notna()]
    assert (closed.project_id.str.startswith("N").sum(), closed.project_id.str.startswith("A").sum()) == (
        50,
        81,
    )
    assert (closed.closed_on <= T).all() and closed.outcome.notna().all()
    assert projects[projects.closed_on.isna()].outcome.isna().all()


def test_no_other_appraisal_starts_in_2012_or_since_july_2014() -> None:
    rows = table("stages")
    rows = rows[rows.stage == "appraisal"]
    others = rows[~rows.project_id.str.match("[AN]")]
    assert (others.entered_on.dt.year != 2012).all() and (others.entered_on < "2014-07-01").all()
    assert (
        rows[rows.project_id.str.startswith("A")].groupby("project_id").entered_on.min().dt.year == 2012
    ).all()


def test_every_other_file_is_decided_before_the_dadi_and_closed() -> None:
    projects = table("projects")
    others = projects[~projects.project_id.str.match("[ANP]")]
    assert others.closed_on.notna().all()
    assert (decisions().decided_on[others.project_id] < REBASE_ON).all()


def test_no_other_award_or_refusal_where_none_may_be() -> None:
    lines = other_lines()
    in_2013 = lines[lines.awarded_on.dt.year == 2013]
    assert list(in_2013.awarded_amount) == [1_000_000]
    assert project(in_2013.project_id.iloc[0]).closed_on <= T
    assert not (lines.awarded_on >= "2014-01-01").any()
    assert not ten_lines().awarded_on.between("2014-01-01", "2014-08-31").any()
    assert not (lines.refused_on >= REBASE_ON).any()


def test_no_a_or_n_file_is_suspended_or_abandoned_in_appraisal() -> None:
    stages = table("stages").sort_values(["project_id", "entered_on"])
    assert not (stages.left_on.isna() & (stages.stage == "suspended")).any()
    last = stages.groupby("project_id").last()
    projects = table("projects").set_index("project_id")
    abandoned = projects.index[(projects.outcome == "abandoned") & projects.index.str.match("[AN]")]
    assert len(abandoned) > 0 and "appraisal" not in set(last.loc[abandoned].stage)


def test_some_appraisals_are_suspended_in_both_cohorts() -> None:
    stages = table("stages")
    halted = stages[stages.stage == "suspended"].project_id
    assert halted.str.startswith("A").sum() >= 3 and halted.str.startswith("N").sum() >= 3


def test_awards_every_year_until_2012() -> None:
    lines = other_lines()
    assert set(lines.awarded_on.dropna().dt.year) == set(range(2006, 2014))
    assert len(lines[lines.cancelled_on.notna()]) == 1


def test_capacity_of_past_years_is_plausible() -> None:
    from tests.data.demo.test_sheet_b import capacity

    assert all(7e6 < capacity(year) < 13e6 for year in range(2006, 2014))
