"""Scenarios side by side: the same base for all, what comes first, the plans that each breaks, the widest spread."""

from datetime import date
from types import SimpleNamespace

import pytest

from data.engine import Engine
from metrics import abreast
from metrics.abreast import Abreast, Side
from metrics.definitions import Catalogue
from metrics.scenario import from_text

JUNE = date(2015, 6, 30)
REGION, LESS_OWN = "awards_refused,partner_kind=region", "own_funds,change=-0.25"


@pytest.fixture(scope="module")
def found(town: Engine, catalogue: Catalogue) -> Abreast:
    sides = tuple(
        abreast.side(town, catalogue, key, "", from_text(text, JUNE, catalogue.parameters), JUNE)
        for key, text in (("a", REGION), ("b", LESS_OWN))
    )
    return Abreast(JUNE, "", sides, abreast.plans(town, catalogue, JUNE))


def test_all_sides_stand_on_the_same_base(found: Abreast, catalogue: Catalogue) -> None:
    assert {line.kpi: line.base for line in found.sides[0].found.lines} == {
        line.kpi: line.base for line in found.sides[1].found.lines
    }
    rows = {row.kpi.id: row for row in abreast.rows(catalogue, found.sides)}
    assert len(rows) == 40
    leverage = rows["leverage_awarded"]
    assert leverage.base.value == 5.0
    # 15 M€ less the Region's 3.9 on the same 3 M€; then 15 M€ on three quarters of them
    assert [round(line.scenario.value or 0, 9) for line in leverage.lines if line] == [3.7, round(20 / 3, 9)]


def test_what_is_compared_comes_first_then_what_moves(found: Abreast, catalogue: Catalogue) -> None:
    rows = abreast.rows(catalogue, found.sides)
    first = abreast.compared(catalogue)
    assert [row.kpi.id for row in rows[: len(first)]] == first
    assert {"leverage_awarded", "investment_capacity_index", "files_per_manager"} <= set(first)
    moved = [row.has_moved for row in rows[len(first) :]]
    assert moved == sorted(moved, reverse=True) and any(moved) and not all(moved)


def test_plans_under_the_minimum_are_those_that_were_not_before(found: Abreast) -> None:
    region, less = (abreast.broken(found.plans, side.plans) for side in found.sides)
    assert region == [] and len(less) == 5
    for side, breaks in less:  # by hand: three quarters of the own funds, the same public money
        before = next(one.plan for one in found.plans if one.plan.project_id == side.plan.project_id)
        assert [one.rule for one in breaks] == ["own_share"]
        own = 0.75 * (before.own or 0)
        assert own / (own + before.public) < 0.2 <= (before.own or 0) / ((before.own or 0) + before.public)


def test_every_plan_is_told_under_every_side(found: Abreast, town: Engine, catalogue: Catalogue) -> None:
    dropped = from_text("project_dropped,project=P001", JUNE, catalogue.parameters)
    third = abreast.side(town, catalogue, "c", "", dropped, JUNE)
    told = abreast.every_plan(Abreast(JUNE, "", (*found.sides, third), found.plans))
    assert len(told) == 10 and all(len(held) == 4 for held in told)
    held = next(held for held in told if held[0] and held[0].plan.project_id == "P001")
    assert held[3] is None and held[1] is not None


def test_the_widest_spread_is_the_headline_s(found: Abreast, catalogue: Catalogue) -> None:
    best = abreast.widest(catalogue, found.sides)
    assert best is not None and best[0].kpi.id == "leverage_awarded"
    assert (min(best[1]), round(max(best[1]), 3)) == (3.7, 6.667)
    assert abreast.widest(catalogue, ()) is None


def test_one_directorate_and_a_scorecard_without_plans(town: Engine, catalogue: Catalogue) -> None:
    side: Side = abreast.side(
        town, catalogue, "a", "", from_text(LESS_OWN, JUNE, catalogue.parameters), JUNE, "DADI"
    )
    assert 0 < len(side.plans) < 10 and {one.plan.lead_directorate for one in side.plans} == {"DADI"}

    bare = SimpleNamespace(relations={})
    assert abreast.plans(bare, catalogue, JUNE) == ()  # type: ignore[arg-type]


def test_money_has_a_base_and_a_side_each(town: Engine, catalogue: Catalogue) -> None:
    named = [
        ("Moins de Région", from_text(REGION, JUNE, catalogue.parameters)),
        ("", from_text(LESS_OWN, JUNE, catalogue.parameters)),
    ]
    both = abreast.abreast(town, catalogue, named, JUNE)
    assert [side.key for side in both.sides] == ["a", "b"] and both.sides[0].name == "Moins de Région"
    region, less = (side.cash for side in both.sides)
    assert both.cash is not None and region is not None and less is not None
    # by hand: the Region's 3.9 M€ come no more; own funds change no payment
    grants = [sum(one.grants for one in cash.projects) for cash in (both.cash, region, less)]
    assert round(grants[0] - grants[1], 2) == 3_900_000 and grants[2] == grants[0]
    years = abreast.years(both)
    assert years == sorted(years) and {2015, 2016} <= set(years)
