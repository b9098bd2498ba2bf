"""The law of the plans: nothing broken on the demo, each rule broken by a plan made for it, worked out by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.engine import Engine
from metrics import moment
from metrics.breaches import Breach, breaches
from metrics.definitions import Catalogue
from metrics.legality import Law, legality
from metrics.leverage import Plan
from metrics.scenario import from_text
from metrics.whatif import compare

LAST = date(2015, 6, 30)
PLAN = Plan("P1", "Halle", "DADI", None, 200_000.0, 800_000.0, 0.0, 1_000_000.0, 0.2, False)
LINE = {
    "project_id": "P1", "financing_id": "F1", "programme": "CPER", "family": "state_2018_514", "is_public": True,
    "awarded": 800_000.0, "requested_on": date(2014, 1, 1), "deadline_on": date(2016, 9, 1), "max_rate": 0.8, "cap": 0.8,
    "cost": 1_000_000.0, "gross_cost": 1_200_000.0, "is_gross": False, "works_on": date(2015, 1, 1), "closed_on": None,
}  # fmt: skip


def found(town: Engine, catalogue: Catalogue, text: str) -> dict[str, Law]:
    scenario = from_text(text, LAST, catalogue.parameters)
    return {one.project_id: one for one in legality(town, catalogue, scenario, LAST)}


def test_the_ten_plans_break_nothing(town: Engine, catalogue: Catalogue) -> None:
    laws = found(town, catalogue, "")
    assert len(laws) == 10
    for law in laws.values():
        assert law.base is not None and law.base == law.scenario
        assert law.base.breaches == () == law.breaks and law.base.gap == 0
    assert laws["P001"].base and laws["P001"].base.verdict == "on_the_limit"
    assert laws["P003"].base and laws["P003"].base.verdict == "derogation"


def test_a_tenth_less_own_money_breaks_the_plan_on_the_limit_alone(
    town: Engine, catalogue: Catalogue
) -> None:
    laws = found(town, catalogue, "own_funds,change=-0.1")
    assert [id for id, law in laws.items() if law.breaks] == ["P001"]
    (breach,) = laws["P001"].breaks
    assert (breach.rule, breach.share, breach.limit) == ("own_share", pytest.approx(540 / 2940), 0.2)
    assert breach.missing == pytest.approx(60_000) and breach.excess == pytest.approx(240_000)
    side = laws["P001"].scenario
    assert side is not None and side.verdict == "breach" and side.gap == 60_000
    assert (
        laws["P003"].scenario and laws["P003"].scenario.verdict == "derogation"
    )  # the prefect's order still holds


@pytest.mark.parametrize("text", ["own_funds,change=-0.1", "own_funds,change=-0.2", "awards_cut,share=0.3"])
def test_verdicts_are_the_kpi_s(town: Engine, catalogue: Catalogue, text: str) -> None:
    scenario = from_text(text, LAST, catalogue.parameters)
    lines = {line.kpi: line for line in compare(town, catalogue, scenario, LAST).lines}
    laws = found(town, catalogue, text).values()
    fine = [law.scenario.verdict != "breach" for law in laws if law.scenario]
    assert sum(fine) / len(fine) == pytest.approx(lines["compliant_plans"].scenario.value)
    base = moment.readings(town, catalogue, LAST, "")["compliant_plans"]
    assert base.value == 1.0


def test_a_project_dropped_has_no_plan_and_a_tenth_less_aid_opens_a_gap(
    town: Engine, catalogue: Catalogue
) -> None:
    laws = found(town, catalogue, "project_dropped,project=P005;awards_cut,share=0.1")
    assert laws["P005"].scenario is None and laws["P005"].base is not None and laws["P005"].breaks == ()
    side = laws["P001"].scenario
    assert side is not None and side.gap == pytest.approx(240_000)


def rules(plan: Plan = PLAN, **cells: Any) -> list[Breach]:
    return list(breaches(plan, [LINE | cells], LAST))


def test_each_rule_breaks_alone_and_at_its_limit_it_holds() -> None:
    assert rules() == []  # 80 % of the cost, 20 % own, begun after the request, in time
    assert rules(awarded=800_000.01) == [
        Breach("public_cap", pytest.approx(0.8), 0.8, pytest.approx(0.01)),
        Breach("rate", pytest.approx(0.8), 0.8, pytest.approx(0.01), None, "F1"),
    ]
    assert [one.rule for one in rules(awarded=850_000.0, max_rate=None)] == ["public_cap"]
    assert [one.rule for one in rules(awarded=850_000.0, max_rate=None, family="detr_dsil_dpv")] == [
        "state_cap"
    ]
    assert rules(max_rate=0.7, is_gross=True) == []  # 66.7 % of the cost with VAT
    assert rules(works_on=date(2013, 12, 31)) == [Breach("early_start", line="F1", day=date(2013, 12, 31))]
    assert rules(works_on=date(2013, 12, 31), family="region") == []
    lapsed = Breach("lapse", excess=800_000.0, line="F1", day=date(2015, 6, 29))
    assert rules(works_on=None, deadline_on=date(2015, 6, 29)) == [lapsed]
    assert rules(works_on=None, deadline_on=LAST) == []
    assert rules(works_on=None, deadline_on=date(2015, 6, 29), closed_on=date(2015, 6, 1)) == []


def test_a_plan_above_its_cost_and_one_of_unknown_cost() -> None:
    assert rules(replace(PLAN, private=1000.0)) == [Breach("over_cost", 1.001, 1.0, 1000.0)]
    assert rules(replace(PLAN, private=1000.0, cost=None), cost=None, gross_cost=None) == []


def test_what_mends_the_own_share_mends_it_to_the_cent() -> None:
    plan = replace(PLAN, own=150_000.0)
    (breach,) = rules(plan)
    assert breach.missing == pytest.approx(50_000) and breach.excess == pytest.approx(200_000)
    assert rules(replace(plan, own=150_000.0 + (breach.missing or 0.0))) == []
    assert rules(replace(plan, public=800_000.0 - (breach.excess or 0.0)), awarded=600_000.0) == []


def test_what_the_scenario_mends_is_told(town: Engine, catalogue: Catalogue) -> None:
    law = found(town, catalogue, "own_funds,change=-0.1")["P001"]
    back = Law(law.project_id, law.title, law.scenario, law.base)
    assert [one.rule for one in back.mends] == ["own_share"] and back.breaks == ()
