"""Each driver against arithmetic by hand on the demo town, and the language that they are written in."""

from datetime import date

import pytest

from data.engine import Engine
from metrics import drivers, whatif
from metrics.definitions import Catalogue
from metrics.drivers import driver
from metrics.leverage import leverage
from metrics.present import now
from metrics.refusing import BadEntry
from metrics.scenario import from_text, moved, without_moved
from metrics.whatif import Line

LAST = date(2015, 6, 30)
LABEL = {"fr": "x", "en": "x"}


@pytest.fixture(scope="module")
def asked(town: Engine, catalogue: Catalogue):  # type: ignore[no-untyped-def]
    """Compare a scenario given as text: its lines by KPI."""

    def run(text: str, as_of: date = LAST) -> dict[str, Line]:
        scenario = from_text(text, as_of, catalogue.parameters)
        return {line.kpi: line for line in whatif.compare(town, catalogue, scenario, as_of).lines}

    return run


def today(town: Engine, driver: str, name: str, **given: object) -> float | None:
    return now(town, drivers.drivers()[driver], name, given, LAST)  # type: ignore[arg-type]


def test_pending_requests_at_their_expected_value(asked, town: Engine) -> None:  # type: ignore[no-untyped-def]
    """11 M€ pending: 60 % succeed for 5/6 of what was asked, 20.5 M€ in all; their own funds enter for 60 %."""
    lines = asked("success_rate,share=0.6")
    ((own,),) = town.rows(
        "SELECT SUM(own_funds_amount) FROM projects WHERE project_id IN (SELECT project_id FROM financings "
        "WHERE awarded_on IS NULL AND refused_on IS NULL)"
    )
    assert lines["cofinancing_raised"].scenario.value == pytest.approx(20.5e6, abs=1)
    assert lines["leverage_awarded"].scenario.value == pytest.approx(
        20.5e6 / (3e6 + 0.6 * float(own)), rel=1e-6
    )
    assert lines["success_rate"].scenario.value == pytest.approx(20.5 / (20.5 + 8 + 0.4 * 11), rel=1e-6)
    assert lines["investment_capacity_index"].scenario.value == pytest.approx((9 + 11 + 5.5) / 10, rel=1e-6)
    assert not lines["active_files"].has_moved


def test_pending_requests_all_refused(asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked("success_rate,share=0")
    assert not lines["leverage_awarded"].has_moved and not lines["cofinancing_raised"].has_moved
    assert lines["success_rate"].scenario.value == pytest.approx(15 / (15 + 8 + 11))


def test_a_programme_s_requests_alone(asked) -> None:  # type: ignore[no-untyped-def]
    """Two of the eight requests are of FEDER."""
    line = asked("success_rate,share=1,awarded_ratio=1,programme=FEDER")["cofinancing_raised"]
    assert line.difference == pytest.approx(2 * 1_375_000)


def test_what_the_data_say_today(town: Engine) -> None:
    ((won, decided, awarded, requested),) = town.rows(
        "SELECT COUNT(awarded_on), COUNT(*), SUM(awarded_amount), SUM(CASE WHEN awarded_amount > 0 THEN requested_amount END) "
        "FROM financings WHERE COALESCE(awarded_on, refused_on) > DATE '2012-06-30'"
    )
    assert today(town, "success_rate", "share") == pytest.approx(won / decided)
    assert today(town, "success_rate", "awarded_ratio") == pytest.approx(float(awarded) / float(requested))
    assert today(town, "success_rate", "share", programme="FEDER") != today(town, "success_rate", "share")
    assert today(town, "awards_cut", "share") == 0
    assert today(town, "success_rate", "programme") is None
    with pytest.raises(KeyError):
        today(town, "success_rate", "chance")


def test_futures_are_told_what_is_assumed(catalogue: Catalogue) -> None:
    scenario = from_text(
        "awards_cut,share=0.2;success_rate,share=0.7;decision_time,days=90", LAST, catalogue.parameters
    )
    assert {one.assumption: one.value for one in moved(scenario)} == {
        "success": 0.7,
        "awarded_ratio": pytest.approx(5 / 6),
        "decision_days": 90,
    }
    assert [use.driver for use in without_moved(scenario).uses] == ["awards_cut"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"parameters": {"p": {"kind": "choice", "label": LABEL}}}, "choices"),
        ({"replaces": {"projects": {"columns": {"title": "'x'"}}}}, "when"),
        ({"replaces": {"projects": {"rows": [{"from": "project"}]}}}, "project"),
        ({"replaces": {"projects": {"rows": [{"columns": {"name": "'x'"}}]}}}, "name"),
        ({"replaces": {"projects": {"rows": [{"columns": {"title": ":title"}}]}}}, "title"),
        (
            {"replaces": {"projects": {"when": "EXISTS (SELECT 1 FROM won_lines)", "columns": {}}}},
            "won_lines",
        ),
        (
            {
                "replaces": {"projects": {"when": "TRUE"}},
                "parameters": {"p": {"kind": "eur", "label": LABEL, "now": ":q"}},
            },
            "q",
        ),
    ],
)
def test_an_entry_that_cannot_be_is_refused(raw: dict[str, object], words: str) -> None:
    with pytest.raises(BadEntry) as refused:
        driver("mine", {"label": LABEL, **raw})
    assert words in refused.value.reason.fr


def test_one_rate_for_all_partners_is_its_leverage(asked) -> None:  # type: ignore[no-untyped-def]
    """L = c / (1 - c): the town pays the rest of plans that partners fund at one rate."""
    lines = asked("cofinancing_rate,share=0.8")
    assert lines["leverage_awarded"].scenario.value == pytest.approx(0.8 / 0.2)
    assert lines["cofinancing_raised"].scenario.value == pytest.approx(0.8 * 18e6, abs=1)
    gap = asked("cofinancing_rate,share=0.8,rest=gap")
    assert gap["leverage_awarded"].scenario.value == pytest.approx(0.8 * 18 / 3)


def test_the_rate_of_one_kind_of_partner(asked, town: Engine) -> None:  # type: ignore[no-untyped-def]
    """The Region gives 3.9 M€ to nine projects; half its present rate gives half as much, the town pays it."""
    ((given, cost),) = town.rows(
        "SELECT SUM(a), SUM(c) FROM (SELECT SUM(f.awarded_amount) AS a, MAX(p.total_cost_amount) AS c FROM financings f "
        "JOIN projects p USING (project_id) JOIN partners k USING (partner_id) WHERE k.kind = 'region' "
        "AND f.awarded_on >= DATE '2014-09-01' GROUP BY p.project_id)"
    )
    assert today(
        town, "cofinancing_rate", "share", partner_kind="region", since=date(2014, 9, 1)
    ) == pytest.approx(float(given) / float(cost))
    line = asked("cofinancing_rate,share=0.1,partner_kind=region")["leverage_awarded"]
    less = float(given) - 0.1 * float(cost)
    assert line.scenario.value == pytest.approx((15e6 - less) / (3e6 + less), rel=1e-6)


@pytest.mark.parametrize(("way", "debt"), [("savings", 49 / 8), ("loan", 50 / 7), ("receipts", 7.0)])
def test_own_means_of_a_year(way: str, debt: float, asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked(f"own_budget,amount=1000000,way={way}")
    assert lines["investment_capacity_index"].scenario.value == pytest.approx(21 / 10)
    assert lines["debt_payback_years"].scenario.value == pytest.approx(debt)
    assert not asked(f"own_budget,year=2014,amount=1000000,way={way}")["investment_capacity_index"].has_moved


def test_a_year_without_a_budget_is_refused(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("own_budget,year=2031", LAST, catalogue.parameters)
    with pytest.raises(BadEntry, match="2031"):
        whatif.compare(town, catalogue, scenario, LAST)


def test_later_payments_are_not_received_yet(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("payment_delay,months=6", LAST, catalogue.parameters)
    ladder = {
        rung.stage: rung.amount for rung in leverage(whatif.under(town, scenario), catalogue, LAST).ladder
    }
    ((paid,),) = town.rows(
        "SELECT SUM(m.amount) FROM payments m JOIN financings f USING (financing_id) WHERE m.paid_on >= DATE '2014-09-01' "
        "AND m.paid_on + INTERVAL 6 MONTH <= DATE '2015-06-30' AND f.awarded_on >= DATE '2014-09-01'"
    )
    assert ladder["paid"] == float(paid or 0) and ladder["awarded"] == 15e6


def test_works_later_cost_more_and_the_town_pays(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("works_inflation,rate=0.03,months=24,since=2015-03-01", LAST, catalogue.parameters)
    base, late = (
        {plan.project_id: plan for plan in leverage(one, catalogue, LAST).plans}
        for one in (town, whatif.under(town, scenario))
    )
    begun = {
        id
        for (id,) in town.rows("SELECT project_id FROM projects WHERE works_started_on <= DATE '2015-03-01'")
    }
    assert {id in begun for id in base} == {True, False}
    for id, plan in base.items():
        rise = 0.0 if id in begun else (plan.cost or 0) * (1.03**2 - 1)
        assert late[id].cost == pytest.approx((plan.cost or 0) + rise, abs=0.01)
        assert (
            late[id].own == pytest.approx((plan.own or 0) + rise, abs=0.01) and late[id].public == plan.public
        )


def test_a_quarter_less_time_is_a_quarter_less_median(asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked("appraisal_time,change=-0.25")
    assert lines["appraisal_median_days"].scenario.value == 45
    assert lines["appraisal_reduction_factor"].scenario.value == pytest.approx(240 / 45)
    assert not lines["throughput"].has_moved and not lines["active_files"].has_moved
    longer = asked("appraisal_time,change=1")["appraisal_median_days"]
    assert longer.scenario.value == pytest.approx(120, abs=3)  # files decided after the date are seen open


def test_twice_the_staff_halves_the_load_and_the_time(asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked("staff,fte=7")
    assert lines["files_per_manager"].scenario.value == pytest.approx(100 / 14)
    assert lines["appraisal_median_days"].scenario.value == 30
    assert lines["constant_means_gap"].scenario.value == pytest.approx(1.0)  # no longer at constant means
    alone = asked("staff,fte=7,times=stay")
    assert not alone["appraisal_median_days"].has_moved and alone["files_per_manager"].has_moved


PUBLIC = {
    "P001": 2400,
    "P002": 1400,
    "P004": 2300,
    "P005": 300,
    "P006": 850,
    "P007": 1200,
    "P008": 700,
    "P009": 60,
    "P010": 440,
}
OWN = {
    "P001": 600,
    "P002": 400,
    "P004": 700,
    "P005": 100,
    "P006": 250,
    "P007": 400,
    "P008": 200,
    "P009": 20,
    "P010": 180,
}


def test_a_minimum_own_share_of_thirty_percent(asked) -> None:  # type: ignore[no-untyped-def]
    """k€ of the ten files; P003 (150 own, 850 public) keeps its derogation, private money (4 500) counts in no test."""
    shown = asked("min_own_share,share=0.3")
    assert (
        shown["compliant_plans"].scenario.value == pytest.approx(1 / 10)
        and not shown["leverage_awarded"].has_moved
    )
    more = asked("min_own_share,share=0.3,clip=more_own")
    own = 150 + sum(max(OWN[id], PUBLIC[id] * 3 / 7) for id in OWN)
    assert more["leverage_awarded"].scenario.value == pytest.approx(15_000 / own, rel=1e-6)
    assert more["compliant_plans"].scenario.value == 1
    lower = asked("min_own_share,share=0.3,clip=lower_grant")
    public = 850 + sum(min(PUBLIC[id], OWN[id] * 7 / 3) for id in OWN)
    assert lower["cofinancing_raised"].scenario.value == pytest.approx(1000 * (4_500 + public), abs=1)
    assert lower["compliant_plans"].scenario.value == 1


def test_a_new_project_counts_as_any_other(asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked("new_project,cost=6000000,own=2000000,awarded=4000000;new_project,own=1000000,awarded=0")
    assert lines["active_files"].difference == 2
    assert lines["leverage_awarded"].scenario.value == pytest.approx(19 / 5)
    assert lines["cofinancing_raised"].difference == 4e6
    assert lines["compliant_plans"].scenario.value == 1  # 2 / 6 own


def test_every_driver_can_be_asked_as_it_starts(asked, catalogue: Catalogue) -> None:  # type: ignore[no-untyped-def]
    """With its usual values (and a choice where one is needed), each runs over every KPI without a failure."""
    chosen = {"awards_refused": ",partner_kind=state", "project_dropped": ",project=P004"}
    for id in drivers.drivers():
        lines = asked(id + chosen.get(id, ""))
        failed = [line.kpi for line in lines.values() if str(line.scenario.reason).startswith("failed")]
        assert not failed, (id, failed)
