"""The directorates' parts make the town's numbers, what does not add up is told, and what has no parts says why."""

from dataclasses import replace
from datetime import date

import pytest

from data.engine import Engine
from metrics import stored
from metrics.cascade import (
    Check,
    check,
    fed_by,
    identical,
    of_directorate,
    own_of,
    readings_of,
    town_only,
    why_town,
)
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.directorates import without_ceased
from metrics.judge import has_goal
from metrics.reading import Reading
from metrics.scores import roll_up
from metrics.splitting import splitting
from tests.metrics.little import little

DAY = date(2015, 6, 30)


def checks(town: Engine, catalogue: Catalogue, kpi: str) -> tuple[Check, ...]:
    whole = stored.at(town, catalogue, DAY)[kpi]
    return check(catalogue, catalogue.kpis[kpi], whole, stored.by_scope(town, catalogue, [kpi], DAY))


def test_the_ten_plans_of_the_directorates_are_the_town_s(town: Engine, catalogue: Catalogue) -> None:
    assert checks(town, catalogue, "leverage_awarded") == (
        Check("numerator", 15_000_000, 15_000_000),
        Check("denominator", 3_000_000, 3_000_000),
    )


def test_every_additive_kpi_of_the_demo_adds_up(town: Engine, catalogue: Catalogue) -> None:
    told = {
        kpi.id: checks(town, catalogue, kpi.id)
        for kpi in identical(catalogue)
        if splitting(catalogue, kpi).way
    }
    assert len(told) >= 5 and {"active_files", "secured_share", "cofinancing_raised"} <= set(told)
    wrong = {id: found for id, found in told.items() if not all(one.is_exact for one in found)}
    assert set(wrong) <= SHARED, wrong


# One file counts for its leader and for its partners; sessions held for several directorates count for the town alone.
SHARED: set[str] = {"directorates_supported", "staff_reached"}


def test_a_survival_time_is_checked_by_its_files(town: Engine, catalogue: Catalogue) -> None:
    assert checks(town, catalogue, "appraisal_median_days") == (Check("n", 140, 140),)


def test_the_count_of_a_kpi_made_of_others_is_not_added_up(town: Engine, catalogue: Catalogue) -> None:
    assert checks(town, catalogue, "appraisal_reduction_factor") == ()


def test_a_difference_has_its_cause(town: Engine, catalogue: Catalogue) -> None:
    whole = stored.at(town, catalogue, DAY)["active_files"]
    parts = stored.by_scope(town, catalogue, ["active_files"], DAY)
    kpi = catalogue.kpis["active_files"]
    (less,) = check(catalogue, kpi, whole, parts[1:])
    assert less.cause == "unassigned" and less.directorates < less.town
    twice = [*parts, replace(parts[0])]
    assert check(catalogue, kpi, whole, twice)[0].cause == "shared"
    assert check(catalogue, kpi, whole, []) == ()


@pytest.mark.parametrize(
    ("kpi", "reason"),
    [
        ("debt_payback_years", "budget"),
        ("levers_deployed", "practices"),
        ("partners_joined", "partners"),
        ("files_per_manager", "staff"),
    ],
)
def test_a_kpi_of_the_town_alone_says_why(kpi: str, reason: str, town: Engine, catalogue: Catalogue) -> None:
    assert why_town(catalogue, catalogue.kpis[kpi], town.relations) == reason


def test_every_kpi_is_either_identical_or_has_its_reason(town: Engine, catalogue: Catalogue) -> None:
    alone = [kpi.id for kpis in town_only(catalogue, town.relations).values() for kpi in kpis]
    assert sorted([*alone, *(kpi.id for kpi in identical(catalogue))]) == sorted(catalogue.kpis)


def test_directorates_have_kpis_of_their_own_and_some_feed_the_town_s(catalogue: Catalogue) -> None:
    names = {kpi.directorate for kpi in catalogue.every.values() if kpi.directorate}
    assert len(names) >= 5
    for name in names:
        own = own_of(catalogue, name)
        assert own and not any(kpi.id in catalogue.kpis for kpi in own)
        assert all(kpi in fed_by(catalogue, kpi.contributes_to) for kpi in own if kpi.contributes_to)
    assert all(kpi.contributes_to in ("", *catalogue.kpis) for kpi in catalogue.every.values())


def test_a_directorate_s_scorecard_holds_what_it_is_judged_on(town: Engine, catalogue: Catalogue) -> None:
    name, within = "Finances", stored.at(town, catalogue, DAY, "lead_directorate", "Finances")
    found = readings_of(catalogue, name, within, stored.at(town, catalogue, DAY))
    assert found["contracted_share"].value == pytest.approx(0.8) and "debt_payback_years" not in found
    card = of_directorate(catalogue, name, found)
    assert "contracted_share" in card.kpis and "private_share" not in card.kpis
    judged = {kpi.objective for kpi in card.kpis.values() if has_goal(kpi)}
    assert set(card.scorecard.objectives) == judged
    assert not any(found[id].reason == "no_target" for id in card.kpis if id in found)
    assert 0 < roll_up(card, found).total.coverage <= 1


CEASED = ("Services techniques", "Développement économique et commerce")


def test_a_directorate_that_is_no_more_is_left_out_not_at_zero(town: Engine, catalogue: Catalogue) -> None:
    ids = ["cofinancing_raised", "active_files"]
    for day in (DAY, date(2015, 6, 29)):
        live = readings(town, catalogue, ids, [day], "lead_directorate")
        names = [one.scope["lead_directorate"] for one in live if one.kpi == "cofinancing_raised"]
        assert len(names) == 12 and not set(names) & set(CEASED)
        assert sum(one.value or 0 for one in live if one.kpi == "active_files") >= 99
    kept = stored.by_scope(town, catalogue, ids, DAY)
    assert {one.scope["lead_directorate"] for one in kept} == set(names)
    then = {
        one.scope["lead_directorate"] for one in stored.by_scope(town, catalogue, ids, date(2012, 12, 31))
    }
    assert CEASED[1] in then and CEASED[0] not in then
    assert CEASED[0] in {
        one.scope["lead_directorate"] for one in stored.by_scope(town, catalogue, ids, date(2008, 12, 31))
    }


def test_the_scopes_of_a_date_are_those_that_exist_or_have_rows(town: Engine) -> None:
    assert len(stored.scopes(town)) == 14
    assert not set(stored.scopes_at(town, DAY)) & set(CEASED) and len(stored.scopes_at(town, DAY)) == 12
    assert CEASED[0] in stored.scopes_at(town, date(2008, 12, 31))


def test_without_staff_nobody_is_left_out() -> None:
    gone = Reading("files", "X1", DAY, "2015-06", {"lead_directorate": "Ancienne"}, 0.0, "n", n=0)
    counted = {
        "as_of": date(2014, 12, 31),
        "directorate": "Autre",
        "category": "A",
        "sex": "F",
        "headcount": 1,
    }
    assert without_ceased(little(), [gone], "lead_directorate") == [gone]
    assert without_ceased(little(staff=[counted]), [gone], "lead_directorate") == []
    assert without_ceased(little(staff=[counted]), [replace(gone, n=1)], "lead_directorate") != []
