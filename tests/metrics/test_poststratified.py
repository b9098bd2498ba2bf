"""Weighted means: worked out by hand, against rows weighted one by one, and where the answers lack a group."""

import numpy as np
import pandas as pd
import pytest

from metrics.poststratified import Stratum, Sums, is_closed, mean, merged, raked, trimmed, weights

WOMEN, MEN = Stratum("G", "C", "F"), Stratum("G", "C", "M")
A, B = Stratum("G", "A", "F"), Stratum("G", "B", "F")


def sums(*values: float) -> Sums:
    return Sums(len(values), float(sum(values)), float(sum(value**2 for value in values)))


def test_each_stratum_weighs_as_it_does_in_the_staff() -> None:
    heads, tens, fifties = {WOMEN: 30, MEN: 10}, sums(*[10] * 5), sums(*[50] * 5)
    assert weights(heads, {WOMEN: 5, MEN: 5}) == {WOMEN: 6, MEN: 2}
    found = mean(heads, {WOMEN: tens, MEN: fifties})
    assert found is not None and found.value == 20 and found.n == 10
    assert found.effective_n == pytest.approx(40**2 / (5 * 36 + 5 * 4))


def test_answers_in_the_staffs_proportions_give_the_plain_mean() -> None:
    values = np.random.default_rng(3).normal(60, 20, 100)
    found = mean({WOMEN: 150, MEN: 50}, {WOMEN: sums(*values[:75]), MEN: sums(*values[75:])}, 200)
    assert found is not None and found.value == pytest.approx(values.mean())
    half = 1.959964 * values.std(ddof=1) / 10 * (1 - 100 / 200) ** 0.5
    assert (found.low, found.high) == pytest.approx((values.mean() - half, values.mean() + half), rel=1e-6)


def test_the_published_margin_of_a_wave() -> None:
    """352 answers of 640 with a deviation of 20: 2.09 becomes 1.40 with the correction."""
    values = np.tile([-1.0, 1.0], 176) * 20 * (351 / 352) ** 0.5 + 60
    for staff, half in ((None, 2.09), (640, 1.40)):
        found = mean({WOMEN: 640}, {WOMEN: sums(*values)}, staff)
        assert found is not None and round(found.high - found.value, 2) == half


def test_a_stratum_with_few_answers_is_merged_with_its_neighbour() -> None:
    heads = {WOMEN: 40, MEN: 10, A: 20}
    assert merged(heads, {WOMEN: 10, MEN: 4, A: 5}) == [(A,), (WOMEN, MEN)]
    assert weights(heads, {WOMEN: 10, MEN: 4, A: 5}) == {A: 4, WOMEN: 50 / 14, MEN: 50 / 14}


def test_one_that_nobody_answered_for_is_carried_by_its_neighbour() -> None:
    assert weights({WOMEN: 40, MEN: 10}, {WOMEN: 10}) == {WOMEN: 5}


def test_the_nearest_category_comes_before_the_others() -> None:
    heads = {A: 10, B: 10, WOMEN: 10}
    assert merged(heads, {A: 2, B: 8, WOMEN: 6}) == [(A, B), (WOMEN,)]


def test_a_stratum_whose_answers_would_weigh_too_much_is_merged() -> None:
    heads = {A: 20, B: 20, MEN: 20, WOMEN: 70}
    answers = {A: 10, B: 10, MEN: 10, WOMEN: 10}
    assert merged(heads, answers) == [(A,), (B,), (WOMEN, MEN)]


def test_a_sparse_group_is_raked_on_the_margins_and_never_merged_with_another() -> None:
    other = Stratum("H", "C", "F")
    heads = {WOMEN: 40, MEN: 60, other: 20}
    found = raked(heads, {WOMEN: 20, MEN: 20, other: 2})
    assert 20 * found[WOMEN] + 2 * found[other] == pytest.approx(60)  # women
    assert 20 * found[WOMEN] + 20 * found[MEN] == pytest.approx(100)  # group G
    assert 2 * found[other] == pytest.approx(20)  # group H
    assert weights(heads, {WOMEN: 20, MEN: 20, other: 2})[other] < found[other]  # cut at three medians


def test_cut_weights_keep_their_sum() -> None:
    answers = {A: 10, B: 10, WOMEN: 1}
    found = trimmed({A: 1, B: 1, WOMEN: 30}, answers)
    assert sum(found[stratum] * n for stratum, n in answers.items()) == pytest.approx(50)
    assert found[WOMEN] == pytest.approx(3 * found[A])


def test_whoever_says_nothing_of_himself_weighs_as_the_mean() -> None:
    heads = {WOMEN: 30, MEN: 10}
    known = {WOMEN: sums(*[10] * 5), MEN: sums(*[50] * 5)}
    found = mean(heads, {**known, None: sums(100, 100)})
    assert found is not None and found.value == pytest.approx((40 * 20 + 2 * 4 * 100) / 48)
    stranger = mean(heads, {**known, Stratum("elsewhere", "C", "F"): sums(100, 100)})
    assert stranger == found


def test_nothing_but_unknown_people_is_a_plain_mean() -> None:
    found = mean({WOMEN: 30}, {None: sums(1, 2, 6)})
    assert found is not None and found.value == 3 and found.effective_n == 3
    assert mean({WOMEN: 30}, {}) is None


def test_few_answers_all_alike_or_nearly_everybody_are_closed() -> None:
    many = sums(*range(11))
    assert not is_closed({WOMEN: many}, 11, 100)
    assert is_closed({WOMEN: sums(*range(10))}, 11, 100)
    assert is_closed({WOMEN: sums(*[40] * 20)}, 11, 100)
    assert is_closed({WOMEN: many}, 11, 13) and not is_closed({WOMEN: many}, 11, 14)


def one_by_one(people: pd.DataFrame, staff: pd.DataFrame) -> tuple[float, float, float]:
    """The same, person by person: cells as labels of rows, merged until each has 5 answers and no weight is heavy."""
    people, staff = people.copy(), staff[staff.heads > 0].copy()
    for frame in (people, staff):
        frame["cell"] = frame.g + frame.c + frame.s
    while True:
        table = pd.DataFrame(
            {"heads": staff.groupby("cell").heads.sum(), "n": people.groupby("cell").size()}
        ).fillna(0)
        table["w"] = table.heads / table.n.where(table.n > 0)
        bad = table[(table.n < 5) | (table.w > 3 * table.w.median())]
        if bad.empty:
            break
        worst = bad.sort_index().n.idxmin()
        members = staff[staff.cell == worst]
        others = staff[(staff.g == members.g.iloc[0]) & (staff.cell != worst)]
        near = {
            cell: (
                min(abs(ord(a) - ord(b)) for a in members.c for b in rows.c),
                table.n[cell],
                cell,
            )
            for cell, rows in others.groupby("cell")
        }
        target = min(near, key=lambda cell: near[cell])
        for frame in (people, staff):
            frame.loc[frame.cell.isin([worst, target]), "cell"] = min(worst, target)
    w = people.cell.map(table.w).clip(upper=3 * people.cell.map(table.w).median()).to_numpy()
    value = float(np.average(people.x, weights=w))
    effective = w.sum() ** 2 / (w**2).sum()
    spread = float(np.average((people.x - value) ** 2, weights=w)) * len(w) / (len(w) - 1)
    half = 1.959963984540054 * (spread / effective * (1 - len(w) / staff.heads.sum())) ** 0.5
    return value, value - half, value + half


@pytest.mark.parametrize("seed", range(12))
def test_sums_by_stratum_give_what_rows_weighted_one_by_one_give(seed: int) -> None:
    rng = np.random.default_rng(seed)
    strata = [Stratum(g, c, s) for g in "GH" for c in "ABC" for s in "FM"]
    heads = {stratum: int(rng.integers(8, 90)) for stratum in strata}
    answered = {s: int(rng.binomial(n, rng.uniform(0.15, 0.8))) for s, n in heads.items()}
    answered[strata[0]] += max(0, 6 - answered[strata[0]])
    answered[strata[6]] += max(0, 6 - answered[strata[6]])
    people = pd.DataFrame(
        [
            (*s, rng.normal(50 + 9 * "ABC".index(s.category), 12))
            for s, n in answered.items()
            for _ in range(n)
        ],
        columns=["g", "c", "s", "x"],
    )
    staff = pd.DataFrame([(*s, n) for s, n in heads.items()], columns=["g", "c", "s", "heads"])
    by_stratum = {s: sums(*people[(people[["g", "c", "s"]] == s).all(axis=1)].x) for s in strata}
    found = mean(heads, by_stratum, sum(heads.values()))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx(one_by_one(people, staff), rel=1e-9)
