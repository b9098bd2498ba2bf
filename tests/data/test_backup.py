"""Backups that can be believed, and put back: all of it or nothing."""

import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from data import backup, pending, purge, restore
from data.access import Actor, Forbidden
from data.problems import BadRequest, NotStored, StoreDamaged
from data.store import Store
from tests.data.killing import count_budgets
from tests.data.samples import ADMIN, PARTNERS, budgets, content
from tests.data.test_purge import TODAY, answers, declare, events, files_with, register, tomorrow
from tests.data.test_recovery import as_a_new_process


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with readings."""
    own = Store(store.places.store, after=count_budgets)
    own.import_files(ADMIN, [budgets("2014,1"), PARTNERS])
    return own


def years(store: Store) -> list[int]:
    return [year for (year,) in store.engine(ADMIN).rows("SELECT year FROM budgets ORDER BY 1")]


def test_a_backup_is_a_store_of_its_own_and_the_ledger_says_where(filled: Store, tmp_path: Path) -> None:
    done = filled.backup(ADMIN, tmp_path / "new" / "backups")
    assert done.folder.parent == tmp_path / "new" / "backups" and done.size > 0
    copy = Store(done.folder / "levier.duckdb")
    assert content(copy) == content(filled) and years(copy) == [2014]
    assert copy.engine(ADMIN).rows("SELECT value FROM readings") == [(1.0,)]
    assert events(filled)[-2:] == ["backup_begun", "backed_up"]
    assert filled.import_files(ADMIN, [budgets("2015,1")]).ok and filled.verify(ADMIN).ok


def test_rows_taken_back_leave_no_byte_in_a_backup(store: Store, tmp_path: Path) -> None:
    store.import_files(ADMIN, [answers("2013", "secret")])
    store.undo(ADMIN, 1)
    assert files_with(store.backup(ADMIN, tmp_path / "b").folder, b"secret-") == []


def test_urns_stay_out_of_backups(filled: Store, tmp_path: Path) -> None:
    filled.places.urns.mkdir()
    (filled.places.urns / "2015.json").write_text("waiting")
    assert files_with(filled.backup(ADMIN, tmp_path / "b").folder, b"waiting") == []


def test_a_backup_that_is_not_the_same_is_not_kept(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(source: Path, target: Path, *, without_answers: object) -> str:
        shutil.copy(source, target)
        with duckdb.connect(str(target)) as connection:
            connection.execute("DELETE FROM kept.partners")
        return ""

    monkeypatch.setattr(backup, "rewrite", losing)
    with pytest.raises(NotStored, match="La sauvegarde n'a pas abouti"):
        filled.backup(ADMIN, tmp_path / "b")
    assert list((tmp_path / "b").iterdir()) == [] and "backed_up" not in events(filled)


def test_a_folder_that_cannot_be_written_is_said(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadRequest, match="ne peut pas être écrite dans « file »"):
        filled.backup(ADMIN, tmp_path / "file")
    with pytest.raises(Forbidden):
        filled.backup(Actor("x", "editor"), tmp_path)


def test_what_was_backed_up_is_put_back_and_what_it_replaces_kept_aside(
    filled: Store, tmp_path: Path
) -> None:
    mark = content(filled)
    filled.backup(ADMIN, tmp_path / "b")
    filled.import_files(ADMIN, [budgets("2015,1")])
    newer = content(filled)
    done = filled.restore(ADMIN, tmp_path / "b")
    assert years(filled) == [2014] and content(filled) == mark
    assert filled.engine(ADMIN).rows("SELECT value FROM readings") == [(1.0,)]
    assert done.aside is not None and content(Store(done.aside / "levier.duckdb")) == newer
    assert not filled.places.restoring.exists()
    assert filled.import_files(ADMIN, [budgets("2016,1")]).ok
    assert as_a_new_process(filled).verify(ADMIN).ok
    filled.restore(ADMIN, done.aside)
    assert content(filled) == newer


def test_of_several_backups_the_last_is_put_back(filled: Store, tmp_path: Path) -> None:
    for year in (2015, 2016):
        filled.import_files(ADMIN, [budgets(f"{year},1")])
        filled.backup(ADMIN, tmp_path)
    filled.undo(ADMIN, 3)
    filled.restore(ADMIN, tmp_path)
    assert years(filled) == [2014, 2015, 2016]


def test_a_store_that_is_gone_or_damaged_is_put_back(filled: Store, tmp_path: Path) -> None:
    filled.backup(ADMIN, tmp_path / "b")
    filled.places.store.write_bytes(b"garbage" * 1000)
    filled.places.ledger.write_text("garbage\n")
    fresh = Store(as_a_new_process(filled).places.store, after=count_budgets)
    with pytest.raises(StoreDamaged):
        fresh.engine(ADMIN)
    done = fresh.restore(ADMIN, tmp_path / "b")
    assert years(fresh) == [2014] and done.aside is not None
    assert (done.aside / "levier.duckdb").read_bytes().startswith(b"garbage")
    elsewhere = Store(tmp_path / "machine" / "other.duckdb", after=count_budgets)
    assert elsewhere.restore(ADMIN, tmp_path / "b").aside is None and years(elsewhere) == [2014]


def test_a_damaged_backup_replaces_nothing(filled: Store, tmp_path: Path) -> None:
    folder = filled.backup(ADMIN, tmp_path / "b").folder
    with duckdb.connect(str(folder / "levier.duckdb")) as other:
        other.execute("DELETE FROM kept.partners")
    before = events(filled)
    with pytest.raises(StoreDamaged, match="Cette sauvegarde est abîmée"):
        filled.restore(ADMIN, folder)
    (folder / "levier.duckdb").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreDamaged, match="Cette sauvegarde est abîmée"):
        filled.restore(ADMIN, folder)
    assert events(filled) == before and years(filled) == [2014] and filled.verify(ADMIN).ok
    with pytest.raises(BadRequest, match="Il n'y a pas de sauvegarde dans « nothing »"):
        filled.restore(ADMIN, tmp_path / "nothing")


@pytest.mark.parametrize("step", range(5))
def test_a_restore_that_was_stopped_is_whole_or_absent(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Stopped before its decision, before each move, and after the last one."""
    mark = content(filled)
    filled.backup(ADMIN, tmp_path / "b")
    filled.import_files(ADMIN, [budgets("2015,1")])
    newer, moves = content(filled), iter(range(9))

    class Stopped(BaseException):
        pass

    def counted(given: object) -> object:
        def call(*arguments: object) -> object:
            if next(moves) == step - 1:
                raise Stopped
            return given(*arguments)  # type: ignore[operator]

        return call

    def stop(*_: object) -> None:
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(pending.shutil, "move", counted(shutil.move))
        if step == 0:
            patched.setattr(restore, "decide", stop)
        with pytest.raises(Stopped):
            filled.restore(ADMIN, tmp_path / "b")
            raise Stopped
    fresh = Store(as_a_new_process(filled).places.store, after=count_budgets)
    assert content(fresh) == (newer if step == 0 else mark)
    assert fresh.engine(ADMIN).rows("SELECT value FROM readings") == [(2.0 if step == 0 else 1.0,)]


def test_the_towns_own_definitions_go_along(filled: Store, tmp_path: Path) -> None:
    own = tmp_path / "definitions"
    own.mkdir()
    (own / "kpis.yml").write_text("first")
    filled.backup(ADMIN, tmp_path / "b", own)
    (own / "kpis.yml").write_text("second")
    done = filled.restore(ADMIN, tmp_path / "b", own)
    assert (own / "kpis.yml").read_text() == "first"
    assert done.aside is not None and (done.aside / "catalogue" / "kpis.yml").read_text() == "second"


def test_answers_past_their_date_or_purged_since_are_purged_before_a_restore_is_done(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.import_files(ADMIN, [answers("2013", "secret"), budgets("2014,1")])
    store.import_files(ADMIN, [answers("2015", "hidden", 20)])
    declare(store, register("2013", TODAY + timedelta(1)), register("2015", TODAY + timedelta(365)))
    store.backup(ADMIN, tmp_path / "usb")
    (tmp_path / "usb").rename(tmp_path / "drawer")
    purge.purge(store.places, ["2015"], "officer")
    tomorrow(monkeypatch)
    done = store.restore(ADMIN, tmp_path / "drawer")
    assert done.purged is not None and done.purged.waves == ("2013", "2015")
    for secret in (b"secret-", b"hidden-"):
        assert files_with(tmp_path, secret) == []
    assert dict(store.engine(ADMIN).rows("SELECT wave, state FROM survey_waves")) == {
        "2013": "purged",
        "2015": "purged",
    }
