"""Targets as decided: the one in force at a date judges that date; a directorate's own before the town's."""

from datetime import date

import pytest

from metrics.goals import Goals, read_goals
from tests.metrics.little import catalogue_of, little, reading

ENTRY = """
files:
  code: X1
  label: {fr: Dossiers, en: Files}
  objective: X
  from: open_projects
  sql: COUNT(*)
  period: {date: opened_on, span: stock, until: closed_on}
  by: [lead_directorate]
  unit: n
  direction: up
  target: 1
  floor: 0
  frequency: monthly
"""
DECIDED = [
    {"target_id": "1", "kpi": "files", "valid_from": date(2015, 1, 1), "target": 4.0, "reason": "a"},
    {"target_id": "2", "kpi": "files", "valid_from": date(2015, 3, 1), "target": 2.0, "reason": "b"},
    {
        "target_id": "3", "kpi": "files", "directorate": "Sports", "valid_from": date(2015, 3, 1),
        "target": 5.0, "reason": "c",
    },
]  # fmt: skip
FILES = [
    {"project_id": f"P{n}", "lead_directorate": name, "opened_on": date(2014, 1, 1)}
    for n, name in enumerate(["Sports", "Sports", "Culture"])
]

KEPT = [{"partner_id": "E1", "held_on": date(2015, 3, 31)}]  # the store is kept until then


@pytest.mark.parametrize(
    ("day", "target", "status"),
    [("2014-12-31", 1.0, "on_target"), ("2015-01-31", 4.0, "watch"), ("2015-03-31", 2.0, "on_target")],
)
def test_a_reading_is_judged_by_the_target_of_its_day(day: str, target: float, status: str) -> None:
    found = reading(
        little(projects=FILES, targets=DECIDED, interactions=KEPT), catalogue_of(ENTRY), "files", day
    )
    assert (found.value, found.target, found.status) == (3.0, target, status)


def test_an_amount_of_a_directorate_is_judged_by_its_own_target_alone() -> None:
    from metrics.compute import readings

    engine, catalogue = little(projects=FILES, targets=DECIDED, interactions=KEPT), catalogue_of(ENTRY)
    days = [date(2015, 2, 28), date(2015, 3, 31)]
    found = readings(engine, catalogue, ["files"], days, by="lead_directorate")
    told = {(r.scope["lead_directorate"], r.as_of): (r.target, r.status, r.reason) for r in found}
    assert told["Sports", days[0]] == (None, "unknown", "no_target")
    assert told["Sports", days[1]] == (5.0, "off_target", None)
    assert told["Culture", days[1]] == (None, "unknown", "no_target")


def test_the_catalogue_in_force_bears_the_targets_of_the_day() -> None:
    goals, catalogue = read_goals(little(targets=DECIDED)), catalogue_of(ENTRY)
    assert goals.in_force(catalogue, date(2014, 6, 1)).kpis["files"].target == 1
    assert goals.in_force(catalogue, date(2015, 6, 1)).kpis["files"].target == 2
    assert goals.in_force(catalogue, date(2015, 6, 1), "Sports").kpis["files"].target == 5
    assert goals.in_force(catalogue, date(2015, 6, 1), "Culture").kpis["files"].target == 2
    assert [goal.reason for goal in goals.history("files")] == ["a", "b"]
    assert Goals().in_force(catalogue, date(2015, 6, 1)) is catalogue
