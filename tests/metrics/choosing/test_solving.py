"""The best set against the worked example, against exhaustive search, and under each rule."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.choosing.found import Chosen, Portfolio
from metrics.choosing.needs import settled
from metrics.choosing.program import Program
from metrics.choosing.question import Choice
from metrics.choosing.reading import read
from metrics.choosing.solving import choose, solved
from metrics.refusing import BadEntry
from tests.metrics.choosing.example import DAY, best_of_all, choice

M = 1_000_000


def ids(found: Chosen | Portfolio) -> list[int]:
    """Return the numbers of the chosen projects: P002 is 2."""
    held = found.portfolio if isinstance(found, Chosen) else found
    assert held is not None
    return [int(id[1:]) for id in held.ids]


@pytest.fixture(scope="module")
def made() -> Chosen:
    return choose(choice(risk={"solved": 0}))


def test_the_ten_projects_are_chosen_as_worked_out_by_hand(made: Chosen) -> None:
    best = made.portfolio
    assert made.status == "optimal" and made.gap == 0 and best is not None
    assert (best.total, ids(made)) == (pytest.approx(11.6 * M), [2, 3, 4, 6, 9, 10])
    assert best.uses["own"] == pytest.approx((830_000, 870_000)) and best.uses["fte"] == pytest.approx(
        (3.9, 3.9)
    )
    assert best.leverage == pytest.approx(5.82, abs=0.005) and not best.breaks


def test_greedy_choices_are_worse_though_one_levers_more(made: Chosen) -> None:
    told = {one.name: one for one in made.rivals}
    assert {
        name: (round(one.total / M, 2), ids(one), round(one.leverage or 0, 2)) for name, one in told.items()
    } == {
        "greedy_leverage": (10.80, [1, 2, 3, 5, 9, 10], 6.45),
        "greedy_size": (10.12, [1, 2, 4, 9], 4.88),
        "greedy_size_per_fte": (10.72, [2, 3, 4, 5, 7, 9], 5.06),
    }
    assert not any(one.breaks for one in told.values())


def test_shadow_values_are_found_by_choosing_again(made: Chosen) -> None:
    told = {(one.resource, one.year): (one.more, round(one.objective / M, 2)) for one in made.shadows}
    assert told == {("own", 2015): (1e5, 12.08), ("own", 2016): (1e5, 12.02), ("fte", None): (0.5, 12.38)}
    richer = choose(choice(budgets={"own": [1_000_000, 1_000_000], "fte": 4}))
    first = made.shadows[0]
    assert richer.portfolio is not None and richer.portfolio.objective == first.objective
    assert first.gain == pytest.approx(480_000)
    assert set(richer.portfolio.ids) == (set(made.portfolio.ids) | set(first.enter)) - set(first.leave)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"committed": ["P001"]}, lambda held: 1 in held),
        ({"excluded": ["P002"]}, lambda held: 2 not in held),
        ({"exclusive": [["P002", "P004"]]}, lambda held: not {2, 4} <= set(held)),
        ({"limits": [{"column": "theme", "value": "sport", "least": 1}]}, lambda held: 7 in held),
        (
            {"limits": [{"column": "theme", "value": "energy", "most": 2.5e6, "of": "cost"}]},
            lambda held: 4 not in held,
        ),
        (
            {"shares": [{"column": "theme", "value": "urban", "least": 0.5}]},
            lambda held: {2, 5, 6} & set(held),
        ),
    ],
)
def test_each_rule_is_kept_and_the_best_is_the_exhaustive_search_s(
    rule: dict[str, Any], expected: Any
) -> None:
    asked = choice(**rule)
    found = choose(asked)
    assert found.portfolio is not None and expected(ids(found)) and not found.portfolio.breaks
    program = Program(settled(asked))
    values = np.array([one.cost for one in asked.candidates])
    assert found.portfolio.objective == pytest.approx(best_of_all(program, values))


def test_what_is_required_starts_first_or_with_it() -> None:
    told = [
        {"id": "A", "cost": 100, "own": [60], "starts": [2016, 2017]},
        {"id": "B", "cost": 500, "own": [50], "requires": ["A"], "starts": [2015, 2016, 2017]},
    ]
    base = {"years": [2015, 2016, 2017], "candidates": told, "guard": "off"}
    found = choose(read({**base, "budgets": {"own": [60, 60, 60]}}, None, None, DAY)).portfolio
    assert found is not None and {pick.project: pick.start for pick in found.picks} == {"A": 2016, "B": 2017}
    alone = choose(read({**base, "budgets": {"own": [50, 50, 50]}}, None, None, DAY)).portfolio
    assert alone is not None and alone.picks == ()


def test_a_plan_below_its_legal_share_is_barred_or_given_more_own_funds() -> None:
    low = {"id": "A", "cost": 1000, "own": [100, 50], "public": 850}
    base = {"years": [2015, 2016], "candidates": [low], "budgets": {"own": [150, 150]}}
    barred = choose(read(base, None, None, DAY))
    assert barred.portfolio is not None and barred.portfolio.picks == ()
    assert [rule.id for rule in barred.barred] == ["legal:A"]
    more = choose(read({**base, "guard": "more_own"}, None, None, DAY)).portfolio
    assert more is not None and (more.own, more.public, more.total) == (
        pytest.approx(200),
        pytest.approx(800),
        1000,
    )
    assert more.uses["own"] == pytest.approx((200 * 2 / 3, 200 / 3))
    derogation = choose(
        read({**base, "candidates": [low | {"has_derogation": True}]}, None, None, DAY)
    ).portfolio
    assert derogation is not None and derogation.ids == ("A",)


def test_money_not_asked_for_counts_as_public_where_the_law_is_judged() -> None:
    low = {"id": "A", "cost": 1000, "own": [150], "public": 100}
    assert choose(read({"years": [2015], "candidates": [low], "budgets": {}}, None, None, DAY)).barred


def test_works_that_wait_cost_the_town_their_whole_rise() -> None:
    one = {"id": "A", "cost": 1000, "own": [200], "public": 800, "starts": [2016]}
    first = {"id": "B", "cost": 10, "own": [10], "starts": [2015]}
    base = {
        "years": [2015, 2016],
        "candidates": [one | {"starts": [2015, 2016]}, first],
        "works_inflation": 0.1,
    }
    found = choose(read({**base, "budgets": {"own": [10, 300]}}, None, None, DAY)).portfolio
    assert (
        found is not None
        and found.uses["own"] == pytest.approx((10, 300))
        and found.own == pytest.approx(310)
    )
    short = choose(read({**base, "budgets": {"own": [10, 299]}}, None, None, DAY)).portfolio
    assert short is not None and short.ids == ("B",)


def test_a_later_start_is_worth_less_where_the_choice_says_so() -> None:
    told = [{"id": id, "cost": 100, "own": [100]} for id in "AB"]
    base = {
        "years": [2015, 2016],
        "start_years": "free",
        "candidates": told,
        "budgets": {"own": 100},
        "guard": "off",
    }
    found = choose(read({**base, "discount": 0.25}, None, None, DAY)).portfolio
    assert found is not None and (found.total, found.objective) == (200, pytest.approx(180))


def test_projects_start_as_early_as_they_can() -> None:
    told = [{"id": "A", "cost": 100, "own": [100], "public": 0}]
    found = choose(
        read(
            {"years": [2015, 2016, 2017], "start_years": "free", "candidates": told, "budgets": {"own": 100}},
            None,
            None,
            DAY,
        )
    ).portfolio
    assert found is not None and [pick.start for pick in found.picks] == [2015]


def test_points_and_blends() -> None:
    points = dict(zip("ABC", (1.0, 5.0, -1.0), strict=True))
    told = [
        {"id": id, "cost": cost, "own": [cost], "points": points[id]}
        for id, cost in zip("ABC", (100, 60, 50), strict=True)
    ]
    base = {"years": [2015], "candidates": told, "budgets": {"own": 100}}
    by = {
        theta: choose(read({**base, "objective": {"blend": theta}}, None, None, DAY)).portfolio
        for theta in (0.0, 0.2, 1.0)
    }
    assert {theta: one.ids for theta, one in by.items() if one} == {0.0: ("B",), 0.2: ("B",), 1.0: ("A",)}
    assert by[0.2] is not None and by[0.2].objective == pytest.approx(0.2 * 60 / 100 + 0.8)
    alone = choose(read({**base, "objective": "points"}, None, None, DAY)).portfolio
    assert alone is not None and alone.points == 5


def test_unknown_points_are_not_zero() -> None:
    with pytest.raises(BadEntry, match="P001"):
        choose(choice(objective="points"))


def test_the_present_plan_is_told_with_what_it_breaks() -> None:
    told = [{"id": id, "cost": 100, "own": [100], "present": True} for id in "AB"]
    found = choose(read({"years": [2015], "candidates": told, "budgets": {"own": 150}}, None, None, DAY))
    plan = next(one for one in found.rivals if one.name == "present_plan")
    assert (plan.total, [rule.id for rule in plan.breaks]) == (200, ["own:2015"])


@st.composite
def small(draw: st.DrawFn) -> Choice:
    """A random choice of up to five projects, two years, themes, rules of every kind."""
    count = draw(st.integers(1, 5))
    some = [f"P{i}" for i in range(count)]
    whole = st.integers(0, 9)
    told = []
    for id in some:
        own, public = [draw(whole), draw(whole)], draw(whole) * 4
        one = {
            "id": id,
            "cost": sum(own) + public + draw(whole),
            "own": own,
            "public": public,
            "fte": draw(whole) / 10,
        }
        one["theme"] = draw(st.sampled_from(["a", "b"]))
        if draw(st.booleans()):
            one["starts"] = sorted(draw(st.sets(st.sampled_from([2015, 2016]), min_size=1)))
        if draw(st.integers(0, 4)) == 0 and id != some[0]:
            one["requires"] = [some[0]]
        told.append(one)
    pick = st.lists(st.sampled_from(some), max_size=2, unique=True)
    theme = told[0]["theme"]
    raw = {
        "years": [2015, 2016],
        "candidates": told,
        "budgets": {"own": [draw(whole) * 2, draw(whole) * 2], "fte": draw(whole) / 5},
        "committed": draw(pick),
        "excluded": draw(pick),
        "exclusive": [draw(pick)],
        "limits": [{"column": "theme", "value": theme, "least": draw(st.integers(0, 1)), "most": 2}],
        "shares": [{"column": "theme", "value": theme, "least": draw(st.sampled_from([0, 0.3]))}],
        "guard": draw(st.sampled_from(["exclude", "more_own", "off"])),
        "works_inflation": draw(st.sampled_from([0, 0.1])),
    }
    return read(raw, None, None, DAY)


@settings(max_examples=60, deadline=None)
@given(small())
def test_the_solver_finds_what_exhaustive_search_finds(asked: Choice) -> None:
    found = solved(settled(asked))
    expected = best_of_all(found.program, found.values)
    if expected is None:
        assert found.portfolio is None and found.solution.is_impossible
    else:
        assert found.portfolio is not None and not found.portfolio.breaks
        assert found.portfolio.objective == pytest.approx(expected)
