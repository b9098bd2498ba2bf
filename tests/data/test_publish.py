"""Readers and writers at once: nobody waits for a lock of DuckDB, everybody sees whole publications."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from data import session
from data.problems import StoreBusy
from data.store import Store
from tests.data.samples import ADMIN, budgets
from tests.data.test_recovery import CHILDREN, as_a_new_process


def write_many(path: str, first: int, count: int) -> None:
    """Import ``count`` files of two years each, in a process of its own."""
    store = Store(path)
    for year in range(first, first + 2 * count, 2):
        assert store.import_files(ADMIN, [budgets(f"{year},1", f"{year + 1},1")]).ok


def test_a_reader_sees_each_publication_whole_while_another_process_writes(store: Store) -> None:
    store.engine(ADMIN)
    writer = CHILDREN.Process(target=write_many, args=(str(store.places.store), 1960, 6))
    writer.start()
    seen = set()
    while writer.is_alive():
        counts = store.engine(ADMIN).rows("SELECT count(*), count(DISTINCT _import) FROM kept.budgets")[0]
        assert counts[0] == 2 * counts[1]
        seen.add(counts[0])
        time.sleep(0.01)
    writer.join()
    assert writer.exitcode == 0
    assert store.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(12,)]
    assert len(seen) > 1


def test_two_processes_writing_at_once_both_store_all(store: Store) -> None:
    writers = [
        CHILDREN.Process(target=write_many, args=(str(store.places.store), first, 4))
        for first in (1920, 1960)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert store.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(16,)]
    assert [record.import_id for record in store.history(ADMIN)] == list(range(1, 9))
    assert store.verify(ADMIN).ok


def test_threads_of_one_process_may_write_and_read_at_once(store: Store) -> None:
    store.engine(ADMIN)

    def write(year: int) -> bool:
        return store.import_files(ADMIN, [budgets(f"{year},1")]).ok

    def read(_: int) -> int:
        return store.engine(ADMIN).rows("SELECT count(*) FROM budgets")[0][0]

    with ThreadPoolExecutor(6) as pool:
        written, read_counts = list(pool.map(write, range(2000, 2004))), list(pool.map(read, range(50)))
    assert all(written) and max(read_counts) <= 4
    assert read(0) == 4


def test_a_writer_that_waits_too_long_is_told_why(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    monkeypatch.setattr(session, "PATIENCE", 0.2)
    with FileLock(store.places.lock):
        started = time.monotonic()
        with pytest.raises(StoreBusy) as caught:
            store.import_files(ADMIN, [budgets("2015,1")])
        assert time.monotonic() - started < 5
        assert "Une autre écriture est en cours" in caught.value.text.fr
        assert as_a_new_process(store).engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(1,)]


def test_an_engine_keeps_its_version_and_the_next_one_is_new(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    old, version = store.engine(ADMIN), store.version(ADMIN)
    for year in (2015, 2016, 2017):
        store.import_files(ADMIN, [budgets(f"{year},1")])
    assert old.rows("SELECT count(*) FROM budgets") == [(1,)]
    assert store.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(4,)]
    assert store.version(ADMIN) != version and old.version == version


def test_only_the_last_copies_are_kept(store: Store) -> None:
    for year in range(2010, 2016):
        store.import_files(ADMIN, [budgets(f"{year},1")])
    assert len(list(store.places.published.glob("*.duckdb"))) == 2


def test_asking_for_the_engine_is_cheap_when_nothing_was_published(store: Store) -> None:
    store.engine(ADMIN)
    started = time.process_time()
    for _ in range(1000):
        store.version(ADMIN)
    assert (time.process_time() - started) / 1000 < 0.001


def test_many_threads_at_start_make_one_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "town.duckdb")
    barrier = threading.Barrier(6)

    def start(_: int) -> str:
        barrier.wait()
        return store.version(ADMIN)

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(start, range(6)))) == 1
