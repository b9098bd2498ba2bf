"""Processes killed at any moment, files cut short, deleted or changed: completed, or said; never served."""

import json
import multiprocessing
import os
import random
import signal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import door
from data.problems import NotStored, StoreBusy, StoreDamaged
from data.session import Session
from data.store import Store
from tests.data import killing
from tests.data.samples import ADMIN, budgets, content, store_at

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")

CHILDREN = multiprocessing.get_context("forkserver") if hasattr(signal, "SIGKILL") else multiprocessing
CHILDREN.set_forkserver_preload(["tests.data.killing", "data.readers"])


def as_a_new_process(store: Store) -> Store:
    """Forget what this process knows of the store, as a process that starts does."""
    door._DOORS.clear()
    return Store(store.places.store)


def killed_at(folder: Path, point: str) -> None:
    """Run an import that dies at that point."""
    child = CHILDREN.Process(target=killing.import_and_die, args=(str(folder), point))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL


def events(store: Store) -> list[str]:
    """Return the ledger's events."""
    return [json.loads(line)["event"] for line in store.places.ledger.read_text("utf-8").splitlines()]


def years(store: Store) -> list[Any]:
    """Return the stored years, as a new reader sees them."""
    return [
        row[0] for row in as_a_new_process(store).engine(ADMIN).rows("SELECT year FROM budgets ORDER BY 1")
    ]


@pytest.mark.parametrize("point", killing.POINTS)
def test_an_import_killed_at_any_point_is_whole_or_absent(store: Store, tmp_path: Path, point: str) -> None:
    is_stored = point not in ("before begun", "after begun")
    store.import_files(ADMIN, [budgets("2014,1")])
    before = content(store)
    killed_at(tmp_path, point)
    assert years(store) == ([2014, 2030] if is_stored else [2014])
    assert events(store).count("stored") == (2 if is_stored else 1)
    assert events(store).count("abandoned") == (1 if point == "after begun" else 0)
    assert (content(store) == before) is not is_stored
    assert len(store.history(ADMIN)) == (2 if is_stored else 1)
    assert store.import_files(ADMIN, [budgets("2031,1")]).import_id == (3 if is_stored else 2)
    assert content(store)


def test_imports_killed_at_random_moments_leave_nothing_half(store: Store, tmp_path: Path) -> None:
    store.engine(ADMIN)
    for at in range(20):
        started = CHILDREN.Event()
        child = CHILDREN.Process(target=killing.import_forever, args=(str(tmp_path), 50 * at, started))
        child.start()
        assert started.wait(60)
        child.join(random.uniform(0.0, 0.7))
        child.kill()
        child.join(60)
        fresh = as_a_new_process(store)
        told = fresh.verify(ADMIN)
        assert told.ok, told.problems
        imports = fresh.history(ADMIN)
        assert [each.import_id for each in imports] == list(range(1, len(imports) + 1))
        by_import = dict(fresh.engine(ADMIN).rows("SELECT _import, count(*) FROM kept.budgets GROUP BY 1"))
        assert by_import == {each.import_id: each.written for each in imports}


def spoil_wal(wal: Path, how: str) -> None:
    """Cut the write-ahead log short, fill it with garbage or delete it."""
    size = wal.stat().st_size
    if how == "truncated":
        os.truncate(wal, size // 2)
    elif how == "garbage":
        wal.write_bytes(random.Random(1).randbytes(size))
    else:
        wal.unlink()


@pytest.mark.parametrize("how", ["truncated", "garbage", "deleted"])
def test_a_spoilt_log_is_said_and_nothing_served(store: Store, tmp_path: Path, how: str) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    killed_at(tmp_path, "without checkpoint")
    assert store.places.wal.exists()
    spoil_wal(store.places.wal, how)
    is_refused(as_a_new_process(store))
    if how != "deleted":
        assert list(tmp_path.glob("town.duckdb.wal.*"))


def is_refused(store: Store) -> None:
    """Check that nothing is served or written, and that verify says why and what to do, in both languages."""
    for call in (
        lambda: store.engine(ADMIN),
        lambda: store.history(ADMIN),
        lambda: store.version(ADMIN),
        lambda: store.import_files(ADMIN, [budgets("2040,1")]),
        lambda: store.undo(ADMIN, 1),
    ):
        with pytest.raises(StoreDamaged):
            call()
    told = store.verify(ADMIN)
    assert not told.ok and told.content_sha256 is None
    assert "Que faire" in told.problems[0].fr and "What to do" in told.problems[0].en


@pytest.mark.parametrize("how", ["truncated", "garbage", "deleted", "replaced by an empty one"])
def test_a_spoilt_database_is_said_and_nothing_served(store: Store, how: str) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    file = store.places.store
    if how == "truncated":
        os.truncate(file, file.stat().st_size // 2)
    elif how == "garbage":
        file.write_bytes(b"not a database" * 1000)
    else:
        file.unlink()
    if how.startswith("replaced"):
        duckdb.connect(str(file)).close()
    is_refused(as_a_new_process(store))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kept.budgets SET population = 2",
        "DELETE FROM kept.budgets",
        "UPDATE kept.budgets SET _row = 9",
        "UPDATE main.sources SET file = 'other.csv'",
        "INSERT INTO kept.budgets (year, _id, _key, _import) VALUES (2016, 99, '2016', 1)",
    ],
)
def test_rows_changed_by_another_tool_are_said_and_not_served(store: Store, change: str) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    with duckdb.connect(str(store.places.store)) as other:
        other.execute(change)
    is_refused(as_a_new_process(store))


def test_a_missing_ledger_with_rows_is_a_problem_and_without_rows_is_none(store: Store) -> None:
    store.engine(ADMIN)
    store.places.ledger.unlink()
    assert as_a_new_process(store).verify(ADMIN).ok
    store.import_files(ADMIN, [budgets("2014,1")])
    kept = store.places.ledger.read_bytes()
    store.places.ledger.unlink()
    is_refused(as_a_new_process(store))
    store.places.ledger.write_bytes(kept)
    assert store.verify(ADMIN).ok


def test_an_unreadable_or_shortened_ledger_is_a_problem(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    lines = store.places.ledger.read_bytes().splitlines(keepends=True)
    store.places.ledger.write_bytes(b"".join([lines[0], b"garbage\n", *lines[1:]]))
    is_refused(as_a_new_process(store))
    store.places.ledger.write_bytes(lines[0])
    is_refused(as_a_new_process(store))


def test_readings_changed_by_another_tool_are_not_published(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    with duckdb.connect(str(store.places.store)) as other:
        other.execute("INSERT INTO readings (kpi, value) VALUES ('leverage', 99)")
    fresh = as_a_new_process(store)
    assert fresh.engine(ADMIN).rows("SELECT * FROM readings") == []


def test_a_spoilt_published_copy_is_made_again(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    for copy in store.places.published.glob("*.duckdb"):
        copy.write_bytes(b"garbage")
    assert years(store) == [2014]
    for file in store.places.published.iterdir():
        file.unlink()
    assert years(store) == [2014]


def test_a_database_open_elsewhere_is_said(store: Store, tmp_path: Path) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    held, done = CHILDREN.Event(), CHILDREN.Event()
    child = CHILDREN.Process(target=killing.hold_open, args=(str(store.places.store), held, done))
    child.start()
    try:
        assert held.wait(60)
        with pytest.raises(StoreBusy) as caught:
            store.import_files(ADMIN, [budgets("2015,1")])
        assert "autre programme" in caught.value.text.fr and str(tmp_path) not in caught.value.text.fr
        assert years(store) == [2014]
    finally:
        done.set()
        child.join(60)


def test_a_commit_after_a_failed_statement_is_not_called_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    note = Session.note

    def failing(turn: Session, event: str, **facts: object) -> None:
        note(turn, event, **facts)
        if event == "begun":
            with pytest.raises(duckdb.Error):
                turn.connection.execute(
                    "SELECT CAST(value AS INTEGER) FROM (VALUES ('x')) t(value)"
                ).fetchall()

    monkeypatch.setattr(Session, "note", failing)
    with pytest.raises(NotStored):
        store.import_files(ADMIN, [budgets("2015,1")])
    monkeypatch.undo()
    assert years(store) == [2014] and store.verify(ADMIN).ok
    assert store.import_files(ADMIN, [budgets("2015,1")]).import_id == 2


def test_an_unclean_stop_of_an_empty_store_is_no_problem(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    store.engine(ADMIN)
    store.places.store.unlink()
    assert as_a_new_process(store).engine(ADMIN).rows("SELECT count(*) FROM projects") == [(0,)]
