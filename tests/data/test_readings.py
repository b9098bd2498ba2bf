"""Readings: recomputed before publication, emptied rather than stale, recovered after a kill."""

import pandas as pd
import pytest

from data.engine import WritingEngine
from data.problems import NotStored
from data.store import Store
from tests.data import killing
from tests.data.samples import ADMIN, budgets
from tests.data.test_recovery import CHILDREN, as_a_new_process


def readings(store: Store) -> list[tuple[str, float]]:
    return store.engine(ADMIN).rows("SELECT kpi, value FROM readings ORDER BY ALL")


def test_readings_are_published_with_the_rows_they_are_computed_from(store: Store) -> None:
    store.engine(ADMIN)
    seen = []

    def after(engine: WritingEngine, tables: set[str]) -> None:
        seen.append((tables, engine.rows("SELECT count(*) FROM budgets"), store.history(ADMIN)))
        killing.count_budgets(engine, tables)

    store.import_files(ADMIN, [budgets("2014,1")], after=after)
    assert seen == [({"budgets"}, [(1,)], [])]  # readers do not see the import yet
    assert readings(store) == [("budgets", 1.0)]
    assert store.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(1,)]


def test_only_the_named_kpis_are_replaced(store: Store) -> None:
    def two(engine: WritingEngine, _: set[str]) -> None:
        engine.replace_readings(pd.DataFrame({"kpi": ["a", "a", "b"], "value": [1.0, 2.0, 3.0]}), ["a", "b"])

    def one(engine: WritingEngine, _: set[str]) -> None:
        engine.replace_readings(pd.DataFrame({"kpi": ["a"], "value": [9.0]}), ["a", "c"])
        engine.replace_readings(pd.DataFrame({"kpi": ["z"], "value": [9.0]}), [])

    store.refresh(ADMIN, two)
    store.refresh(ADMIN, one)
    assert readings(store) == [("a", 9.0), ("b", 3.0)]
    store.refresh(ADMIN, lambda engine, _: engine.replace_readings(pd.DataFrame({"kpi": []}), ["a"]))
    assert readings(store) == [("b", 3.0)]


def test_rows_of_a_kpi_that_was_not_named_are_noticed(store: Store) -> None:
    caught = []

    def after(engine: WritingEngine, _: set[str]) -> None:
        with pytest.raises(NotStored):
            engine.replace_readings(pd.DataFrame({"kpi": ["a", "b"], "value": [1.0, 2.0]}), ["a"])
        caught.append(True)

    store.refresh(ADMIN, after)
    assert caught


def test_a_failure_is_a_warning_with_a_reference_and_the_readings_are_unknown(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")], after=killing.count_budgets)

    def after(engine: WritingEngine, _: set[str]) -> None:
        raise ZeroDivisionError("a secret")

    report = store.import_files(ADMIN, [budgets("2015,1")], after=after)
    assert report.import_id == 2 and len(report.warnings) == 1
    told = report.warnings[0].message.fr
    assert "secret" not in told
    log = store.places.log.read_text("utf-8")
    assert "ZeroDivisionError: a secret" in log and log.split()[1] in told
    assert readings(store) == []
    assert store.refresh(ADMIN, killing.count_budgets) == [] and readings(store) == [("budgets", 2.0)]


def test_without_anybody_to_recompute_them_readings_are_unknown_rather_than_stale(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")], after=killing.count_budgets)
    store.import_files(ADMIN, [budgets("2015,1")])
    assert readings(store) == []


def test_readings_left_waiting_by_a_kill_are_recomputed_at_the_next_start(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2014,1")], after=killing.count_budgets)
    child = CHILDREN.Process(target=killing.die_recomputing, args=(str(store.places.store),))
    child.start()
    child.join(60)
    # Nobody here can recompute: the earlier publication stays, whole; verify says that something waits.
    fresh = as_a_new_process(store)
    assert readings(fresh) == [("budgets", 1.0)]
    assert fresh.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(1,)]
    assert "recalculer" in fresh.verify(ADMIN).problems[0].fr
    healed = Store(as_a_new_process(store).places.store, after=killing.count_budgets)
    assert readings(healed) == [("budgets", 2.0)] and healed.verify(ADMIN).ok
    assert healed.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(2,)]
