"""Two ways to the same number: months added up (what is kept) and rows counted at each date (what is computed live)."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.engine import Engine
from metrics.compile import Question, compile_kpis
from metrics.compute import DIMENSION, results
from metrics.dates import month_ends
from metrics.definitions import Catalogue
from metrics.results import Result
from metrics.statement import TOWN
from tests.metrics.little import catalogue_of, facts

PARTS = ("value", "numerator", "denominator", "n", "coverage")
Cells = dict[tuple[date, str], float]


def cells(result: Result, part: str) -> Cells:
    """Return one part of a result by date and scope, what is unknown left out."""
    places = zip(result.as_of.astype(object), result.scope, result.part(part), strict=True)
    return {(day, scope): value for day, scope, value in places if not np.isnan(value)}


def compared(monthly: Cells, rows: Cells) -> list[str]:
    """Return where the two differ; a scope that rows do not name counts nothing: 0 or unknown."""
    wrong = [
        f"{key}: {monthly.get(key)} != {value}"
        for key, value in rows.items()
        if not near(monthly.get(key), value)
    ]
    scopes = {scope for _, scope in rows}
    return wrong + [f"{key}: {monthly[key]}" for key in monthly if key not in rows and key[1] in scopes]


def near(a: float | None, b: float) -> bool:
    return a is not None and abs(a - b) <= 1e-6 * max(1.0, abs(b))


@pytest.fixture(scope="module")
def both(town: Engine, catalogue: Catalogue) -> tuple[dict[str, Result], dict[str, Result]]:
    """All KPIs at the last 36 month ends, for the town and each directorate, both ways."""
    days = month_ends(date(2012, 7, 1), date(2015, 6, 30))
    kpis = list(catalogue.kpis.values())
    ways = []
    for is_monthly in (True, False):
        found = results(town, catalogue, kpis, Question(days, DIMENSION, monthly=is_monthly, bounds=False))
        ways.append({one.kpi.id: one for one in found})
    return ways[0], ways[1]


@pytest.mark.parametrize("part", PARTS)
def test_months_added_up_give_what_rows_give(
    part: str, both: tuple[dict, dict], catalogue: Catalogue
) -> None:
    for id in catalogue.kpis:
        assert compared(cells(both[0][id], part), cells(both[1][id], part)) == [], id


def test_both_ways_say_why_a_value_is_unknown(both: tuple[dict, dict], catalogue: Catalogue) -> None:
    for id in catalogue.kpis:
        told = []
        for way in both:
            result = way[id]
            places = zip(result.as_of.astype(object), result.scope, result.reason, strict=True)
            told.append({day: reason for day, scope, reason in places if scope == TOWN})
        assert told[0] == told[1], id


def test_the_sweep_sees_numbers(both: tuple[dict, dict], catalogue: Catalogue) -> None:
    known = {id: len(cells(both[0][id], "value")) for id in catalogue.kpis}
    assert min(known.values()) >= 5, known
    assert sum(known.values()) > 3000


def test_most_of_the_catalogue_is_added_up(town: Engine, catalogue: Catalogue) -> None:
    days = month_ends(date(2015, 1, 1), date(2015, 6, 30))
    question = Question(days, DIMENSION, monthly=True)
    ids = [id for id, kpi in catalogue.kpis.items() if not kpi.has_own_periods]
    made = compile_kpis(catalogue.kpis, ids, town.relations, catalogue.parameters, question)
    ways = {group.view: layout.way for group, layout in made.layouts.items()}
    assert ways["won_lines"] == ways["financed_plans"] == ways["open_projects"] == "months"
    assert ways["levers"] == "rows"  # a distinct count does not add up


@pytest.mark.parametrize("id", ["cofinancing_raised", "active_files", "throughput"])
def test_the_directorates_sums_make_the_towns(id: str, both: tuple[dict, dict]) -> None:
    parts: dict[date, float] = {}
    for (day, scope), value in cells(both[0][id], "numerator").items():
        if scope != TOWN:
            parts[day] = parts.get(day, 0.0) + value
    whole = {day: value for (day, scope), value in cells(both[0][id], "numerator").items() if scope == TOWN}
    assert len([value for value in whole.values() if value]) >= 10
    assert parts == pytest.approx(whole)


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_the_directorates_shares_of_the_leverage_make_the_towns(part: str, both: tuple[dict, dict]) -> None:
    found = cells(both[0]["leverage_awarded"], part)
    last = date(2015, 6, 30)
    assert sum(found[key] for key in found if key[0] == last and key[1] != TOWN) == pytest.approx(
        found[last, TOWN]
    )


SPANS = {
    "in_month": ("monthly", "span: in_period"),
    "in_quarter": ("quarterly", "span: in_period"),
    "in_year": ("yearly", "span: in_period"),
    "to_date": ("monthly", "span: year_to_date"),
    "rolling": ("monthly", "span: rolling_12_months"),
    "ever": ("monthly", "span: cumulative"),
    "since": ("monthly", "span: cumulative, since: 2014-03-15"),
    "there": ("monthly", "span: stock"),
    "between": ("monthly", "span: between, from: 2014-02-10, to: 2014-08-20"),
}
FORMULAS = {
    "total": "SUM(amount)",
    "count": "COUNT(*)",
    "ratio": "SUM(amount) / NULLIF(SUM(cost), 0)",
    "mean": "AVG(amount)",
    "some": "SUM(amount) FILTER (WHERE cost > 2)",
    "largest": "MAX(amount)",
    "kinds": "COUNT(DISTINCT cost)",
}
WHOLE_ENTRY = """
{id}:
  code: {id}
  label: {{fr: Essai, en: Trial}}
  objective: X
  from: things
  sql: {sql}
  period: {{date: came_on, {until}{span}}}
  by: [lead_directorate]
  unit: n
  direction: up
  frequency: {frequency}
"""


def trials() -> str:
    """Return the YAML of each formula in each span, with and without a date on which rows leave."""
    found = []
    for span, (frequency, text) in SPANS.items():
        for until in ("", "until: gone_on, "):
            for name, sql in FORMULAS.items():
                id = f"{name}_{span}{'_leaving' if until else ''}"
                found.append(WHOLE_ENTRY.format(id=id, sql=sql, until=until, span=text, frequency=frequency))
    return "".join(found)


TYPES = {
    "lead_directorate": "VARCHAR",
    "came_on": "DATE",
    "gone_on": "DATE",
    "amount": "DECIMAL(14,2)",
    "cost": "DOUBLE",
}
FIRST = date(2014, 1, 1)
days = st.integers(0, 540).map(lambda number: FIRST + timedelta(days=number))
rows = st.fixed_dictionaries(
    {
        "lead_directorate": st.sampled_from(["A", "B", None]),
        "came_on": st.one_of(days, st.none()),
        "gone_on": st.one_of(st.none(), days),
        "amount": st.one_of(st.none(), st.integers(-3, 9)),
        "cost": st.one_of(st.none(), st.integers(0, 4)),
    }
)


@pytest.fixture(scope="module")
def tried() -> Catalogue:
    """Every formula in every span."""
    return catalogue_of(trials(), {"things": f"SELECT _id, {', '.join(TYPES)} FROM facts"})


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, max_size=12))
def test_any_rows_give_the_same_both_ways(tried: Catalogue, given_rows: list[dict]) -> None:
    """Rows may leave before they come, be undated, unknown or of no directorate: both ways say the same."""
    engine = facts(given_rows, **TYPES)
    ends = month_ends(date(2014, 1, 1), date(2015, 6, 30))
    monthly, by_rows = (asked(engine, tried, ends, is_monthly) for is_monthly in (True, False))
    for id in tried.kpis:
        for part in ("value", "numerator", "denominator", "n"):
            assert compared(cells(monthly[id], part), cells(by_rows[id], part)) == [], (id, part)


def asked(engine: Engine, tried: Catalogue, ends: list[date], is_monthly: bool) -> dict[str, Result]:
    question = Question(ends, DIMENSION, monthly=is_monthly)
    return {one.kpi.id: one for one in results(engine, tried, list(tried.kpis.values()), question)}


@pytest.fixture
def leaving() -> Callable[[str | None], Engine]:
    """An engine over one row of 10 that came in January 2014."""

    def make(gone_on: str | None) -> Engine:
        row = {"lead_directorate": "A", "came_on": "2014-01-20", "gone_on": gone_on, "amount": 10, "cost": 4}
        return facts([row], **TYPES)

    return make


@pytest.mark.parametrize("is_monthly", [True, False])
def test_a_row_is_out_from_the_day_it_leaves(is_monthly: bool, tried: Catalogue, leaving: Callable) -> None:
    ends = month_ends(date(2014, 1, 1), date(2014, 4, 30))
    found = asked(leaving("2014-03-31"), tried, ends, is_monthly)["total_ever_leaving"]
    assert [cells(found, "value")[end, TOWN] for end in ends] == [10, 10, 0, 0]
    stays = asked(leaving("2014-04-01"), tried, ends, is_monthly)["total_ever_leaving"]
    assert [cells(stays, "value")[end, TOWN] for end in ends] == [10, 10, 10, 0]


def test_a_monthly_question_may_not_skip_a_month(tried: Catalogue, leaving: Callable) -> None:
    question = Question([date(2014, 1, 31), date(2014, 3, 31)], monthly=True)
    with pytest.raises(ValueError, match="every month end"):
        compile_kpis(tried.kpis, ["total_ever"], leaving(None).relations, {}, question)
