"""The life of a survey's wave in the store: who may step, in what order, what is taken back, and what is frozen."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.access import Actor, Forbidden
from data.problems import BadRequest, NotUndoable
from data.store import Store
from data.waves import later
from tests.data.samples import ADMIN, csv

OFFICER, EDITOR, VIEWER = (Actor(role, role) for role in ("survey_officer", "editor", "viewer"))
HEADER = "wave,answer_id,recommend"
ANSWERS = [f"2014,R{at:03d},{at % 11}" for at in range(33)]
STAFF = csv("staff", "as_of,directorate,category,sex,headcount", "2013-12-31,DADI,A,F,40")


def auditor(given: Mapping[str, Any]) -> dict[str, Any]:
    """Tell how many answered; refuse a list that asks for sex."""
    seen.append(given)
    asked = given["tables"] or [{"by": [], "measure": "recommend"}]
    bad = [table for table in asked if "sex" in table["by"]]
    told = ("Retirez le tableau par sexe.", "Remove the table by sex.") if bad else ("", "")
    results = {"wave": given["wave"], "k": given["k"], "n": len(given["answers"]), "tables": asked}
    return {"results": None if bad else results, "told": told, "tables": asked, "hidden": [], "drop": bad}


seen: list[Mapping[str, Any]] = []


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with a staff and a wave that a file brought."""
    seen.clear()
    made = Store(
        tmp_path / "town.duckdb",
        auditor=auditor,
        settings=lambda bound: {
            "waves": {"2014": (date(2014, 5, 2), 40)},
            "directorate_groups": {"G": ["DADI"]},
        },
    )
    assert made.import_files(ADMIN, [STAFF, csv("survey_answers", HEADER, *ANSWERS)]).ok
    return made


def state(store: Store, actor: Actor = OFFICER) -> str:
    return store.waves(actor)[-1].state


def test_a_wave_that_a_file_brought_is_closed_and_dated_by_the_scorecard(store: Store) -> None:
    wave = store.waves(OFFICER)[0]
    assert (wave.state, wave.held_on, wave.headcount, wave.k) == ("closed", date(2014, 5, 2), 40, 11)
    assert (wave.answers, wave.is_declared) == (40, False)
    assert store.waves(VIEWER)[0].answers is None


def test_audit_then_publication_freeze_the_list(store: Store) -> None:
    assert store.published(VIEWER) == []
    store.step(OFFICER, "2014", "audited")
    assert state(store) == "audited" and store.published(VIEWER) == []
    store.step(OFFICER, "2014", "published")
    assert store.published(VIEWER) == [
        {"wave": "2014", "k": 11, "n": 33, "tables": [{"by": [], "measure": "recommend"}]}
    ]
    assert [record.actor for record in store.history(ADMIN)][1:] == ["survey_officer"] * 2


def test_the_auditor_is_given_answers_staff_groups_and_what_was_published(store: Store) -> None:
    store.step(OFFICER, "2014", "audited")
    given = seen[-1]
    assert len(given["answers"]) == 33 and given["staff"] == [("DADI", "A", "F", 40)]
    assert given["groups"] == {"G": ["DADI"]} and given["earlier"] == []


def test_a_refused_list_stores_nothing_and_names_the_table_that_must_go(store: Store) -> None:
    bad = {"by": ["sex"], "measure": "recommend"}
    done = store.step(OFFICER, "2014", "audited", tables=[bad])
    assert done.refused and done.drop == (bad,) and done.told.en == "Remove the table by sex."
    assert state(store) == "closed" and len(store.history(ADMIN)) == 1


def test_each_step_is_taken_back_until_publication(store: Store) -> None:
    store.step(OFFICER, "2014", "audited")
    store.step_back(OFFICER, "2014")
    assert state(store) == "closed"
    with pytest.raises(BadRequest):
        store.step_back(OFFICER, "2014")
    store.step(OFFICER, "2014", "audited")
    store.step(OFFICER, "2014", "published")
    with pytest.raises(BadRequest, match="figés"):
        store.step_back(OFFICER, "2014")
    with pytest.raises(NotUndoable):
        store.undo(ADMIN, store.history(ADMIN)[-1].import_id)
    assert state(store) == "published"


def test_a_declared_wave_goes_from_draft_to_open_to_closed_and_back(store: Store) -> None:
    store.declare_wave(OFFICER, "2016", held_on=date(2016, 3, 1), headcount=40)
    for to in ("open", "closed"):
        store.step(OFFICER, "2016", to)
        assert state(store) == to
    for back in ("open", "draft"):
        store.step_back(OFFICER, "2016")
        assert state(store) == back
    store.step_back(OFFICER, "2016")
    assert [wave.wave for wave in store.waves(OFFICER)] == ["2014"]


@pytest.mark.parametrize("to", ["draft", "open", "closed", "published", "purged", "elsewhere"])
def test_steps_are_taken_in_order(to: str, store: Store) -> None:
    with pytest.raises(BadRequest):
        store.step(OFFICER, "2014", to)
    assert len(store.history(ADMIN)) == 1


def test_nothing_is_published_of_a_wave_nobody_knows(store: Store) -> None:
    with pytest.raises(BadRequest):
        store.step(OFFICER, "1999", "audited")
    with pytest.raises(BadRequest):
        store.declare_wave(OFFICER, "2014", held_on=date(2014, 5, 2))


def test_an_answer_taken_away_after_the_audit_is_noticed(store: Store) -> None:
    store.import_files(ADMIN, [csv("survey_answers", HEADER, "2014,S1,3", name="more.csv")])
    store.step(OFFICER, "2014", "audited")
    store.undo(ADMIN, 2)
    with pytest.raises(BadRequest, match="ont changé"):
        store.step(OFFICER, "2014", "published")


def test_undoing_the_answers_of_a_published_wave_leaves_its_list(store: Store) -> None:
    for to in ("audited", "published"):
        store.step(OFFICER, "2014", to)
    before = store.published(VIEWER)
    store.undo(ADMIN, 1)
    assert store.published(VIEWER) == before and store.verify(ADMIN).ok


@pytest.mark.parametrize("actor", [EDITOR, VIEWER])
def test_only_the_survey_officer_and_the_administrator_may_step(actor: Actor, store: Store) -> None:
    for call in (
        lambda: store.step(actor, "2014", "audited"),
        lambda: store.step_back(actor, "2014"),
        lambda: store.declare_wave(actor, "2016", held_on=date(2016, 1, 1)),
    ):
        with pytest.raises(Forbidden):
            call()


def test_no_file_and_no_form_writes_the_register(store: Store) -> None:
    forged = csv(
        "survey_waves",
        "wave,state,held_on,keep_until,k,results",
        "2014,published,2014-05-02,2015-05-02,11,{}",
    )
    assert [fault.rule for fault in store.import_files(ADMIN, [forged]).errors] == ["register"]
    with pytest.raises(BadRequest):
        store.record(ADMIN, "survey_waves", [{"wave": "2014", "state": "published"}])
    assert store.published(ADMIN) == []


def test_the_same_day_a_year_on() -> None:
    assert later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert later(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert later(date(2024, 12, 15), 12) == date(2025, 12, 15)


def test_an_audited_list_waits_where_no_reader_is(store: Store) -> None:
    store.step(OFFICER, "2014", "audited")
    rows = store.engine(ADMIN).rows("SELECT audited, results, audit FROM kept.survey_waves")
    assert [(audited, results) for audited, results, _ in rows] == [(None, None)] and rows[0][2]


def test_the_attack_runs_once_and_holds_no_lock(store: Store) -> None:
    def slow(given: Mapping[str, Any]) -> dict[str, Any]:
        assert store.import_files(ADMIN, [csv("budgets", "year,population", "2014,10")]).ok
        return auditor(given)

    other = Store(store.places.store, auditor=slow, settings=store._settings)
    other.step(OFFICER, "2014", "audited")
    store.step(OFFICER, "2014", "published")
    assert len(seen) == 1 and store.published(VIEWER)[0]["n"] == 33


def test_answers_that_change_during_the_attack_are_noticed(store: Store) -> None:
    def slow(given: Mapping[str, Any]) -> dict[str, Any]:
        assert store.import_files(ADMIN, [csv("survey_answers", HEADER, "2014,S1,3", name="more.csv")]).ok
        return auditor(given)

    with pytest.raises(BadRequest, match="ont changé"):
        Store(store.places.store, auditor=slow, settings=store._settings).step(OFFICER, "2014", "audited")
    assert state(store) == "closed"
