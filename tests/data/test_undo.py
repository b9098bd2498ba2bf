"""Undo: earlier versions hold again, nothing that later imports rest on goes, the history says so."""

import pytest

from data.problems import NotUndoable
from data.store import Store
from tests.data.samples import ADMIN, PARTNERS, budgets, content, interactions


def test_undo_of_the_last_import_gives_the_earlier_content_back(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2013,10", "2014,20"), PARTNERS])
    before = content(store)
    store.import_files(ADMIN, [budgets("2014,21", "2015,30"), interactions("A,2012-01-01,meeting")])
    assert content(store) != before
    report = store.undo(ADMIN, 2)
    assert (report.import_id, report.undone, report.stored) == (3, 2, {"interactions": 1, "budgets": 2})
    assert content(store) == before
    assert store.engine(ADMIN).rows("SELECT population FROM budgets ORDER BY year") == [(10,), (20,)]


def test_the_history_tells_the_undo_as_an_event(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    store.undo(ADMIN, 1)
    first, second = store.history(ADMIN)
    assert (first.kind, first.undone_by, second.kind, second.undoes) == ("import", 2, "undo", 1)
    assert second.taken_back == {"budgets": 1}
    assert store.import_files(ADMIN, [budgets("2015,1")]).import_id == 3


def test_an_import_that_a_later_one_replaced_or_repeated_stays(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2013,1", "2014,1")])
    store.import_files(ADMIN, [budgets("2013,2")])
    store.import_files(ADMIN, [budgets("2014,1")])
    with pytest.raises(NotUndoable, match=r"n° 2, 3"):
        store.undo(ADMIN, 1)
    store.undo(ADMIN, 3)
    store.undo(ADMIN, 2)
    store.undo(ADMIN, 1)
    assert store.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(0,)]


def test_an_import_that_others_refer_to_stays(store: Store) -> None:
    store.import_files(ADMIN, [PARTNERS])
    store.import_files(ADMIN, [interactions("A,2012-01-01,meeting")])
    before, ledger = content(store), store.places.ledger.read_bytes()
    with pytest.raises(NotUndoable, match=r"interactions\.csv, ligne 2"):
        store.undo(ADMIN, 1)
    assert content(store) == before and store.places.ledger.read_bytes() == ledger


@pytest.mark.parametrize(
    ("number", "said"), [(9, "pas d'import n° 9"), (1, "déjà été annulé"), (2, "est une annulation")]
)
def test_what_cannot_be_undone_says_why(store: Store, number: int, said: str) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    store.undo(ADMIN, 1)
    with pytest.raises(NotUndoable, match=said):
        store.undo(ADMIN, number)
