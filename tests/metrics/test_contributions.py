"""Contributions add up to the change exactly, and are what averaging over all orders gives."""

import random
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics import contributions
from metrics.contributions import MOST, Effect, Side, folded, of_ratio, of_sum, total

BUSY = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # on a machine that does other things
NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)
ABOVE_ZERO = st.fractions(min_value=Fraction(1, 50), max_value=1000, max_denominator=50)
NAMES = st.none() | st.text("abcdef", max_size=3)


def side(groups: dict) -> Side:
    """A side whose groups make the whole."""
    return Side(sum(a for a, _ in groups.values()), sum(b for _, b in groups.values()), groups)


@BUSY
@given(
    st.dictionaries(NAMES, st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12),
    st.dictionaries(NAMES, st.tuples(ABOVE_ZERO, ABOVE_ZERO), min_size=1, max_size=12),
)
def test_a_ratio_s_effects_add_up_to_its_change_exactly(over: dict, under: dict) -> None:
    n, d = side(over), side(under)
    found = of_ratio(n, d)
    assert total(found) == n.end / d.end - n.start / d.start
    assert total(found, "numerator") == n.moved * (1 / d.start + 1 / d.end) / 2
    assert total(folded(found)) == total(found) and len(folded(found)) <= MOST


@BUSY
@given(st.dictionaries(NAMES, st.tuples(NUMBERS, NUMBERS), max_size=30), NUMBERS, NUMBERS)
def test_a_sum_s_effects_add_up_even_where_the_groups_do_not(
    groups: dict, start: Fraction, end: Fraction
) -> None:
    found = of_sum(Side(start, end, groups))
    assert total(found) == end - start == total(folded(found))
    assert len(folded(found)) <= MOST


def by_all_orders(over: dict, under: Side) -> dict:
    """Shapley: the numerator's groups and the denominator, each moved in turn, averaged over every order."""
    players = [*over, "denominator"]
    found = dict.fromkeys(players, 0.0)
    orders = list(permutations(players))
    for order in orders:
        n, d = sum(start for start, _ in over.values()), under.start
        for player in order:
            before = n / d
            if player == "denominator":
                d = under.end
            else:
                n += over[player][1] - over[player][0]
            found[player] += (n / d - before) / len(orders)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_numerators_and_denominator_get_what_all_orders_give(seed: int) -> None:
    draw = random.Random(seed)
    over = {name: (draw.uniform(0, 50), draw.uniform(0, 50)) for name in "abcde"}
    under = Side(draw.uniform(1, 20), draw.uniform(1, 20), {})
    expected = by_all_orders(over, under)
    found = of_ratio(side(over), under)
    assert {e.group for e in found if e.part == "numerator"} == set(over)
    for effect in found:
        name = effect.group if effect.part == "numerator" else "denominator"
        assert effect.amount == pytest.approx(expected[name])


def test_denominators_share_their_part_as_many_small_steps_would() -> None:
    """All groups moving together, a little at a time (Aumann-Shapley), the numerator's mean held."""
    under = {"a": (4.0, 9.0), "b": (6.0, 3.0), "c": (2.0, 2.5)}
    over = Side(30.0, 50.0, {})
    steps, expected = 20_000, dict.fromkeys(under, 0.0)
    for step in range(steps):
        place = (step + 0.5) / steps
        d = sum(start + place * (end - start) for start, end in under.values())
        for name, (start, end) in under.items():
            expected[name] -= 40.0 / d**2 * (end - start) / steps
    found = {e.group: e.amount for e in of_ratio(over, side(under)) if e.part == "denominator"}
    assert found == pytest.approx(expected)


def test_a_breakdown_that_counts_twice_tells_a_residual() -> None:
    found = of_sum(Side(100, 120, {"a": (60, 70), "b": (44, 55)}))
    assert [(e.kind, e.group, e.amount) for e in found] == [
        ("group", "a", 10),
        ("group", "b", 11),
        ("residual", None, -1),
    ]


def test_a_part_that_the_groups_do_not_carry_is_not_split() -> None:
    repeated = Side(10.0, 20.0, {"a": (10.0, 20.0), "b": (10.0, 20.0)})
    found = of_ratio(side({"a": (1.0, 2.0), "b": (3.0, 3.0)}), repeated)
    assert [(e.part, e.kind) for e in found] == [("numerator", "group"), ("denominator", "whole")]


def test_what_did_not_move_is_left_out_and_one_small_group_keeps_its_name() -> None:
    still = of_sum(side({"a": (5, 5), None: (1, 3)}))
    assert still == [Effect("sum", "group", None, 2, 2)]
    many = of_sum(side({str(n): (0, 100 - n) for n in range(9)}))
    kept = folded(many)
    assert [e.kind for e in kept] == ["group"] * 7 + ["rest"] and kept[-1].count == 2
    assert [e.kind for e in folded(many[:8])] == ["group"] * 8


def test_nothing_to_divide_by_has_no_effects() -> None:
    with pytest.raises(ZeroDivisionError):
        of_ratio(Side(1, 2, {}), Side(0, 2, {}))


def test_a_group_counts_by_its_net_and_equals_stand_together() -> None:
    over = side({"a": (10.0, 40.0), "b": (10.0, 20.0)})
    under = side({"a": (5.0, 20.0), "b": (5.0, 5.0)})
    effects = contributions.of_ratio(over, under)
    by_net = {one.group: one.amount for one in contributions.nets(effects)}
    change = 60 / 25 - 20 / 10
    assert sum(by_net.values()) == pytest.approx(change)
    assert (
        max(effects, key=lambda one: one.amount).group == "a"
    )  # one side alone would name a, which took by both
    assert by_net["a"] < 0 < by_net["b"] and [
        one.group for one in contributions.leaders(effects, change)
    ] == ["b"]
    tied = contributions.of_sum(side({"a": (0.0, 2.0), "b": (1.0, 3.0), "c": (0.0, 1.0)}))
    assert [one.group for one in contributions.leaders(tied, 5)] == ["a", "b"]
