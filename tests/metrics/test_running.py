"""Half a month is not judged by a month's target: it keeps its value, and no score is made of it."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.scores import roll_up
from metrics.stored import at

DAYS = {
    "throughput": (date(2015, 5, 14), date(2015, 5, 31)),
    "new_partners": (date(2015, 5, 31), date(2015, 6, 30)),
}


@pytest.mark.parametrize("kpi", sorted(DAYS))
def test_a_period_is_judged_on_its_last_day_and_not_before(
    town: Engine, catalogue: Catalogue, kpi: str
) -> None:
    during, over = readings(town, catalogue, [kpi], DAYS[kpi])
    assert (during.reason, during.status, during.score) == ("running", "unknown", None)
    assert during.value is not None and over.value is not None and during.value <= over.value
    assert over.reason is None and over.status != "unknown" and over.score is not None


def test_a_year_of_budgets_is_complete_from_its_first_day_on(town: Engine, catalogue: Catalogue) -> None:
    yearly = ["investment_capacity_index", "debt_payback_years", "constant_means_gap"]
    for found in readings(town, catalogue, yearly, [date(2015, 5, 14)]):
        assert found.reason is None and found.status != "unknown", found.kpi


def test_what_is_running_is_out_of_the_coverage(town: Engine, catalogue: Catalogue) -> None:
    asked = [kpi.id for kpi in catalogue.of_objective(catalogue.kpis["throughput"].objective)]
    parts = []
    for day in DAYS["throughput"]:
        found = {one.kpi: one for one in readings(town, catalogue, asked, [day])}
        parts.append(roll_up(catalogue, found).objectives[catalogue.kpis["throughput"].objective].coverage)
    assert parts[0] < parts[1] == 1


def test_kept_readings_are_judged_like_live_ones(town: Engine, catalogue: Catalogue) -> None:
    kept = at(town, catalogue, date(2015, 5, 31))["new_partners"]
    assert (
        kept.reason == "running" and kept.score is None and kept.variation is None and kept.assurance is None
    )
