"""Unknown is not zero: an empty table, a missing operand, nothing to divide by give no value, and the reason."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.reading import REASONS
from tests.metrics.little import catalogue_of, facts, little, reading

DAY = "2015-06-30"
STATE = {"partner_id": "S", "name": "État", "kind": "state", "sector": "public", "joined_on": "2010-01-01"}


def project(id: str, own: float | None = 100, cost: float | None = 600, **more: object) -> dict:
    """Return an open project."""
    fixed = {
        "project_id": id,
        "title": id,
        "objective": "F1",
        "lead_directorate": "DADI",
        "opened_on": "2013-01-01",
    }
    return fixed | {"own_funds_amount": own, "total_cost_amount": cost} | more


def award(project_id: str, amount: float | None, **more: object) -> dict:
    """Return a line won in January 2015."""
    fixed = {"financing_id": f"{project_id}-1", "project_id": project_id, "partner_id": "S", "programme": "R"}
    dated = {
        "nature": "grant",
        "requested_on": "2014-10-01",
        "awarded_on": "2015-01-15",
        "awarded_amount": amount,
    }
    return fixed | dated | more


def budget(year: int, **more: float | None) -> dict:
    """Return a year's budget: net savings 4, receipts 2, loan 3 M€."""
    whole = {
        "year": year,
        "operating_revenue_amount": 48e6,
        "operating_expenditure_amount": 41e6,
        "loan_repayment_amount": 3e6,
        "outstanding_debt_amount": 49e6,
        "own_investment_receipts_amount": 0.8e6,
        "fctva_amount": 1.2e6,
        "new_loan_amount": 3e6,
        "dadi_voted_amount": 213_000.0,
        "dadi_payroll_amount": 434_000.0,
        "dadi_fte": 7.0,
        "price_index": 100.0,
    }
    return {**whole, **more}


@pytest.fixture(scope="module")
def nothing() -> Engine:
    """A town whose tables are all empty."""
    return little()


def test_nothing_imported_means_nothing_known(nothing: Engine, catalogue: Catalogue) -> None:
    """Every shipped KPI of an empty store is unknown and says that there are no data; a count is not 0."""
    found = readings(nothing, catalogue, list(catalogue.kpis), [date(2015, 6, 30)])
    assert len(found) == len(catalogue.kpis)
    for one in found:
        assert (one.value, one.status, one.score) == (None, "unknown", None), one
        assert one.reason in {"no_data", "no_denominator"}, one


@pytest.mark.parametrize("kpi", ["cofinancing_raised", "active_files", "throughput", "partners_joined"])
def test_a_count_over_a_loaded_table_is_zero(kpi: str, catalogue: Catalogue) -> None:
    """A row there is, but none that counts at the date: the sum is known, and it is 0."""
    later = little(
        projects=[project("P1", opened_on="2016-01-01")],
        partners=[STATE | {"joined_on": "2016-01-01"}],
        stages=[{"project_id": "P1", "stage": "appraisal", "entered_on": "2016-01-01"}],
        financings=[award("P1", 500, awarded_on="2016-02-01")],
    )
    found = reading(later, catalogue, kpi, DAY)
    assert (found.value, found.reason) == (0, None)


@pytest.mark.parametrize(
    ("kpi", "gone", "reason"),
    [
        ("cofinancing_raised", "financings", "no_data"),
        ("active_files", "projects", "no_data"),
        ("throughput", "stages", "no_data"),
        ("leverage_awarded", "financings", "no_data"),
        ("files_per_manager", "staff", "no_denominator"),
    ],
)
def test_an_empty_table_is_unknown_not_zero(kpi: str, gone: str, reason: str, catalogue: Catalogue) -> None:
    given = {
        "projects": [project("P1")],
        "partners": [STATE],
        "stages": [
            {"project_id": "P1", "stage": "appraisal", "entered_on": "2013-01-01", "left_on": "2013-02-01"}
        ],
        "financings": [award("P1", 500)],
        "staff": [
            {
                "as_of": "2014-12-31",
                "directorate": "DADI",
                "category": "A",
                "sex": "F",
                "headcount": 7,
                "fte": 7,
            }
        ],
    }
    whole = reading(little(**given), catalogue, kpi, DAY)
    assert whole.value is not None
    found = reading(
        little(**{name: rows for name, rows in given.items() if name != gone}), catalogue, kpi, DAY
    )
    assert (found.value, found.reason, found.status) == (None, reason, "unknown")


def test_unknown_own_funds_are_left_out_of_both_sums(catalogue: Catalogue) -> None:
    """P2's 900 € would make a leverage of 14 if only its own funds were left out."""
    engine = little(
        projects=[project("P1", own=100, cost=600), project("P2", own=None, cost=1400)],
        partners=[STATE],
        financings=[award("P1", 500), award("P2", 900)],
    )
    found = reading(engine, catalogue, "leverage_awarded", DAY)
    assert (found.value, found.numerator, found.denominator, found.n) == (5, 500, 100, 1)
    assert found.coverage == pytest.approx(0.3)
    secured = reading(engine, catalogue, "secured_share", DAY)
    assert (secured.value, secured.numerator, secured.denominator) == (1, 600, 600)
    assert secured.coverage == pytest.approx(0.3)


def test_own_funds_known_to_be_zero_leave_nothing_to_divide_by(catalogue: Catalogue) -> None:
    engine = little(projects=[project("P1", own=0)], partners=[STATE], financings=[award("P1", 500)])
    found = reading(engine, catalogue, "leverage_awarded", DAY)
    assert (found.value, found.reason, found.numerator) == (None, "no_denominator", 500)


def test_all_own_funds_unknown_leave_the_leverage_unknown(catalogue: Catalogue) -> None:
    engine = little(projects=[project("P1", own=None)], partners=[STATE], financings=[award("P1", 500)])
    found = reading(engine, catalogue, "leverage_awarded", DAY)
    assert (found.value, found.coverage, found.status) == (None, 0, "unknown")
    assert found.reason in {"no_denominator", "no_data"}


def test_an_investor_in_his_own_building_is_no_cofinancing(catalogue: Catalogue) -> None:
    lines = [award("P1", 500), award("P1", 9000, financing_id="P1-2", nature="third_party_investment")]
    engine = little(
        projects=[project("P1")],
        partners=[STATE],
        financings=[*lines, award("P1", 70, financing_id="P1-3", nature="in_kind")],
    )
    assert reading(engine, catalogue, "leverage_awarded", DAY).value == 5


def test_the_project_of_a_third_party_is_out_of_the_leverage(catalogue: Catalogue) -> None:
    projects = [project("P1"), project("P2", project_owner="third_party")]
    engine = little(projects=projects, partners=[STATE], financings=[award("P1", 500), award("P2", 9000)])
    assert reading(engine, catalogue, "leverage_awarded", DAY).value == 5
    assert reading(engine, catalogue, "cofinancing_raised", DAY).value == 500


def test_a_cancelled_line_undoes_itself_and_its_plan(catalogue: Catalogue) -> None:
    lines = [award("P1", 500), award("P2", 900, cancelled_on="2015-03-31")]
    engine = little(projects=[project("P1"), project("P2")], partners=[STATE], financings=lines)
    assert [
        reading(engine, catalogue, "leverage_awarded", day).value for day in ("2015-03-30", "2015-03-31")
    ] == [7, 5]


def test_a_debt_without_savings_has_no_payback(catalogue: Catalogue) -> None:
    poor = little(budgets=[budget(2015, operating_expenditure_amount=50e6)])
    found = reading(poor, catalogue, "debt_payback_years", DAY)
    assert (found.value, found.reason) == (None, "no_denominator")
    assert reading(little(budgets=[budget(2015)]), catalogue, "debt_payback_years", DAY).value == 7


def test_a_year_without_payroll_has_no_known_cost(catalogue: Catalogue) -> None:
    given = {"projects": [project("P1")], "partners": [STATE], "financings": [award("P1", 500)]}
    whole = little(**given, budgets=[budget(2014), budget(2015)])
    assert reading(whole, catalogue, "raised_per_operating_euro", DAY).value == pytest.approx(500 / 647_000)
    part = little(**given, budgets=[budget(2014), budget(2015, dadi_payroll_amount=None)])
    found = reading(part, catalogue, "raised_per_operating_euro", DAY)
    assert (found.value, found.reason) == (None, "no_denominator")


def test_an_index_needs_its_base(catalogue: Catalogue) -> None:
    given = {"projects": [project("P1")], "partners": [STATE], "financings": [award("P1", 9e6)]}
    both = little(**given, budgets=[budget(2013), budget(2015)])
    assert reading(both, catalogue, "investment_capacity_index", DAY).value == pytest.approx(2.0)
    early = reading(both, catalogue, "investment_capacity_index", "2013-06-30")
    assert (early.value, early.reason) == (None, "before_base")
    alone = reading(little(**given, budgets=[budget(2015)]), catalogue, "investment_capacity_index", DAY)
    assert alone.value is None and alone.reason in {"no_denominator", "unknown_operand", "no_data"}


def test_a_year_without_budget_is_unknown_not_its_awards(catalogue: Catalogue) -> None:
    given = {"projects": [project("P1")], "partners": [STATE], "financings": [award("P1", 9e6)]}
    found = reading(little(**given, budgets=[budget(2013)]), catalogue, "investment_capacity_index", DAY)
    assert found.value is None and found.status == "unknown"


TOTAL = """
total:
  code: T1
  label: {fr: Total, en: Total}
  objective: X
  from: things
  sql: SUM(amount)
  period: {date: came_on, span: cumulative}
  by: [place]
  unit: n
  direction: up
  target: 10
  floor: 0
  frequency: monthly
half:
  code: T2
  label: {fr: Moyenne, en: Mean}
  objective: X
  from: things
  sql: AVG(amount)
  period: {date: came_on, span: cumulative}
  unit: n
  direction: up
  frequency: monthly
"""
THINGS = {"things": "SELECT _id, came_on, place, amount FROM facts"}


def things(*rows: tuple[str, str | None, float | None]) -> Engine:
    given = [dict(zip(("came_on", "place", "amount"), row, strict=True)) for row in rows]
    return facts(given, came_on="DATE", place="VARCHAR", amount="DOUBLE")


def test_a_sum_of_unknowns_is_unknown_and_one_known_is_enough() -> None:
    totals = catalogue_of(TOTAL, THINGS)
    unknown = reading(things(("2015-01-01", "A", None)), totals, "total", DAY)
    assert (unknown.value, unknown.reason, unknown.n, unknown.score) == (None, "unknown_operand", 1, None)
    assert reading(things(("2015-01-01", "A", None), ("2015-01-01", "A", 4)), totals, "total", DAY).value == 4


def test_a_mean_leaves_the_unknown_out() -> None:
    totals = catalogue_of(TOTAL, THINGS)
    assert reading(things(("2015-01-01", "A", None), ("2015-01-01", "A", 4)), totals, "half", DAY).value == 4
    nobody = reading(things(("2016-01-01", "A", 4)), totals, "half", DAY)
    assert nobody.value is None and nobody.reason in {"no_denominator", "no_data"}


def test_a_part_of_no_known_name_is_told_as_such() -> None:
    totals = catalogue_of(TOTAL, THINGS)
    engine = things(("2015-01-01", "A", 1), ("2015-01-01", None, 2), ("2015-01-01", "?", 4))
    found = readings(engine, totals, ["total"], [date(2015, 6, 30)], "place")
    assert {one.scope["place"]: one.value for one in found} == {"A": 1, None: 2, "?": 4}


def test_a_part_of_the_town_is_not_held_to_the_towns_target() -> None:
    totals = catalogue_of(TOTAL, THINGS)
    engine = things(("2015-01-01", "A", 12))
    whole, part = reading(engine, totals, "total", DAY), reading(engine, totals, "total", DAY, "place")
    assert (whole.score, whole.status) == (100, "on_target")
    assert (part.value, part.score, part.status, part.reason) == (12, None, "unknown", "no_target")


def test_a_breakdown_that_makes_no_sense_says_so() -> None:
    totals = catalogue_of(TOTAL, THINGS)
    found = reading(things(("2015-01-01", "A", 12)), totals, "half", DAY, "place")
    assert (found.value, found.reason) == (None, "not_a_dimension")


def test_a_statement_that_fails_gives_a_reading_that_says_so() -> None:
    totals = catalogue_of(TOTAL, THINGS)
    engine = facts([], came_on="DATE", place="VARCHAR", amount="VARCHAR")
    found = reading(engine, totals, "total", DAY)
    assert found.value is None and found.reason is not None
    assert found.reason.split()[0] in REASONS
