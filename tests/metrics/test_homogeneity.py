"""Directorates are said to differ only where chance would not: against scipy, and on simulated equals."""

from datetime import date

import numpy as np
import pytest
from scipy.stats import chi2, chi2_contingency

from data.engine import Engine
from metrics import stored
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.homogeneity import by_chance, cochran, compare, far_from_equal
from metrics.reading import Reading

DAY = date(2015, 6, 30)


def reading(name: str, value: float | None, n: int, **more: float) -> Reading:
    scope = {"lead_directorate": name} if name else {}
    return Reading("k", "K1", DAY, "2015-06", scope, value, "ratio", n=n, **more)


def shares(*pairs: tuple[int, int]) -> list[Reading]:
    return [
        reading(f"D{place}", hits / n, n, numerator=hits, denominator=n)
        for place, (hits, n) in enumerate(pairs)
    ]


def test_the_distance_from_equality_is_the_chi_square_statistic() -> None:
    hits, sizes = np.array([12, 30, 7, 25]), np.array([40, 60, 30, 45])
    expected = chi2_contingency(np.array([hits, sizes - hits]), correction=False)
    found = far_from_equal(hits[np.newaxis], sizes, hits.sum() / sizes.sum())[0]
    assert found == pytest.approx(expected.statistic)
    assert by_chance(hits, sizes) == pytest.approx(expected.pvalue, abs=0.02)


def test_equals_are_rarely_said_to_differ_even_with_small_numbers() -> None:
    draw = np.random.default_rng(7)
    sizes = np.array([15, 13, 13, 13, 13, 11, 10, 4, 3, 2, 2, 1])
    alarms = sum(by_chance(draw.binomial(sizes, 0.62), sizes) < 0.05 for _ in range(120))
    assert alarms <= 12  # 5 % of 120 is 6


def test_a_real_difference_is_seen() -> None:
    assert by_chance(np.array([1, 2, 14, 15]), np.array([15, 15, 15, 15])) < 0.001


def test_all_or_none_is_no_difference() -> None:
    assert by_chance(np.array([4, 9]), np.array([4, 9])) == 1.0


def test_cochran_s_q_with_equal_errors_is_the_sum_of_squares_over_the_variance() -> None:
    values, error = np.array([60.0, 75.0, 52.0, 66.0]), 8.0
    q = ((values - values.mean()) ** 2).sum() / error**2
    assert cochran(values, np.full(4, error)) == pytest.approx(chi2.sf(q, 3))


def test_cochran_rarely_alarms_on_equals() -> None:
    draw = np.random.default_rng(11)
    errors = np.array([5.0, 9.0, 14.0, 6.0, 20.0, 8.0])
    alarms = sum(cochran(draw.normal(60, errors), errors) < 0.05 for _ in range(1000))
    assert 25 <= alarms <= 80


def test_shares_are_compared_as_shares_and_small_groups_are_never_outside(catalogue: Catalogue) -> None:
    kpi = catalogue.kpis["appraised_within_110_days"]
    whole = reading("", 0.5, 64, numerator=32, denominator=64)
    found = compare(kpi, whole, shares((2, 30), (29, 30), (0, 2), (1, 2)), "lead_directorate")
    assert found.method == "proportions" and found.differ
    assert [one.is_outside for one in found.members] == [True, True, False, False]
    assert [one.is_small for one in found.members] == [False, False, True, True]


def test_values_with_intervals_are_weighed_by_them(catalogue: Catalogue) -> None:
    kpi = catalogue.kpis["appraisal_median_days"]
    whole = reading("", 60.0, 100)
    near = [
        reading(name, value, 20, low=value - 20, high=value + 20)
        for name, value in (("a", 55.0), ("b", 64.0), ("c", 61.0))
    ]
    calm = compare(kpi, whole, near, "lead_directorate")
    assert calm.method == "intervals" and not calm.differ and not any(one.is_outside for one in calm.members)
    far = [*near, reading("d", 200.0, 20, low=180.0, high=220.0)]
    found = compare(kpi, whole, far, "lead_directorate")
    assert found.differ and [one.name for one in found.members if one.is_outside] == ["d"]


def test_amounts_are_not_compared(catalogue: Catalogue) -> None:
    found = compare(
        catalogue.kpis["active_files"], reading("", 100.0, 100), shares((1, 4)), "lead_directorate"
    )
    assert (found.method, found.reason, found.differ) == (None, "amounts", False)


def test_too_few_or_without_interval_is_said(catalogue: Catalogue) -> None:
    kpi, whole = catalogue.kpis["leverage_awarded"], reading("", 5.0, 10)
    bare = [reading(name, 4.0, 3) for name in "abc"]
    assert compare(kpi, whole, bare, "lead_directorate").reason == "no_error"
    two = [reading(name, 4.0, 9, low=3.0, high=5.0) for name in "ab"]
    assert compare(kpi, whole, two, "lead_directorate").reason == "few"


def test_a_directorate_where_all_were_decided_is_weighed_too(town: Engine, catalogue: Catalogue) -> None:
    kpi, day = catalogue.kpis["appraised_within_110_days"], date(2015, 6, 30)
    (whole,) = readings(town, catalogue, [kpi.id], [day])
    for parts in (
        readings(town, catalogue, [kpi.id], [day], "lead_directorate"),
        stored.by_scope(town, catalogue, [kpi.id], day),
    ):
        members = {one.name: one for one in compare(kpi, whole, parts, "lead_directorate").members}
        everybody = ("Bâtiments et énergie", "Direction générale des services", "Ressources humaines")
        assert [(members[name].value, members[name].n) for name in everybody] == [(1, 15), (1, 8), (1, 6)]
        known = [_known(town, name) for name in everybody]  # decided, or open for 110 days
        assert [members[name].error for name in everybody] == [
            pytest.approx((1 - 0.025 ** (1 / n)) / 3.92, abs=1e-6) for n in known
        ]


def _known(town: Engine, name: str) -> int:
    """Return how many files of P1.3's cohort have a known fate at 110 days, one by one."""
    rows = town.rows(
        f"SELECT opened_on, decided_on FROM ({town.relations['appraisals']}) AS a WHERE lead_directorate = '{name}' "
        "AND opened_on > DATE '2014-06-30' AND opened_on <= DATE '2015-06-30'"
    )
    return sum(done is not None or (DAY - start).days >= 110 for start, done in rows)
