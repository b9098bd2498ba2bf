"""Two published waves compared: scipy's own tests as the oracle, then what is said of them."""

import numpy as np
import pytest
from scipy import stats

from metrics.disclosure.compare import LEVEL, Sample, benjamini_hochberg, compare, welch
from metrics.disclosure.tables import Cell, Published, Response, Summary, Table


def wave(
    name: str, mean: float, sd: float | None = 20.0, n: int = 300, headcount: int | None = None
) -> Published:
    cells = tuple(Cell((("sex", sex),), n // 2, mean + step, sd) for sex, step in (("F", 0.1), ("M", -0.1)))
    tables = (
        Table((), "who5", (Cell((), n, mean, sd),)),
        Table(("sex",), "who5", (*cells, Cell((("sex", None),)))),
    )
    return Published(name, 11, tables, response=Response(n, headcount))


@pytest.mark.parametrize("seed", range(20))
def test_welch_is_scipy_s(seed: int) -> None:
    draw = np.random.default_rng(seed)
    one, two = (
        Sample(draw.uniform(20, 80), draw.uniform(5, 30), float(draw.integers(13, 400))) for _ in range(2)
    )
    found = welch(one, two)
    wanted = stats.ttest_ind_from_stats(two.mean, two.sd, two.n, one.mean, one.sd, one.n, equal_var=False)
    assert found.t == pytest.approx(wanted.statistic) and found.p == pytest.approx(wanted.pvalue)
    half = stats.t.ppf(0.975, found.df) * np.sqrt(one.sd**2 / one.n + two.sd**2 / two.n)
    assert (found.low, found.high) == pytest.approx((found.difference - half, found.difference + half))
    assert found.finite is None


def test_the_limits_of_a_finite_staff_are_narrower_and_the_test_is_not() -> None:
    asked = welch(Sample(50, 20, 300, 640), Sample(53, 20, 320, 640))
    free = welch(Sample(50, 20, 300), Sample(53, 20, 320))
    assert asked.p == free.p and asked.finite is not None
    half = 1.9636 * np.sqrt(400 / 300 * (1 - 300 / 640) + 400 / 320 * (1 - 320 / 640))
    assert asked.finite == pytest.approx((3 - half, 3 + half), abs=0.01)
    assert asked.low < asked.finite[0] and asked.finite[1] < asked.high


@pytest.mark.parametrize("seed", range(20))
def test_benjamini_and_hochberg_are_scipy_s(seed: int) -> None:
    p = np.random.default_rng(seed).uniform(0, 0.2, size=seed + 1)
    assert benjamini_hochberg(p.tolist()) == pytest.approx(stats.false_discovery_control(p).tolist())


def test_no_p_value_is_no_p_value() -> None:
    assert benjamini_hochberg([]) == []


def test_a_change_beyond_noise_and_one_within_are_said_as_such() -> None:
    far, near = (
        compare(wave("2013-audit", 51.8), wave("2015", 60.9)),
        compare(wave("2013-audit", 51.8), wave("2015", 52.9)),
    )
    assert {one.group for one in far} == {(), (("sex", "F"),), (("sex", "M"),)}
    town = far[0]
    assert town.is_signal and town.fr == "+9,1 points depuis 2013-audit [+5,9 ; +12,3], plus que le hasard"
    assert town.en == "+9.1 points since 2013-audit [+5.9, +12.3], more than chance"
    assert near[0].is_signal is False
    assert near[0].fr == "+1,1 point depuis 2013-audit [\N{MINUS SIGN}2,1 ; +4,3], dans le bruit"


def test_all_comparisons_of_the_pair_are_corrected_together() -> None:
    """A p of 0.03 alone is a signal; beside two that say nothing it is none."""
    found = compare(wave("a", 50.0), wave("b", 53.6))
    assert found[0].test is not None and found[0].test.p < LEVEL
    wanted = stats.false_discovery_control([one.test.p for one in found if one.test])
    assert [one.adjusted for one in found] == pytest.approx(wanted.tolist())
    assert [one.is_signal for one in found] == [q <= LEVEL for q in wanted]


def test_without_a_standard_deviation_only_the_difference_is_said() -> None:
    (town, *_) = compare(wave("a", 50.0, sd=None), wave("b", 60.0))
    assert town.test is None and town.is_signal is None and town.difference == 10.0
    assert "sans intervalle" in town.fr and "without an interval" in town.en


def test_what_one_list_hides_is_not_compared() -> None:
    hidden = Published("a", 11, (Table((), "who5", (Cell(()),)),))
    assert compare(hidden, wave("b", 60.0)) == () == compare(wave("b", 60.0), hidden)


def test_the_town_is_compared_by_its_weighted_means_where_both_lists_tell_them() -> None:
    def weighted(name: str, mean: float) -> Published:
        one = wave(name, mean)
        summary = Summary("who5", 300, mean, 20.0, weighted=mean + 1, effective_n=200)
        return Published(name, 11, one.tables, (summary,))

    both = compare(weighted("a", 50.0), weighted("b", 59.0))[0]
    assert both.is_weighted and both.test == welch(Sample(51, 20, 200), Sample(60, 20, 200))
    one = compare(wave("a", 50.0), weighted("b", 59.0))[0]
    assert not one.is_weighted and one.test is not None and one.test.difference == pytest.approx(9.0)
