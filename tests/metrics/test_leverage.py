"""The leverage behind the number, on the ten funded files of the demo: ladder, law, what one project weighs."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.leverage import Leverage, Plan, leverage
from tests.metrics.little import little

LAST = date(2015, 6, 30)
# id: (own, public, private) in k€, as the town publishes them
FILES = {
    "P001": (600, 2400, 0),
    "P002": (400, 1400, 2200),
    "P003": (150, 850, 100),
    "P004": (700, 2300, 0),
    "P005": (100, 300, 400),
    "P006": (250, 850, 500),
    "P007": (400, 1200, 100),
    "P008": (200, 700, 0),
    "P009": (20, 60, 40),
    "P010": (180, 440, 1160),
}


@pytest.fixture(scope="module")
def found(town: Engine, catalogue: Catalogue) -> Leverage:
    """The leverage of the demo town at its data date."""
    return leverage(town, catalogue, LAST)


def plan(
    own: float | None, public: float, private: float = 0, share: float = 0.2, derogation: bool = False
) -> Plan:
    """Return a plan of these amounts."""
    return Plan("P", "P", None, None, own, public, private, None, share, derogation)


def test_the_ten_plans_are_those_published(found: Leverage) -> None:
    read = {one.project_id: (one.own, one.public, one.private) for one in found.plans}
    assert read == {id: tuple(1000 * part for part in parts) for id, parts in FILES.items()}


def test_each_stage_of_the_ladder_on_the_same_own_funds(found: Leverage) -> None:
    assert [rung.stage for rung in found.ladder] == ["requested", "awarded", "contracted", "paid"]
    assert [rung.amount for rung in found.ladder] == [26e6, 15e6, 12e6, 4.5e6]
    assert [round(rung.leverage or 0, 2) for rung in found.ladder] == [8.67, 5.0, 4.0, 1.5]
    assert found.refused == 8e6


def test_both_readings_of_one_to_five(found: Leverage) -> None:
    assert (found.own, found.public, found.private) == (3e6, 10.5e6, 4.5e6)
    assert (found.partner_per_own, found.total_per_own) == (5, 6)
    assert found.cofinancing_rate == pytest.approx(0.833, abs=5e-4)


def test_without_each_project_in_turn(found: Leverage) -> None:
    left = found.left_out
    order = list(left)
    assert (order[0], order[-1], len(order)) == ("P002", "P004", 10)
    assert (round(left["P002"], 2), round(left["P004"], 2)) == (4.38, 5.52)
    assert left["P001"] == pytest.approx(12.6 / 2.4)
    others = [plan for plan in found.known if plan.project_id != "P001"]
    own = sum(plan.own or 0.0 for plan in others)
    assert left["P001"] == pytest.approx(sum(plan.partner for plan in others) / own, rel=1e-12)


def test_own_funds_are_spread_pro_rata_to_awards_by_year(town: Engine, catalogue: Catalogue) -> None:
    read = {one.scope["year"]: one for one in readings(town, catalogue, ["leverage_awarded"], [LAST], "year")}
    expected = {"2014": (4_000_000, 1_000_000), "2015": (11_000_000, 2_000_000)}
    assert {scope: (one.numerator, round(one.denominator or 0, 2)) for scope, one in read.items()} == expected
    assert [read["2014"].value, read["2015"].value] == [pytest.approx(4.0), pytest.approx(5.5)]


def test_own_funds_spread_by_kind_of_partner_make_the_whole(town: Engine, catalogue: Catalogue) -> None:
    read = {
        one.scope["partner_kind"]: one
        for one in readings(town, catalogue, ["leverage_awarded"], [LAST], "partner_kind")
    }
    awarded = {
        "region": 3.9e6,
        "state": 3.0e6,
        "department": 2.1e6,
        "eu": 1.5e6,
        "company": 3.6e6,
        "foundation": 0.9e6,
    }
    assert {kind: one.numerator for kind, one in read.items()} == awarded
    assert sum(one.denominator or 0 for one in read.values()) == pytest.approx(3e6)
    # the State alone gave on seven plans: its share of each plan's awards, of that plan's own funds
    state = [
        (800, 600, 2400),
        (350, 400, 3600),
        (450, 150, 950),
        (700, 700, 2300),
        (300, 250, 1350),
        (250, 400, 1300),
        (150, 180, 1600),
    ]
    spread = sum(own * part / whole for part, own, whole in state)
    assert read["state"].value == pytest.approx(3000 / spread)


@pytest.mark.parametrize(
    ("id", "verdict"),
    [("P001", "on_the_limit"), ("P003", "derogation"), ("P004", "compliant"), ("P002", "compliant")],
)
def test_the_verdict_on_each_plan(id: str, verdict: str, found: Leverage) -> None:
    assert next(one for one in found.plans if one.project_id == id).verdict == verdict


def test_only_one_plan_is_on_the_limit_and_none_breaks_the_law(found: Leverage) -> None:
    verdicts = [one.verdict for one in found.plans]
    assert verdicts.count("on_the_limit") == 1 and verdicts.count("derogation") == 1
    assert verdicts.count("compliant") == 8


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (plan(200, 800), "on_the_limit"),
        (plan(199, 801), "breach"),
        (plan(199, 801, derogation=True), "derogation"),
        (plan(220, 780), "on_the_limit"),
        (plan(221, 779), "compliant"),
        (plan(200, 800, private=9000), "on_the_limit"),  # private money is outside the public total
        (plan(10, 0, private=9000), "compliant"),
        (plan(290, 710, share=0.3), "breach"),
        (plan(None, 800), "unknown"),
        (plan(0, 800), "breach"),
        (plan(0, 0), "unknown"),
    ],
)
def test_the_law_bounds_the_own_share_of_public_money(one: Plan, verdict: str) -> None:
    assert one.verdict == verdict


def test_public_money_alone_can_lever_four(found: Leverage) -> None:
    assert found.public_ceiling == pytest.approx(4.0)


def test_the_ceiling_follows_the_plans_own_minimum() -> None:
    thirty = Leverage(LAST, (plan(100, 100, share=0.3),), (), 0)
    assert thirty.public_ceiling == pytest.approx(7 / 3)
    free = Leverage(LAST, (plan(100, 100, derogation=True),), (), 0)
    assert free.public_ceiling is None


def test_no_leverage_without_known_own_funds() -> None:
    none = Leverage(LAST, (plan(None, 100),), (), 0)
    assert (none.partner_per_own, none.total_per_own, none.cofinancing_rate) == (None, None, None)
    assert none.left_out == {}


@pytest.mark.parametrize(
    ("day", "value"), [("2014-08-31", None), ("2014-09-30", 4.0), ("2014-12-31", 2.35), ("2015-06-30", 5.0)]
)
def test_a_past_date_knows_only_its_plans(
    day: str, value: float | None, town: Engine, catalogue: Catalogue
) -> None:
    past = leverage(town, catalogue, date.fromisoformat(day))
    assert (None if past.partner_per_own is None else round(past.partner_per_own, 2)) == value
    kept = readings(town, catalogue, ["leverage_awarded"], [date.fromisoformat(day)])[0]
    assert kept.value == (None if value is None else pytest.approx(past.partner_per_own))


def test_the_directorates_plans_make_the_towns(found: Leverage, town: Engine, catalogue: Catalogue) -> None:
    names = {one.lead_directorate for one in found.plans}
    parts = [leverage(town, catalogue, LAST, {"lead_directorate": str(name)}) for name in names]
    assert len(parts) >= 3
    assert sum(part.own for part in parts) == found.own
    assert sum(len(part.plans) for part in parts) == 10


def test_an_empty_town_has_no_plan(catalogue: Catalogue) -> None:
    none = leverage(little(), catalogue, LAST)
    assert none.plans == () and none.partner_per_own is None
    assert all(rung.leverage is None for rung in none.ladder)


def guarded(*awards: tuple[str, float | None, str]) -> tuple[Plan, float | None]:
    """Return the plan of a project of 200 own funds with awards (day, amount, sector), and what P4.1 says of it."""
    sectors = ("public", "private")
    lines = [
        {
            "financing_id": f"F{place}",
            "project_id": "P1",
            "partner_id": sector,
            "nature": "grant",
            "requested_on": date(2013, 1, 1),
            "awarded_on": date.fromisoformat(day),
            "awarded_amount": amount,
        }
        for place, (day, amount, sector) in enumerate(awards)
    ]
    engine = little(
        projects=[
            {"project_id": "P1", "title": "P", "own_funds_amount": 200.0, "opened_on": date(2012, 1, 1)}
        ],
        partners=[{"partner_id": name, "name": name, "sector": name} for name in sectors],
        financings=lines,
        programmes=[{"programme": "A", "is_public": True, "valid_from": date(2010, 1, 1)}],
    )
    shipped = load([SHIPPED])
    (one,) = leverage(engine, shipped, LAST).plans
    (told,) = readings(engine, shipped, ["compliant_plans"], [LAST])
    return one, told.value


def test_the_law_counts_public_money_of_before_the_change_of_method_as_the_kpi_does() -> None:
    late = ("2015-02-01", 700.0, "public")
    one, told = guarded(late)
    assert (one.own_share, one.verdict, told) == (pytest.approx(2 / 9), "compliant", 1)
    one, told = guarded(late, ("2014-03-01", 200.0, "public"))
    assert (one.public, one.earlier_public, one.partner) == (700, 200, 700)  # the leverage leaves it out
    assert (one.own_share, one.verdict, told) == (pytest.approx(2 / 11), "breach", 0)
    one, told = guarded(late, ("2014-03-01", 200.0, "private"))
    assert (one.verdict, told) == ("compliant", 1)
    one, told = guarded(late, ("2014-03-01", None, "public"))
    assert (one.verdict, told) == ("unknown", None)
