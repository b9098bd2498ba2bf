"""The pieces of diverging bars: they meet the neutral where they should, and keep the published shares."""

from dataclasses import replace

import pytest

from metrics.disclosure.tables import Class, Spread
from metrics.scales import Scale
from metrics.scaleshelf import shelf
from pages.charts.likert import Neutral, bar, bars, extent, neutral_of


def scale(name: str) -> Scale:
    return shelf()[0][name]


def spread(*classes: tuple[float, float, float], item: str = "qwl_1") -> Spread:
    return Spread(item, "qwl", tuple(Class(*one) for one in classes), 0.5)


def test_the_neutral_is_the_middle_or_what_lies_between_two_camps() -> None:
    assert neutral_of(scale("qwl")) == Neutral(3, 3)
    assert neutral_of(scale("who5")) == Neutral(2.5, 2.5)
    assert neutral_of(scale("recommend")) == Neutral(7, 8)


def test_the_middle_answer_lies_half_on_each_side() -> None:
    made = bar(spread((1, 1, 0.1), (2, 2, 0.2), (3, 3, 0.3), (4, 4, 0.25), (5, 5, 0.15)), scale("qwl"))
    assert made.left == pytest.approx(0.1 + 0.2 + 0.15) and made.right == pytest.approx(0.55)
    assert [piece.tone for piece in made.pieces] == [-3, -2, 0, 2, 3]
    assert made.pieces[2].start == pytest.approx(-0.15)
    assert made.top2 == 0.5


def test_an_even_scale_has_no_neutral_answer() -> None:
    made = bar(spread(*((n, n, 1 / 6) for n in range(6))), scale("who5"))
    assert made.left == pytest.approx(0.5) and [p.tone for p in made.pieces] == [-3, -2, -1, 1, 2, 3]


def test_merged_answers_across_the_neutral_are_neutral() -> None:
    made = bar(spread((1, 2, 0.3), (3, 4, 0.5), (5, 5, 0.2)), scale("qwl"))
    assert [p.tone for p in made.pieces] == [-3, 0, 3]
    assert made.left == pytest.approx(0.3 + 0.5 / 4)  # of 3 and 4, half of the 3


def test_rounded_shares_fill_the_bar_and_are_told_as_published() -> None:
    made = bar(spread((1, 2, 0.33), (3, 3, 0.33), (4, 5, 0.33)), scale("qwl"))
    assert sum(p.length for p in made.pieces) == pytest.approx(1)
    assert [p.share for p in made.pieces] == [0.33] * 3


def test_the_camps_of_a_net_score() -> None:
    made = bar(spread((0, 4, 0.1), (5, 6, 0.2), (7, 8, 0.4), (9, 10, 0.3)), scale("recommend"))
    assert [p.tone for p in made.pieces] == [-3, -1, 0, 3] and made.left == pytest.approx(0.5)


def test_a_reversed_item_s_best_answers_lie_right() -> None:
    turned = replace(scale("qwl"), reversed=frozenset({"qwl_1"}))
    made = bar(spread((1, 1, 0.6), (2, 2, 0.1), (3, 5, 0.3)), turned)
    assert [p.low for p in made.pieces] == [3, 2, 1] and made.pieces[-1].tone == 3
    assert made.right == pytest.approx(0.6 + 0.1 + 0.3 * 0.5 / 3)


def test_one_axis_for_all_items() -> None:
    few, many = spread((1, 2, 0.9), (3, 5, 0.1)), spread((1, 2, 0.1), (4, 5, 0.9))
    made = bars([few, many, Spread("qwl_2", "qwl", ())], scale("qwl"))
    assert len(made) == 2
    left, right = extent(made)
    assert left == made[0].left and right == made[1].right and extent([]) == (0, 0)
