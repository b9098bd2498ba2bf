"""The demo store comes about in two editions with two sealed weeks, and ends exactly as today's files alone would have it."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from data.access import local_actor
from data.demo import filling
from data.demo.edition import KNOWN_ON, earlier, earlier_files, files
from data.demo.filling import AFTER, BEFORE, fill, is_fillable
from data.layout import business_columns
from data.store import Store
from metrics.disclosure.auditor import audit
from metrics.refresh import after_import, rule_settings
from schemas.tables import TABLES
from tests.town import town_store

ME = local_actor()
APART = {
    "seals",
    "survey_answers",
    "survey_items",
    "survey_waves",
}  # own moments, or no rows in a published copy


def wired(path: Path) -> Store:
    return Store(path, after=after_import, settings=rule_settings, auditor=audit)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The demo's store as ``data demo`` makes it."""
    store = wired(tmp_path_factory.mktemp("filled") / "demo.duckdb")
    done, sealed = fill(store, ME, is_wired=True)
    assert done.ok and [seal.week for seal in sealed] == [BEFORE, AFTER]
    return store


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same town from today's files alone."""
    return wired(town_store(tmp_path_factory))


def content(store: Store, table: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in business_columns(table))
    return sorted(store.engine(ME).rows(f'SELECT {columns} FROM "{table}"'), key=repr)


@pytest.mark.parametrize("table", sorted(set(TABLES) - APART))
def test_every_table_ends_as_today_s_files_have_it(filled: Store, plain: Store, table: str) -> None:
    assert content(filled, table) == content(plain, table)


def test_every_reading_at_every_date_is_the_same(filled: Store, plain: Store) -> None:
    sql = "SELECT * FROM readings ORDER BY kpi, as_of, dimension NULLS FIRST, scope NULLS FIRST"
    ours, theirs = (store.engine(ME).rows(sql) for store in (filled, plain))
    assert len(ours) == len(theirs) > 10_000
    for one, other in zip(ours, theirs, strict=True):
        assert one == pytest.approx(other, nan_ok=True), (one, other)


def test_the_published_surveys_are_the_same_now_and_in_the_first_sealed_week(
    filled: Store, plain: Store
) -> None:
    assert filled.published(ME) == plain.published(ME) == filled.sealed(ME, BEFORE).published(ME)


def test_the_first_sealed_week_knows_nothing_of_what_came_after(filled: Store) -> None:
    before, after = (filled.sealed(ME, week) for week in (BEFORE, AFTER))
    assert before.as_of(ME) == KNOWN_ON
    assert after.as_of(ME) == filled.as_of(ME)
    cost = "SELECT total_cost_amount FROM projects WHERE project_id = 'N132'"
    paid = "SELECT COUNT(*) FROM payments WHERE financing_id = 'P008-F02'"
    assert [int(store.engine(ME).rows(cost)[0][0]) for store in (before, after)] == [4_730_000, 4_370_000]
    assert [store.engine(ME).rows(paid)[0][0] for store in (before, after)] == [0, 1]
    still = "SELECT COUNT(*) FROM actions WHERE state = 'open'"
    assert before.engine(ME).rows(still)[0][0] > after.engine(ME).rows(still)[0][0] == 9
    met = "SELECT MAX(held_on) FROM meetings"
    assert [store.engine(ME).rows(met)[0][0].day for store in (before, after)] == [22, 29]


def test_the_store_is_sound_and_filled_once(filled: Store) -> None:
    assert filled.verify(ME).ok
    assert not is_fillable(filled, ME, is_wired=True)
    kinds = [record.files[0] for record in filled.history(ME)]
    assert (
        kinds.count("actions.csv") == 2 and len(kinds) == 8
    )  # two imports, four steps of surveys, two seals


def test_a_filling_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "stopped.duckdb", settings=rule_settings)
    assert is_fillable(store, ME, is_wired=False)
    with monkeypatch.context() as broken:
        broken.setattr(filling, "_changed", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fill(store, ME, is_wired=False)
    assert store.as_of(ME) == KNOWN_ON
    assert is_fillable(store, ME, is_wired=False)
    assert fill(store, ME, is_wired=False)[0].ok and store.as_of(ME) is not None
    assert not is_fillable(store, ME, is_wired=False) and len(store.history(ME)) == 2


def test_a_store_with_other_rows_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "own.duckdb")
    assert store.import_files(ME, [("budgets.csv", b"year,operating_revenue_amount\n2013,1000\n")]).ok
    assert not is_fillable(store, ME, is_wired=False)


def rows(given: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(given.decode("utf-8"))))


def test_the_earlier_edition_has_no_event_of_later() -> None:
    until = KNOWN_ON.isoformat()
    for name, given in earlier_files():
        events = [column.name for column in TABLES[name.removesuffix(".csv")].columns if column.is_event]
        assert all(row[event] <= until for row in rows(given) for event in events), name


def test_a_file_without_later_events_keeps_its_bytes() -> None:
    now = dict(files())
    same = {name for name, given in earlier_files() if now[name] == given}
    assert {"budgets.csv", "programmes.csv", "survey_answers.csv", "milestones.csv"} <= same
    assert not same & {"projects.csv", "actions.csv", "payments.csv"}


def test_what_is_decided_later_is_open_again() -> None:
    line = b"action_id,state,closed_on,outcome,decided_on\na,done,2015-06-25,Fait,2015-06-15\n"
    assert rows(earlier("actions", line)) == [
        {"action_id": "a", "state": "open", "closed_on": "", "outcome": "", "decided_on": "2015-06-15"}
    ]
