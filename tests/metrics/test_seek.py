"""Goal seek: closed forms where there are some, the law as it binds, words and command; nothing invented where nothing answers."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.engine import Engine
from metrics import whatif
from metrics.__main__ import main
from metrics.breaches import over_cost
from metrics.definitions import Catalogue
from metrics.leverage import leverage
from metrics.refusing import BadEntry
from metrics.scenario import from_text
from metrics.seek import Sought, by_text, seek
from metrics.seek_answer import goal, named
from metrics.seek_ways import beyond

LAST = date(2015, 6, 30)


@pytest.fixture(scope="module")
def sought(town: Engine, catalogue: Catalogue):  # type: ignore[no-untyped-def]
    """Seek by text: KPI, goal, driver, and the scenario it is sought under."""

    def run(kpi: str, target: float, by: str, under: str = "", scope: str = "") -> Sought:
        base = from_text(under, LAST, catalogue.parameters)
        return seek(town, catalogue, kpi, target, by_text(by), LAST, base, scope)

    return run


def test_own_funds_for_a_leverage(sought) -> None:  # type: ignore[no-untyped-def]
    """L = 15 / own: four for one takes 3.75 M€, a quarter more."""
    found = sought("leverage_awarded", 4, "own_funds")
    assert found.value == 0.25 and found.reached == pytest.approx(4) and found.before == 5
    assert found.scenario.as_text() == "own_funds,change=0.25"


def test_what_is_found_gives_what_is_said(sought, town: Engine, catalogue: Catalogue) -> None:  # type: ignore[no-untyped-def]
    found = sought("investment_capacity_index", 1.5, "awards_cut.share")
    assert found.value == pytest.approx(5 / 11, abs=1e-6)  # 9 + 11 (1 - x) = 15 M€
    lines = {line.kpi: line for line in whatif.compare(town, catalogue, found.scenario, LAST).lines}
    assert lines["investment_capacity_index"].scenario.value == pytest.approx(1.5, abs=1e-6)


def test_the_goal_of_the_base_needs_nothing(sought) -> None:  # type: ignore[no-untyped-def]
    found = sought("leverage_awarded", 5, "own_funds")
    assert found.already and found.value == 0


def test_less_own_money_is_bound_by_the_plan_on_its_limit(sought) -> None:  # type: ignore[no-untyped-def]
    found = sought("leverage_awarded", 6, "own_funds")
    assert not found.reachable and found.best == pytest.approx((0, 5), abs=1e-5)
    assert (found.rule.kind, found.rule.limit, found.rule.plans) == ("own_share", 0.2, ("P001",))
    assert found.public_ceiling == 4


def test_a_driver_that_is_there_is_moved_in_place(sought) -> None:  # type: ignore[no-untyped-def]
    found = sought("leverage_awarded", 4.5, "awards_cut", "awards_cut,share=0.2;own_funds,change=0")
    assert found.before == 4 and found.value == pytest.approx(0.1)
    assert [use.driver for use in found.scenario.uses] == ["awards_cut", "own_funds"]
    other = sought(
        "cofinancing_raised", 1.15e7, "awards_cut,partner_kind=region", "awards_cut,partner_kind=state"
    )
    assert len(other.scenario.uses) == 2


def test_steps_take_the_first_that_is_enough(sought) -> None:  # type: ignore[no-untyped-def]
    found = sought("cofinancing_raised", 5e6, "decision_delay")
    assert found.value == round(found.value) > 0 and found.reached >= 5e6
    more = sought("cofinancing_raised", found.reached - 1000, "decision_delay")
    less = sought("cofinancing_raised", found.reached + 1000, "decision_delay")
    assert more.value == found.value and less.value < found.value


def test_private_money_for_a_leverage_at_the_public_ceiling(
    sought, town: Engine, catalogue: Catalogue
) -> None:  # type: ignore[no-untyped-def]
    """q = L - (1 - m)/m: five for one at m = 20 % takes one private euro per own euro, a fifth of what partners give."""
    found = sought("leverage_awarded", 5, "private_share", "public_money,share=1")
    assert found.value == pytest.approx(0.2, abs=1e-6)
    told = leverage(whatif.under(town, found.scenario), catalogue, LAST)
    assert told.private / told.own == pytest.approx(1, abs=1e-6)
    assert told.public / told.own == pytest.approx(4, abs=1e-6)
    assert not [plan for plan in told.plans if plan.verdict == "breach"]


def test_public_money_alone_is_out_of_reach_of_five(sought) -> None:  # type: ignore[no-untyped-def]
    found = sought("leverage_awarded", 5, "public_money", "private_share,share=0")
    assert not found.reachable and found.before == pytest.approx(3.5)
    assert found.best == pytest.approx((1, 4), abs=1e-5) and found.public_ceiling == 4
    assert found.rule.kind == "own_share" and found.rule.limit == 0.2 and "P001" in found.rule.plans
    assert "P003" not in found.rule.plans  # by derogation


def test_private_money_that_is_more_than_enough_comes_back(sought) -> None:  # type: ignore[no-untyped-def]
    """3.5 public euros for one: L = 3.5 / (1 - s)."""
    assert sought("leverage_awarded", 4, "private_share").value == pytest.approx(0.125, abs=1e-6)


def test_no_plan_is_financed_beyond_its_cost(sought, town: Engine, catalogue: Catalogue) -> None:  # type: ignore[no-untyped-def]
    """Own funds and partners are the cost of the ten plans already, to the euro: six takes 3 M€ more."""
    found = sought("leverage_awarded", 6, "private_share")
    assert not found.reachable and found.best == pytest.approx((0.3, 5), abs=1e-5)
    assert found.rule.kind == "over_cost" and found.rule.limit == 1 and "P002" in found.rule.plans
    won = leverage(whatif.under(town, found.scenario), catalogue, LAST)
    assert not [plan for plan in won.plans if over_cost(plan) and over_cost(plan).excess > 0.05]


def test_a_plan_over_its_cost_may_not_get_worse(sought) -> None:  # type: ignore[no-untyped-def]
    """Own funds doubled put every plan over its cost: partners may then bring as much as before, not more."""
    found = sought("leverage_awarded", 3, "private_share", "own_funds,change=1")
    assert found.before == pytest.approx(2.5) and found.best == pytest.approx((0.3, 2.5), abs=1e-5)
    assert found.rule.kind == "over_cost"
    assert sought("leverage_awarded", 2, "private_share", "own_funds,change=1").reachable


def test_success_for_an_amount(sought, town: Engine) -> None:  # type: ignore[no-untyped-def]
    """p = (X - what is won) / Σ (amount x ratio) over the pending requests."""
    ((pending,),) = town.rows(
        "SELECT SUM(requested_amount) FROM financings WHERE awarded_on IS NULL AND refused_on IS NULL AND cancelled_on IS NULL"
    )
    found = sought("cofinancing_raised", 18e6, "success_rate,awarded_ratio=0.9")
    assert found.value == pytest.approx(3e6 / (float(pending) * 0.9), abs=1e-6)
    assert found.before == 15e6


def test_what_the_law_forbids_is_no_answer(sought) -> None:  # type: ignore[no-untyped-def]
    """The same rate for every plan would put public money above 80 % of it: four for one is the most."""
    found = sought("leverage_awarded", 5, "cofinancing_rate")
    assert not found.reachable and found.best == pytest.approx((0.8, 4), abs=1e-5)
    assert found.rule.kind == "own_share"


def test_sixty_days_and_less(sought) -> None:  # type: ignore[no-untyped-def]
    found = sought("appraisal_median_days", 50, "appraisal_time.change")
    assert found.before == 60 and found.reached <= 50 and -0.25 < found.value < -0.1


def test_a_driver_that_moves_nothing_says_so(sought) -> None:  # type: ignore[no-untyped-def]
    for kpi, by in (("wellbeing_who5", "own_funds"), ("partners_joined", "awards_cut")):
        found = sought(kpi, 1, by)
        assert not found.reachable and found.best is None and found.rule.kind == "still"
    away = sought("leverage_awarded", 5.5, "awards_cut")
    assert away.rule.kind == "bound" and away.best == pytest.approx((0, 5), abs=1e-5)


def test_a_directorate_s_own_part(sought, town: Engine) -> None:  # type: ignore[no-untyped-def]
    ((lead, total),) = town.rows(
        "SELECT p.lead_directorate, SUM(f.awarded_amount) FROM financings f JOIN projects p USING (project_id) "
        "WHERE p.project_id = 'P002' GROUP BY 1"
    )
    whole = sought("cofinancing_raised", 1e5, "awards_cut", scope=lead)
    assert whole.before is not None and whole.before >= float(total) > 1e5
    assert whole.value == pytest.approx(1 - 1e5 / whole.before, abs=1e-6)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("own_found", "own_funds"),
        ("own_funds.project", "change"),
        ("project_dropped", "autre hypothèse"),
        ("awards_cut.share,partner_kind=moon", "region"),
        ("awards_cut,colour=red", "share"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_mend(by: str, words: str, sought) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadEntry) as refused:
        sought("leverage_awarded", 4, by)
    assert words in refused.value.mend.fr


@pytest.mark.parametrize(
    ("kpi", "text", "value"),
    [
        ("F1.1", "5", 5),
        ("F1.1", "5,5", 5.5),
        ("F1.2", "20 M€", 20e6),
        ("F1.2", "1 500 000", 1.5e6),
        ("F2.1", "20 M€", 2.0),
        ("F2.1", "2,2", 2.2),
        ("F1.3", "65 %", 0.65),
        ("F1.3", "65", 0.65),
        ("F1.3", "0,65", 0.65),
        ("appraisal_median_days", "60 j", 60),
    ],
)
def test_a_goal_is_read_as_people_write_it(
    kpi: str, text: str, value: float, town: Engine, catalogue: Catalogue
) -> None:
    assert goal(town, catalogue, named(catalogue, kpi), text, LAST) == pytest.approx(value)


@pytest.mark.parametrize(("kpi", "text"), [("F1.1", "cinq"), ("F1.1", "20 M€"), ("F1.1", "")])
def test_a_goal_that_is_none_is_refused(kpi: str, text: str, town: Engine, catalogue: Catalogue) -> None:
    with pytest.raises(BadEntry):
        goal(town, catalogue, named(catalogue, kpi), text, LAST)


def test_the_command(
    town_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    path = tmp_path / "cut.yml"
    path.write_text("drivers: [{driver: awards_cut, share: 0.2}]", "utf-8")
    assert main(["seek", "F1.1", "5", "--by", "own_funds", "--with", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= {"kpi", "target", "by", "reachable", "value", "reached", "best", "rule", "before"}
    assert told["kpi"] == "leverage_awarded" and told["before"] == pytest.approx(4)
    assert told["value"] == pytest.approx(-0.2)  # a fifth less of both leaves P001 at its 20 %, to the cent
    assert main(["seek", "F1.1", "6", "--by", "own_funds"]) == 0
    said = capsys.readouterr().out
    assert (
        "Inatteignable" in said
        and "20 %" in said
        and "P001" in said
        and "ne peut dépasser 1 pour 4,00" in said
    )
    assert main(["seek", "F1.1", "six", "--by", "own_funds", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["reachable"] is False


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["F1.1", "5", "--by", "private_share"], "« Effet de levier notifié » est déjà à 1 pour 5,00"),
        (["F1.1", "4", "--by", "own_funds"], "25 % de plus : donne 1 pour 4,00"),
        (["F2.1", "30 M€", "--by", "own_budget.amount"], "10,0 M€ de plus"),
        (["F2.1", "9", "--by", "own_funds"], "(own_budget.amount)"),
    ],
)
def test_the_command_says_it_as_people_read(
    asked: list[str],
    words: str,
    town_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    assert main(["seek", *asked]) == 0
    said = capsys.readouterr().out
    assert words in said.replace("\u202f", " ").replace("\u00a0", " ")
    assert "eur_per_eur" not in said and " = 0" not in said


def test_a_driver_that_cannot_names_those_that_can(sought) -> None:  # type: ignore[no-untyped-def]
    movers = sought("investment_capacity_index", 9, "own_funds").movers
    assert {"own_budget.amount", "awards_cut.share"} <= set(movers)
    assert not [one for one in movers if one.startswith(("own_funds", "staff", "appraisal_time"))]


def test_a_goal_beyond_today_is_the_target_or_a_quarter_better(catalogue: Catalogue) -> None:
    leverage_, days = catalogue.kpis["leverage_awarded"], catalogue.kpis["appraisal_median_days"]
    assert beyond(leverage_, 5) == 6 and beyond(leverage_, leverage_.target - 1) == leverage_.target
    assert beyond(days, 60) == 45 and beyond(days, None) is None
    assert beyond(replace(leverage_, target=None), 2e7) == 2.5e7
