"""Span snapshot: rows that look at each date, at that date alone; month by month and live; refused where it does not belong."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.compile import Question
from metrics.compute import readings, results
from metrics.dates import month_ends
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.rows import behind
from metrics.statement import TOWN
from tests.metrics.little import facts

TYPES = {"lead_directorate": "VARCHAR", "came_on": "DATE", "amount": "DOUBLE"}
AGED = """
SELECT f._id, f.lead_directorate, f.came_on, f.amount, c.as_of, DATE_DIFF('day', f.came_on, c.as_of) AS age
FROM facts AS f JOIN calendar AS c ON f.came_on <= c.as_of
"""
VIEWS = {"aged": AGED, "plain": "SELECT _id, lead_directorate, came_on, amount FROM facts"}
ENTRY = """
{id}:
  code: {id}
  label: {{fr: Essai, en: Trial}}
  objective: X
  from: {view}
  sql: {sql}
  period: {{date: {dated}, span: {span}}}
  {more}
  by: [lead_directorate]
  unit: n
  direction: up
  frequency: monthly
"""


def entry(id: str = "one", **parts: str) -> str:
    usual = {"view": "aged", "sql": "SUM(age)", "dated": "as_of", "span": "snapshot", "more": "kind: lag"}
    return ENTRY.format(id=id, **(usual | parts))


def loaded(text: str) -> Catalogue:
    return load([{"own.yml": text}], VIEWS)


@pytest.fixture
def engine() -> Engine:
    rows = [
        {"lead_directorate": "A", "came_on": "2014-01-10", "amount": 1},
        {"lead_directorate": "B", "came_on": "2014-02-27", "amount": 2},
    ]
    return facts(rows, **TYPES)


def sums(found: object) -> dict[tuple[date, str], float]:
    places = zip(found.as_of.astype(object), found.scope, found.part("value"), strict=True)  # type: ignore[attr-defined]
    return {(day, scope): value for day, scope, value in places}


@pytest.mark.parametrize("is_monthly", [True, False])
def test_each_date_sees_its_own_rows(engine: Engine, is_monthly: bool) -> None:
    catalogue = loaded(entry())
    ends = month_ends(date(2014, 1, 1), date(2014, 3, 31))
    question = Question(ends, "lead_directorate", monthly=is_monthly)
    (found,) = results(engine, catalogue, list(catalogue.kpis.values()), question, VIEWS)
    assert [sums(found)[end, TOWN] for end in ends] == [21, 49 + 1, 80 + 32]
    assert sums(found)[ends[2], "=B"] == 32 and sums(found)[ends[1], "=A"] == 49


def test_any_day_sees_its_own_rows(engine: Engine) -> None:
    catalogue = loaded(entry())
    days = [date(2014, 1, 10), date(2014, 2, 3), date(2014, 2, 28)]
    found = readings(engine, catalogue, ["one"], days, relations=VIEWS)
    assert [(one.value, one.n) for one in found] == [(0, 1), (24, 1), (50, 2)]


def test_the_rows_behind_are_those_of_the_date(engine: Engine) -> None:
    frame = behind(engine, loaded(entry()), "one", date(2014, 2, 3), relations=VIEWS)
    assert frame[["lead_directorate", "age"]].to_numpy().tolist() == [["A", 24]]


@pytest.mark.parametrize(
    "parts",
    [
        {"span": "stock"},  # a row for each date asked would count as many times
        {"span": "cumulative"},
        {"view": "plain", "dated": "came_on", "sql": "SUM(amount)"},  # nothing there looks at the calendar
        {"more": "base: 2013-12-31"},
        {"more": "denominator: {from: aged, sql: COUNT(*), period: {date: as_of, span: cumulative}}"},
    ],
)
def test_a_span_that_does_not_go_with_the_view_is_refused(parts: dict[str, str]) -> None:
    (refused,) = loaded(entry(**parts)).refused
    assert "snapshot" in refused.reason.en and "calendar" in refused.reason.en


def test_a_denominator_may_read_another_view_for_a_breakdown(town: Engine, catalogue: Catalogue) -> None:
    """Ageing files by stage are a share of the stage's files; the whole stays the whole."""
    found = readings(town, catalogue, ["ageing_share"], [date(2015, 6, 30)], "stage")
    (whole,) = readings(town, catalogue, ["ageing_share"], [date(2015, 6, 30)])
    assert sum(one.denominator or 0 for one in found) == whole.denominator == 100
    assert sum(one.numerator or 0 for one in found) == whole.numerator


def test_a_denominators_view_must_know_the_breakdown() -> None:
    (refused,) = load([SHIPPED, {"own.yml": OWN_AGEING}]).refused
    assert refused.id == "own_ageing" and "stage" in refused.reason.en


OWN_AGEING = """
own_ageing:
  code: P1.9
  label: {fr: Essai, en: Trial}
  objective: P1
  from: ageing_files
  sql: COUNT(*)
  period: {date: as_of, span: snapshot}
  denominator: {from: open_projects, sql: COUNT(*), period: {date: opened_on, span: stock, until: closed_on}}
  by: [stage]
  unit: ratio
  direction: down
  frequency: monthly
"""


def test_a_share_of_counts_rests_on_its_denominator(town: Engine) -> None:
    """n is what the share is a share of; an entry may say otherwise, and only a share has the exact interval."""
    text = OWN_AGEING.replace("by: [stage]", "interval: clopper_pearson")
    (one,) = readings(town, load([SHIPPED, {"own.yml": text}]), ["own_ageing"], [date(2015, 6, 30)])
    assert (one.numerator, one.denominator, one.n) == (7, 100, 100)
    assert one.low == pytest.approx(0.0286, abs=1e-4) and one.high == pytest.approx(0.1389, abs=1e-4)
    said = text.replace("unit: ratio", "n: COUNT(*)\n  unit: ratio")
    (one,) = readings(town, load([SHIPPED, {"own.yml": said}]), ["own_ageing"], [date(2015, 6, 30)])
    assert one.n == 7
    lone = text.replace("  denominator: {", "  # denominator: {")
    (refused,) = load([SHIPPED, {"own.yml": lone}]).refused
    assert "clopper_pearson" in refused.reason.en
