"""A row typed by mistake goes out of its table, and comes back when that is undone."""

from datetime import date

import pytest

from data import console
from data.access import Actor, Forbidden
from data.problems import BadRequest, NotUndoable
from data.store import Store
from tests.data.samples import ADMIN, PARTNERS, content

EDITOR, VIEWER = Actor("dadi", "editor"), Actor("mayor", "viewer")
SESSION = {"kind": "workshop", "held_on": date(2015, 5, 4), "participants": 9}


def typed(store: Store, *ids: str) -> int:
    rows = [SESSION | {"session_id": id} for id in ids]
    return store.record(EDITOR, "practice_sessions", rows).import_id or 0


def ids(store: Store) -> list[str]:
    return [
        row[0] for row in store.engine(EDITOR).rows("SELECT session_id FROM practice_sessions ORDER BY 1")
    ]


def test_a_row_is_withdrawn_and_comes_back(store: Store) -> None:
    typed(store, "A", "B")
    before = content(store)
    done = store.withdraw(EDITOR, "practice_sessions", ["A"])
    assert done.ok and done.stored == {"practice_sessions": 1} and ids(store) == ["B"]
    assert content(store) != before
    assert store.undo(EDITOR, done.import_id or 0).stored == {"practice_sessions": 1}
    assert ids(store) == ["A", "B"] and content(store) == before


def test_what_was_withdrawn_stays_in_the_history(store: Store) -> None:
    first = typed(store, "A")
    store.withdraw(EDITOR, "practice_sessions", ["A"])
    record = store.history(EDITOR)[-1]
    assert (record.kind, record.files, record.withdrawn, record.actor) == ("import", ("saisie",), 1, "dadi")
    assert console.history([record], "fr")[0].endswith("saisie : 1 ligne(s) retirée(s)")
    with pytest.raises(NotUndoable):
        store.undo(EDITOR, first)


def test_readings_are_computed_again_after_a_withdrawal_and_its_undo(store: Store) -> None:
    touched: list[set[str]] = []
    own = Store(store.places.store, after=lambda engine, tables: touched.append(set(tables)))
    typed(own, "A")
    done = own.withdraw(EDITOR, "practice_sessions", ["A"])
    own.undo(EDITOR, done.import_id or 0)
    assert touched == [{"practice_sessions"}] * 3


def test_a_withdrawn_row_may_be_typed_again_and_the_withdrawal_then_stands(store: Store) -> None:
    typed(store, "A")
    done = store.withdraw(EDITOR, "practice_sessions", ["A"])
    assert typed(store, "A") and ids(store) == ["A"]
    with pytest.raises(NotUndoable):
        store.undo(EDITOR, done.import_id or 0)
    assert content(store)


@pytest.mark.parametrize(
    ("table", "keys"),
    [("practice_sessions", ["A", "Z"]), ("practice_sessions", []), ("partners", ["A"]), ("readings", ["A"])],
)
def test_what_is_not_there_or_not_typed_is_refused_whole(store: Store, table: str, keys: list[str]) -> None:
    store.import_files(ADMIN, [PARTNERS])
    typed(store, "A")
    with pytest.raises(BadRequest):
        store.withdraw(EDITOR, table, keys)
    assert ids(store) == ["A"] and content(store)


def test_a_viewer_withdraws_nothing(store: Store) -> None:
    typed(store, "A")
    with pytest.raises(Forbidden):
        store.withdraw(VIEWER, "practice_sessions", ["A"])
    assert ids(store) == ["A"]
