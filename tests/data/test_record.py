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
