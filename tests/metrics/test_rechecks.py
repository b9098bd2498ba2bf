"""What is checked again: rules that find what is planted, values that must be their rows', facts that must hold."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics import rechecks, stored
from metrics.definitions import Catalogue
from metrics.rechecks import Fact, Same, facts_hold
from metrics.refresh import after_import, rule_settings
from metrics.sides import sides
from schemas.rules import RULES

LAST = date(2015, 6, 30)


def test_every_rule_that_reads_a_table_is_run_but_those_over_answers(
    town: Engine, catalogue: Catalogue
) -> None:
    found = rechecks.rules(town, catalogue, {rule.table for rule in RULES})
    assert [one.number for one in found] == sorted({rule.number for rule in RULES})
    closed = {one.number for one in found if one.outcome == "not_run"}
    assert closed == {18}
    assert {one.number for one in found if one.outcome == "failed"} == set()


def test_the_demo_s_one_warning_is_found(town: Engine, catalogue: Catalogue) -> None:
    warned = {
        one.number: one.warnings
        for one in rechecks.rules(town, catalogue, {"projects"})
        if one.outcome == "warned"
    }
    assert warned == {13: 1}
    assert "13" not in json.dumps([one.number for one in rechecks.rules(town, catalogue, {"practices"})])


def test_a_rule_finds_what_a_later_import_brought(own_town: Path, catalogue: Catalogue) -> None:
    store = Store(own_town, after=after_import, settings=rule_settings)
    line = store.engine(local_actor()).rows(
        "SELECT * EXCLUDE (_id) FROM financings WHERE awarded_on IS NOT NULL LIMIT 1"
    )
    names = list(store.engine(local_actor()).frame("SELECT * EXCLUDE (_id) FROM financings LIMIT 0").columns)
    row = dict(zip(names, line[0], strict=True)) | {
        "awarded_amount": float(line[0][names.index("requested_amount")]) + 1
    }
    text = (
        ",".join(names)
        + "\n"
        + ",".join("" if row[name] is None else str(row[name]) for name in names)
        + "\n"
    )
    done = store.import_files(local_actor(), [("financings.csv", text.encode())])
    assert done.ok, done.errors
    found = {
        one.number: one for one in rechecks.rules(store.engine(local_actor()), catalogue, {"financings"})
    }
    assert found[4].warnings and found[4].outcome == "warned"


def test_the_shown_value_is_what_its_rows_give(town: Engine, catalogue: Catalogue) -> None:
    kpi, reading = catalogue.kpis["leverage_awarded"], stored.at(town, catalogue, LAST)["leverage_awarded"]
    assert rechecks.recomputed(town, catalogue, kpi, reading).outcome == "passed"
    forged = replace(reading, value=5.01)
    assert rechecks.recomputed(town, catalogue, kpi, forged).outcome == "failed"
    over, _ = sides(catalogue, kpi)
    assert rechecks.added_up(town, catalogue, over, LAST, 15_000_001, {}) == Same(15_000_001, 15_000_000)
    assert Same(15_000_001, 15_000_000).outcome == "failed"


def test_a_directorate_s_value_is_computed_for_it(town: Engine, catalogue: Catalogue) -> None:
    kpi = catalogue.kpis["active_files"]
    part = stored.at(town, catalogue, LAST, "lead_directorate", "DADI")["active_files"]
    assert rechecks.recomputed(town, catalogue, kpi, part, "DADI").outcome == "passed"
    assert rechecks.recomputed(town, catalogue, kpi, part).outcome == "failed"


def test_the_catalogue_s_examples_hold_on_the_demo(town: Engine, catalogue: Catalogue) -> None:
    found = rechecks.facts(town, catalogue, catalogue.kpis["leverage_awarded"], LAST)
    assert [(fact.period, fact.claimed) for fact in found] == [
        ("2014-09", 4.0),
        ("2014-12", 2.35),
        ("2015-06", 5.0),
    ]
    assert facts_hold(found) == "passed"
    early = rechecks.facts(town, catalogue, catalogue.kpis["leverage_awarded"], date(2014, 10, 31))
    assert [fact.period for fact in early] == ["2014-09"]


@pytest.mark.parametrize(
    ("found", "outcome"),
    [((5.0, 5.0), "passed"), ((5.0, 4.9), "failed"), ((4.9, 3.0), "not_run"), ((None, 3.0), "not_run")],
)
def test_examples_of_another_town_s_data_are_no_fault(found: tuple[float | None, ...], outcome: str) -> None:
    assert facts_hold([Fact("2015", LAST, 5.0, value) for value in found]) == outcome


def test_a_fact_holds_to_the_decimals_it_is_claimed_with() -> None:
    assert Fact("2014-12", LAST, 2.35, 2.3529).holds and not Fact("2014-12", LAST, 2.35, 2.36).holds
    assert Fact("2015", LAST, 100, 100.004).holds and not Fact("2015", LAST, 100, 100.4).holds


def test_all_the_catalogue_s_examples_hold_but_those_of_surveys(town: Engine, catalogue: Catalogue) -> None:
    told = {
        kpi.id: rechecks.facts(town, catalogue, kpi, LAST)
        for kpi in catalogue.kpis.values()
        if not kpi.is_survey
    }
    assert {id: facts_hold(found) for id, found in told.items() if found} == {
        id: "passed" for id, found in told.items() if found
    }
