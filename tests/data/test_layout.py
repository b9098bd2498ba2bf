"""The store's own version: forward after a copy, never backward; missing columns are added."""

import duckdb
import pytest

from data import layout
from data.problems import StoreDamaged, StoreTooNew
from data.store import Store
from tests.data.samples import ADMIN, budgets, content
from tests.data.test_recovery import as_a_new_process


def with_other_tool(store: Store, *statements: str) -> None:
    with duckdb.connect(str(store.places.store)) as other:
        for statement in statements:
            other.execute(statement)


def test_a_store_newer_than_the_program_is_refused(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    with_other_tool(store, "UPDATE meta SET value = '2' WHERE name = 'store_version'")
    fresh = as_a_new_process(store)
    for call in (lambda: fresh.engine(ADMIN), lambda: fresh.import_files(ADMIN, [budgets("2015,1")])):
        with pytest.raises(StoreTooNew, match="version plus récente"):
            call()
    told = fresh.verify(ADMIN)
    assert not told.ok and "later version" in told.problems[0].en


def test_another_programs_database_is_refused(store: Store) -> None:
    with_other_tool(store, "CREATE TABLE customers (id INTEGER)")
    with pytest.raises(StoreDamaged, match="autre programme"):
        store.engine(ADMIN)
    with duckdb.connect(str(store.places.store)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("customers",)]


def test_a_column_that_an_older_store_lacks_is_added_and_changes_no_fingerprint(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    before = content(store)
    with_other_tool(
        store,
        "DROP VIEW main.budgets",
        "ALTER TABLE kept.budgets DROP COLUMN price_index",
        "DROP TABLE kept.milestones CASCADE",
        "UPDATE meta SET value = '' WHERE name = 'layout'",
    )
    fresh = as_a_new_process(store)
    assert content(fresh) == before
    assert fresh.engine(ADMIN).rows("SELECT year, price_index FROM budgets") == [(2014, None)]
    assert fresh.engine(ADMIN).rows("SELECT count(*) FROM milestones") == [(0,)]


def test_an_older_store_is_led_forward_after_a_copy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.import_files(ADMIN, [budgets("2014,1")])
    before = content(store)
    monkeypatch.setattr(layout, "VERSION", 2)
    monkeypatch.setattr(layout, "MIGRATIONS", ("UPDATE kept.budgets SET population = population * 1000",))
    fresh = as_a_new_process(store)
    assert fresh.engine(ADMIN).rows("SELECT population FROM budgets") == [(1000,)]
    assert content(fresh) != before
    copy = store.places.store.with_name("town.duckdb.v1")
    with duckdb.connect(str(copy), read_only=True) as old:
        assert old.execute("SELECT population FROM budgets").fetchall() == [(1,)]
    assert '"event": "migrated"' in store.places.ledger.read_text("utf-8")
    assert fresh.import_files(ADMIN, [budgets("2015,1")]).ok and fresh.verify(ADMIN).ok
