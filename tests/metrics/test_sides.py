"""The two sides of every value: their rows add up to what the reading says, and nothing is listed twice."""

from dataclasses import replace
from datetime import date

import pytest

from data.engine import Engine
from metrics import rows, stored
from metrics.compute import readings
from metrics.definitions import Catalogue, Period
from metrics.reading import Reading
from metrics.sides import Baseline, baseline, sides

LAST = date(2015, 6, 30)


@pytest.fixture(scope="module")
def now(town: Engine, catalogue: Catalogue) -> dict[str, Reading]:
    return stored.at(town, catalogue, LAST)


def amount(reading: Reading, role: str) -> float | None:
    return {"whole": reading.value, "numerator": reading.numerator, "denominator": reading.denominator}[role]


def test_leverage_has_its_awards_above_and_its_plans_below(town: Engine, catalogue: Catalogue) -> None:
    over, under = sides(catalogue, catalogue.kpis["leverage_awarded"])
    above = rows.of_entry(town, catalogue, over.kpi, LAST, counted=over.counted)
    below = rows.of_entry(town, catalogue, under.kpi, LAST, counted=under.counted)
    assert (len(above), above["partner_awarded_amount"].sum()) == (37, 15_000_000)
    assert (len(below), below["own_funds_amount"].sum()) == (10, 3_000_000)
    assert not set(above["_id"]) & set(below["_id"])


def test_what_is_divided_by_its_base_shows_the_base_year_s_rows(town: Engine, catalogue: Catalogue) -> None:
    over, under = sides(catalogue, catalogue.kpis["investment_capacity_index"])
    assert (over.at, under.at) == (None, date(2013, 12, 31))
    then = rows.of_entry(town, catalogue, under.kpi, date(2013, 12, 31), counted=under.counted)
    assert then["own_capacity_amount"].sum() + then["awarded_amount"].sum() == pytest.approx(10_000_000)


def test_what_is_divided_by_another_kpi_shows_that_one_s_rows(catalogue: Catalogue) -> None:
    over, under = sides(catalogue, catalogue.kpis["appraisal_reduction_factor"])
    assert (over.kpi.id, under.kpi.id) == ("appraisal_reduction_factor", "appraisal_median_days")


def test_a_survey_has_no_row_to_show(catalogue: Catalogue) -> None:
    assert sides(catalogue, catalogue.kpis["wellbeing_who5"]) == ()


def test_every_plain_sum_of_the_catalogue_is_the_sum_of_its_rows(
    town: Engine, catalogue: Catalogue, now: dict[str, Reading]
) -> None:
    checked = 0
    for kpi in catalogue.kpis.values():
        for side in sides(catalogue, kpi):
            shown = amount(now[kpi.id], side.role) if kpi.id in now else None
            if side.adds is None or shown is None:
                continue
            again = rows.total(town, catalogue, side.kpi, side.at or LAST, side.adds)
            assert again == pytest.approx(shown), (kpi.id, side.role)
            checked += 1
    assert checked >= 25


def against(town: Engine, catalogue: Catalogue, now: dict[str, Reading], kpi: str) -> Baseline | None:
    series = {past.as_of: (past.value, past.n) for past in stored.series(town, catalogue, kpi)}
    return baseline(town, catalogue, catalogue.kpis[kpi], now[kpi], series)


def test_each_claim_has_the_baseline_of_the_sheets(
    town: Engine, catalogue: Catalogue, now: dict[str, Reading]
) -> None:
    found = {id: against(town, catalogue, now, id) for id in catalogue.scorecard.headline}
    capacity, delay = found["investment_capacity_index"], found["appraisal_reduction_factor"]
    assert capacity == Baseline("base", date(2013, 12, 31), 10_000_000, "eur", 2)
    assert delay == Baseline("cohort", date(2012, 12, 31), 240, "days", 81, since=date(2012, 1, 1))
    raised = found["cofinancing_raised"]
    assert raised is not None and (raised.kind, raised.on, raised.value) == ("zero", date(2014, 9, 1), 0)
    files, partners = found["active_files"], found["partners_joined"]
    assert files is not None and (files.kind, files.on) == ("before", date(2014, 8, 31))
    assert partners is not None and partners.kind == "before" and partners.value == partners.n
    leverage = found["leverage_awarded"]
    assert leverage is not None and (leverage.kind, leverage.on, leverage.value) == (
        "first",
        date(2014, 9, 30),
        4,
    )


def test_the_value_before_the_change_is_computed_anew(
    town: Engine, catalogue: Catalogue, now: dict[str, Reading]
) -> None:
    found = against(town, catalogue, now, "active_files")
    (then,) = readings(town, catalogue, ["active_files"], [date(2014, 8, 31)])
    assert found is not None and found.value == then.value


def test_nothing_known_before_is_no_baseline(
    town: Engine, catalogue: Catalogue, now: dict[str, Reading]
) -> None:
    kpi = replace(catalogue.kpis["active_files"], period=Period("stock", "opened_on", "closed_on"))
    assert baseline(town, catalogue, kpi, now["active_files"], {}) is None
