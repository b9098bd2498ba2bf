"""A directorate's rate on fewer than five is shown, never judged; amounts and the town's own values are."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.cascade import careful, is_town_wide
from metrics.definitions import load
from metrics.folders import SHIPPED
from metrics.reading import Reading

EVERY = load([SHIPPED]).every
DAY = date(2015, 6, 30)
HERE = {"lead_directorate": "Finances"}


def reading(kpi: str, n: int | None, scope: dict[str, str | None]) -> Reading:
    one = EVERY[kpi]
    return Reading(
        kpi,
        one.code,
        DAY,
        "2015-06",
        scope,
        0.5,
        one.unit,
        n=n,
        score=80.0,
        status="watch",
        assurance="inconsistent",
    )


@pytest.mark.parametrize(
    ("kpi", "n", "scope", "few"),
    [
        ("appraisal_median_days", 4, HERE, True),
        ("appraisal_median_days", 5, HERE, False),
        ("appraisal_median_days", 3, {}, False),
        ("appraisal_median_days", None, HERE, False),
        ("active_files", 1, HERE, False),
        ("cofinancing_raised", 1, HERE, False),
        ("private_share", 4, {}, True),
        ("private_share", 5, {}, False),
    ],
)
def test_the_rule(kpi: str, n: int | None, scope: dict[str, str | None], few: bool) -> None:
    was = reading(kpi, n, scope)
    now = careful(EVERY[kpi], was)
    assert now.value == was.value and now.n == n
    assert (now.reason, now.status, now.score) == (("few", "unknown", None) if few else (None, "watch", 80.0))


def test_a_share_of_the_staff_rests_on_the_staff_not_on_the_sessions() -> None:
    kpi, was = EVERY["participation_rate"], reading("participation_rate", 2, HERE)
    assert careful(kpi, replace(was, denominator=24.0)).score == 80.0
    few = careful(kpi, replace(was, n=40, denominator=3.0))
    assert (few.reason, few.n) == ("few", 3)


def test_a_share_of_an_amount_rests_on_its_rows() -> None:
    was = replace(reading("contracted_share", 2, HERE), denominator=3e6)
    assert careful(EVERY["contracted_share"], was).reason == "few"


def test_an_old_value_stays_old() -> None:
    was = replace(reading("appraisal_median_days", 1, HERE), reason="stale")
    assert careful(EVERY["appraisal_median_days"], was) == was


def test_a_formula_that_names_its_directorate_is_not_town_wide() -> None:
    kpi = EVERY["private_share"]
    assert is_town_wide(kpi) and not is_town_wide(EVERY["active_files"])
    assert not is_town_wide(replace(kpi, sql="COUNT(*) FILTER (WHERE lead_directorate = 'DADI')"))
