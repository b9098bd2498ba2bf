"""Decisions typed on a screen: stored as an import, signed, undoable, refused to viewers and where they make no sense."""

from datetime import date

import pytest

from data.access import Actor, Forbidden
from data.problems import BadRequest
from data.store import Store
from tests.data.samples import ADMIN

EDITOR, VIEWER = Actor("dadi", "editor"), Actor("mayor", "viewer")
TARGET = {"kpi": "throughput", "valid_from": date(2015, 1, 1), "target": 16.0, "reason": "Revue de janvier"}


def test_a_decision_is_stored_signed_and_undone(store: Store) -> None:
    report = store.record(EDITOR, "targets", [TARGET])
    assert report.ok and report.stored == {"targets": 1}
    sql = "SELECT kpi, target, decided_by, decided_on, LENGTH(target_id) FROM targets"
    assert store.engine(EDITOR).rows(sql) == [("throughput", 16.0, "dadi", date.today(), 12)]
    assert store.history(EDITOR)[-1].files == ("saisie",)
    assert store.undo(EDITOR, report.import_id or 0).ok
    assert store.engine(EDITOR).rows("SELECT COUNT(*) FROM targets") == [(0,)]


def test_two_equal_decisions_are_two(store: Store) -> None:
    first, second = (store.record(EDITOR, "targets", [TARGET]) for _ in range(2))
    assert not first.warnings and not second.warnings
    assert store.engine(EDITOR).rows("SELECT COUNT(*) FROM targets") == [(2,)]


def test_a_viewer_decides_nothing(store: Store) -> None:
    with pytest.raises(Forbidden):
        store.record(VIEWER, "targets", [TARGET])


def test_what_is_no_journal_is_not_typed(store: Store) -> None:
    for table, row in (("projects", {}), ("readings", {}), ("targets", {"owner": "x"})):
        with pytest.raises(BadRequest):
            store.record(ADMIN, table, [row])


def test_a_decision_without_reason_or_with_an_address_stores_nothing(store: Store) -> None:
    without = store.record(EDITOR, "targets", [TARGET | {"reason": ""}])
    private = store.record(EDITOR, "targets", [TARGET | {"reason": "Demander à jeanne.martin@ville.fr"}])
    assert [fault.column for report in (without, private) for fault in report.errors] == ["reason", "reason"]
    assert store.engine(EDITOR).rows("SELECT COUNT(*) FROM targets") == [(0,)]


def test_a_decision_does_not_move_the_data_date(store: Store) -> None:
    store.record(EDITOR, "targets", [TARGET])
    assert store.as_of(EDITOR) is None


def session(**more: object) -> dict[str, object]:
    return {"session_id": "T1", "kind": "workshop", "held_on": date(2015, 5, 4), "participants": 9} | more


def rows(store: Store) -> list[tuple[object, ...]]:
    sql = "SELECT session_id, participants, external_cost_amount FROM practice_sessions ORDER BY session_id"
    return store.engine(EDITOR).rows(sql)


def test_a_session_is_typed_with_its_place_in_the_history(store: Store) -> None:
    report = store.record(EDITOR, "practice_sessions", [session(external_cost_amount=0.0)])
    assert report.ok and report.stored == {"practice_sessions": 1} and rows(store) == [("T1", 9, 0)]
    (id,) = store.engine(EDITOR).rows("SELECT _id FROM practice_sessions")[0]
    origin = store.provenance(EDITOR, [id])[0]
    assert (origin.file, origin.row, origin.import_id) == ("saisie", 1, report.import_id)
    assert store.history(EDITOR)[-1].actor == "dadi"
    assert store.as_of(EDITOR) == date(2015, 5, 4)


def test_a_session_without_id_gets_one_and_an_unknown_count_stays_unknown(store: Store) -> None:
    store.record(EDITOR, "practice_sessions", [session(session_id=None)])
    sql = "SELECT length(session_id), newcomers, hours FROM practice_sessions"
    assert store.engine(EDITOR).rows(sql) == [(12, None, None)]


def test_a_correction_may_be_corrected_back(store: Store) -> None:
    done = [store.record(EDITOR, "practice_sessions", [session(participants=n)]) for n in (9, 12, 9)]
    assert all(one.ok for one in done) and rows(store)[0][1] == 9
    assert store.undo(EDITOR, done[2].import_id or 0).ok and rows(store)[0][1] == 12


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"newcomers": 10}, "newcomers"),
        ({"opinions": 10}, "opinions"),
        ({"opinions": 5, "opinions_relevant": 6}, "opinions_relevant"),
        ({"kind": "practice"}, "practice"),
        ({"kind": "practice", "practice": "nobody"}, "practice"),
        ({"participants": -1}, "participants"),
        ({"held_on": None}, "held_on"),
        ({"kind": "mooc", "enrolled": 5, "completed": 6}, "completed"),
    ],
)
def test_a_session_obeys_every_rule(store: Store, more: dict[str, object], column: str) -> None:
    report = store.record(EDITOR, "practice_sessions", [session(**more)])
    assert column in [fault.column for fault in report.errors] and rows(store) == []


def test_a_viewer_types_no_session(store: Store) -> None:
    with pytest.raises(Forbidden):
        store.record(VIEWER, "practice_sessions", [session()])


def test_a_review_is_opened_with_its_agenda_in_one_import(store: Store) -> None:
    meeting = {"meeting_id": "2015-W28", "held_on": date(2015, 7, 6), "minutes": 60}
    items = [
        {"meeting_id": "2015-W28", "position": n, "kind": "standing", "title": f"Point {n}"} for n in (1, 2)
    ]
    items = [item | {"minutes": 30} for item in items]
    report = store.record_all(EDITOR, {"meetings": [meeting], "agenda_items": items})
    assert report.ok and report.stored == {"meetings": 1, "agenda_items": 2}
    assert store.undo(EDITOR, report.import_id or 0).ok
    sql = "SELECT (SELECT COUNT(*) FROM meetings) + (SELECT COUNT(*) FROM agenda_items)"
    assert store.engine(EDITOR).rows(sql) == [(0,)]


def test_several_tables_are_stored_all_or_not(store: Store) -> None:
    meeting = {"meeting_id": "2015-W28", "held_on": date(2015, 7, 6), "minutes": 60}
    wrong = {"meeting_id": "2015-W28", "position": 1, "kind": "chat", "title": "Point", "minutes": 5}
    assert not store.record_all(EDITOR, {"meetings": [meeting], "agenda_items": [wrong]}).ok
    assert store.engine(EDITOR).rows("SELECT COUNT(*) FROM meetings") == [(0,)]
    with pytest.raises(Forbidden):
        store.record_all(VIEWER, {"meetings": [meeting]})
    with pytest.raises(BadRequest):
        store.record_all(EDITOR, {"meetings": [meeting], "seals": [{"week": "2015-W28"}]})
