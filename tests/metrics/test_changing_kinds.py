"""Each kind of change, worked out a second time with pandas on the demo town, or made to happen on an altered copy of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.engine import Engine
from metrics.change import Change
from metrics.changing import Part, State, changes
from metrics.changing_data import data_changes
from metrics.changing_decisions import decision_changes
from metrics.changing_money import money_changes
from metrics.changing_projects import project_changes
from metrics.changing_readings import reading_changes
from metrics.definitions import Catalogue
from metrics.states import readings
from tests.altered import altered

MAY, JUNE = date(2015, 5, 31), date(2015, 6, 30)
Alter = Callable[..., dict[str, Change]]


def of_kind(found: tuple[Change, ...], kind: str) -> dict[str, Change]:
    return {one.key: one for one in found if one.kind == kind}


@pytest.fixture(scope="module")
def month(town: Engine, catalogue: Catalogue) -> tuple[State, State, tuple[Change, ...]]:
    """June 2015 in the demo town."""
    since, until = State(town, catalogue, MAY), State(town, catalogue, JUNE)
    return since, until, changes(since, until)


@pytest.fixture
def after(town_path: Path, tmp_path: Path, catalogue: Catalogue) -> Alter:
    """What changed in June 2015 in a town altered by SQL, by key."""

    def run(
        part: Part, *statements: str, since: date = MAY, until: date = JUNE, **more: object
    ) -> dict[str, Change]:
        engine = altered(town_path, tmp_path, *statements)
        first, last = (State(engine, catalogue, day, **more) for day in (since, until))  # type: ignore[arg-type]
        return {one.key: one for one in part(first, last)}

    return run


def test_the_life_of_files(town: Engine, month: tuple[State, State, tuple[Change, ...]]) -> None:
    projects, stages = town.frame("SELECT * FROM projects"), town.frame("SELECT * FROM stages")
    may, june = pd.Timestamp(MAY), pd.Timestamp(JUNE)

    def stage_at(day: pd.Timestamp) -> pd.Series:
        open_ones = projects[(projects.opened_on <= day) & ~(projects.closed_on <= day)]
        there = stages[(stages.entered_on <= day) & ~(stages.left_on <= day)]
        there = there[there.project_id.isin(open_ones.project_id)].sort_values("entered_on")
        return there.groupby("project_id").stage.last()

    closed = projects[(projects.closed_on > may) & (projects.closed_on <= june)]
    opened = projects[
        (projects.opened_on > may) & (projects.opened_on <= june) & ~(projects.closed_on <= june)
    ]
    then, now = stage_at(may), stage_at(june)
    both = then.index.intersection(now.index)
    moved = {id for id in both if then[id] != now[id]}
    found = month[2]
    assert {one.project for one in of_kind(found, "closed").values()} == set(closed.project_id) and len(
        closed
    ) > 5
    assert {one.project for one in of_kind(found, "opened").values()} == set(opened.project_id) and len(
        opened
    ) > 5
    assert {one.project for one in of_kind(found, "stage").values()} == moved and len(moved) > 5
    told = [one.project for one in found if one.kind in ("closed", "opened", "stage")]
    assert len(told) == len(set(told))


def test_ageing_files_are_those_that_the_kpi_counts(month: tuple[State, State, tuple[Change, ...]]) -> None:
    since, until, found = month
    now = {one.project: one for one in found if one.kind == "ageing"}
    then = {one.project for one in project_changes(since, since) if one.kind == "ageing"}
    for state, files in ((since, then), (until, now)):
        assert len(files) == readings(state)["ageing_share"].numerator
    assert {id for id, one in now.items() if one.is_new} == set(now) - then and set(now) - then
    assert all(one.facts["days"] > one.facts["usual_days"] and one.tone == "bad" for one in now.values())


def test_money_awarded_is_what_the_total_gained(month: tuple[State, State, tuple[Change, ...]]) -> None:
    since, until, found = month
    gained = readings(until)["cofinancing_raised"].value - readings(since)["cofinancing_raised"].value  # type: ignore[operator]
    awarded = of_kind(found, "awarded").values()
    assert sum(one.facts["amount"] for one in awarded) == pytest.approx(gained) and gained > 0
    assert all(MAY < one.facts["awarded_on"] <= JUNE and one.tone == "good" for one in awarded)


def test_silent_partners_were_active(town: Engine, month: tuple[State, State, tuple[Change, ...]]) -> None:
    partners, lines = town.frame("SELECT * FROM partners"), town.frame("SELECT * FROM financings")
    paid = town.frame("SELECT * FROM payments").merge(
        lines[["financing_id", "partner_id"]], on="financing_id"
    )
    events = pd.concat(
        [
            town.frame("SELECT partner_id, held_on AS d FROM interactions"),
            paid.rename(columns={"paid_on": "d"})[["partner_id", "d"]],
        ]
        + [
            lines.rename(columns={name: "d"})[["partner_id", "d"]]
            for name in ("requested_on", "awarded_on", "contracted_on")
        ]
    ).dropna()

    def active(day: date) -> set[str]:
        last = events[events.d <= pd.Timestamp(day)].groupby("partner_id").d.max()
        return set(last[last > pd.Timestamp(day) - pd.DateOffset(years=1)].index)

    members = set(partners[(partners.joined_on <= pd.Timestamp(MAY)) & partners.left_on.isna()].partner_id)
    wanted = members & (active(MAY) - active(JUNE))
    found = of_kind(month[2], "silent")
    assert {one.partner for one in found.values()} == wanted and wanted
    until = month[1]
    joined = set(partners[partners.joined_on <= pd.Timestamp(JUNE)].partner_id)
    assert len(joined & active(JUNE)) == readings(until)["active_partner_share"].numerator


def test_a_headline_value_that_moves_is_told_without_a_flip(after: Alter) -> None:
    found = after(reading_changes, since=date(2015, 2, 28), until=date(2015, 3, 31))
    value = found["value:cofinancing_raised"]
    assert value.now and value.then and value.now.status == value.then.status and value.tone == "good"
    assert not value.is_noise and value.weight > 700


def test_a_grant_about_to_lapse(after: Alter) -> None:
    line = "financing_id = 'P003-F01'"
    unstarted = "UPDATE kept.projects SET works_started_on = NULL WHERE project_id = 'P003'"
    due = f"UPDATE kept.financings SET start_deadline_on = DATE '%s' WHERE {line}"
    soon = after(money_changes, unstarted, due % "2015-12-15")["lapse:P003-F01"]
    assert soon.is_new and soon.tone == "bad" and soon.project == "P003"
    assert soon.facts["days_left"] == (date(2015, 12, 15) - JUNE).days and not soon.facts["is_passed"]
    standing = after(money_changes, unstarted, due % "2015-11-01")["lapse:P003-F01"]
    assert not standing.is_new and standing.weight < soon.weight
    passed = after(money_changes, unstarted, due % "2015-06-10")["lapse:P003-F01"]
    assert passed.facts["is_passed"] and passed.is_new and passed.facts["days_left"] == -20
    assert passed.weight > soon.weight
    assert "lapse:P003-F01" not in after(money_changes, unstarted, due % "2016-03-01")
    counted = after(money_changes, unstarted, due % "2016-01-10", today=date(2015, 7, 20))["lapse:P003-F01"]
    assert counted.facts["days_left"] == (date(2016, 1, 10) - date(2015, 7, 20)).days
    assert "lapse:P003-F01" not in after(
        money_changes,
        due % "2015-12-15",
        "UPDATE kept.projects SET works_started_on = DATE '2015-05-01' WHERE project_id = 'P003'",
    )


def test_a_plan_that_breaks_the_rule(after: Alter) -> None:
    breach = after(
        money_changes, "UPDATE kept.projects SET own_funds_amount = 300000 WHERE project_id = 'P001'"
    )["plan:P001"]
    assert breach.facts["verdict"] == "breach" and breach.tone == "bad" and not breach.is_new
    fresh = after(
        money_changes,
        "UPDATE kept.projects SET own_funds_amount = 300000 WHERE project_id = 'P001'",
        since=date(2014, 8, 31),
    )
    assert fresh["plan:P001"].is_new
    assert (
        fresh["plan:P001"].weight >= 1000 > max(one.weight for one in fresh.values() if one.kind == "awarded")
    )
    near = after(money_changes, since=date(2014, 8, 31))["plan:P001"]
    assert near.facts["verdict"] == "on_the_limit" and near.tone == "neutral" and near.is_new
    assert "plan:P001" not in after(money_changes)


def test_works_that_are_late(after: Alter) -> None:
    end = after(project_changes, "UPDATE kept.projects SET end_year = 2014 WHERE project_id = 'P002'")[
        "late:P002"
    ]
    assert (end.facts["what"], end.facts["year"], end.facts["days"], end.is_new) == ("end", 2014, 181, False)
    start = after(
        project_changes,
        "UPDATE kept.projects SET start_year = 2014, works_started_on = NULL WHERE project_id = 'P003'",
        since=date(2014, 12, 31),
        until=date(2015, 1, 31),
    )["late:P003"]
    assert start.facts["what"] == "start" and start.is_new and start.tone == "bad"
    assert "late:P002" not in after(
        project_changes,
        "UPDATE kept.projects SET end_year = 2014, works_ended_on = DATE '2015-02-01' WHERE project_id = 'P002'",
    )


def test_a_table_that_falls_silent(after: Alter, month: tuple[State, State, tuple[Change, ...]]) -> None:
    assert not of_kind(month[2], "data")
    found = after(data_changes, "DELETE FROM kept.practice_sessions WHERE held_on > DATE '2015-04-20'")
    late = found["data:practice_sessions"]
    assert (
        late.is_new and late.table == "practice_sessions" and late.facts["days"] > late.facts["limit"] == 46
    )
    assert "trials" in late.facts["kpis"]
    rhythm = after(data_changes, "DELETE FROM kept.payments WHERE paid_on > DATE '2015-05-01'")
    assert "data:payments" not in rhythm


def test_another_target_and_a_new_base(after: Alter) -> None:
    columns = "target_id, kpi, valid_from, target, reason, decided_by, decided_on, _id, _key, _import"
    row = "'Z1', 'throughput', DATE '2015-06-15', 20, 'Plus vite.', 'Cabinet', DATE '2015-06-15', 900001, 'Z1', 1"
    target = after(decision_changes, f"INSERT INTO kept.targets ({columns}) VALUES ({row})")[
        "target:throughput"
    ]
    assert (target.facts["target_then"], target.facts["target_now"]) == (14, 20)
    assert target.facts["reason"] == "Plus vite." and target.is_new and target.tone == "neutral"
    base = after(decision_changes)["rebase:trials"]
    assert base.facts["rebased_on"] == date(2014, 7, 1)
    assert "rebase:throughput" not in after(decision_changes)  # decided in April


def test_another_definition(town: Engine, catalogue: Catalogue) -> None:
    def decisions(since: Catalogue, until: Catalogue) -> tuple[Change, ...]:
        return tuple(decision_changes(State(town, since, JUNE), State(town, until, JUNE)))

    kpi = catalogue.kpis["throughput"]
    kpis = {**catalogue.kpis, "throughput": replace(kpi, sql="COUNT(*) + 0", version=2)}
    fewer = {id: one for id, one in catalogue.kpis.items() if id != "trials"}
    other = replace(catalogue, kpis={id: one for id, one in kpis.items() if id in fewer})
    found = of_kind(decisions(catalogue, other), "definition")
    assert {key: one.facts["how"] for key, one in found.items()} == {
        "definition:throughput": "changed",
        "definition:trials": "removed",
    }
    aimed = replace(catalogue, kpis={**catalogue.kpis, "throughput": replace(kpi, target=3)})
    assert not of_kind(decisions(catalogue, aimed), "definition")
    grown = decisions(other, catalogue)
    assert of_kind(grown, "definition")["definition:trials"].facts["how"] == "added"


def test_a_directorate_has_its_own_changes(town: Engine, catalogue: Catalogue) -> None:
    found = changes(State(town, catalogue, MAY, "DADI"), State(town, catalogue, JUNE, "DADI"))
    assert found and not [one.key for one in found if one.kind in ("silent", "data", "correction")]
    directorates = {one.facts["directorate"] for one in found if one.project}
    assert directorates == {"DADI"}
    assert all(one.now and one.now.scope == {"lead_directorate": "DADI"} for one in found if one.now)
