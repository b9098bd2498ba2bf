"""What n counts: the smaller cohort of a ratio of two KPIs, the awards of the year; a year not over has no grants yet."""

from datetime import date
from typing import Any

import pytest

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.reading import Reading
from tests.metrics.little import little, reading

LAST = date(2015, 6, 30)


def both(town: Engine, catalogue: Catalogue, *kpis: str) -> list[Reading]:
    """Return live readings of the town at the data date."""
    return readings(town, catalogue, kpis, [LAST])


def test_a_reduction_rests_on_its_smaller_cohort(town: Engine, catalogue: Catalogue) -> None:
    now, reduction = both(town, catalogue, "appraisal_median_days", "appraisal_reduction_factor")
    at_baseline = (
        "SELECT COUNT(*) FROM (" + town.relations["appraisals"] + ") WHERE opened_on BETWEEN ? AND ?"
    )
    ends = [catalogue.parameters[f"appraisal_baseline_{end}"] for end in ("from", "to")]
    ((before,),) = town.rows(at_baseline, ends)
    assert now.n and before and now.n != before
    assert reduction.n == min(now.n, before)


def test_the_index_counts_the_awards_of_the_year(town: Engine, catalogue: Catalogue) -> None:
    (index,) = both(town, catalogue, "investment_capacity_index")
    kpi = catalogue.kpis["investment_capacity_index"]
    lines = (
        "SELECT COUNT(*) FROM (" + town.relations["city_lines"] + ") WHERE awarded_on >= DATE '2015-01-01'"
    )
    ((known,),) = town.rows(
        "WITH won_lines AS (" + town.relations["won_lines"] + ") " + lines
        + " AND awarded_on <= DATE '2015-06-30' AND (cancelled_on IS NULL OR cancelled_on > DATE '2015-06-30')"
    )  # fmt: skip
    assert index.n == known > 0
    assert kpi.counted.fr == "notifications de l'année" and "n est leur nombre" in kpi.note.fr


GRANT: dict[str, Any] = {
    "partners": [{"partner_id": "ETAT", "name": "État", "kind": "state"}],
    "projects": [
        {"project_id": "A", "title": "A", "opened_on": date(2018, 12, 31), "total_cost_amount": 100}
    ],
    "financings": [
        {
            "financing_id": "A-1",
            "project_id": "A",
            "partner_id": "ETAT",
            "nature": "grant",
            "awarded_on": date(2018, 12, 31),
            "awarded_amount": 40,
        }
    ],
}


@pytest.mark.parametrize("kpi", ["grant_projects", "grant_amount", "grant_rate"])
def test_a_year_whose_grants_are_not_dated_yet_is_unknown_not_zero(kpi: str) -> None:
    engine, grants = little(**GRANT), load([SHIPPED / "detr_dsil"])
    inside = reading(engine, grants, kpi, "2018-06-30")
    assert inside.value is None and inside.reason in {"no_data", "no_denominator"}
    assert reading(engine, grants, kpi, "2018-12-31").value in {1, 40, 0.4}
