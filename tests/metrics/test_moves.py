"""Why the demo's KPIs moved: the sums of the sheets, split by group, at both dates and in both ways of computing."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.compute import readings
from metrics.contributions import total
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.moves import dimensions, move
from metrics.splitting import splitting

BEFORE, AFTER = date(2014, 12, 31), date(2015, 6, 30)


def amounts(engine: Engine, catalogue: Catalogue, kpi: str, by: str, scope: str = "") -> dict:
    found = move(engine, catalogue, kpi, BEFORE, AFTER, by, scope)
    return {(one.part, one.group): one.amount for one in found.effects}


def test_leverage_rose_by_its_awards_and_fell_by_its_own_funds(town: Engine, catalogue: Catalogue) -> None:
    """4.0 M over 1.7 M in December, 15.0 over 3.0 in June: +11 M at the mean of 1/1.7 and 1/3.0, +1.3 M against 19 M."""
    found = move(town, catalogue, "leverage_awarded", BEFORE, AFTER)
    assert (round(found.before or 0, 2), found.after) == (2.35, 5.00)
    awards, own = (effect.amount for effect in found.effects)
    assert awards == pytest.approx(11 * (1 / 1.7 + 1 / 3.0) / 2)
    assert own == pytest.approx(-1.3 * 19 / (2 * 1.7 * 3.0))
    assert awards + own == pytest.approx(5 - 4 / 1.7)


@pytest.mark.parametrize(
    "by", ["lead_directorate", "theme", "partner_kind", "programme", "year", "partner", "project_id"]
)
def test_every_breakdown_of_leverage_gives_the_same_two_parts(
    by: str, town: Engine, catalogue: Catalogue
) -> None:
    found = move(town, catalogue, "leverage_awarded", BEFORE, AFTER, by)
    assert all(one.kind == "group" for one in found.effects) and len(found.effects) > 2
    assert total(found.effects, "numerator") == pytest.approx(11 * (1 / 1.7 + 1 / 3.0) / 2)
    assert total(found.effects) == pytest.approx(5 - 4 / 1.7, abs=1e-9)


def test_one_project_brought_what_its_lines_say(town: Engine, catalogue: Catalogue) -> None:
    found = amounts(town, catalogue, "leverage_awarded", "project_id")
    assert found["numerator", "P002"] == pytest.approx(
        3.15 * (1 / 1.7 + 1 / 3.0) / 2
    )  # 3.6 M less 0.45 M of 2014
    assert ("denominator", "P001") not in found  # all its own funds counted in December already


def test_active_files_moved_by_what_each_directorate_opened_and_closed(
    town: Engine, catalogue: Catalogue
) -> None:
    found = amounts(town, catalogue, "active_files", "lead_directorate")
    count = "SELECT lead_directorate, COUNT(*) FROM projects WHERE opened_on <= ? AND (closed_on IS NULL OR closed_on > ?) GROUP BY 1"
    first, last = (dict(town.rows(count, [day, day])) for day in (BEFORE, AFTER))
    expected = {name: last.get(name, 0) - first.get(name, 0) for name in {*first, *last}}
    assert found == {("sum", name): moved for name, moved in expected.items() if moved}


def test_kept_and_live_readings_give_the_same(town: Engine, catalogue: Catalogue) -> None:
    kept = amounts(town, catalogue, "secured_share", "lead_directorate")
    first, last = (
        {
            r.scope["lead_directorate"]: r
            for r in readings(town, catalogue, ["secured_share"], [day], "lead_directorate")
        }
        for day in (BEFORE, AFTER)
    )
    whole = [readings(town, catalogue, ["secured_share"], [day])[0] for day in (BEFORE, AFTER)]
    rate = (1 / (whole[0].denominator or 0) + 1 / (whole[1].denominator or 0)) / 2
    for name in last:
        moved = (last[name].numerator or 0) - (first[name].numerator or 0 if name in first else 0)
        assert kept.get(("numerator", name), 0) == pytest.approx(moved * rate)


def test_a_directorate_s_move_is_split_within_it(town: Engine, catalogue: Catalogue) -> None:
    found = amounts(town, catalogue, "active_files", "theme", "DADI")
    whole = move(town, catalogue, "active_files", BEFORE, AFTER, "", "DADI")
    assert sum(found.values()) == (whole.after or 0) - (whole.before or 0) == 4
    assert found == {("sum", "Aménagement urbain"): 2, ("sum", "Innovation"): 2}


def test_a_ratio_from_nothing_is_said_to_be_so(town: Engine, catalogue: Catalogue) -> None:
    found = move(town, catalogue, "leverage_awarded", date(2014, 6, 30), AFTER)
    assert (found.reason, found.effects, found.after) == ("no_start", (), 5.0)


def test_a_breakdown_that_the_rows_do_not_carry_is_refused(town: Engine, catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="no breakdown"):
        move(town, catalogue, "active_files", BEFORE, AFTER, "partner")


def test_partner_and_project_are_offered_where_the_rows_have_them(town: Engine, catalogue: Catalogue) -> None:
    assert dimensions(catalogue.kpis["cofinancing_raised"], town.relations)[-2:] == ("partner", "project_id")
    assert dimensions(catalogue.kpis["active_files"], town.relations, "DADI") == (
        "theme",
        "stage",
        "project_id",
    )


@pytest.mark.parametrize(
    ("kpi", "way", "reason"),
    [
        ("leverage_awarded", "ratio", None),
        ("active_files", "sum", None),
        ("files_per_manager", "ratio", None),
        ("appraisal_median_days", None, "survival"),
        ("levers_deployed", None, "distinct"),
        ("constant_means_gap", None, "extreme"),
        ("funder_concentration", None, "product"),
    ],
)
def test_what_can_be_split_and_why_the_rest_cannot(
    kpi: str, way: str | None, reason: str | None, catalogue: Catalogue
) -> None:
    found = splitting(catalogue, catalogue.kpis[kpi])
    assert (found.way, found.reason) == (way, reason)


OWN = """
{id}:
  code: U1.9
  label: {{fr: x, en: x}}
  objective: U1
  from: {source}
  {sql}
  unit: n
  direction: up
  frequency: monthly
"""


@pytest.mark.parametrize(
    ("source", "sql", "reason"),
    [
        ("kpi_values", "by: []", "stored"),
        (
            "projects",
            "{sql: MEDIAN(total_cost_amount), period: {date: opened_on, span: cumulative}}",
            "median",
        ),
        ("projects", "{sql: AVG(total_cost_amount), period: {date: opened_on, span: cumulative}}", "mean"),
        (
            "projects",
            "{sql: 2 * SUM(total_cost_amount) / 3, period: {date: opened_on, span: cumulative}}",
            None,
        ),
    ],
)
def test_an_entry_s_expression_decides(source: str, sql: str, reason: str | None) -> None:
    lines = sql if not sql.startswith("{") else sql[1:-1].replace(", period", "\n  period", 1)
    found = load([SHIPPED, {"own.yml": OWN.format(id="one", source=source, sql=lines)}])
    assert splitting(found, found.kpis["one"]).reason == reason
